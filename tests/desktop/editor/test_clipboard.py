"""Cut, copy, paste, drag and drop."""

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QTextDocument
from PySide6.QtWidgets import QTextEdit

from briefpack.desktop.editor.clipboard import CLIPS, FRAGMENT, clips_mime
from briefpack.desktop.editor.text_in import read_text
from briefpack.pack.edits import ClipForm, Fragment, Place
from briefpack.pack.model import Clip, Comment, Heading, ListItem, Pack, Paragraph, Quote
from briefpack.pack.text import Mark, MarkKind, text
from tests.desktop.editor.agreement import assert_agrees
from tests.desktop.editor.samples import rich
from tests.unit.desktop.editor.test_html_in import WORD

COMMENT = MarkKind.COMMENT


def words(editor):
    return [getattr(getattr(block, "text", None), "string", "▢") for block in editor.pack().body]


def mime(**flavours):
    made = QMimeData()
    for name, value in flavours.items():
        getattr(made, f"set{name.capitalize()}")(value)
    return made


@pytest.fixture
def blank(make_editor):
    return make_editor(Pack(body=(Paragraph(),)))


def test_cut_and_paste_is_a_move_that_keeps_ids_and_comments(make_editor):
    editor = make_editor(rich())
    before = editor.pack()
    editor.selectAll()
    editor.cut()
    assert len(editor.pack().body) == 1
    editor.paste()
    assert editor.pack().body == before.body
    assert_agrees(editor)


def test_a_copy_is_a_copy(make_editor):
    remark = Comment(text="Why?")
    block = Paragraph(text=text("a word", [Mark(2, 6, COMMENT, remark.id)]))
    editor = make_editor(Pack(body=(block, Paragraph()), comments=(remark,)))
    editor.select(Place(block.id, 0), Place(block.id, 6))
    editor.copy()
    last = editor.pack().body[1]
    editor.select(Place(last.id, 0), Place(last.id, 0))
    editor.paste()
    assert words(editor) == ["a word", "a word"]
    assert editor.pack().body[0] == block
    assert editor.pack().body[1].text.marks == ()
    assert_agrees(editor)


def test_what_a_copy_carries(make_editor):
    editor = make_editor(rich())
    editor.selectAll()
    held = editor.createMimeDataFromSelection()
    assert msgspec.json.decode(held.data(FRAGMENT).data(), type=Fragment).blocks == editor.pack().body
    assert "[Biography: Owen Marsh]" in held.text()
    assert "\ufffc" not in held.text() + held.html()
    assert "<h1>Annotated agenda</h1>" in held.html()


def test_words_html(blank):
    blank.insertFromMimeData(mime(html=WORD, text="the same"))
    kinds = [type(block).__name__ for block in blank.pack().body]
    assert kinds == ["Heading", "Paragraph", "ListItem", "ListItem", "ListItem", "Paragraph", "Table"]
    assert_agrees(blank)
    blank.undo()
    assert words(blank) == [""]


def test_html_without_words_falls_back_to_text(blank):
    blank.insertFromMimeData(mime(html="<img src='x'>", text="said"))
    assert words(blank) == ["said"]


def test_foreign_text_is_cleaned_and_its_bullets_are_bullets(blank):
    blank.insertFromMimeData(mime(text="one\ufffc\x00\n\n• two\n"))
    assert words(blank) == ["one", "two"]
    assert isinstance(blank.pack().body[1], ListItem)
    assert_agrees(blank)


def test_a_single_line_goes_among_the_words(make_editor):
    block = Paragraph(text=text("ab"))
    editor = make_editor(Pack(body=(block,)))
    editor.select(Place(block.id, 1), Place(block.id, 1))
    editor.insertFromMimeData(mime(text=" x "))
    assert words(editor) == ["a x b"]


def test_plain_text_without_words():
    assert read_text("\n\n") == Fragment()


@pytest.mark.parametrize("data", [b"", b"nonsense", b'{"blocks":[{"kind":"nothing"}]}', b'{"blocks":7}'])
def test_what_only_claims_to_be_ours_is_passed_over(blank, data):
    held = mime(text="said")
    held.setData(FRAGMENT, data)
    held.setData(CLIPS, data)
    blank.insertFromMimeData(held)
    assert words(blank) == ["said"]


def test_ours_made_by_somebody_else_is_made_fit(blank):
    held = mime()
    heading = {"kind": "heading", "id": "../x", "level": 99, "text": {"string": "T\x00\ufffc", "marks": []}}
    marked = {"kind": "paragraph", "text": {"string": "ab", "marks": [{"start": -5, "end": 99, "kind": "bold"}]}}
    held.setData(FRAGMENT, msgspec.json.encode({"blocks": [heading, marked]}))
    blank.insertFromMimeData(held)
    title, other = blank.pack().body
    assert isinstance(title, Heading)
    assert (title.level, title.text.string, len(title.id)) == (6, "T", 26)
    assert other.text == text("ab", [Mark(0, 2, MarkKind.BOLD)])
    assert_agrees(blank)


def test_no_file_is_ever_loaded(blank, tmp_path):
    """A control shows that Qt itself would have read the file."""
    canary = tmp_path / "canary.png"
    image = QImage(7, 7, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    image.save(str(canary))
    url = QUrl.fromLocalFile(str(canary))
    html = f'<p>text<img src="{url.toString()}"></p>'
    blank.insertFromMimeData(mime(html=html, text="text"))
    assert words(blank) == ["text"]
    loaded = blank.loadResource(QTextDocument.ResourceType.ImageResource.value, url)
    assert (loaded.width(), loaded.pixelColor(0, 0).alpha()) == (1, 0)
    found = blank.document().resource(QTextDocument.ResourceType.ImageResource.value, url)
    assert found.width() == 1
    control = QTextEdit()
    assert control.document().resource(QTextDocument.ResourceType.ImageResource.value, url) is not None
    control.deleteLater()


# Drops


def drop(editor, held, place, *, source=None, action=Qt.DropAction.CopyAction):
    """A drop at a place, as Qt delivers it to the editor."""
    cursor = editor.textCursor()
    cursor.setPosition(editor.position_of(place))
    at = QPointF(editor.cursorRect(cursor).center())
    event = QDropEvent(at, action, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.setDropAction(action)
    editor.dropEvent(event)
    assert_agrees(editor)


def test_clips_dropped_from_the_archive_stand_with_their_source(make_editor):
    block = Paragraph(text=text("before"))
    editor = make_editor(Pack(body=(block,)))
    clip = Clip(
        document="D", passage="P", start=0, end=4, words="said", fingerprint="0", title="A speech", date="May 2025"
    )
    held = clips_mime([clip], ClipForm.QUOTE, "Owen Marsh")
    assert editor.canInsertFromMimeData(held)
    drop(editor, held, Place(block.id, 6))
    quote = editor.pack().body[1]
    assert isinstance(quote, Quote)
    assert (quote.text.string, quote.speaker) == ("said", "Owen Marsh")
    assert editor.pack().clips == (clip,)
    editor.undo()
    assert words(editor) == ["before"]


def test_a_drop_within_is_one_move(make_editor, monkeypatch):
    remark = Comment(text="Why?")
    one = Paragraph(text=text("one", [Mark(0, 3, COMMENT, remark.id)]))
    two = Paragraph(text=text("two"))
    editor = make_editor(Pack(body=(one, two), comments=(remark,)))
    editor.select(Place(one.id, 0), Place(one.id, 3))
    monkeypatch.setattr(QDropEvent, "source", lambda _self: editor)
    drop(editor, editor.createMimeDataFromSelection(), Place(two.id, 3), action=Qt.DropAction.MoveAction)
    assert editor.pack().body == (two, one)
    editor.undo()
    assert editor.pack().body == (one, two)
    assert editor.workspace.history.undo_label is None


def test_dropped_words_from_another_program(make_editor):
    block = Paragraph(text=text("ab"))
    editor = make_editor(Pack(body=(block,)))
    drop(editor, mime(text="xyz"), Place(block.id, 2))
    assert words(editor) == ["abxyz"]


def test_an_empty_clipboard_is_nothing(blank):
    QGuiApplication.clipboard().clear()
    before = blank.pack()
    blank.paste()
    blank.paste_text()
    assert blank.pack() is before
