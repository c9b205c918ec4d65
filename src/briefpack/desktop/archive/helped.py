"""What was searched for besides what was typed, each with one click to have it as typed."""

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from briefpack.archive.model import Repair, Results, Widening
from briefpack.desktop.widgets.parts import label, named


class Helped(QWidget):
    """Lines such as “Showing results for asylum. Search for assylum instead”, whose second half is a link."""

    undone = Signal(str)
    """What was typed is wanted exactly so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(12, 0, 12, 8)
        self._lines.setSpacing(4)
        self._shown: tuple[Repair | Widening, ...] = ()
        self.hide()

    @property
    def lines(self) -> list[QLabel]:
        """The lines, one for each thing that was done."""
        items = (self._lines.itemAt(place) for place in range(self._lines.count()))
        return [line for item in items if item and isinstance(line := item.widget(), QLabel)]

    def show_results(self, results: Results | None) -> None:
        """Say it of these results; of none nothing."""
        helps: tuple[Repair | Widening, ...] = (*results.repairs, *results.widened) if results else ()
        if helps == self._shown:
            return
        self._shown = helps
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        for each in helps:
            self._lines.addWidget(self._line(each))
        self._colour()
        self.setVisible(bool(helps))

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: links take the colours of the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _line(self, help_: Repair | Widening) -> QLabel:
        line = named(label("", "muted", wrap=True), " ".join(_worded(help_)))
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line.linkActivated.connect(lambda _link: self.undone.emit(help_.typed))
        return line

    def _colour(self) -> None:
        """Write the lines in the colours of now: what was typed is text, never markup."""
        link = self.palette().color(QPalette.ColorRole.Link).name()
        for line, help_ in zip(self.lines, self._shown, strict=True):
            said, undo = map(escape, _worded(help_))
            line.setText(f'{said} <a href="undo" style="color: {link}; text-decoration: none">{undo}</a>')


def _worded(help_: Repair | Widening) -> tuple[str, str]:
    """What was done, and what undoes it."""
    if isinstance(help_, Repair):
        return f"Showing results for “{help_.used}”.", f"Search for “{help_.typed}” instead"
    return "Also showing " + " or ".join(f"“{form}”" for form in help_.used) + ".", f"Only “{help_.typed}”"
