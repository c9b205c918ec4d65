"""Icons by what they stand for, drawn in the colour of the text around them.

The shapes are one font, Remix Icon, out of the QtAwesome package. Its file is read as data: importing QtAwesome itself
loads all of Qt through another package and every one of its fonts, which takes longer than opening the window.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from briefpack.pack.roles import Role

SHAPES: dict[str, str] = {
    "new": "file-add-line",
    "open": "folder-open-line",
    "recent": "history-line",
    "pin": "pushpin-line",
    "pinned": "pushpin-fill",
    "print": "printer-line",
    "settings": "settings-3-line",
    "contrast": "contrast-line",
    "save": "save-3-line",
    "export": "file-word-line",
    "compare": "arrow-left-right-line",
    "sample": "booklet-line",
    "undo": "arrow-go-back-line",
    "redo": "arrow-go-forward-line",
    "cut": "scissors-cut-line",
    "copy": "file-copy-line",
    "paste": "clipboard-line",
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strike": "strikethrough",
    "highlight": "mark-pen-line",
    "clear": "format-clear",
    "heading1": "h-1",
    "heading2": "h-2",
    "heading3": "h-3",
    "paragraph": "paragraph",
    "bullets": "list-unordered",
    "numbers": "list-ordered",
    "quote": "double-quotes-l",
    "indent": "indent-increase",
    "outdent": "indent-decrease",
    "up": "arrow-up-line",
    "down": "arrow-down-line",
    "previous": "arrow-up-s-line",
    "next": "arrow-down-s-line",
    "table": "table-line",
    "link": "link",
    "image": "image-line",
    "biography": "contacts-line",
    "person": "user-line",
    "people": "team-line",
    "page_break": "separator",
    "returns": "inbox-archive-line",
    "edit": "pencil-line",
    "accept_all": "check-double-line",
    "comment": "chat-3-line",
    "add_comment": "chat-new-line",
    "reply": "reply-line",
    "resolve": "check-line",
    "reopen": "refresh-line",
    "delete": "delete-bin-line",
    "details": "calendar-event-line",
    "archive": "archive-line",
    "shared": "server-line",
    "search": "search-line",
    "go_to": "map-pin-line",
    "fold": "menu-fold-line",
    "fold_all": "menu-fold-line",
    "unfold_all": "menu-unfold-line",
    "focus": "focus-3-line",
    "replace": "find-replace-line",
    "origin": "file-search-line",
    "proved": "shield-check-line",
    "spelling": "character-recognition-line",
    "filter": "filter-3-line",
    "saved": "bookmark-line",
    "add": "add-line",
    "add_documents": "folder-add-line",
    "board": "calendar-check-line",
    "objects": "layout-masonry-line",
    "outline": "node-tree",
    "palette": "terminal-box-line",
    "keyboard": "keyboard-line",
    "light": "sun-line",
    "dark": "moon-line",
    "system": "computer-line",
    "zoom_in": "zoom-in-line",
    "zoom_out": "zoom-out-line",
    "insert": "add-box-line",
    "line": "chat-check-line",
    "inline": "text",
    "help": "question-line",
    "warning": "alert-line",
    "information": "information-line",
    "close": "close-line",
    "text": "text",
    "role.agenda": "calendar-todo-line",
    "role.item": "record-circle-line",
    "role.lines": "chat-check-line",
    "role.steer": "compass-3-line",
    "role.background": "article-line",
    "role.if_pressed": "shield-line",
    "role.to_note": "lightbulb-line",
    "role.key_facts": "bar-chart-2-line",
    "role.qa": "question-answer-line",
    "role.annex": "attachment-line",
    "role.biographies": "contacts-line",
    "role.none": "hashtag",
}
"""What each icon is called here, and its shape in the font."""


def icon(name: str, colour: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """The icon of that name. It follows the palette, so that it is right in the dark. KeyError for an unknown name."""
    return QIcon(_Glyph(SHAPES[name], colour))


def role_icon(role: Role | None) -> QIcon:
    """The icon of what a heading opens."""
    return icon(f"role.{role.value}" if role else "role.none", QPalette.ColorRole.PlaceholderText)


class _Glyph(QIconEngine):
    """One character of the icon font, painted in a colour of the palette at the size that is asked for."""

    def __init__(self, shape: str, colour: QPalette.ColorRole) -> None:
        super().__init__()
        self._shape = shape
        self._colour = colour

    def clone(self) -> QIconEngine:
        return _Glyph(self._shape, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        family, characters = _font()
        font = QFont(family)
        font.setPixelSize(max(1, min(rect.width(), rect.height())))
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        role = QPalette.ColorRole.ButtonText if mode == QIcon.Mode.Disabled else self._colour
        painter.save()
        painter.setFont(font)
        painter.setPen(QApplication.palette().color(group, role))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, characters[self._shape])
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


@cache
def _font() -> tuple[str, dict[str, str]]:
    """The family name of the loaded icon font, and the character of each shape in it."""
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package QtAwesome, which holds the icon font, is not installed")
    folder = Path(spec.submodule_search_locations[0], "fonts")
    (font,) = folder.glob("remixicon-*.ttf")
    (charmap,) = folder.glob("remixicon-charmap-*.json")
    loaded = QFontDatabase.addApplicationFont(str(font))
    families = QFontDatabase.applicationFontFamilies(loaded)
    codes = json.loads(charmap.read_text("utf-8"))
    return families[0], {shape: chr(int(codes[shape], 16)) for shape in SHAPES.values()}
