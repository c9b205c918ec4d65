"""The keys that do not go through Qt: Enter, Tab, the clipboard's, and Backspace and Delete beside what they would tear."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from briefpack.desktop.editor.commands import Commands
from briefpack.pack import edits
from briefpack.pack.edits import Place
from briefpack.pack.edits.places import end_of, length
from briefpack.pack.model import ListItem, TextBlock

_Standard = QKeySequence.StandardKey
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_history(event: QKeyEvent) -> bool:
    """Whether a key is undo or redo: they belong to the window, and Qt would swallow them."""
    return event.matches(_Standard.Undo) or event.matches(_Standard.Redo)


_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Home)


def walks(event: QKeyEvent) -> bool:
    """Whether a key moves the caret, or its end of the selection."""
    return event.key() in (*_FORWARD, *_BACK)


def is_forward(event: QKeyEvent) -> bool:
    """Whether a key moves the caret towards the end."""
    return event.key() in _FORWARD


def pressed(editor: Commands, event: QKeyEvent) -> bool:
    """Do what a key means, where that is not typing; returns whether it was done."""
    if is_history(event):
        editor.undo() if event.matches(_Standard.Undo) else editor.redo()
        return True
    if event.key() in _ENTER:
        return _enter(editor, event.modifiers())
    if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        return _tab(editor, -1 if event.key() == Qt.Key.Key_Backtab else 1)
    if event.key() == Qt.Key.Key_Backspace:
        return _backspace(editor)
    if event.key() == Qt.Key.Key_Delete or event.matches(_Standard.DeleteEndOfLine):
        return _delete(editor)
    if is_typing(event):
        make_room(editor)
    return False


def opens(editor: Commands, event: QKeyEvent) -> bool:
    """Whether a key opens the object that is selected."""
    return event.key() in _ENTER and selected_object(editor) is not None


def is_typing(event: QKeyEvent) -> bool:
    """Whether a key puts characters in."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    string = event.text()
    plain = held in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
    )
    return bool(string) and string.isprintable() and plain


def make_room(editor: Commands) -> None:
    """Words typed beside an object go into a paragraph of their own, which is made first."""
    pack, place = editor.pack(), editor.selection()[1]
    if not editor.has_selection() and not isinstance(editor.block_of(place.block), TextBlock):
        editor.edit("New paragraph", *edits.split(pack, place))


def selected_object(editor: Commands) -> str | None:
    """The id of the object that is selected, and nothing else is."""
    anchor, caret = editor.selection()
    if anchor.block != caret.block or anchor == caret or isinstance(editor.block_of(caret.block), TextBlock):
        return None
    return caret.block


def _enter(editor: Commands, held: Qt.KeyboardModifier) -> bool:
    if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return True
    if chosen := selected_object(editor):
        editor.object_opened.emit(chosen)
        return True
    editor.new_line(within=bool(held & Qt.KeyboardModifier.ShiftModifier))
    return True


def _tab(editor: Commands, by: int) -> bool:
    """In a list Tab moves in and out; elsewhere it is a character, and Shift+Tab nothing."""
    pack = editor.pack()
    if any(isinstance(pack.block(block), ListItem) for block in editor.selected_blocks()):
        editor.indent(by)
        return True
    make_room(editor)
    return by < 0


def _backspace(editor: Commands) -> bool:
    if editor.has_selection():
        return _delete_selection(editor)
    pack, place = editor.pack(), editor.selection()[1]
    index = pack.index(place.block)
    here = pack.body[index]
    if not isinstance(here, TextBlock) and place.offset:
        editor.select(Place(here.id, 0), Place(here.id, 1))
        return True
    if place.offset:
        return False
    if isinstance(here, ListItem):
        _step_out(editor, here)
        return True
    if index == 0 or _unfolded(editor, index - 1):
        return True
    return _at_seam(editor, index - 1, index)


def _step_out(editor: Commands, item: ListItem) -> None:
    """Backspace at the start of an item moves it out a level, and at the outermost makes it a paragraph."""
    if item.level:
        editor.indent(-1)
    else:
        editor.make_paragraph()


def _delete(editor: Commands) -> bool:
    if editor.has_selection():
        return _delete_selection(editor)
    pack, place = editor.pack(), editor.selection()[1]
    index = pack.index(place.block)
    here = pack.body[index]
    if not isinstance(here, TextBlock) and not place.offset:
        editor.select(Place(here.id, 0), Place(here.id, 1))
        return True
    if place.offset < length(here):
        return False
    if index == len(pack.body) - 1 or _unfolded(editor, index + 1):
        return True
    return _at_seam(editor, index, index + 1)


def _unfolded(editor: Commands, index: int) -> bool:
    """Whether a block was folded away, and is shown now: what is not seen is not joined to what is."""
    hidden = editor.folding.is_hidden(index)
    if hidden:
        editor.folding.reveal(index, index)
    return hidden


def _at_seam(editor: Commands, first: int, second: int) -> bool:
    """Deleting what lies between two blocks: an object there is selected first; an empty paragraph beside it goes."""
    pack, caret = editor.pack(), editor.selection()[1]
    before, after = pack.body[first], pack.body[second]
    other = before if caret.block == after.id else after
    here = after if other is before else before
    if isinstance(before, TextBlock) and isinstance(after, TextBlock):
        return False
    if not isinstance(here, TextBlock) and isinstance(other, TextBlock):
        if other.text:
            place = end_of(other) if other is before else Place(other.id, 0)
            editor.select(place, place)
        else:
            editor.edit("Delete", edits.remove_blocks(pack, (other.id,)), caret)
    elif isinstance(here, TextBlock) and not here.text:
        place = Place(other.id, 1 if other is before else 0)
        editor.edit("Delete", edits.remove_blocks(pack, (here.id,)), place)
    else:
        editor.select(Place(other.id, 0), Place(other.id, 1))
    return True


def _delete_selection(editor: Commands) -> bool:
    editor.delete_selection()
    return True
