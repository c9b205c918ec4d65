"""What all forms share: labelled fields, one line that says what is wrong as it is typed, OK and Cancel."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from briefpack.desktop.widgets.parts import WidgetT, label, named
from briefpack.pack.dates import day_words, read_date


class Form(QDialog):
    """A dialog whose answer can be given only while :meth:`problem` finds nothing wrong.

    Args:
        title: what it is about.
        accept: what its main button says.
        parent: the window.
    """

    def __init__(self, title: str, accept: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self.fields = QFormLayout()
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(8)
        self.fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._days: list[tuple[QLineEdit, QLabel]] = []
        self._wrong = named(label("", "muted", wrap=True), "What is wrong")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(accept)
        self.ok.setDefault(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)  # Enter never means Cancel
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.content = QVBoxLayout()
        self.content.setSpacing(16)
        self.content.addLayout(self.fields)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(self.content)
        layout.addWidget(self._wrong)
        layout.addWidget(self.buttons)

    def asked(self) -> bool:
        """Show the form until it is answered: whether with OK. It is gone soon after."""
        try:
            return bool(self.exec())
        finally:
            self.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins at the field that was chosen, or at the first: Qt would take Cancel where OK is off yet."""
        super().showEvent(event)
        chosen: QWidget | None = self.focusWidget()  # of no window that is active yet: nothing has the focus itself
        if chosen is None or self.buttons.isAncestorOf(chosen):
            fields = (each for each in _chain(self) if not self.buttons.isAncestorOf(each) and _takes_keys(each))
            if first := next(fields, None):
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def problem(self) -> str:
        """What is wrong with what is typed; empty where nothing is."""
        return ""

    def check(self) -> None:
        """Say what is wrong, and let OK be pressed where nothing is. Before anything was typed it is no fault yet."""
        for field, read_as in self._days:
            self._say_day(field.text().strip(), read_as)
        wrong = self.problem()
        if self.isVisible() and self._wrong.property("kind") != "bad":
            self._wrong.setProperty("kind", "bad")
            self._wrong.setStyleSheet("")  # a property that changed is looked at only then
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.ok.setEnabled(not wrong)

    def add(self, text: str, widget: WidgetT) -> WidgetT:
        """A field with its label."""
        made = label(text)
        made.setBuddy(widget)
        self.fields.addRow(made, named(widget, text))
        return widget

    def line(self, text: str, value: str, hint: str = "") -> QLineEdit:
        """A field of one line."""
        made = self.add(text, QLineEdit(value, placeholderText=hint))
        made.setCursorPosition(0)
        made.textChanged.connect(self.check)
        return made

    def day(self, text: str, value: str) -> tuple[QLineEdit, QLabel]:
        """A field for a day, and under it the words that say how it is understood."""
        field = self.line(text, value, "18 March 2020")
        read_as = label("", "muted", wrap=True)
        self.fields.addRow("", read_as)
        self._days.append((field, read_as))
        return field, read_as

    def _say_day(self, words: str, read_as: QLabel) -> None:
        """Say how a day is understood. One that is none is kept as written, and that is said, too."""
        if day := read_date(words):
            read_as.setText("" if words == day_words(day, weekday=True) else day_words(day, weekday=True))
        else:
            read_as.setText("Not a day that Briefpack can read: it is printed as written." if words else "")
        read_as.setProperty("kind", "warning" if words and not day else "muted")
        read_as.style().polish(read_as)
        self.fields.setRowVisible(read_as, bool(read_as.text()))

    def lines(self, text: str, value: str, rows: int, hint: str = "") -> QPlainTextEdit:
        """A field of several lines; Tab leaves it."""
        made = self.add(text, QPlainTextEdit(value, placeholderText=hint))
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * rows + 24)
        made.textChanged.connect(self.check)
        return made


def _chain(form: QWidget) -> Iterator[QWidget]:
    """What Tab goes through, from the first on."""
    at = form.nextInFocusChain()
    while at is not None and at is not form:
        yield at
        at = at.nextInFocusChain()


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
