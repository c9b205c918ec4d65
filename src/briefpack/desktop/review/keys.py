"""The keys of the list of returns, which hold in the document beside it, too."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_PLAIN = {
    Qt.Key.Key_A: "returns.accept",
    Qt.Key.Key_R: "returns.reject",
    Qt.Key.Key_E: "returns.edit",
    Qt.Key.Key_Return: "returns.reply",
    Qt.Key.Key_Enter: "returns.reply",
    Qt.Key.Key_J: "returns.next",
    Qt.Key.Key_K: "returns.previous",
    Qt.Key.Key_Z: "returns.undo",
    Qt.Key.Key_Escape: "returns.write",
}
_SHIFTED = {Qt.Key.Key_P: "returns.accept_person", Qt.Key.Key_S: "returns.accept_section"}

HELP = (
    ("A", "accept"),
    ("R", "reject"),
    ("E", "edit the words"),
    ("Enter", "reply"),
    ("J K", "next, previous"),
    ("Z", "undo"),
    ("Shift+P", "accept all of the person"),
    ("Shift+S", "accept all in the section"),
    ("Esc", "back to writing"),
)
"""The keys as they are told, and what they do."""


def action_of(event: QKeyEvent) -> str:
    """The id of the action that a key stands for; empty for none."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    try:
        key = Qt.Key(event.key())
    except ValueError:
        return ""
    if held == Qt.KeyboardModifier.NoModifier:
        return _PLAIN.get(key, "")
    return _SHIFTED.get(key, "") if held == Qt.KeyboardModifier.ShiftModifier else ""
