"""E-mails (.eml) and mailboxes (.mbox): one document a message, its subject the title, its date the document's.

The parsers are loaded in the child process alone: the window's start is not kept waiting.
"""

from briefpack.archive.readers.base import Reader, Reading


def read(data: bytes, name: str) -> Reading:
    """A message, the messages forwarded in it, and what is attached. UserError where it goes beyond a limit."""
    from briefpack.archive.readers.letters import letters_of

    return letters_of(data, name)


def read_mailbox(data: bytes, name: str) -> Reading:
    """Every message of a mailbox; those that cannot be read are told."""
    from briefpack.archive.readers.letters import letters_in

    return letters_in(data, name)


READER = Reader("e-mail", frozenset({".eml"}), lambda _: True, read, isolated=True)
MAILBOX = Reader("mailbox", frozenset({".mbox", ".mbx"}), lambda _: True, read_mailbox, isolated=True)
