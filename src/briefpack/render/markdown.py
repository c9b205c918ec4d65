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
    return "\\\n".join(_started(written) for written in _lines(parts))


def flat(parts: Sequence[Span]) -> str:
    """Rich text on one line, as a heading or a cell needs it, where no line can begin."""
    return " <br> ".join(_lines(parts))


def _lines(parts: Sequence[Span]) -> list[str]:
    lines = (" ".join(written.split()) for written in _written(parts).split("\n"))
    return [written for written in lines if written]


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
                following = parts[index + 1 : index + 2]
                result += (
                    _tagged(span.kind, _written(span.children, inside=True))
                    if inside
                    else _formatted(span, result, following)
                )
    return result


def _formatted(span: Span, before: str, following: Sequence[Span]) -> str:
    """A span in asterisks where they are certain to open and close between what stands around it, else in its tag."""
    written = _written(span.children, inside=True)
    stars = _STARS.get(span.kind)
    core = written.strip()
    if not stars or not core or "\n" in core or before.endswith("*") or _starry(following):
        return _tagged(span.kind, written)
    opens = core[0].isalnum() or written[0].isspace() or not before[-1:].strip()
    closes = core[-1].isalnum() or written[-1].isspace() or _spaced(following)
    return _around(stars, written, stars) if opens and closes else _tagged(span.kind, written)


def _starry(following: Sequence[Span]) -> bool:
    return any(span.kind in _STARS or span.kind == "comment" for span in following)


def _spaced(following: Sequence[Span]) -> bool:
    """Whether what follows a span begins with white space, or nothing follows it."""
    return all(span.kind == "break" or (span.kind == "text" and span.value[0].isspace()) for span in following)


def _tagged(kind: str, written: str) -> str:
    tag = _TAGS[kind]
    return "\n".join(_around(f"<{tag}>", line, f"</{tag}>") for line in written.split("\n"))


def _around(opening: str, written: str, closing: str) -> str:
    """Words between marks; white space at their ends stays outside."""
    core = written.strip()
    start = written.index(core)
    return f"{written[:start]}{opening}{core}{closing}{written[start + len(core) :]}" if core else written


def _link(span: Span) -> str:
    words = " ".join(_written(span.children, inside=True).split())
    address = _IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), span.value.strip())
    return f"[{words}](<{address}>)"
