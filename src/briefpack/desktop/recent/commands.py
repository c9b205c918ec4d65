"""The packs that were opened before, tied to the window: their list, their menu, and what opens one."""

from PySide6.QtWidgets import QWidget

from briefpack.desktop.actions.builder import Actions
from briefpack.desktop.actions.spec import Menu
from briefpack.desktop.files import FileCommands
from briefpack.desktop.jobs import Worker
from briefpack.desktop.recent.listing import RecentList
from briefpack.desktop.recent.menu import RecentMenu
from briefpack.desktop.recent.packs import RecentPacks
from briefpack.desktop.settings import Settings


class RecentCommands:
    """Args: what is remembered; a thread; what opens a pack; the window."""

    def __init__(self, settings: Settings, worker: Worker, files: FileCommands, window: QWidget) -> None:
        self.packs = RecentPacks(settings, worker, window)
        self.list = RecentList(self.packs)
        self.menu = RecentMenu(self.packs, window)
        for source in (self.list, self.menu):
            source.chosen.connect(files.open_path)

    def join(self, actions: Actions) -> None:
        """Put the menu behind *Open* in the File menu."""
        actions.menus[Menu.FILE].insertMenu(actions["file.import"], self.menu)

    def look(self) -> None:
        """Bring list and menu in line with what is there now."""
        self.packs.changed.emit()
        self.packs.look()
