"""What an action is, before there is any widget."""

from enum import StrEnum
from typing import NamedTuple


class Menu(StrEnum):
    """The menus of the window, in their order."""

    FILE = "&File"
    EDIT = "&Edit"
    FORMAT = "F&ormat"
    INSERT = "&Insert"
    REVIEW = "&Review"
    ARCHIVE = "&Archive"
    VIEW = "&View"
    HELP = "&Help"


class Fact(StrEnum):
    """What is so at this moment; an action can be used while everything that it needs is so."""

    PACK = "a pack is open"
    WRITABLE = "the pack can be changed"
    UNDO = "there is something to undo"
    REDO = "there is something to redo"
    SELECTION = "words of the document are selected"
    HEADING = "the caret is under a heading"
    COMMENT = "a comment is chosen"
    LINE = "the caret is in a line to take"
    CHANGED = "the caret is in a tracked change"
    READING = "a document of the archive is being read"
    WRITING = "the document is in front, to be written in"
    REVIEWING = "the returns are in front"
    RETURNS = "copies have come back"
    ITEM = "an open item of the returns is chosen"


OPEN = frozenset({Fact.PACK})
CHANGE = frozenset({Fact.PACK, Fact.WRITABLE})
WRITE = CHANGE | {Fact.WRITING}


class ActionSpec(NamedTuple):
    """One thing that the user can do.

    Args:
        id: its name in the code, "menu.what".
        text: what it is called, with "…" where it asks something first.
        icon: the name of its icon in :mod:`briefpack.desktop.theme.icons`.
        menu: the menu that it is in.
        group: a number; a separator is drawn between groups.
        shortcut: its keys in Qt's portable notation; several are parted by " | ", the first is shown.
        needs: the facts that must hold.
        checkable: whether it is on or off.
        choice: the name of the set of which exactly one is on; empty for none.
        tip: more than the text says, where that helps.
    """

    id: str
    text: str
    icon: str
    menu: Menu
    group: int
    shortcut: str = ""
    needs: frozenset[Fact] = frozenset()
    checkable: bool = False
    choice: str = ""
    tip: str = ""

    @property
    def shortcuts(self) -> tuple[str, ...]:
        """Each of its keys."""
        return tuple(self.shortcut.split(" | ")) if self.shortcut else ()

    @property
    def title(self) -> str:
        """The text as it is spoken of, without the dots."""
        return self.text.removesuffix("…")
