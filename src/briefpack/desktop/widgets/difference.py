"""Two wordings in one text: what went is struck through, what came is underlined; the signs do not rest on colour alone."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.widgets.parts import named

if TYPE_CHECKING:
    from briefpack.archive import Difference

_CLOSING = ",.;:!?)’”"


class DifferenceView(QTextEdit):
    """Shows words, or the way from one wording to another. It can be read and copied, not changed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)

    def show_words(self, words: str) -> None:
        """Show words as they are."""
        self.setPlainText(words)
        self.setAccessibleDescription(words)

    def show_differences(self, steps: "Iterable[Difference]") -> None:
        """Show what stays, what went and what came."""
        self.clear()
        colours, cursor, told = colours_of(self.palette()), self.textCursor(), []
        went, came = QTextCharFormat(), QTextCharFormat()
        went.setFontStrikeOut(True)
        went.setForeground(QColor(colours.bad))
        came.setFontUnderline(True)
        came.setForeground(QColor(colours.good))
        for step in steps:
            for words, form, sign in ((step.before, went, "taken out"), (step.after, came, "put in")):
                if not words or (step.same and form is came):
                    continue
                plain = QTextCharFormat() if step.same else form
                space = " " if not cursor.atStart() and words[0] not in _CLOSING else ""
                cursor.insertText(space, QTextCharFormat())
                cursor.insertText(words, plain)
                told.append(words if step.same else f"[{sign}: {words}]")
        self.setAccessibleDescription(" ".join(told))
