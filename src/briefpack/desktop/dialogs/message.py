"""Errors as a user sees them: what is wrong, where, and what to do."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from briefpack.errors import UserError


def show_error(error: UserError, parent: QWidget | None) -> None:
    """Show an error until it is closed."""
    error_box(error, parent).exec()


def error_box(error: UserError, parent: QWidget | None) -> QMessageBox:
    """The box that shows an error."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Briefpack")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{error.what}.")
    box.setInformativeText("\n\n".join(filter(None, (error.where, f"{error.do}." if error.do else ""))))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    return box


def ask_to_replace(parent: QWidget, path: Path) -> bool:
    """Whether a file that is there may be written over; True where there is none."""
    if not path.exists():
        return True
    name = (
        f"\u2068{path.name}\u2069"  # isolated: a name that is written from right to left leaves the sentence in order
    )
    more = f"\u2068{path}\u2069\n\nWhat it holds now would be lost."
    return ask_which(parent, f"“{name}” is already there.", more, "Replace it", enter=False) == 0


def ask_which(parent: QWidget, question: str, more: str, *answers: str, enter: bool = True) -> int:
    """Which of the answers the user chose, counted from 0; -1 for none, which Esc means.

    Enter means the first of them, or none where ``enter`` is false: where a slip of the hand would lose something.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Briefpack")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(more)
    buttons = [box.addButton(answer, QMessageBox.ButtonRole.AcceptRole) for answer in answers]
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(buttons[0] if enter else cancel)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    return next((at for at, button in enumerate(buttons) if button is clicked), -1)
