"""What was searched for besides what was typed, each with one click to have it as typed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from briefpack.archive.model import Repair, Results, Widening
from briefpack.desktop.widgets.flow import FlowLayout
from briefpack.desktop.widgets.parts import button, label


class Helped(QWidget):
    """Lines such as “Showing results for asylum. Search for assylum instead”."""

    undone = Signal(str)
    """What was typed is wanted exactly so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(spacing=2)
        self._flow.setContentsMargins(12, 0, 12, 6)
        self.setLayout(self._flow)
        self._shown: tuple[Repair | Widening, ...] = ()
        self.hide()

    def show_results(self, results: Results | None) -> None:
        """Say it of these results; of none nothing."""
        helps: tuple[Repair | Widening, ...] = (*results.repairs, *results.widened) if results else ()
        if helps == self._shown:
            return
        self._shown = helps
        while item := self._flow.takeAt(0):
            if part := item.widget():
                part.hide()
                part.deleteLater()
        for each in helps:
            said, undo = _worded(each)
            words = label(said, "muted", wrap=False)
            words.setMinimumWidth(1)
            link = button(undo, partial(self.undone.emit, each.typed), flat=True)
            link.setProperty("kind", "link")
            self._flow.addWidget(words)
            self._flow.addWidget(link)
        self.setVisible(bool(helps))
        self.updateGeometry()


def _worded(help_: Repair | Widening) -> tuple[str, str]:
    """What was done, and what undoes it."""
    if isinstance(help_, Repair):
        return f"Showing results for “{help_.used}”.", f"Search for “{help_.typed}” instead"
    return "Also searched for " + " or ".join(f"“{form}”" for form in help_.used) + ".", f"Only “{help_.typed}”"
