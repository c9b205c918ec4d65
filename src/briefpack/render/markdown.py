"""Words and rich text as CommonMark that reads back as the same words.

Asterisks stand only where they are certain to open and close (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run);
every other format is an inline HTML tag, which CommonMark has too.
"""

import re
from collections.abc import Sequence

from briefpack.render.inline import Span

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~^$#]|&(?=#|\w)")
_LINE_START = re.compile(r"^(\d{0,9})(-(?=[-\s]|$)|\+(?=\s|$)|=(?==*$)|(?<=\d)[.)](?=\s|$))")
_IN_ADDRESS = re.compile(r"[\s<>\\|\x00-\x1f]")
_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strike": "s",
    "highlight": "mark",
    "insertion": "ins",
    "deletion": "del",
}
_STARS = {"bold": "**", "italic": "*"}


def escape(words: str) -> str:
    """Words that mean themselves wherever they stand within a line."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", words)


def _started(written: str) -> str:
    """A written line that cannot be taken for a list, a rule or the underline of a heading."""
    return _LINE_START.sub(r"\1\\\2", written)


def line(words: str) -> str:
    """Plain words as one line that may begin a paragraph; line ends become spaces."""
    return _started(escape(" ".join(words.split())))


def rich(parts: Sequence[Span]) -> str:
    """Rich text as a paragraph; line breaks end in a backslash."""
    return _lines(parts, "\\\n")


def flat(parts: Sequence[Span]) -> str:
    """Rich text on one line, as a heading or a cell needs it."""
    return _lines(parts, " <br> ")


def _lines(parts: Sequence[Span], separator: str) -> str:
    lines = (_started(" ".join(written.split())) for written in _written(parts).split("\n"))
    return separator.join(written for written in lines if written)


def _written(parts: Sequence[Span], *, inside: bool = False) -> str:
    result = ""
    for index, span in enumerate(parts):
        match span.kind:
            case "text":
                result += escape(span.value)
            case "break":
                result += "\n"
            case "source":
                result += f"\\[{span.value}\\]"
            case "remark":
                result += f"\\[C{span.value}\\]"
            case "link":
                result += _link(span)
            case "comment":
                result += _written(span.children, inside=inside)
            case _:
                alone = not inside and not result.endswith("*") and not _starry(parts[index + 1 : index + 2])
                result += _formatted(span, alone=alone)
    return result


def _starry(following: Sequence[Span]) -> bool:
    return any(span.kind in _STARS or span.kind == "comment" for span in following)


def _formatted(span: Span, *, alone: bool) -> str:
    """A span in its marks; white space at its ends is put outside, and line breaks divide it."""
    return "\n".join(
        _marked(piece, span.kind, alone=alone) for piece in _written(span.children, inside=True).split("\n")
    )


def _marked(written: str, kind: str, *, alone: bool) -> str:
    core = written.strip()
    if not core:
        return written
    before, after = written[: len(written) - len(written.lstrip())], written[len(written.rstrip()) :]
    stars = _STARS.get(kind)
    if stars and alone and core[0].isalnum() and core[-1].isalnum():
        return f"{before}{stars}{core}{stars}{after}"
    return f"{before}<{_TAGS[kind]}>{core}</{_TAGS[kind]}>{after}"


def _link(span: Span) -> str:
    words = " ".join(_written(span.children, inside=True).split())
    address = _IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), span.value.strip())
    return f"[{words}](<{address}>)"
