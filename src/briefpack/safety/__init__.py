"""The gate that everything from outside passes, and the one way in which a file is written.

:mod:`.files` reads and writes whole files, :mod:`.container` opens zip containers, :mod:`.xml` parses XML,
:mod:`.images` takes pictures in, and :mod:`.isolate` runs a reader in a child process. All fail with
:class:`~briefpack.errors.UserError` and nothing else.
"""
