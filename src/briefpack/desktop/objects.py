"""People and objects of the pack as lists: a screen reader sees only one character where a card or a table stands."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import Notice, button, holding, named, row
from briefpack.desktop.workspace import Workspace
from briefpack.pack.model import AnyBlock, Biography, Image, MeetingDetails, Pack, PageBreak, Person, Side, Table

_KEY = Qt.ItemDataRole.UserRole
_SETTLED = 150

_SIDES = {Side.INSIDE: "Our side", Side.OUTSIDE: "Their side", None: "Side not known"}


class Listed(NamedTuple):
    """One row: what it stands for, two lines of words, and an icon."""

    key: str
    title: str
    more: str
    shape: str


class _ListPanel(QWidget):
    """A list that follows the pack, with buttons over it; without rows it says what to do."""

    opened = Signal(str)
    """The key of a row that the user activated."""

    def __init__(self, workspace: Workspace, name: str, notice: Notice, buttons: Iterable[QPushButton]) -> None:
        super().__init__()
        self._workspace = workspace
        self._rows: tuple[Listed, ...] = ()
        self.list = named(QListWidget(), name)
        self.list.setIconSize(QSize(20, 20))
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        made = tuple(buttons)
        if made:
            layout.addWidget(holding(row(*made, None, margin=8)))
        layout.addWidget(self._pages)
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_KEY)))
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED)
        self._timer.timeout.connect(self._show)
        workspace.pack_changed.connect(self._timer.start)

    @property
    def current(self) -> str:
        """The key of the chosen row; empty for none."""
        return str(self.list.currentItem().data(_KEY)) if self.list.currentRow() >= 0 else ""

    def rows(self, pack: Pack) -> tuple[Listed, ...]:
        """What to list of a pack."""
        raise NotImplementedError

    def _show(self) -> None:
        rows = self.rows(self._workspace.pack)
        if rows != self._rows:
            chosen = self.current
            self._rows = rows
            self.list.clear()
            for each in rows:
                item = QListWidgetItem(icon(each.shape), f"{each.title}\n{each.more}" if each.more else each.title)
                item.setData(_KEY, each.key)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.title}, {each.more}")
                self.list.addItem(item)
                if each.key == chosen:
                    self.list.setCurrentItem(item)
        self._pages.setCurrentIndex(0 if rows else 1)


class ObjectsPanel(_ListPanel):
    """Everything in the document that is not typed into. A row goes there; Open opens its form."""

    asked_for = Signal(str)
    """The id of a block whose form is to be opened."""

    def __init__(self, workspace: Workspace) -> None:
        notice = Notice("Nothing here yet", "Tables, pictures and biography cards of the document are listed here.")
        opener = button("Open…", self._open, shape="details")
        super().__init__(workspace, "Tables, pictures and cards", notice, (opener,))
        self._show()

    def _open(self) -> None:
        if self.current:
            self.asked_for.emit(self.current)

    def rows(self, pack: Pack) -> tuple[Listed, ...]:
        """One for each object, in reading order."""
        return tuple(listed for block in pack.body if (listed := _listed(pack, block)))


class PeoplePanel(_ListPanel):
    """Everybody who attends or is written about. A row opens the person's card, or offers to make one."""

    asked_for_details = Signal()

    def __init__(self, workspace: Workspace) -> None:
        notice = Notice(
            "Nobody yet",
            "Add who attends in the meeting details, and a biography card for whoever is new to the reader.",
            button("Meeting details…", self._ask_for_details, shape="details"),
        )
        buttons = (
            button("Biography…", self._open_card, shape="biography", tip="The card of this person"),
            button("Attendees…", self._ask_for_details, shape="people", flat=True),
        )
        super().__init__(workspace, "People", notice, buttons)
        self._show()

    def _ask_for_details(self) -> None:
        self.asked_for_details.emit()

    def _open_card(self) -> None:
        self.opened.emit(self.current)

    def rows(self, pack: Pack) -> tuple[Listed, ...]:
        """One for each person, those who attend first."""
        cards = {block.person for block in pack.body if isinstance(block, Biography)}
        people = sorted(pack.people, key=lambda person: not person.attends)
        return tuple(Listed(person.id, person.name or "(no name)", _of(person, cards), "person") for person in people)


def _of(person: Person, cards: set[str]) -> str:
    role = ", ".join(filter(None, (person.role, person.organisation)))
    place = _SIDES[person.side] if person.attends else "Does not attend"
    return " · ".join(filter(None, (role, place, "" if person.id in cards else "no biography")))


def _listed(pack: Pack, block: AnyBlock) -> Listed | None:
    match block:
        case MeetingDetails():
            return Listed(block.id, "Meeting details", pack.meeting.title, "details")
        case Table():
            size = f"{len(block.rows)} rows, {len(block.rows[0]) if block.rows else 0} columns"
            first = " · ".join(cell.string for cell in block.rows[0]) if block.rows else ""
            return Listed(block.id, f"Table: {first}" if first else "Table", size, "table")
        case Image():
            return Listed(block.id, f"Picture: {block.caption.string or block.alt}", _alt(block), "image")
        case Biography():
            person = pack.person(block.person)
            points = f"{len(block.points)} point{'' if len(block.points) == 1 else 's'}"
            return Listed(block.id, f"Biography: {person.name if person else 'somebody'}", points, "biography")
        case PageBreak():
            return Listed(block.id, "Page break", "", "page_break")
        case _:
            return None


def _alt(image: Image) -> str:
    return image.alt or "No description for readers who cannot see it"
