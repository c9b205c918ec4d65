"""The main job in the window, with real widgets: from an opened pack to a Word file."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from briefpack.desktop import files
from briefpack.desktop.dialogs.comment import CommentDialog
from briefpack.desktop.dialogs.export import ExportAnswer
from briefpack.desktop.dialogs.meeting import Details, MeetingDialog
from briefpack.desktop.editor.clipboard import CLIPS
from briefpack.desktop.panes import LEFT_WIDTH, RIGHT_WIDTH, fitted
from briefpack.errors import UserError
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.edits import Place
from briefpack.pack.model import (
    Comment,
    Heading,
    ListItem,
    Meeting,
    MeetingDetails,
    Pack,
    Paragraph,
    Person,
    Quote,
    Side,
)
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind, text
from briefpack.packfile import Journal, new_file, read, save
from briefpack.tasks.exporting import Request
from tests.helpers.packs import rich_pack


def small_pack() -> Pack:
    return Pack(
        meeting=Meeting(title="Harbour review"),
        body=(
            MeetingDetails(),
            Heading(text=text("Low water"), level=1, role=Role.ITEM),
            Heading(text=text("Lines to take"), level=2, role=Role.LINES),
            ListItem(text=text("We know what low water costs.")),
            Heading(text=text("Background"), level=1, role=Role.BACKGROUND),
            Paragraph(text=text("The plan came out in March.")),
        ),
    )


def add_articles(desktop, articles, qtbot) -> None:
    with qtbot.waitSignal(desktop.library.changed):
        desktop.window.side.archive.add([articles])


def find(desktop, words: str, qtbot) -> None:
    """Type a query and read the first hit."""
    panel = desktop.window.side.archive
    panel.focus_search()
    qtbot.keyClicks(panel.field, words)
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.document is not None)


def caret_to(desktop, block) -> None:
    place = Place(block.id, len(block.text))
    desktop.window.editor.select(place, place)
    desktop.window.editor.setFocus()


def test_the_whole_way(opened, articles, qtbot, monkeypatch, tmp_path):
    """Type, search, take a sentence, comment, details, undo all, redo all, save, reopen, export to Word."""
    pack = small_pack()
    desktop = opened(pack)
    window, editor, workspace = desktop.window, desktop.window.editor, desktop.workspace
    line = pack.body[3]

    caret_to(desktop, line)
    qtbot.keyClicks(editor, " So do you.")
    assert workspace.pack.block(line.id).text.string == "We know what low water costs. So do you."

    add_articles(desktop, articles, qtbot)
    find(desktop, "low water canal", qtbot)
    reader = window.side.archive.reader
    assert reader.hits > 0
    passage = next(p for p in window.side.archive.document.passages if "412 miles" in p.text)
    reader.select(passage.id, passage.text.index("412"), passage.text.index("412") + 3)
    window.actions_["archive.sentences"].trigger()
    sentence = "The association said that low water closed 412 miles of canal in 2025."
    assert reader.textCursor().selectedText() == sentence
    caret_to(desktop, workspace.pack.block(line.id))
    window.actions_["archive.as_line"].trigger()
    placed = workspace.pack.body[4]
    assert isinstance(placed, ListItem)
    assert placed.text.string == sentence
    (clip,) = workspace.pack.clips
    assert (clip.words, clip.title, clip.passage) == (sentence, "Low water costs boaters dear", passage.id)

    remark = Comment(text="Check with the agency", author="Ola Venn", initials="OV")
    monkeypatch.setattr(CommentDialog, "ask", classmethod(lambda *_: remark))
    editor.select(Place(placed.id, 4), Place(placed.id, 15))
    window.actions_["review.comment"].trigger()
    found = spans(workspace.pack, MarkKind.COMMENT)[remark.id]
    assert words_at(workspace.pack, found) == "association"
    assert window.side.comments.current.id == remark.id

    attendee = Person(name="Ada Quill", role="President", side=Side.OUTSIDE, attends=True)
    answer = Details(Meeting(title="Harbour review", date=dt.date(2027, 5, 18)), (attendee,))
    monkeypatch.setattr(MeetingDialog, "ask", classmethod(lambda *_: answer))
    window.actions_["edit.details"].trigger()
    assert workspace.pack.meeting == answer.meeting
    assert workspace.pack.people == (attendee,)

    final = workspace.pack
    while window.actions_["edit.undo"].isEnabled() and workspace.history.undo_label:
        window.actions_["edit.undo"].trigger()
    assert workspace.pack == pack
    assert not desktop.documents.unsaved
    while workspace.history.redo_label:
        window.actions_["edit.redo"].trigger()
        qtbot.waitUntil(lambda: window.actions_["edit.redo"].isEnabled() == bool(workspace.history.redo_label))
    assert workspace.pack == final

    with qtbot.waitSignal(desktop.documents.saved):
        window.actions_["file.save"].trigger()
    assert read(desktop.documents.path).pack == final
    assert not desktop.documents.unsaved
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.window.files.open_path(desktop.documents.path)
    assert workspace.pack == final

    out = tmp_path / "harbour.docx"
    monkeypatch.setattr(
        "briefpack.desktop.dialogs.export.ExportDialog.ask", lambda *_, **__: ExportAnswer(out, Request())
    )
    with qtbot.waitSignal(window.files.said) as said:
        window.actions_["file.export"].trigger()
        assert window.status.job == "Exporting harbour.docx"
    assert said.args[0] == "Exported harbour.docx"
    with zipfile.ZipFile(out) as parts:
        assert "412 miles" in parts.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("action", "kind"),
    [("archive.as_quote", Quote), ("archive.as_paragraph", Paragraph), ("archive.as_line", ListItem)],
)
def test_clips_take_the_form_that_was_asked_for(opened, articles, qtbot, action, kind):
    """Without a selection the passage at the hit is taken; it is one step to undo from the message."""
    desktop = opened(small_pack())
    add_articles(desktop, articles, qtbot)
    find(desktop, "silence", qtbot)
    before = desktop.workspace.pack
    caret_to(desktop, before.body[-1])
    desktop.window.actions_[action].trigger()
    placed = desktop.workspace.pack.body[-1]
    assert isinstance(placed, kind)
    assert "We cannot plan around silence" in placed.text.string
    assert desktop.window.toast.words == "Inserted with its source"
    desktop.window.toast.findChild(object, options=Qt.FindChildOption.FindDirectChildrenOnly)
    desktop.window.editor.undo()
    assert desktop.workspace.pack == before


def test_a_clip_into_a_sentence(opened, articles, qtbot):
    """Words among words."""
    desktop = opened(small_pack())
    add_articles(desktop, articles, qtbot)
    find(desktop, "reservoir", qtbot)
    passage = next(p for p in desktop.window.side.archive.document.passages if "412" in p.text)
    start = passage.text.index("412 miles")
    desktop.window.side.archive.reader.select(passage.id, start, start + len("412 miles"))
    block = desktop.workspace.pack.body[-1]
    place = Place(block.id, len("The plan"))
    desktop.window.editor.select(place, place)
    desktop.window.actions_["archive.inline"].trigger()
    assert desktop.workspace.pack.block(block.id).text.string == "The plan412 miles came out in March."


def test_copy_with_source(opened, articles, qtbot):
    """The clipboard holds the clip for Briefpack, and words with their source for everybody else."""
    desktop = opened(small_pack())
    add_articles(desktop, articles, qtbot)
    find(desktop, "apprentices", qtbot)
    desktop.window.actions_["archive.copy"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasFormat(CLIPS)
    assert "Apprentices would help." in data.text()
    assert "(Lock keepers wanted, 9 May 2026)" in data.text()
    before = desktop.workspace.pack
    caret_to(desktop, before.body[-1])
    desktop.window.editor.paste()
    assert [clip.title for clip in desktop.workspace.pack.clips] == ["Lock keepers wanted"]


def test_what_a_crash_left_is_offered(make_desktop, tmp_path, qtbot, monkeypatch):
    """A journal that nobody holds is opened as a copy; the pack it came from stays as it was."""
    path = tmp_path / "briefing.briefpack"
    file = save(new_file(small_pack()), path)
    journal = Journal(tmp_path / "data" / "journals", file)
    typed = file.pack.body[-1]
    journal.append(_with_words(file.pack, typed.id, "Typed before the crash."))
    journal.close()
    desktop = make_desktop()
    asked: list[str] = []
    monkeypatch.setattr(files, "ask_which", lambda _parent, question, *_: asked.append(question) or 0)
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.window.files.offer_recovery()
    assert asked == ["Briefpack was closed before “briefing” was saved."]
    assert desktop.workspace.pack.block(typed.id).text.string == "Typed before the crash."
    assert desktop.documents.unsaved
    assert desktop.documents.path != path
    assert read(path).pack == file.pack


def test_typing_reaches_the_journal(opened, qtbot, tmp_path):
    """What is typed is on the disk within seconds, and gone from there once it is saved."""
    desktop = opened(small_pack())
    folder = tmp_path / "data" / "journals"
    caret_to(desktop, desktop.workspace.pack.body[-1])
    qtbot.keyClicks(desktop.window.editor, " More.")
    qtbot.waitUntil(lambda: any(folder.glob("*.journal")), timeout=5000)
    with qtbot.waitSignal(desktop.documents.saved):
        desktop.documents.save()
    assert not any(folder.glob("*.journal"))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "This is a PNG picture"),
    ],
    ids=["empty", "a picture"],
)
def test_a_bad_file_is_told(desktop, qtbot, tmp_path, data, what):
    """What is wrong, where, and what to do; the window stays as it was."""
    path = tmp_path / "broken.briefpack"
    path.write_bytes(data)
    desktop.documents.failed.disconnect(desktop.window.show_error)
    with qtbot.waitSignal(desktop.documents.failed) as failed:
        desktop.window.files.open_path(path)
    error = failed.args[0]
    assert isinstance(error, UserError)
    assert error.what.startswith(what)
    assert error.do
    assert desktop.documents.file is None


def test_an_error_is_shown_calmly(desktop, qtbot):
    """The box says all three things and closes with one key."""
    from briefpack.desktop.dialogs.message import error_box

    box = error_box(UserError("The file is empty", where="a.briefpack", do="Choose another"), desktop.window)
    assert box.text() == "The file is empty."
    assert "a.briefpack" in box.informativeText()
    assert "Choose another." in box.informativeText()
    assert box.standardButtons() == QMessageBox.StandardButton.Close


def test_a_colleagues_save_is_never_overwritten(opened, qtbot):
    """Ours becomes a copy beside it, and the window goes on with that."""
    desktop = opened(small_pack())
    path = desktop.documents.path
    theirs = save(_changed(read(path), "Theirs."))
    caret_to(desktop, desktop.workspace.pack.body[-1])
    qtbot.keyClicks(desktop.window.editor, " Ours.")
    with qtbot.waitSignal(desktop.documents.conflicted) as conflicted:
        desktop.documents.save()
    assert conflicted.args[0].do
    desktop.window.shell.colleagues.dialog.close()
    assert read(path).pack == theirs.pack
    assert desktop.documents.path != path
    assert read(desktop.documents.path).pack.body[-1].text.string.endswith(" Ours.")
    assert not desktop.documents.unsaved


@pytest.mark.parametrize(("answer", "kept"), [(0, True), (1, False)], ids=["save", "do not save"])
def test_closing_asks_about_changes(opened, qtbot, monkeypatch, answer, kept):
    """Saved and closed, or given up and closed; nothing else is asked."""
    desktop = opened(small_pack())
    path = desktop.documents.path
    caret_to(desktop, desktop.workspace.pack.body[-1])
    qtbot.keyClicks(desktop.window.editor, " More.")
    monkeypatch.setattr(files, "ask_which", lambda *_: answer)
    with qtbot.waitSignal(desktop.documents.closed):
        desktop.window.close()
    qtbot.waitUntil(lambda: not desktop.window.isVisible())
    assert read(path).pack.body[-1].text.string.endswith("More.") == kept


def test_cancelling_the_question_keeps_the_window(opened, qtbot, monkeypatch):
    """Nothing is closed, nothing is lost."""
    desktop = opened(small_pack())
    caret_to(desktop, desktop.workspace.pack.body[-1])
    qtbot.keyClicks(desktop.window.editor, " More.")
    monkeypatch.setattr(files, "ask_which", lambda *_: -1)
    desktop.window.close()
    assert desktop.window.isVisible()
    assert desktop.documents.unsaved


def test_everything_in_the_window_has_a_name(opened, qtbot):
    """A screen reader can say what each control is."""
    desktop = opened(rich_pack()[0])
    desktop.window.panes.show("comments")
    nameless = [
        widget
        for widget in desktop.window.findChildren(object)
        if hasattr(widget, "focusPolicy")
        and widget.isVisibleTo(desktop.window)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert [(type(widget).__name__, widget.objectName()) for widget in nameless] == []


def test_panes_are_reached_by_key(opened, qtbot):
    """F6 goes round outline, document and the panel in front."""
    desktop = opened(small_pack())
    window = desktop.window
    window.editor.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focus = desktop.window.focusWidget()
        seen.append(focus.accessibleName())
    assert seen == ["Search the archive", "Outline", window.editor.accessibleName()]


def _with_words(pack: Pack, block: str, words: str) -> Pack:
    from msgspec.structs import replace

    return replace(pack, body=tuple(replace(b, text=text(words)) if b.id == block else b for b in pack.body))


def _changed(file, words: str):
    from msgspec.structs import replace

    return replace(file, pack=_with_words(file.pack, file.pack.body[-1].id, words))


def test_the_docks_keep_their_widths(make_desktop, pack_file, qtbot):
    """As the user left them, in the next sitting too."""
    path = pack_file(small_pack())
    first = make_desktop()
    with qtbot.waitSignal(first.documents.opened):
        first.documents.open(path)
    panes = first.window.panes
    qtbot.waitUntil(lambda: panes.widths == (LEFT_WIDTH, RIGHT_WIDTH))
    QApplication.processEvents()
    first.window.resizeDocks(list(panes._ends), [300, 400], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: panes.widths == (300, 400))
    first.window.close()
    second = make_desktop()
    second.window.resize(first.window.size())  # the screen that there is without one is smaller than a window
    with qtbot.waitSignal(second.documents.opened):
        second.documents.open(path)
    qtbot.waitUntil(lambda: second.window.panes.widths == (300, 400))


def test_a_small_window_takes_from_the_docks_and_gives_back(opened, qtbot):
    """At 200 % a common screen is 683 wide: the document must not shrink to a strip between two docks."""
    window = opened(small_pack()).window
    qtbot.waitUntil(lambda: window.panes.widths == (LEFT_WIDTH, RIGHT_WIDTH))
    window.resize(683, 400)
    qtbot.waitUntil(lambda: window.editor.width() > 250)
    assert window.panes.widths == (LEFT_WIDTH, RIGHT_WIDTH)  # what is kept for the next sitting
    window.resize(1280, 712)
    qtbot.waitUntil(lambda: window.panes["archive"].width() == RIGHT_WIDTH)
    assert window.panes["outline"].width() == LEFT_WIDTH


@pytest.mark.parametrize(
    ("window", "docks"),
    [
        (1280, (240, 360)),
        (1020, (240, 360)),
        (1000, (240, 340)),
        (900, (220, 260)),
        (683, (150, 260)),
        (100, (150, 260)),
    ],
)
def test_docks_give_way_the_wider_first(window, docks):
    """Down to what they need themselves, and never above what the user wants."""
    assert fitted((240, 360), window) == docks
    assert fitted((100, 200), window) == (100, 200)


@pytest.mark.parametrize("chosen", ["meeting 18.3.2020", "meeting"])
@pytest.mark.parametrize("answer", [-1, 0])
def test_a_pack_is_saved_under_a_whole_name_and_over_nothing_unasked(
    opened, qtbot, monkeypatch, tmp_path, chosen, answer
):
    """A date at the end of a name is no ending of a file; the name with its ending is asked about where it is there."""
    desktop = opened(small_pack())
    there, asked = tmp_path / f"{chosen}.briefpack", []
    before = save(new_file(Pack()), there).path.read_bytes()
    monkeypatch.setattr(files.QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / chosen), ""))
    monkeypatch.setattr(files, "ask_to_replace", lambda _parent, path: asked.append(path) or answer == 0)
    if answer == 0:
        with qtbot.waitSignal(desktop.documents.saved):
            desktop.window.files.save_as()
        assert read(there).pack.meeting.title == "Harbour review"
    else:
        desktop.window.files.save_as()
        assert there.read_bytes() == before
    assert asked == [there]
    assert not (tmp_path / chosen).exists()


def test_an_export_of_a_pack_named_from_its_folder_is_offered_beside_it(make_desktop, tmp_path, qtbot, monkeypatch):
    """As `briefpack pack.briefpack` opens it: the form must not offer a path that says nothing."""
    save(new_file(small_pack()), tmp_path / "a.briefpack")
    monkeypatch.chdir(tmp_path)
    desktop = make_desktop()
    with qtbot.waitSignal(desktop.documents.state_changed):
        desktop.documents.open(Path("a.briefpack"))
    qtbot.waitUntil(lambda: desktop.documents.path is not None)
    assert desktop.documents.path == tmp_path / "a.briefpack"


def test_an_error_is_shown_when_its_job_runs_no_more(desktop, tmp_path, qtbot, monkeypatch):
    """A box that says the pack was saved beside, over a bar that still says Saving, would be believed by nobody."""
    doing = []
    monkeypatch.setattr(
        "briefpack.desktop.window.show_error",
        lambda error, _parent: doing.append((error.what, desktop.window.status.job)),
    )
    desktop.documents.open(tmp_path / "none.briefpack")
    qtbot.waitUntil(lambda: bool(doing))
    assert doing == [("There is no such file", "")]
