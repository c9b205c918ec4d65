"""What is said when a colleague has saved the pack since it was opened: both are kept, and here is how they differ."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from briefpack.desktop.comparing.pane import ComparisonPane
from briefpack.desktop.widgets.parts import Notice, button, column, label, named, row


class ConflictDialog(QDialog):
    """Two files that were one, compared. Closing it goes on with one's own.

    Args:
        theirs: the pack's own file, as somebody else has saved it.
        ours: the copy that was made of one's own.
        parent: the window.
    """

    theirs_wanted = Signal()
    redline_wanted = Signal()
    stopped = Signal()

    def __init__(self, theirs: Path, ours: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Saved beside a colleague's")
        self.setAccessibleName("Saved beside a colleague's")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setModal(True)
        self._theirs, self._ours = theirs, ours
        self.words = named(label("", wrap=True), "What happened")
        self.pane = ComparisonPane(Notice("The two could not be compared", "Both files are there, whole."))
        self.pane.redline_wanted.connect(self.redline_wanted)
        self.pane.stopped.connect(self.stopped)
        self.mine = button("Go on with mine", self.accept)
        self.mine.setDefault(True)
        self.open_theirs = button("Open theirs", self._open_theirs)
        self.setLayout(column(self.words, self.pane, row(None, self.open_theirs, self.mine), margin=16, spacing=12))
        self.say("", "")
        self.resize(900, 640)
        self.mine.setFocus()

    def say(self, who: str, when: str) -> None:
        """Tell what happened; who saved it and when may be empty."""
        saved = f"{who or 'Somebody else'} saved “{self._theirs.stem}”{f' at {when}' if when else ''} while you had it open."
        kept = f"Nothing is lost: theirs is in its place, and yours is saved beside it as “{self._ours.stem}”."
        self.words.setText(
            f"{saved} {kept}\nBelow, what yours says differently: struck through is theirs, underlined is yours."
        )

    def _open_theirs(self) -> None:
        self.theirs_wanted.emit()
        self.accept()

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self.stopped.emit()
        super().done(result)
