"""The menu of the packs that were opened before."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from briefpack.desktop.recent.packs import Recent, RecentPacks
from briefpack.desktop.theme.icons import icon

_DIGITS = 9


class RecentMenu(QMenu):
    """Filled when it is opened. The first nine have a digit as their key."""

    chosen = Signal(Path)

    def __init__(self, packs: RecentPacks, parent: QWidget) -> None:
        super().__init__("Open recent", parent)
        self._packs = packs
        self.setIcon(icon("recent"))
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        packs.changed.connect(self._note)
        self._note()

    def _note(self) -> None:
        self.menuAction().setEnabled(bool(self._packs.entries))

    def _fill(self) -> None:
        self.clear()
        entries = self._packs.entries
        names = [each.path.stem for each in entries]
        for number, each in enumerate(entries, 1):
            self.addAction(self._action(number, each, twice=names.count(each.path.stem) > 1))
        missing = [each.path for each in entries if each.missing]
        if missing:
            self.addSeparator()
            clear = self.addAction(icon("delete"), "Forget those that are not there")
            clear.triggered.connect(lambda _checked=False: self._packs.forget(*missing))

    def _action(self, number: int, each: Recent, *, twice: bool) -> QAction:
        words = f"{each.path.stem} ({each.path.parent.name})" if twice else each.path.stem
        key = f"&{number}  " if number <= _DIGITS else ""
        made = QAction(f"{key}{words.replace('&', '&&')}{' – not there' if each.missing else ''}", self)
        made.setToolTip(str(each.path))
        made.setEnabled(not each.missing)
        if each.pinned:
            made.setIcon(icon("pinned"))
        made.triggered.connect(lambda _checked=False: self.chosen.emit(each.path))
        return made
