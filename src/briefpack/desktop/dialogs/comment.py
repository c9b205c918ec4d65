"""A new comment."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.settings import Author
from briefpack.desktop.widgets.parts import label
from briefpack.pack.model import Comment

_SHOWN = 160


class CommentDialog(Form):
    """The words of a comment, and who makes it.

    Args:
        words: the words that it will stand on.
        author: as whom the user wrote last.
        parent: the window.
    """

    def __init__(self, words: str, author: Author, parent: QWidget | None = None) -> None:
        super().__init__("Comment", "Comment", parent)
        shown = " ".join(words.split())
        shown = f"“{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}”"
        self.fields.addRow(label("On"), label(shown, "muted", wrap=True))
        self.text = self.lines("Comment", "", 4, "What should be changed, checked or known?")
        self.author = self.line("From", author.name, "Your name")
        self.initials = self.line("Initials", author.initials)
        self._given = bool(author.initials)
        self.author.textEdited.connect(self._suggest)
        self.initials.textEdited.connect(self._keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.ok.click)
        self.resize(480, 0)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.check()

    @classmethod
    def ask(cls, words: str, author: Author, parent: QWidget) -> Comment | None:
        """The comment that the user wrote, or None."""
        dialog = cls(words, author, parent)
        return dialog.result_comment(dt.datetime.now().astimezone()) if dialog.asked() else None

    def result_comment(self, now: dt.datetime) -> Comment:
        """What was typed, as a comment of that time."""
        return Comment(
            text=self.text.toPlainText().strip(),
            author=self.author.text().strip(),
            initials=self.initials.text().strip(),
            time=now,
        )

    def problem(self) -> str:
        """A comment needs words."""
        return "" if self.text.toPlainText().strip() else "Write what you want to say."

    def check(self) -> None:
        """An empty form is no mistake yet: only the button waits."""
        super().check()
        self._wrong.hide()

    def _suggest(self, name: str) -> None:
        if not self._given:
            self.initials.setText("".join(word[0] for word in name.split()).upper()[:4])

    def _keep(self) -> None:
        self._given = True
