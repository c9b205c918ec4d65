"""Plain text, as other programs put it on the clipboard, read as blocks. No Qt here.

A line is a paragraph, unless the lines are those of a page: a PDF or an e-mail breaks its sentences wherever the line
was full, and they are joined again. Lines of cells parted by tabs are a table.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefpack.pack.edits import Fragment
from briefpack.pack.model import AnyBlock, ListItem, Paragraph, Table
from briefpack.pack.text import Text, clean

_BULLET = re.compile(r"(?P<indent>\s*)(?:[•·▪◦‣●○■–\uf0b7]|[-*](?=\s)|(?:o|§)(?=\t))\s+(?=\S)")
_NUMBER = re.compile(r"(?P<indent>\s*)\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
_ENDED = re.compile(r"[.!?:;][”’\"')\]]*\Z")

_SHORTEST, _LONGEST = 45, 130
"""Characters of the longest line of a page's text: shorter lines are verse or a list, longer ones were not broken."""

_FULL = 0.75
"""A line of a page is full from this share of the longest on."""


def read_text(string: str, *, plain: bool = False) -> Fragment:
    """The blocks of a text; where ``plain``, a line is a paragraph, and nothing is read into it."""
    string = clean(string.replace("\u2029", "\n").replace("\x0c", "\n\n"))
    lines = [line.rstrip() for line in string.split("\n")]
    full = [line for line in lines if line.strip()]
    if len(full) == 1 and (plain or not _BULLET.match(full[0])):
        return Fragment((Paragraph(text=Text(string.strip("\n"))),))
    if plain:
        return Fragment(tuple(Paragraph(text=Text(line)) for line in full))
    if table := _table(full):
        return Fragment((table,))
    return Fragment(tuple(_blocks(_joined(lines) if _is_page(lines) else full)))


def _table(lines: Sequence[str]) -> Table | None:
    """The table that lines of cells are, as spreadsheets copy them: at least two lines of at least two cells each."""
    if len(lines) < 2:
        return None
    rows = [tuple(Text(cell.strip()) for cell in line.strip("\n").split("\t")) for line in lines]
    width = max(map(len, rows), default=0)
    if width < 2 or any(len(row) < 2 or (not row[0] and _BULLET.match(str(row[1]))) for row in rows):
        return None
    if any(_BULLET.match(line) or _NUMBER.match(line) for line in lines):
        return None
    return Table(rows=tuple((*row, *[Text()] * (width - len(row))) for row in rows), header=False)


def _is_page(lines: Sequence[str]) -> bool:
    """Whether lines were broken where a page was full: most in mid-sentence are about as long as the longest.

    And most of what follows them begins in lower case, which tells sentences from a list of titles.
    """
    longest = max(map(len, lines), default=0)
    if not _SHORTEST <= longest <= _LONGEST:
        return False
    parted = [(line, then) for line, then in pairwise(lines) if line and not (_ENDED.search(line) or _begins(then))]
    full = sum(len(line) >= _FULL * longest for line, _ in parted)
    going_on = sum(then.lstrip()[:1].islower() for _, then in parted)
    return len(parted) >= 2 and full >= 0.7 * len(parted) and going_on >= 0.5 * len(parted)


def _begins(line: str) -> bool:
    """Whether a line goes on with nothing before it."""
    return not line.strip() or bool(_BULLET.match(line) or _NUMBER.match(line))


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a page's lines: one ends at an empty line, before a bullet, and where a line stops early."""
    longest = max(map(len, lines))
    held = ""
    for line in lines:
        if held and _begins(line):
            yield held
            held = ""
        if not line.strip():
            continue
        held = _glued(held, line.strip()) if held else line
        if len(line) < _FULL * longest and _ENDED.search(line):
            yield held
            held = ""
    if held:
        yield held


def _glued(before: str, line: str) -> str:
    """A line put behind what came before it; a word that was parted at the line's end is whole again."""
    if re.search(r"[a-z]\u00ad\Z", before):
        return before[:-1] + line
    if re.search(r"\w-\Z", before) and line[:1].islower():
        return before + line  # a hyphen that may belong there stays: well-known was never wellknown
    return f"{before} {line}"


def _blocks(lines: Sequence[str] | Iterator[str]) -> Iterator[AnyBlock]:
    """A block a line; bullets and numbers at the depth that their indents say."""
    indents: list[int] = []
    for line in lines:
        found = _BULLET.match(line) or _NUMBER.match(line)
        if found is None:
            indents.clear()
            yield Paragraph(text=Text(line.strip()))
            continue
        indent = len(found["indent"].replace("\t", "    "))
        while indents and indents[-1] > indent:
            indents.pop()
        if not indents or indents[-1] < indent:
            indents.append(indent)
        said = Text(line[found.end() :].strip())
        yield ListItem(text=said, level=min(len(indents) - 1, 8), ordered=found.re is _NUMBER)
