"""The returns beside the document: counts, filters, the list, and the chosen item in full."""

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QListView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefpack.desktop.review.delegate import ReturnsDelegate
from briefpack.desktop.review.detail import DetailPane, Details
from briefpack.desktop.review.header import Header
from briefpack.desktop.review.keys import HELP, action_of
from briefpack.desktop.review.listing import Group, Row, State, Wanted, decided, listed, tallies
from briefpack.desktop.review.model import LISTED, ReturnsModel
from briefpack.desktop.theme.people import known_people
from briefpack.desktop.widgets.parts import Notice, button, holding, named
from briefpack.pack.model import Pack
from briefpack.review.model import Review

_EMPTY = ("No copies yet", "Drop the Word files that came back anywhere on the window: any number of them at once.")
_DONE = (
    "Nothing is open",
    "Everything that came back is decided. Choose Decided to see it, or to take a decision back.",
)
_FILTERED = ("Nothing to list", "No item is of this kind. Choose other filters, or everybody, to see more.")

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_MOVES = (
    Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
)  # fmt: skip


class ReturnsPanel(QWidget):
    """A row shows its change in the document. It decides nothing: it asks for the window's actions, by their ids."""

    asked = Signal(str)
    """The id of an action."""

    chosen = Signal(str)
    """The key of the item that is chosen now; empty for none."""

    looked_at = Signal()
    """The list has come into view."""

    went = Signal(str)
    """The key of an item that the user went to by hand: the document should show it."""

    def __init__(self) -> None:
        super().__init__()
        self._review, self._pack = Review(), Pack()
        self._obstacles: Mapping[str, str] = {}
        self._writable = True
        self._people: tuple[str, ...] = ()
        self._chosen = ""
        self.model = ReturnsModel(self)
        self.header = Header()
        self.list = named(ReturnsList(), "Returns")
        self.list.setModel(self.model)
        self.setFocusProxy(self.list)
        self.list.setItemDelegate(ReturnsDelegate(self.list, lambda: self._people))
        self.detail = DetailPane()
        self._take = button("Take back returns…", lambda: self.asked.emit("returns.take"), shape="returns")
        self._notice = Notice(*_EMPTY)
        self._first = Notice(*_EMPTY, self._take)
        self._lay_out()
        self._connect()
        self.show_review(Review(), Pack())

    @property
    def current(self) -> str:
        """The key of the chosen item; empty for none."""
        index = self.list.currentIndex()
        line = index.data(LISTED) if index.isValid() else None
        return line.item.key if isinstance(line, Row) else ""

    @property
    def current_row(self) -> Row | None:
        """The row of the chosen item."""
        return self.model.row_of(self.current)

    @property
    def wanted(self) -> Wanted:
        """What the filters say."""
        return self.header.wanted

    def show_review(
        self, review: Review, pack: Pack, *, choose: str = "", obstacles: Mapping[str, str] | None = None
    ) -> None:
        """List what came back, with what the pack says was decided; choose an item, else the one that is chosen."""
        if review is not self._review:
            self.header.show_copies(review)
        self._review, self._pack, self._obstacles = review, pack, obstacles or {}
        self._people = known_people(pack)
        self.header.show_counts(tallies(review, decided(pack)), self._people)
        self._pages.setCurrentIndex(1 if review.returns or review.problems else 0)
        self._list(choose or self._chosen)

    def set_writable(self, writable: bool) -> None:
        """Whether anything can be decided."""
        self._writable = writable
        self._take.setEnabled(writable)
        self._show_current()

    def choose(self, key: str) -> None:
        """Choose an item, whatever the filters say."""
        if not self.model.find(key).isValid():
            self.header.want(Wanted(State.ALL, grouping=self.wanted.grouping))
            self._list(key)
        self._choose(key)

    def following(self, key: str) -> str:
        """The open item that stands behind one in the list, beginning again at its end; empty for none."""
        keys = self.model.keys
        at = keys.index(key) if key in keys else -1
        own = self.model.row_of(key)
        same = {key, *(own.item.agrees if own else ())}
        for each in keys[at + 1 :] + keys[: max(0, at)]:
            found = self.model.row_of(each)
            if each not in same and found is not None and found.decision is None:
                return each
        return ""

    def step(self, by: int) -> None:
        """Choose the item behind or before the chosen one, open or not, and go to it."""
        keys = self.model.keys
        if keys:
            at = keys.index(self._chosen) + by if self._chosen in keys else (0 if by > 0 else len(keys) - 1)
            key = keys[min(max(0, at), len(keys) - 1)]
            self._choose(key)
            self.went.emit(key)

    def focus_reply(self) -> None:
        """Let the user write a reply."""
        self.detail.reply.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks."""
        super().showEvent(event)
        self.looked_at.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: in other colours people have other dots."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.header.recolour()

    def _list(self, choose: str) -> None:
        today = dt.datetime.now().astimezone().date()
        with_filters = self.wanted
        self.model.show(listed(self._review, self._pack, with_filters, today, self._obstacles.keys()))
        found = self.model.find(choose)
        if found.isValid():
            self._choose(choose)
        elif self.model.keys:
            self._choose(self.model.keys[0])
        else:
            self._choose("")
            left = sum(each.open for each in tallies(self._review, decided(self._pack)))
            done = with_filters.state is State.OPEN and not left
            self._notice.say(*(_DONE if done else _FILTERED))
        self._notice.setVisible(not self.model.keys)

    def _choose(self, key: str) -> None:
        index = self.model.find(key)
        self.list.setCurrentIndex(index)
        if index.isValid():
            above = self.model.index(index.row() - 1)
            if above.isValid() and isinstance(above.data(LISTED), Group):
                self.list.scrollTo(above)  # an item below the head of its group is seen with it
            self.list.scrollTo(index)
        self._show_current()

    def _show_current(self) -> None:
        row_ = self.current_row
        self.detail.setVisible(row_ is not None)
        if row_ is not None:
            self.detail.show_item(self._details(row_), self._people, writable=self._writable)
        if self.current != self._chosen:
            self._chosen = self.current
            self.chosen.emit(self._chosen)

    def _details(self, row_: Row) -> Details:
        """All that is shown of an item: the others of its clash, its thread, and why it no longer fits."""
        item = row_.item
        keys = next((clash.items for clash in self._review.clashes if clash.key == item.clash), ())
        rivals = tuple(each for each in self._review.items if each.key in keys and each.author != item.author)
        thread = self._pack.comment(item.comment) if item.comment else None
        return Details(row_, rivals, thread, "" if row_.decision else self._obstacles.get(item.key, ""))

    def _go(self, index: QModelIndex) -> None:
        line = index.data(LISTED)
        if isinstance(line, Row):
            self.went.emit(line.item.key)

    def _lay_out(self) -> None:
        over = QVBoxLayout(self.list.viewport())  # the list keeps the keyboard when it is empty: Z takes back the last
        over.addWidget(self._notice)
        self._notice.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setSizes([360, 260])
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(_line())
        layout.addWidget(split, 1)
        layout.addWidget(_line())
        layout.addWidget(_help())
        self._pages = QStackedWidget()
        self._pages.addWidget(self._first)
        self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self.header.changed.connect(lambda: self._list(self._chosen))
        self.list.clicked.connect(self._go)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.list.asked.connect(self.asked)
        self.list.stepped.connect(self.step)
        self.detail.asked.connect(self.asked)
        self.detail.left.connect(self.list.setFocus)


class ReturnsList(QListView):
    """A list whose letters are keys of their own."""

    asked = Signal(str)
    """The id of the action that a key stands for."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)  # without it a list does not lay its rows out anew when its width changes
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the foot, and the arrows."""
        if action := action_of(event):
            self.asked.emit(action)
        elif event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()  # or a letter would look for a row that begins with it


def _line() -> QWidget:
    made = QWidget()
    made.setFixedHeight(1)
    made.setStyleSheet("background: palette(mid);")
    return made


def _help() -> QWidget:
    """The keys, at the foot."""
    made = named(QLabel(wordWrap=True), "Keys")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText("&nbsp;&nbsp; ".join(f"<b>{key}</b>&nbsp;{does}".replace(" ", "&nbsp;") for key, does in HELP[:6]))
    made.setToolTip("\n".join(f"{key}: {does}" for key, does in HELP))
    made.setAccessibleDescription(", ".join(f"{key} {does}" for key, does in HELP))
    made.setProperty("kind", "muted")
    holder = QVBoxLayout()
    holder.setContentsMargins(12, 6, 12, 6)
    holder.addWidget(made)
    return holding(holder)
