"""Pictures pasted and dropped: through the gate, described at once, and in the pack as one step."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from briefpack.desktop.dialogs.image import ImageDialog
from briefpack.desktop.editor import clipboard
from briefpack.pack.model import Image, Pack, Paragraph, Table
from briefpack.pack.text import text
from tests.desktop.editor.agreement import assert_agrees


def image(colour="navy"):
    made = QImage(40, 20, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def of_files(*paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@pytest.fixture
def window(opened):
    return opened(Pack(body=(Paragraph(text=text("words")),))).window


def describe(qtbot, words, act):
    """Do something that asks what a picture shows, and say it."""

    def answer():
        form = next((w for w in QApplication.topLevelWidgets() if isinstance(w, ImageDialog) and w.isVisible()), None)
        if form is None:
            QTimer.singleShot(5, answer)
            return
        assert form.alt.hasFocus() or not form.isActiveWindow()
        form.alt.setPlainText(words)
        form.accept() if words else form.reject()

    QTimer.singleShot(0, answer)
    act()


def test_a_pasted_picture_is_described_and_undone(window, qtbot):
    QGuiApplication.clipboard().setImage(image())
    describe(qtbot, "A blue field", window.editor.paste)
    qtbot.waitUntil(lambda: len(window.workspace.pack.body) == 2)
    placed = window.workspace.pack.body[0]
    assert isinstance(placed, Image)
    assert placed.alt == "A blue field"
    assert QImage.fromData(window.documents.picture(placed.media)).size() == image().size()
    assert_agrees(window.editor)
    window.editor.undo()
    assert window.workspace.pack.body == window.workspace.pack.body[:1]


def test_pictures_dropped_from_the_file_manager_go_where_they_are_dropped(window, qtbot, tmp_path):
    path = tmp_path / "Map.PNG"
    assert image("green").save(str(path), "PNG")
    mime = of_files(path)
    assert window.editor.canInsertFromMimeData(mime)
    cursor = window.editor.textCursor()
    cursor.setPosition(5)
    at = QPointF(window.editor.cursorRect(cursor).center())
    event = QDropEvent(at, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    describe(qtbot, "A green field", lambda: window.editor.dropEvent(event))
    qtbot.waitUntil(lambda: len(window.workspace.pack.body) == 2)
    assert isinstance(window.workspace.pack.body[1], Image)


def test_a_picture_that_nobody_describes_stays_out(window, qtbot):
    before = window.workspace.pack
    QGuiApplication.clipboard().setImage(image())
    describe(qtbot, "", window.editor.paste)
    qtbot.wait(20)
    assert window.workspace.pack is before


def test_a_file_that_only_claims_to_be_a_picture_is_refused(window, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "x.png"
    path.write_bytes(b"GIF89a no picture")
    shown = []
    monkeypatch.setattr("briefpack.desktop.dialogs.pictures.show_error", lambda error, _parent: shown.append(error))
    before = window.workspace.pack
    window.editor.insertFromMimeData(of_files(path))
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert window.workspace.pack is before


def test_other_files_are_the_windows_business(tmp_path):
    assert not clipboard.can_read(of_files(tmp_path / "a.docx"))
    assert not clipboard.can_read(of_files(tmp_path / "a.png", tmp_path / "b.docx"))
    assert clipboard.can_read(of_files(tmp_path / "a.png", tmp_path / "b.jpeg"))


def test_a_spreadsheets_picture_of_its_cells_is_not_wanted(make_editor, qtbot):
    """A spreadsheet offers its cells as a picture, too: the table is meant."""
    editor = make_editor(Pack(body=(Paragraph(),)))
    mime = QMimeData()
    mime.setHtml("<table><tr><td>a</td><td>b</td></tr></table>")
    mime.setImageData(image())
    with qtbot.assertNotEmitted(editor.pictures_offered):
        editor.insertFromMimeData(mime)
    assert isinstance(editor.pack().body[0], Table)


def test_a_browsers_picture_has_no_words(make_editor, qtbot):
    editor = make_editor(Pack(body=(Paragraph(),)))
    mime = QMimeData()
    mime.setHtml("<img src='https://example.org/a.png' alt='x'>")
    mime.setImageData(image())
    with qtbot.waitSignal(editor.pictures_offered) as offered:
        editor.insertFromMimeData(mime)
    assert offered.args[0][0].startswith(b"\x89PNG")


def test_a_pack_that_may_not_be_changed_asks_for_no_description(make_editor, qtbot):
    editor = make_editor(Pack(body=(Paragraph(),)))
    editor.setReadOnly(True)
    mime = QMimeData()
    mime.setImageData(image())
    with qtbot.assertNotEmitted(editor.pictures_offered):
        editor.insertFromMimeData(mime)


def test_the_margin_is_hidden_and_stays_so(window):
    window.actions_["view.margin"].trigger()
    assert not window.editor._margin_wanted
    assert not window.settings.margin
    window.actions_["view.margin"].trigger()
    assert window.editor._margin_wanted
