"""Forms: what is typed becomes a value, what is wrong is said as it is typed."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from briefpack.desktop.dialogs import message
from briefpack.desktop.dialogs.biography import BiographyDialog
from briefpack.desktop.dialogs.comment import CommentDialog
from briefpack.desktop.dialogs.export import ExportDialog
from briefpack.desktop.dialogs.image import ImageDialog
from briefpack.desktop.dialogs.link import LinkDialog
from briefpack.desktop.dialogs.meeting import MeetingDialog, apply_details
from briefpack.desktop.dialogs.new import NewDialog, started
from briefpack.desktop.dialogs.retyping import retyped, retyped_lines
from briefpack.desktop.dialogs.table import TableDialog
from briefpack.desktop.settings import Author, Settings
from briefpack.pack.model import Biography, Image, Meeting, Pack, Person, Side, Table
from briefpack.pack.text import EMPTY, Mark, MarkKind, text
from briefpack.tasks.starting import offered_templates, own_templates
from tests.helpers.packs import rich_pack

BOLD = MarkKind.BOLD


def test_meeting_details_round_trip(qtbot):
    """Opened and saved without a change, nothing changes."""
    pack, _ = rich_pack()
    dialog = MeetingDialog(pack)
    qtbot.addWidget(dialog)
    assert apply_details(pack, dialog.details()) == pack


def test_meeting_details_are_typed(qtbot):
    """Every field, and the day as it is understood."""
    dialog = MeetingDialog(Pack())
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.title, "Harbour review")
    qtbot.keyClicks(dialog.date, "18/05/2027")
    assert dialog.read_as.text() == "Tuesday 18 May 2027"
    dialog.objectives.setPlainText("Listen\nAgree a date")
    dialog.marking.setCurrentText("OFFICIAL")
    meeting = dialog.details().meeting
    assert meeting == Meeting(
        title="Harbour review", date=dt.date(2027, 5, 18), objectives=("Listen", "Agree a date"), marking="OFFICIAL"
    )


def test_a_date_that_is_none_is_kept_as_written(qtbot):
    """The form says so, and does not stand in the way."""
    dialog = MeetingDialog(Pack())
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.date, "early June")
    assert "as written" in dialog.read_as.text()
    assert dialog.ok.isEnabled()
    assert (dialog.details().meeting.date, dialog.details().meeting.date_text) == (None, "early June")


def test_an_attendee_without_a_name_is_wrong(qtbot):
    """Said while typing; OK waits until it is right."""
    dialog = MeetingDialog(Pack())
    qtbot.addWidget(dialog)
    table = dialog.attendees.table
    dialog.attendees.add.click()
    table.item(0, 1).setText("President")
    assert not dialog.ok.isEnabled()
    assert "row 1" in dialog.problem()
    table.item(0, 0).setText("Ada Quill")
    assert dialog.ok.isEnabled()
    (person,) = dialog.details().attendees
    assert (person.name, person.role, person.side, person.attends) == ("Ada Quill", "President", Side.OUTSIDE, True)


def test_whoever_no_longer_attends(qtbot):
    """Goes from the pack, but stays where a biography is about them."""
    gone, kept = Person(name="Ada Quill", attends=True), Person(name="Ola Venn", attends=True)
    pack = Pack(people=(gone, kept), body=(Biography(person=kept.id),))
    dialog = MeetingDialog(pack)
    qtbot.addWidget(dialog)
    dialog.attendees.table.selectAll()
    dialog.attendees.remove.click()
    people = apply_details(pack, dialog.details()).people
    assert [(person.id, person.attends) for person in people] == [(kept.id, False)]


def test_a_comment_needs_words(qtbot):
    """And takes initials from the name."""
    dialog = CommentDialog("the harbour", Author("", ""))
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.text, "Which one?")
    qtbot.keyClicks(dialog.author, "Ola Venn")
    assert dialog.ok.isEnabled()
    comment = dialog.result_comment(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert (comment.text, comment.author, comment.initials) == ("Which one?", "Ola Venn", "OV")


@pytest.mark.parametrize(
    ("new", "marks"),
    [
        ("one two three", (Mark(4, 7, BOLD),)),
        ("one two four", (Mark(4, 7, BOLD),)),
        ("zero one two three", (Mark(9, 12, BOLD),)),
        ("one three", ()),
    ],
)
def test_retyping_keeps_marks_outside_the_change(new, marks):
    """Bold words that were left alone stay bold."""
    old = text("one two three", (Mark(4, 7, BOLD),))
    assert retyped(old, new) == text(new, marks)


def test_retyped_lines_keep_the_marks_of_the_lines_they_came_from():
    """A line put in before does not shift them."""
    old = (text("first", (Mark(0, 5, BOLD),)), text("second"))
    assert retyped_lines(old, "new\nfirst\n\nsecond point") == (text("new"), old[0], text("second point"))


def test_table_round_trip_and_growth(qtbot):
    """Cells that were left alone keep their marks; a new row is empty."""
    cell = text("bold", (Mark(0, 4, BOLD),))
    table = Table(rows=((cell, text("b")), (text("c"), EMPTY)))
    dialog = TableDialog(table)
    qtbot.addWidget(dialog)
    assert dialog.answer() == table
    dialog.grid.setCurrentCell(1, 0)
    dialog.grid.add_row()
    dialog.grid.put(1, 0, ((text("c"), text("d")),))
    answer = dialog.answer()
    assert answer.id == table.id
    assert answer.rows == ((cell, text("b")), (text("c"), text("d")), (EMPTY, EMPTY))


def test_an_empty_table_waits(qtbot):
    """There is nothing to insert yet."""
    dialog = TableDialog(None)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()


def test_a_picture_is_adopted_and_described(qtbot, tmp_path):
    """It needs a file and words for those who cannot see it."""
    path = tmp_path / "chart.png"
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("navy"))
    assert image.save(str(path))
    dialog = ImageDialog(None, None)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.picture.take(path)
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.alt, "A blue rectangle")
    answer = dialog.answer()
    assert dialog.ok.isEnabled()
    assert answer.block.alt == "A blue rectangle"
    assert answer.block.media == answer.picture.media
    assert answer.picture.media.endswith(".png")


def test_a_picture_that_is_none_is_refused(qtbot, tmp_path, monkeypatch):
    """What is wrong is shown, and the field stays as it was."""
    path = tmp_path / "chart.png"
    path.write_bytes(b"no picture")
    shown = []
    monkeypatch.setattr(
        "briefpack.desktop.dialogs.pictures.show_error", lambda error, _parent: shown.append(error.what)
    )
    dialog = ImageDialog(None, None)
    qtbot.addWidget(dialog)
    dialog.picture.take(path)
    assert len(shown) == 1
    assert dialog.picture.picture is None


def test_image_and_biography_round_trip(qtbot):
    """Opened and saved without a change, nothing changes."""
    pack, media = rich_pack()
    for block in pack.body:
        if isinstance(block, Image):
            dialog = ImageDialog(block, media[block.media])
            qtbot.addWidget(dialog)
            assert dialog.answer().block == block
        elif isinstance(block, Biography):
            person = pack.person(block.person)
            form = BiographyDialog(person, block, media.get(block.photo))
            qtbot.addWidget(form)
            assert (form.answer().person, form.answer().card) == (person, block)


def test_a_biography_is_of_somebody(qtbot):
    """Name first; points a line each."""
    dialog = BiographyDialog(None, None, None)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.name, "Ada Quill")
    dialog.points.setPlainText("President since 2024\n\nEngineer")
    answer = dialog.answer()
    assert answer.card.person == answer.person.id
    assert answer.card.points == (text("President since 2024"), text("Engineer"))


def test_export_says_what_is_wrong(qtbot, tmp_path):
    """Name, folder, and a copy for reviewers without a saved pack."""
    dialog = ExportDialog(tmp_path / "out", has_file=False, template=None, author="", parent=None)
    qtbot.addWidget(dialog)
    assert dialog.ok.isEnabled()
    assert dialog.answer().path == tmp_path / "out.docx"
    dialog.kind.setCurrentText("Web page")
    assert dialog.answer().path == tmp_path / "out.html"
    dialog.kind.setCurrentText("Word")
    dialog.copy.setCurrentIndex(1)
    assert "Save the pack first" in dialog.problem()
    dialog.copy.setCurrentIndex(2)
    assert dialog.answer().request.copy == "reader"
    dialog.path.setText(str(tmp_path / "none" / "out.docx"))
    assert dialog.problem() == "There is no such folder."
    assert not dialog.ok.isEnabled()


@pytest.mark.parametrize(("answer", "written"), [(-1, False), (0, True)])
def test_export_asks_before_it_replaces_a_file(qtbot, tmp_path, monkeypatch, answer, written):
    """The suggested name is often that of the last export, which somebody may have worked on in Word."""
    asked = []
    monkeypatch.setattr(message, "ask_which", lambda *said, **_: asked.append(said[1:3]) or answer)
    dialog = ExportDialog(tmp_path / "out", has_file=True, template=None, author="", parent=None)
    qtbot.addWidget(dialog)
    (tmp_path / "out.docx").write_bytes(b"worked on")
    dialog.show()
    qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
    assert asked[0][0] == "“\u2068out.docx\u2069” is already there."
    assert str(tmp_path / "out.docx") in asked[0][1]
    assert (dialog.result() == dialog.DialogCode.Accepted) is written
    assert dialog.isVisible() is not written


def test_enter_does_not_replace_a_file(qtbot, tmp_path):
    """The box is answered by its Cancel button where Enter is pressed once too often."""
    window = QWidget()
    qtbot.addWidget(window)
    there = tmp_path / "there.docx"
    assert message.ask_to_replace(window, there)
    there.write_bytes(b"old")
    shown = []

    def answer() -> None:
        box = window.findChild(QMessageBox)
        shown.append(box.defaultButton().text())
        qtbot.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    assert not message.ask_to_replace(window, there)
    assert shown == ["Cancel"]


def test_export_does_not_ask_again_what_the_file_dialog_has_asked(qtbot, tmp_path, monkeypatch):
    """Neither where the name is new."""
    monkeypatch.setattr(message, "ask_which", lambda *_, **__: pytest.fail("asked twice"))
    (tmp_path / "there.docx").write_bytes(b"old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "there.docx"), ""))
    for choose in (True, False):
        dialog = ExportDialog(tmp_path / "out", has_file=True, template=None, author="", parent=None)
        qtbot.addWidget(dialog)
        if choose:
            dialog._choose_path()
        dialog.accept()
        assert dialog.result() == dialog.DialogCode.Accepted


def test_export_asks_where_it_has_put_the_ending_to_the_name_itself(qtbot, tmp_path, monkeypatch):
    """The file dialog asked about "there", not about "there.docx"."""
    asked = []
    monkeypatch.setattr(message, "ask_which", lambda *said, **_: asked.append(said[1]) or -1)
    (tmp_path / "there.docx").write_bytes(b"old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "there"), ""))
    dialog = ExportDialog(tmp_path / "out", has_file=True, template=None, author="", parent=None)
    qtbot.addWidget(dialog)
    dialog._choose_path()
    dialog.accept()
    assert asked == ["“\u2068there.docx\u2069” is already there."]


def test_enter_in_an_unfinished_form_does_not_cancel_it(qtbot):
    """Where OK cannot be pressed yet, Enter does nothing."""
    dialog = BiographyDialog(None, None, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isEnabled()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.name, "Ola Venn")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted


def test_a_new_pack_is_named(qtbot):
    """Title and day go into the template's pack."""
    dialog = NewDialog(offered_templates())
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.title, "Harbour review")
    qtbot.keyClicks(dialog.date, "18 May 2027")
    pack = started(Pack(), dialog.answer())
    assert (pack.meeting.title, pack.meeting.date) == ("Harbour review", dt.date(2027, 5, 18))


def test_a_template_is_chosen_by_name_and_shows_what_is_in_it(qtbot):
    """Arrow keys in the list; summary, headings and what is asked of each follow."""
    dialog = NewDialog(offered_templates())
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.templates
    names = [dialog.templates.item(row).text() for row in range(dialog.templates.count())]
    assert names[:3] == ["Stakeholder meeting", "Bilateral", "Oral questions"]
    assert len(names) == 7
    qtbot.keyClick(dialog.templates, Qt.Key.Key_Down)
    assert dialog.template == "bilateral"
    assert "two ministers" in dialog.summary.text().lower()
    first = dialog.sections.topLevelItem(0)
    assert (first.text(0), first.text(1)) == ("Summary", "required, 120 words")
    qtbot.keyClicks(dialog.time, "14:00")
    qtbot.keyClicks(dialog.place, "Room 4")
    qtbot.keyClicks(dialog.from_whom, "Waterways team")
    qtbot.keyClicks(dialog.recipient, "Minister for Waterways")
    meeting = started(Pack(), dialog.answer()).meeting
    assert (meeting.time, meeting.place) == ("14:00", "Room 4")
    assert (meeting.sender, meeting.recipient) == ("Waterways team", "Minister for Waterways")


def test_a_broken_template_is_said_and_hides_no_other(qtbot, own_folders):
    """By the name of its file, with all of it where the mouse rests."""
    own_templates().mkdir(parents=True)
    bad = own_templates() / "round-table.toml"
    bad.write_text('name = "Round table"\n[[section]]\ntitle = "x"\nlevel = 9\n', encoding="utf-8")
    dialog = NewDialog(offered_templates())
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.templates.count() == 7
    assert dialog.broken.isVisible()
    assert dialog.broken.text().startswith(
        "round-table.toml: This template cannot be used: section 1 ('x') has level 9"
    )
    assert str(bad) in dialog.broken.toolTip()
    bad.unlink()
    whole = NewDialog(offered_templates())
    qtbot.addWidget(whole)
    whole.show()
    assert not whole.broken.isVisible()


def test_every_form_fits_a_small_screen_and_names_its_fields(qtbot, tmp_path):
    """1366 by 768, less title bar and task bar."""
    pack, _ = rich_pack()
    forms = [
        MeetingDialog(pack),
        CommentDialog("words", Author("Ola Venn", "OV")),
        BiographyDialog(None, None, None),
        TableDialog(None),
        ImageDialog(None, None),
        LinkDialog("words", "https://example.org"),
        ExportDialog(tmp_path / "out", has_file=True, template=None, author="", parent=None),
        NewDialog(offered_templates()),
    ]
    for form in forms:
        qtbot.addWidget(form)
        form.show()
        assert form.width() <= 1366
        assert form.height() <= 700
        assert form.focusWidget() is not None, form.windowTitle()
        assert not form.buttons.isAncestorOf(form.focusWidget()), form.windowTitle()  # keys go to the first field
        for widget in form.findChildren(object):
            if hasattr(widget, "focusPolicy") and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                assert widget.accessibleName() or getattr(widget, "text", str)(), (form.windowTitle(), type(widget))


def test_settings_are_kept(tmp_path, own_folders, qapp):
    """What was chosen is there in the next sitting; what makes no sense is as if it were not there."""
    settings = Settings()
    settings.author = Author("Ola Venn", "OV")
    settings.zoom = 130
    for name in ("a", "b"):
        path = tmp_path / f"{name}.briefpack"
        path.write_bytes(b"x")
        settings.opened(path)
    settings._file.setValue("window/scheme", "purple")
    settings._file.sync()
    again = Settings()
    assert again.author == Author("Ola Venn", "OV")
    assert again.zoom == 130
    assert [path.stem for path in again.recent] == ["b", "a"]
    assert again.scheme == "system"
