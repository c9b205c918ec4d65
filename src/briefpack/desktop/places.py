"""Where one was in a pack: caret, what is at the top of the window, the panel in front and the size of the text.

It is kept with the user's settings, by the pack's id: it is nobody else's business, and a pack that was moved keeps it.
"""

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QTextCursor

from briefpack.desktop.documents import Documents
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.panes import Panes
from briefpack.desktop.settings import Settings
from briefpack.desktop.viewing import ViewCommands
from briefpack.desktop.workspace import Workspace
from briefpack.pack.edits import Place

MOST = 40
"""Of so many packs it is remembered where one was."""

_TOP = QPoint(24, 24)
"""Where the first block that can be read is looked for, in pixels from the top left of the document."""


class Spot(Struct, frozen=True, omit_defaults=True):
    """Where somebody was.

    Attributes:
        block: the id of the caret's block.
        offset: where in it the caret was.
        top: the id of the block at the top of the window.
        above: how far above the edge it began, in pixels.
        panel: the dock in front at the right.
        zoom: the size of the text in per cent.
    """

    block: str = ""
    offset: int = 0
    top: str = ""
    above: int = 0
    panel: str = ""
    zoom: int = 100


_SPOTS = msgspec.json.Decoder(dict[str, Spot])


class Places(QObject):
    """Keeps where one was when a pack is left, and goes there when it is opened again.

    Args:
        workspace: the pack.
        documents: tells when it is opened and left.
        editor: the document.
        panes: the docks.
        viewing: the size of the text.
        settings: where it is kept.
    """

    def __init__(
        self,
        workspace: Workspace,
        documents: Documents,
        editor: PackEditor,
        panes: Panes,
        viewing: ViewCommands,
        settings: Settings,
    ) -> None:
        super().__init__(editor)
        self._workspace, self._documents, self._editor = workspace, documents, editor
        self._panes, self._viewing, self._settings = panes, viewing, settings
        self._timer = QTimer(self, singleShot=True, interval=0)  # when everything else has followed the new pack
        self._timer.timeout.connect(self.restore)
        documents.leaving.connect(self.keep)
        documents.opened.connect(self._timer.start)

    def keep(self) -> None:
        """Remember where one is in the pack that is shown."""
        pack = self._workspace.pack.id
        self._timer.stop()
        spots = {pack: self._here()} | {each: spot for each, spot in self._spots().items() if each != pack}
        self._settings.places = msgspec.json.encode(dict(list(spots.items())[:MOST])).decode()

    def restore(self) -> None:
        """Go where one was; what is not there any more is passed over."""
        spot = self._spots().get(self._workspace.pack.id)
        if spot is None or self._documents.file is None:
            return
        if spot.zoom != self._settings.zoom:
            self._viewing.zoom(min(max(spot.zoom, 50), 300))
        if spot.panel in self._panes.names:
            self._panes.show(spot.panel)
        blocks = {block.id for block in self._workspace.pack.body}
        if spot.block in blocks:
            place = Place(spot.block, max(0, spot.offset))
            self._editor.select(place, place)
        if spot.top in blocks:
            cursor = self._editor.textCursor()
            cursor.setPosition(self._editor.position_of(Place(spot.top, 0)))
            bar = self._editor.verticalScrollBar()
            bar.setValue(bar.value() + self._editor.cursorRect(cursor).top() + spot.above)

    def _here(self) -> Spot:
        editor = self._editor
        _, caret = editor.selection()
        top = editor.cursorForPosition(_TOP)
        top.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        return Spot(
            caret.block,
            caret.offset,
            editor.place_at(top.position()).block,
            -editor.cursorRect(top).top(),
            self._panes.front,
            self._settings.zoom,
        )

    def _spots(self) -> dict[str, Spot]:
        try:
            return _SPOTS.decode(self._settings.places)
        except (msgspec.DecodeError, UnicodeEncodeError):  # nothing was kept, or somebody has written into the file
            return {}
