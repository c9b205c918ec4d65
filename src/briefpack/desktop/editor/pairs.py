"""Questions and answers, and *if pressed*, typed as quickly as a bullet. No Qt here.

Under a heading for questions and answers ``q: `` at the start of a paragraph begins a question and ``a: `` an answer;
Enter behind the one begins the other, and behind an empty one leaves. Under *lines to take* ``if pressed: `` at the start
of a line makes the heading for it, with the line below.
"""

import re

from briefpack.pack import edits
from briefpack.pack.edits import Edited, Place, splice
from briefpack.pack.edits.writing import delete
from briefpack.pack.model import Heading, ListItem, Pack, Paragraph
from briefpack.pack.outline import headings_above
from briefpack.pack.roles import LABELS, Role
from briefpack.pack.text import Mark, MarkKind, Text, text

_OTHER = {"Q": "A", "A": "Q"}
_LABEL = re.compile(r"([QA])[:.] ?", re.IGNORECASE)
_PRESSED = re.compile(r"if (?:pressed|asked|raised): ", re.IGNORECASE)


def follows(pack: Pack, caret: Place) -> tuple[str, Edited] | None:
    """What follows from the space before the caret, at the start of a block: what undo calls it, and the edit."""
    block = pack.block(caret.block)
    if not isinstance(block, Paragraph | ListItem):
        return None
    before = block.text.string[: caret.offset]
    if (found := _LABEL.fullmatch(before)) and _role(pack, block.id) == Role.QA:
        changed, start = delete(pack, Place(block.id, 0), caret)
        label = "Question" if found[1].upper() == "Q" else "Answer"
        return label, edits.insert_text(changed, start, _label(found[1].upper()))
    if _PRESSED.fullmatch(before) and _role(pack, block.id) == Role.LINES:
        return LABELS[Role.IF_PRESSED], _if_pressed(pack, caret)
    return None


def next_line(pack: Pack, caret: Place) -> Edited | None:
    """What Enter does at the end of a question or answer: the other begins, or an empty one is left; None elsewhere."""
    block = pack.block(caret.block)
    if not isinstance(block, Paragraph | ListItem) or caret.offset < len(block.text.string):
        return None
    found = _LABEL.match(block.text.string)
    if found is None or _role(pack, block.id) != Role.QA:
        return None
    if found.end() == len(block.text.string):
        return delete(pack, Place(block.id, 0), caret)
    other = _OTHER[found[1].upper()]
    changed, place = edits.split(pack, caret)
    return edits.insert_text(changed, place, _label(other))


def _label(letter: str) -> Text:
    """The bold sign of a question or an answer, and a space."""
    return text(f"{letter}: ", (Mark(0, 2, MarkKind.BOLD, ""),))


def _if_pressed(pack: Pack, caret: Place) -> Edited:
    """A heading for what is said if pressed, as deep as that of the lines, and below it the line without its sign."""
    pack, start = delete(pack, Place(caret.block, 0), caret)
    lines = next(each for each in reversed(_above(pack, start.block)) if each.role == Role.LINES)
    heading = Heading(text=text(LABELS[Role.IF_PRESSED]), level=lines.level, role=Role.IF_PRESSED)
    index = pack.index(start.block)
    held = pack.body[index]
    assert isinstance(held, Paragraph | ListItem)
    item = ListItem(id=held.id, text=held.text, line=held.line)
    return Edited(splice(pack, index, index + 1, (heading, item)), Place(item.id, 0))


def _role(pack: Pack, block: str) -> Role | None:
    """The role that holds for a block: that of the nearest heading over it that has one."""
    return next((heading.role for heading in reversed(_above(pack, block)) if heading.role), None)


def _above(pack: Pack, block: str) -> tuple[Heading, ...]:
    return next(path for each, path in headings_above(pack.body) if each.id == block)
