"""Which lines the outline is about: a button with a menu of times, owners and states, and what it is set to."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from briefpack.desktop.lines.listing import Due, Wanted
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import named
from briefpack.pack.model import Status

EVERYBODY, NOBODY, ANY = "Everybody’s lines", "Nobody’s lines", "Draft or cleared"


class LineFilter(QToolButton):
    """Shows only sections with lines that are due then, of an owner, in a state. Nothing is filtered at first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "Filter by lines", "Show only sections with lines by when they are due, owner or status")
        self.setIcon(icon("filter"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCheckable(True)
        self.wanted = Wanted()
        self._owners: tuple[str, ...] = ()
        self._menu = QMenu("Filter by lines", self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def offer(self, owners: Iterable[str]) -> None:
        """Let the user choose among these owners; one who owns nothing any more is no longer asked for."""
        self._owners = tuple(owners)
        if self.wanted.owner and self.wanted.owner not in self._owners:
            self.choose(self.wanted._replace(owner=None))

    def choose(self, wanted: Wanted) -> None:
        """Filter by something else."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.changed.emit()
        self.setChecked(self.is_on)

    @property
    def is_on(self) -> bool:
        """Whether anything is filtered."""
        return self.wanted != Wanted()

    @property
    def words(self) -> str:
        """What is shown, in words."""
        owner, status, due = self.wanted
        parts = [due.value] if due != Due.EVER else []
        if owner is not None:
            parts.append(owner or NOBODY)
        if status is not None:
            parts.append(status.value.capitalize())
        return ", ".join(parts)

    def _fill(self) -> None:
        """The menu, with what is chosen ticked."""
        self.setChecked(self.is_on)
        self._menu.clear()
        self._choices([(each.value, self.wanted._replace(due=each)) for each in Due], self.wanted)
        named_owners = [(EVERYBODY, None), *((each, each) for each in self._owners), (NOBODY, "")]
        self._choices([(title, self.wanted._replace(owner=each)) for title, each in named_owners], self.wanted)
        states = [(ANY, None), *((each.value.capitalize(), each) for each in Status)]
        self._choices([(title, self.wanted._replace(status=each)) for title, each in states], self.wanted)

    def _choices(self, choices: Iterable[tuple[str, Wanted]], now: Wanted) -> None:
        """One set of choices, of which exactly one is ticked."""
        group = QActionGroup(self._menu)
        for title, wanted in choices:
            action = QAction(title.replace("&", "&&"), self._menu, checkable=True)
            action.setChecked(wanted == now)
            action.triggered.connect(lambda _on=False, wanted=wanted: self.choose(wanted))
            group.addAction(action)
            self._menu.addAction(action)
        self._menu.addSeparator()
