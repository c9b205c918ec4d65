"""What a template asks for, in grey where nothing has been written."""

import pytest
from PySide6.QtCore import Qt

from briefpack.pack.edits import Place
from briefpack.pack.model import Heading
from briefpack.pack.plan import hints
from briefpack.tasks.starting import new_pack
from tests.desktop.editor.agreement import assert_agrees


@pytest.fixture
def editor(make_editor):
    return make_editor(new_pack("stakeholder-meeting"))


def first_hint(editor) -> tuple[str, str]:
    return next(iter(hints(editor.pack()).items()))


def painted(editor, block: str) -> bool:
    """Whether anything but the sheet can be seen where the words of an empty block would be."""
    editor.clearFocus()
    laid = editor.document().findBlockByNumber(editor.index_of(block))
    rect = editor.document().documentLayout().blockBoundingRect(laid).toRect()
    rect.translate(0, -editor.verticalScrollBar().value())
    image = editor.viewport().grab(rect).toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return len(colours) > 1


def test_a_hint_is_painted_and_never_in_the_document(editor):
    block, hint = first_hint(editor)
    assert painted(editor, block)
    assert hint not in editor.toPlainText()
    assert_agrees(editor)
    editor.selectAll()
    assert hint not in editor.selected_text()
    assert hint not in editor.createMimeDataFromSelection().html()


def test_it_goes_with_the_first_letter_and_comes_back_with_undo(editor, qtbot):
    block, hint = first_hint(editor)
    place = Place(block, 0)
    editor.select(place, place)
    qtbot.keyClick(editor, Qt.Key.Key_A)
    assert editor.hints.of(block) == ""
    editor.undo()
    assert editor.hints.of(block) == hint
    assert painted(editor, block)


def test_what_is_only_read_has_none(editor):
    block, _ = first_hint(editor)
    editor.setReadOnly(True)
    assert editor.hints.of(block) == ""
    assert not painted(editor, block)


def test_it_is_said_where_the_caret_comes(editor, qtbot):
    block, hint = first_hint(editor)
    heading = next(each for each in editor.pack().body if isinstance(each, Heading))
    editor.select(Place(heading.id, 0), Place(heading.id, 0))
    with qtbot.waitSignal(editor.announced) as said:
        editor.select(Place(block, 0), Place(block, 0))
    assert said.args == [f"Nothing written yet. {hint}"]
