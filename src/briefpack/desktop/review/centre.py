"""The middle of the window: the document as it is written, or with what reviewers propose in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.review.page import ReviewPage


class Centre(QStackedWidget):
    """Either the editor or the page of the returns. Whoever goes to a place goes there in the one that is in front."""

    turned = Signal()
    """The other one is in front now."""

    def __init__(self, editor: PackEditor, page: ReviewPage) -> None:
        super().__init__()
        self.editor, self.page = editor, page
        self.addWidget(editor)
        self.addWidget(page)
        self.setFocusProxy(editor)

    @property
    def reviewing(self) -> bool:
        """Whether the returns are in front."""
        return self.currentWidget() is self.page

    def turn(self, *, reviewing: bool) -> None:
        """Bring one of the two to the front."""
        if reviewing != self.reviewing:
            self.setCurrentWidget(self.page if reviewing else self.editor)
            self.setFocusProxy(self.page if reviewing else self.editor)
            self.turned.emit()

    def focus(self) -> None:
        """Let the keyboard speak to the document that is in front."""
        if self.reviewing:
            self.page.focus()
        else:
            self.editor.setFocus()

    def set_zoom(self, percent: int) -> None:
        """Show the text of both at another size."""
        self.editor.set_zoom(percent)
        self.page.set_zoom(percent)

    def go_to_block(self, block: str) -> None:
        """Bring a block into view."""
        view = self.page.view if self.reviewing else None
        if view is not None and any(each.id == block for each in view.pack().body):
            view.go_to_block(block)
            return
        self.turn(reviewing=False)
        self.editor.go_to_block(block)
        self.editor.setFocus()

    def go_to_comment(self, comment: str) -> None:
        """Bring the words of a comment into view."""
        view = self.page.view if self.reviewing else None
        if view is not None:
            view.go_to_comment(comment)
        else:
            self.editor.go_to_comment(comment)
