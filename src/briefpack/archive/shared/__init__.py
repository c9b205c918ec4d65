"""The archive of a department: on a PostgreSQL server, read and added to by several people at once.

Nothing of it is loaded before an address is opened: :func:`briefpack.archive.opening.open_archive` does so.
"""
