"""E-mail as the standard library parses it, within limits: its parsers recurse, and are slow where headers are long."""

import datetime as dt
import email
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any, TypeVar, cast

from briefpack.archive.readers.gathering import decoded
from briefpack.errors import UserError
from briefpack.pack.text import clean

MOST_HEADER = 64 * 1024
"""The most characters that all headers of a message, or of one part of it, may have."""

DEEPEST = 50
"""How deep parts may be nested."""

MOST_PARTS = 2000

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n|\r\r")
_NO_CLOCK = 1970
"""The year that machines whose clock is not set believe it is."""

_T = TypeVar("_T")
_HARM = "It may be damaged or made to do harm: ask whoever sent it"


class _Policy(EmailPolicy):
    """The default policy, with limits that hold while the message is still being parsed."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        if sum(map(len, sourcelines)) > MOST_HEADER:
            raise _refused(f"a header of it is longer than {MOST_HEADER // 1024} KB")
        return super().header_source_parse(sourcelines)


def parsed(data: bytes) -> EmailMessage:
    """A message whose parts are at most :data:`DEEPEST` deep. UserError for what goes beyond a limit."""
    end = _END_OF_HEADER.search(data)
    if (end.start() if end else len(data)) > MOST_HEADER:
        raise _refused(f"its header is longer than {MOST_HEADER // 1024} KB, or it is no e-mail")
    made = 0

    def make(policy: EmailPolicy) -> EmailMessage:
        nonlocal made
        made += 1
        if made > MOST_PARTS:
            raise _refused(f"it has more than {MOST_PARTS:,} parts")
        return EmailMessage(policy)

    policy: Any = _Policy(message_factory=cast("Any", make))  # the stubs know no policies of one’s own
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=policy)
        too_deep = any(depth > DEEPEST for depth, _ in parts_of(message))
    except RecursionError:
        too_deep = True
    except UserError:
        raise
    except Exception as error:  # the library's parsers raise whatever they stumble over in bad headers
        raise UserError(
            f"This e-mail is damaged ({type(error).__name__})", do="Save it once more in the program that received it"
        ) from error
    if too_deep:
        raise _refused(f"its parts or headers are nested more than {DEEPEST} deep")
    return message


def parts_of(message: EmailMessage) -> Iterator[tuple[int, EmailMessage]]:
    """The message and its parts with their depth, in order; a message within it is not entered."""
    waiting = [(0, message)]
    while waiting:
        depth, part = waiting.pop()
        yield depth, part
        if depth <= DEEPEST and part.is_multipart():
            waiting += [(depth + 1, each) for each in reversed(children(part))]


def children(part: EmailMessage) -> list[EmailMessage]:
    """The parts directly in a part; none where it is a leaf."""
    payload = part.get_payload() if part.is_multipart() else None
    return [each for each in payload if isinstance(each, EmailMessage)] if isinstance(payload, list) else []


def header(message: EmailMessage, name: str) -> str:
    """A header's words, decoded; as they stand in the source where the library cannot read them; empty without one."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return " ".join(clean(_tried(lambda: str(message.get(name, "")), raw)).split())


def sender(message: EmailMessage) -> str:
    """Who wrote a message: the name in its From, else the address; empty where it has neither."""

    def found() -> str:
        address = message["from"].addresses[0]
        return str(address.display_name or address.addr_spec)

    return " ".join(clean(_tried(found, "")).split())


def sent_on(message: EmailMessage) -> dt.date | None:
    """The day of its Date, as its sender counted days; None where it has none that is readable."""

    def found() -> dt.date | None:
        moment: dt.datetime | None = message["date"].datetime
        return moment.date() if moment else None

    day = _tried(found, None)
    return day if day and day.year > _NO_CLOCK else None


def content_type(part: EmailMessage) -> str:
    """Such as "text/plain"; so is what says that it has parts but has none."""
    found = _tried(part.get_content_type, "application/octet-stream")
    return "text/plain" if found.startswith("multipart/") and not part.is_multipart() else found


def file_name(part: EmailMessage) -> str:
    """The name under which a part is attached; empty where it has none."""
    return clean(_tried(part.get_filename, None) or "").strip()


def is_attached(part: EmailMessage) -> bool:
    """Whether a part is to be saved rather than shown in the message."""
    return _tried(part.get_content_disposition, None) == "attachment"


def content_of(part: EmailMessage) -> bytes:
    """The bytes of a part, its transfer encoding undone; as they stand in the source where it is not to be read."""

    def found() -> object:
        return part.get_payload(decode=True)

    payload = _tried(found, None)
    if payload is None:
        del part["Content-Transfer-Encoding"]
        payload = _tried(found, None)
    return payload if isinstance(payload, bytes) else b""


def charset(part: EmailMessage) -> str | None:
    """The encoding that a part states."""
    return _tried(part.get_content_charset, None)


def text_of(part: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """The text of a part, and what is to be told of its encoding."""
    text, flags = decoded(content_of(part), charset(part))
    return clean(text), flags


def _tried(read: Callable[[], _T], otherwise: _T) -> _T:
    """What ``read`` finds. The library's header parser raises what it stumbles over: RecursionError, IndexError and more."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - see above; what is wanted is one header, and the message is readable without it
        return otherwise


def _refused(why: str) -> UserError:
    return UserError(f"This e-mail is not read, because {why}", do=_HARM)
