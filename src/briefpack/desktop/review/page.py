"""The middle of the window while copies are reviewed: the document with the changes, what is left, the way back."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from briefpack.desktop.editor.view import Media
from briefpack.desktop.review.view import ReviewView
from briefpack.desktop.widgets.parts import button, column, label, named, row
from briefpack.review.showing import Shown

_WIDEST = 440


class ReviewPage(QWidget):
    """The view, made when it is first needed, under a bar that leads back to writing."""

    asked = Signal(str)
    """The id of an action."""

    item_clicked = Signal(str)

    worded = Signal(str, str)
    """The key of an item, and the drafter's own words for it."""

    def __init__(self, media: Media) -> None:
        super().__init__()
        self._media = media
        self.view: ReviewView | None = None
        self.words = WordsField(self)
        self.words.given.connect(self.worded)
        self._count = label("", "heading")
        self._more = label("", "muted")
        bar = QFrame()
        bar.setProperty("kind", "bar")
        back = button("Back to writing", lambda: self.asked.emit("returns.write"), shape="edit", tip="Esc")
        inside = QHBoxLayout(bar)
        inside.setContentsMargins(16, 6, 12, 6)
        inside.setSpacing(12)
        inside.addWidget(self._count)
        inside.addWidget(self._more, 1)
        inside.addWidget(back)
        named(bar, "Reviewing")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(bar)

    def show_review(self, shown: Shown, zoom: int) -> None:
        """Show the document with what is proposed."""
        if self.view is None or self.view.pack().id != shown.pack.id:
            self._renew(shown, zoom)
        else:
            self.view.show_review(shown)

    def say(self, count: str, more: str) -> None:
        """What is left, and of what."""
        self._count.setText(count)
        self._more.setText(more)

    def set_zoom(self, percent: int) -> None:
        """Show the text at another size."""
        if self.view is not None:
            self.view.set_zoom(percent)

    def focus(self) -> None:
        """Let the keyboard speak to the document."""
        if self.view is not None:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_words(self, key: str, words: str, title: str, then: Callable[[], object]) -> None:
        """Ask for the drafter's own words where the change stands; ``then`` is done when they are given or not."""
        if self.view is not None:
            at = self.view.place_of(key)
            point = self.view.viewport().mapTo(self, at) if at is not None else QPoint(24, 80)
            self.words.ask(key, words, title, point, then)

    def forget(self) -> None:
        """Show nothing any more."""
        self.words.hide()
        if self.view is not None:
            self.view.hide()
            self.view.deleteLater()
            self.view = None

    def _renew(self, shown: Shown, zoom: int) -> None:
        self.forget()
        self.view = ReviewView(shown, self._media, self)
        self.view.set_zoom(zoom)
        self.view.asked.connect(self.asked)
        self.view.item_clicked.connect(self.item_clicked)
        self._layout.addWidget(self.view, 1)
        self.words.raise_()


class WordsField(QFrame):
    """A field over the document, below the words that it is about."""

    given = Signal(str, str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._key = ""
        self._then: Callable[[], object] | None = None
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        named(self, "Your words")
        self._title = label("", "heading")
        self.field = named(_Field(), "Your words")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(84)
        self.field.done.connect(self._give)
        self.field.left.connect(self.cancel)
        put = button("Put these words in", self._give, tip="Enter")
        put.setDefault(True)
        stop = button("Cancel", self.cancel, flat=True, tip="Esc")
        self.setLayout(column(self._title, self.field, row(put, stop, None), margin=12))
        self.hide()

    def ask(self, key: str, words: str, title: str, at: QPoint, then: Callable[[], object]) -> None:
        """Show the field at a point of the widget it is over, as far as there is room."""
        self._key, self._then = key, then
        self._title.setText(title)
        self.field.setPlainText(words)
        self.field.selectAll()
        self.resize(min(_WIDEST, self._over.width() - 32), self.sizeHint().height())
        x = min(max(16, at.x() - 40), self._over.width() - self.width() - 16)
        y = min(max(48, at.y() + 8), self._over.height() - self.height() - 16)
        self.move(x, y)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cancel(self) -> None:
        """Give up."""
        if self.isVisible():
            self.hide()
            self._end()

    def _give(self) -> None:
        words = self.field.toPlainText()
        self.hide()
        self.given.emit(self._key, words)
        self._end()

    def _end(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


class _Field(QPlainTextEdit):
    """Enter gives the words, Shift+Enter is a new line, Escape gives up."""

    done = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shifted:
            self.done.emit()
        else:
            super().keyPressEvent(event)
