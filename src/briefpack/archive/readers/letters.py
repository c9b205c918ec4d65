"""The messages of an e-mail or a mailbox as documents; what is attached to them is handed on to the other readers.

The subject is the title, the date the document's, the sender one of its people. Of a text in two forms the plain one is
read, unless it is only an excuse for the other. Earlier mails below a reply are quotations.
"""

import datetime as dt
import mimetypes
import re
from email.message import EmailMessage

from briefpack.archive.model import UNDATED, DateOrigin, DateSpan, Precision
from briefpack.archive.readers import mime
from briefpack.archive.readers.base import Attached, Found, Reading, Unread, reason
from briefpack.archive.readers.gathering import no_date
from briefpack.archive.readers.mail_text import attributed, plain_rows
from briefpack.archive.readers.web_page import parsed
from briefpack.archive.readers.web_rows import rows_of
from briefpack.archive.structure import Row
from briefpack.errors import UserError

_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_PLAIN_SHARE = 0.25
"""The least share of the other form's words that a plain form has which is not only an excuse for it."""

_LONGEST_TITLE = 300
_BETWEEN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def letters_of(data: bytes, name: str) -> Reading:
    """A message, the messages forwarded in it, and what is attached. UserError where it goes beyond a limit."""
    letters = _Letters()
    letters.read(data, name)
    return letters.reading()


def letters_in(data: bytes, name: str) -> Reading:
    """Every message of a mailbox; those that cannot be read are told."""
    starts = list(_BETWEEN.finditer(data))
    if not starts:
        raise UserError("This is not a mailbox", where=name, do="Save the messages as .eml")
    letters = _Letters()
    ends = [*(each.start() for each in starts[1:]), len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        try:
            letters.read(_QUOTED_FROM.sub(rb"\1", data[start.end() : end]), f"{name} {number}")
        except UserError as error:
            letters.unread.append(Unread(f"message {number}", reason(error)))
    return letters.reading()


class _Letters:
    """The messages of a file as they are read, what is attached to them, and what could not be read."""

    def __init__(self) -> None:
        self.unread: list[Unread] = []
        self._documents: list[Found] = []
        self._attached: list[Attached] = []

    def reading(self) -> Reading:
        return Reading(tuple(self._documents), many=True, attached=tuple(self._attached), unread=tuple(self.unread))

    def read(self, data: bytes, name: str) -> None:
        """Add a message, and the messages forwarded in it."""
        waiting: list[tuple[EmailMessage, dt.date | None]] = [(mime.parsed(data), None)]
        while waiting:
            waiting += self._letter(*waiting.pop(0), name)

    def _letter(
        self, message: EmailMessage, not_after: dt.date | None, name: str
    ) -> list[tuple[EmailMessage, dt.date | None]]:
        """Add one message; the messages in it, and the day by which they existed."""
        day = mime.sent_on(message)
        not_after = day or not_after
        rows: list[Row] = []
        flags: list[str] = []
        within: list[EmailMessage] = []
        title = _cut(mime.header(message, "subject")) or name
        for part in _shown(message):
            kind = mime.content_type(part)
            if kind == "message/rfc822":
                within += mime.children(part)
            elif kind in ("text/plain", "text/html") and not mime.is_attached(part) and not mime.file_name(part):
                try:
                    found, said = _rows(part)
                except UserError as error:
                    self.unread.append(Unread(title, reason(error)))
                else:
                    rows += found
                    flags += said
            elif kind not in _SIGNATURES and not _is_decoration(part):
                self._attached.append(Attached(_name(part), mime.content_of(part), not_after))
        stated = _stated(message, day)
        people = tuple(filter(None, [mime.sender(message)]))
        if day is None:
            flags += no_date(mime.header(message, "date"))
        told = tuple(dict.fromkeys(flags))
        self._documents.append(Found(title, tuple(rows), stated=stated, not_after=not_after, people=people, flags=told))
        return [(each, not_after) for each in within]


def _cut(subject: str) -> str:
    """A subject of a length that can be a title; one that is cut ends in an ellipsis, which is flagged."""
    return subject if len(subject) <= _LONGEST_TITLE else subject[: _LONGEST_TITLE - 1] + "…"


def _shown(message: EmailMessage) -> list[EmailMessage]:
    """The leaves of a message, in order; of a text in several forms one of them."""
    waiting, leaves = [message], []
    while waiting:
        part = waiting.pop()
        kind = mime.content_type(part)
        if kind == "message/rfc822" or not part.is_multipart():
            leaves.append(part)
        elif kind == "multipart/alternative":
            waiting += _preferred(part)
        else:
            waiting += reversed(mime.children(part))
    return leaves


def _preferred(alternatives: EmailMessage) -> list[EmailMessage]:
    """The form to read: plain text, unless it is short of the words of the last form that is not plain."""
    forms = mime.children(alternatives)
    plain = [part for part in forms if mime.content_type(part) == "text/plain"]
    rich = [part for part in forms if mime.content_type(part) == "text/html" or part.is_multipart()]
    if not plain or not rich:
        return (plain or rich or forms)[:1]
    pages = [part for _, part in mime.parts_of(rich[-1]) if mime.content_type(part) == "text/html"]
    in_plain = len(mime.text_of(plain[0])[0].split())
    try:
        in_rich = sum(len(row.line.text.split()) for part in pages for row in _rows(part)[0])
    except UserError:
        return plain[:1]
    return plain[:1] if in_plain >= _PLAIN_SHARE * in_rich else rich[-1:]


def _rows(part: EmailMessage) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of a text, plain or a page, and what is to be told of its encoding."""
    text, flags = mime.text_of(part)
    if mime.content_type(part) == "text/plain":
        return attributed(plain_rows(text)), flags
    root = parsed(text, "")
    return (attributed(rows_of(root)) if root is not None else []), flags


def _is_decoration(part: EmailMessage) -> bool:
    """Whether a part is a picture that the text shows, such as a logo, or a report of a mail server."""
    kind = mime.content_type(part)
    return (kind.startswith("image/") and not mime.is_attached(part)) or kind in (
        "message/delivery-status",
        "text/rfc822-headers",
    )


def _name(part: EmailMessage) -> str:
    """The name of an attachment; one made of its type where it has none."""
    given = re.split(r"[\\/]", mime.file_name(part))[-1][:200]
    return given or f"attachment{mimetypes.guess_extension(mime.content_type(part), strict=False) or ''}"


def _stated(message: EmailMessage, day: dt.date | None) -> DateSpan:
    if day is None:
        return UNDATED
    return DateSpan(day, day, Precision.DAY, DateOrigin.STATED, mime.header(message, "date"))
