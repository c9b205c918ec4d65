"""What stands around the document: its versions, colleagues at work on it, packs opened before, paper, and settings.

Each is a module of its own; here they are put together and tied to the window.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from briefpack.desktop.colleagues.commands import Colleagues
from briefpack.desktop.places import Places
from briefpack.desktop.preferences import Preferences
from briefpack.desktop.printing.commands import Printing
from briefpack.desktop.versions.commands import KeptVersions

if TYPE_CHECKING:
    from briefpack.desktop.window import MainWindow


class Shell(QObject):
    """Args: the window, with its pack, documents and file commands made."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        documents, files, worker = window.documents, window.files, window.versions.worker
        self.kept = KeptVersions(window.workspace, documents, files, window.settings, worker, window)
        self.colleagues = Colleagues(documents, files, worker, window)
        self.places = Places(window.workspace, documents, window.editor, window.panes, window.viewing, window.settings)
        self.printing = Printing(documents, window.settings, worker, window)
        self.preferences = Preferences(window)
        window.look.keep_still(window.settings.still)
        for source in (self.kept, self.colleagues, self.printing):
            source.said.connect(window.say)
        documents.access_changed.connect(self._follow_access)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {**self.kept.handlers(), **self.printing.handlers(), **self.preferences.handlers()}

    def show_notices(self) -> None:
        """Say over the document what one should know about the file."""
        self._window.notices.tell(self._window.documents.notices, self.colleagues.choices())

    def _follow_access(self) -> None:
        """Let everything be changed that could not be, or the other way round."""
        window = self._window
        window.let_write()
        window.outline.writable = window.documents.writable
        window.furnish()
        self.show_notices()
