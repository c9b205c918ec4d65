"""Searches that are kept: those that the user has named, in a menu, and the last ones, under the empty field."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QToolButton, QWidget

from briefpack.archive.model import Filters, SavedSearch
from briefpack.desktop.archive.choices import chosen
from briefpack.desktop.archive.library import Library
from briefpack.desktop.widgets.parts import named, tool

_LAST = 10


class KeptSearches(QObject):
    """The button with saved searches, and what Down does in an empty field.

    Args:
        field: where queries are typed.
    """

    chosen = Signal(object)
    """A :class:`~briefpack.archive.model.SavedSearch` is to be asked again."""

    failed = Signal(object)
    """A UserError."""

    def __init__(self, library: Library, field: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._field, self._window = library, field, parent
        self._now = SavedSearch("")
        self._saved: tuple[SavedSearch, ...] = ()
        self._history: tuple[SavedSearch, ...] = ()
        self.button = tool("Saved searches", "saved", lambda: None)
        self.menu = named(QMenu(parent), "Saved searches")
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.history_menu = named(QMenu(parent), "Last searches")
        field.installEventFilter(self)
        library.kept.connect(self._show)
        library.ask_kept()

    @property
    def history(self) -> tuple[SavedSearch, ...]:
        """The last searches."""
        return self._history

    @property
    def saved(self) -> tuple[SavedSearch, ...]:
        """The named searches."""
        return self._saved

    def set_now(self, query: str, filters: Filters) -> None:
        """What is being searched for."""
        self._now = SavedSearch(" ".join(query.split()), filters)

    def remember(self) -> None:
        """Put what is being searched for at the head of the history."""
        if self._now != SavedSearch("") and self._now not in self._history[:1]:
            self._library.keep(lambda archive: archive.remember(self._now.query, self._now.filters))

    def save(self) -> None:
        """Ask for a name, and save what is being searched for under it."""
        now = self._now
        name, wanted = QInputDialog.getText(
            self._window, "Save this search", "Name", QLineEdit.EchoMode.Normal, described(now)[:120]
        )
        if wanted and name.strip():
            job = self._library.keep(
                lambda archive: archive.save_search(SavedSearch(now.query, now.filters, name.strip()))
            )
            job.failed.connect(self.failed)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """Qt's: Down in the empty field shows the last searches."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and not self._field.text()
            and self._history
        ):
            self._show_history()
            return True
        return super().eventFilter(field, event)

    def _show(self, saved: tuple[SavedSearch, ...], history: tuple[SavedSearch, ...]) -> None:
        self._saved, self._history = saved, history

    def _fill(self) -> None:
        self.menu.clear()
        self.menu.addAction("Save this search…", self.save).setEnabled(self._now != SavedSearch(""))
        if not self._saved:
            return
        self.menu.addSeparator()
        for each in self._saved:
            self._offer(self.menu, each)
        self.menu.addSeparator()
        forgetting = self.menu.addMenu("Delete a saved search")
        for each in self._saved:
            forgetting.addAction(_menu_words(each.name), partial(self._forget, each.name))

    def _forget(self, name: str) -> None:
        self._library.keep(lambda archive: archive.forget_search(name)).failed.connect(self.failed)

    def _show_history(self) -> None:
        self.history_menu.clear()
        for each in self._history[:_LAST]:
            self._offer(self.history_menu, each)
        self.history_menu.addSeparator()
        self.history_menu.addAction("Clear the list", lambda: self._library.keep(lambda a: a.clear_history()))
        self.history_menu.setMinimumWidth(self._field.width())
        self.history_menu.popup(self._field.mapToGlobal(QPoint(0, self._field.height())))
        self.history_menu.setActiveAction(self.history_menu.actions()[0])

    def _offer(self, menu: QMenu, search: SavedSearch) -> None:
        words = _menu_words(search.name or described(search))
        menu.addAction(words, lambda: self.chosen.emit(search))


def described(search: SavedSearch) -> str:
    """A search in a line: what is typed, and what it is narrowed to."""
    return " · ".join(filter(None, (search.query, *(choice.label for choice in chosen(search.filters)))))


def _menu_words(words: str) -> str:
    short = words if len(words) <= 60 else f"{words[:59].rstrip()}…"
    return short.replace("&", "&&")
