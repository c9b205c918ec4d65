"""What the tour shows of the window, and when: at the first pack that is opened, and never again unless asked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTabBar, QWidget

from briefpack.desktop.actions.builder import Actions
from briefpack.desktop.documents import Documents
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.panes import Panes
from briefpack.desktop.settings import Settings
from briefpack.desktop.tour.overlay import Step, Tour, is_free, place_of


class TourGuide(QObject):
    """Args: the file behind the window; its docks; the document; gives its actions; the settings; the window."""

    def __init__(
        self,
        documents: Documents,
        panes: Panes,
        editor: PackEditor,
        actions: Callable[[], Actions],
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._documents, self._panes, self._editor = documents, panes, editor
        self._actions, self._settings, self._window = actions, settings, window
        self.tour: Tour | None = None

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"help.tour": self.start}

    def offer(self) -> None:
        """Show it at the first pack that is opened, to whoever has not seen it."""
        if not self._settings.toured:
            self._documents.opened.connect(self._first)

    def start(self) -> None:
        """Show it."""
        if self.tour is None:
            self.tour = Tour(self._steps(), self._window)
            self.tour.ended.connect(self._ended)
            self.tour.start()

    def _first(self) -> None:
        self._documents.opened.disconnect(self._first)
        QTimer.singleShot(0, self, lambda: self.start() if is_free() else None)

    def _ended(self) -> None:
        self._settings.toured = True
        if self.tour is not None:
            self.tour.deleteLater()
            self.tour = None
        self._editor.setFocus()

    def _steps(self) -> tuple[Step, ...]:
        return (
            Step(
                "The outline",
                "Every part of the briefing, with its words against what it may have, and the lines to take that are due. "
                f"Drag a heading to move its section; {self._keys('edit.go_to')} goes anywhere.",
                *self._pane("outline"),
            ),
            Step(
                "The document",
                "Write here as in Word: what you see is what the reader gets. Grey words say what belongs in an empty "
                "place. Comments and lines stand beside their words.",
                lambda: place_of(self._editor, self._window),
            ),
            Step(
                "The archive",
                "What the other side has published, old briefings, your notes. Search, select a sentence, press "
                f"{self._keys('archive.as_line')}: it is in the briefing, with its source.",
                *self._pane("archive"),
            ),
            Step(
                "Comments, lines, returns",
                "Who answers for each line and when it goes off; what reviewers ask; and the copies that come back from "
                "them: drop these on the window.",
                self._tabs,
            ),
            Step(
                "Out it goes",
                f"Export ({self._keys('file.export')}) writes the Word file. Any command is found with "
                f"{self._keys('help.palette')}. This tour is under Help.",
                self._export,
            ),
        )

    def _keys(self, action: str) -> str:
        """The keys of an action, as this system writes them and the user chose them."""
        keys = self._actions()[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return keys or f"“{self._actions()[action].text().removesuffix('…')}”"

    def _pane(self, name: str) -> tuple[Callable[[], QRect], Callable[[], object]]:
        """Where a dock is, and how it is brought to the front."""
        return lambda: place_of(self._panes[name], self._window), lambda: self._panes.show(name)

    def _tabs(self) -> QRect:
        bar = next((bar for bar in self._window.findChildren(QTabBar) if bar.accessibleName() == "Panels"), None)
        return place_of(bar, self._window) if bar is not None else QRect()

    def _export(self) -> QRect:
        action = self._actions()["file.export"]
        buttons = [each for each in action.associatedObjects() if isinstance(each, QWidget) and each.isVisible()]
        places = [place_of(each, self._window) for each in buttons if each is not self._window]
        return min(places, key=lambda place: place.width() * place.height(), default=QRect())
