"""What the View, Archive and Help menus do: going places, sizes and colours, and the archive's commands."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from briefpack import __version__
from briefpack.desktop.panes import Panes
from briefpack.desktop.review.centre import Centre
from briefpack.desktop.settings import Settings
from briefpack.desktop.theme.look import Look, Scheme
from briefpack.pack.edits import ClipForm

if TYPE_CHECKING:
    from briefpack.desktop.archive.panel import ArchivePanel

PANES = ("outline", "archive", "comments", "people", "objects", "lines", "returns")
"""The docks, by name."""

_ZOOM_STEP = 10
_ABOUT = "Meeting briefings, from an archive to a Word file.\n\nMIT licence. Icons: Remix Icon, Apache licence 2.0."


class ViewCommands(QObject):
    """Args: the docks; the middle of the window; gives the archive's panel, made late; what is remembered; the window."""

    palette_asked_for = Signal()
    keys_chosen = Signal(dict)  # an action's id -> its keys; those that differ from the catalogue

    def __init__(
        self,
        panes: Panes,
        centre: Centre,
        archive: "Callable[[], ArchivePanel]",
        kept: tuple[Settings, Look],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._panes = panes
        self._centre = centre
        self._archive = archive
        self._settings, self._look = kept
        self._window = window

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {
            "archive.search": self.search_archive,
            **{name: partial(self._in_archive, act) for name, act in _ARCHIVE.items()},
            **{f"view.{name}": partial(self._panes.go_to, name) for name in PANES},
            "view.document": self._centre.focus,
            "view.float": self._float_archive,
            "view.next_pane": partial(self._panes.step, 1, self._centre),
            "view.previous_pane": partial(self._panes.step, -1, self._centre),
            "view.zoom_in": lambda: self.zoom(self._settings.zoom + _ZOOM_STEP),
            "view.zoom_out": lambda: self.zoom(self._settings.zoom - _ZOOM_STEP),
            "view.zoom_reset": lambda: self.zoom(100),
            **{f"view.{scheme}": partial(self._choose, scheme) for scheme in Scheme},
            "help.palette": self.palette_asked_for.emit,
            "help.shortcuts": self._show_shortcuts,
            "help.about": self._about,
        }

    def search_archive(self) -> None:
        """Let the user type a query."""
        panel = self._archive()
        self._panes.show("archive")
        panel.focus_search()

    def zoom(self, percent: int) -> None:
        """Show the document's text at another size."""
        self._settings.zoom = percent
        self._centre.set_zoom(self._settings.zoom)

    def _in_archive(self, act: "Callable[[ArchivePanel], None]") -> None:
        act(self._archive())

    def _float_archive(self, on: bool) -> None:
        self._panes["archive"].setFloating(on)

    def _choose(self, scheme: Scheme, _on: bool) -> None:
        self._settings.scheme = scheme
        self._look.choose(scheme)

    def _show_shortcuts(self) -> None:
        from briefpack.desktop.dialogs.shortcuts import ShortcutsDialog

        page = ShortcutsDialog(self._settings.keys, self._keep_keys, self._window)
        page.exec()
        page.deleteLater()

    def _keep_keys(self, chosen: dict[str, tuple[str, ...]]) -> None:
        self._settings.keys = chosen
        self.keys_chosen.emit(chosen)

    def _about(self) -> None:
        QMessageBox.about(self._window, "About Briefpack", f"Briefpack {__version__}\n\n{_ABOUT}")


_ARCHIVE: "dict[str, Callable[[ArchivePanel], None]]" = {
    "archive.add": lambda panel: panel.choose_documents(),
    "archive.watch": lambda panel: panel.watches.choose(),
    "archive.refresh": lambda panel: panel.watches.refresh(),
    "archive.open_shared": lambda panel: panel.choose_shared(),
    "archive.open_own": lambda panel: panel.another_wanted.emit(""),
    "archive.next_hit": lambda panel: panel.step(1),
    "archive.previous_hit": lambda panel: panel.step(-1),
    "archive.sentences": lambda panel: panel.reader.select_sentences(),
    "archive.as_line": lambda panel: panel.place(ClipForm.LINE),
    "archive.as_quote": lambda panel: panel.place(ClipForm.QUOTE),
    "archive.as_paragraph": lambda panel: panel.place(ClipForm.PARAGRAPH),
    "archive.inline": lambda panel: panel.place(ClipForm.INLINE),
    "archive.copy": lambda panel: panel.copy(),
    "archive.details": lambda panel: panel.edit_details(),
}
"""What the Archive menu does, of the panel."""
