"""Two documents compared in the window, and the reviewers answered."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from briefpack.desktop.comparing.answering import AnswerDialog, AnswerRequest
from briefpack.ooxml.resolving import resolved
from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.packfile import new_file, save
from briefpack.tasks.comparing import Row
from briefpack.tasks.exporting import Request, export_file
from briefpack.tasks.reviewing import take_back
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.redline import RedlineOptions, redline
from tests.helpers.packs import NOW
from tests.helpers.word import paragraphs


def _pack(*words):
    return Pack(body=tuple(Paragraph(text=Text(each)) for each in words))


@pytest.fixture
def paths(tmp_path):
    old, new = tmp_path / "old.briefpack", tmp_path / "new.briefpack"
    save(new_file(_pack("The fund opens in spring.", "This stays as it is.", "Every station is staffed.")), old)
    save(new_file(_pack("The fund opens in summer.", "This stays as it is.", "Every station is open now.")), new)
    return old, new


@pytest.fixture
def reviewed(tmp_path):
    """A pack file that a copy with a tracked change came back to."""
    file = save(new_file(_pack("The fund opens in spring.")), tmp_path / "reviewed.briefpack")
    sent = tmp_path / "sent.docx"
    file = export_file(file, sent, Request(copy="reviewers"), now=NOW).file
    changed = replace(file.pack, body=(replace(file.pack.body[0], text=Text("The fund opens in summer.")),))
    mine = export_docx(changed, {}, ExportOptions(now=NOW, copy="reviewers"))
    back = redline(sent.read_bytes(), mine, RedlineOptions("Gita Mistry", NOW)).docx
    taking = take_back(file, [("gita.docx", back)], now=NOW)
    assert taking.problems == ()
    return save(taking.file).path


def _compared(desktop, qtbot, old, new):
    window = desktop.window
    window.actions_["file.compare"].trigger()
    dialog = window.versions.dialog
    dialog.old.setText(str(old))
    dialog.new.setText(str(new))
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.pane.found is not None, timeout=30_000)
    return dialog


def test_two_documents_are_compared_and_saved_as_a_redline(desktop, qtbot, paths, tmp_path, monkeypatch):
    dialog = _compared(desktop, qtbot, *paths)
    assert dialog.pane.said.text() == "2 changes"
    assert dialog.pane.place.text() == "1 of 2 changed paragraphs"
    shown = dialog.pane.view.toPlainText()
    assert "The fund opens in springsummer." in shown
    dialog.pane.step(1)
    assert dialog.pane.place.text() == "2 of 2 changed paragraphs"
    assert dialog.pane.view.textCursor().selectedText().startswith("Every station is ")
    dialog.pane.step(1)
    assert dialog.pane.place.text() == "1 of 2 changed paragraphs"
    out = tmp_path / "redline.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.pane.save.click()
    assert "The fund opens in summer." in paragraphs(resolved(out.read_bytes(), lambda _: True))
    assert "The fund opens in spring." in paragraphs(resolved(out.read_bytes(), lambda _: False))
    dialog.close()


def test_two_columns_stand_side_by_side_and_keep_the_place(desktop, qtbot, paths):
    dialog = _compared(desktop, qtbot, *paths)
    dialog.pane.step(1)
    dialog.pane.as_columns.click()
    assert dialog.pane.place.text() == "2 of 2 changed paragraphs"
    lines = dialog.pane.view.toPlainText().split("\n")
    assert [line for line in lines if "fund" in line] == ["The fund opens in spring.", "The fund opens in summer."]
    assert dialog.pane.view.stops == 2
    dialog.pane.step(-1)
    assert "fund" in dialog.pane.view.textCursor().selectedText()
    dialog.close()


def test_whole_paragraphs_are_stops_in_both_views(desktop, qtbot, paths):
    dialog = _compared(desktop, qtbot, *paths)
    rows = tuple(
        Row(text(words, [Mark(0, len(words), kind, "- A")] if kind else []))
        for words, kind in (("came", MarkKind.INSERTION), ("stays", None), ("went", MarkKind.DELETION))
    )
    for columns in (False, True):
        dialog.pane.view.show_rows(rows, columns=columns)
        assert dialog.pane.view.stops == 2
        dialog.pane.view.go_to(0)
        assert dialog.pane.view.current == 0
        dialog.pane.view.go_to(1)
        assert dialog.pane.view.current == 1
    dialog.close()


def test_the_same_twice_says_so(desktop, qtbot, paths):
    dialog = _compared(desktop, qtbot, paths[0], paths[0])
    assert dialog.pane.said.text() == "No words were changed"
    assert not dialog.pane.next.isEnabled()
    dialog.pane.step(1)
    dialog.close()


def test_what_cannot_be_compared_is_said_over_the_window(desktop, qtbot, paths, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr("briefpack.desktop.comparing.commands.show_error", lambda error, _parent: told.append(error))
    window = desktop.window
    window.actions_["file.compare"].trigger()
    dialog = window.versions.dialog
    assert not dialog.compare.isEnabled()
    dialog.old.setText(str(tmp_path / "missing.docx"))
    dialog.new.setText(str(paths[1]))
    dialog.compare.click()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert "no such file" in str(told[0])
    assert dialog.compare.isEnabled()
    assert dialog.pane.found is None
    dialog.close()


def test_a_comparison_can_be_stopped(desktop, qtbot, paths):
    window = desktop.window
    window.actions_["file.compare"].trigger()
    dialog = window.versions.dialog
    job = window.versions.start(*paths)
    dialog.stopped.emit()
    qtbot.waitUntil(lambda: job.over, timeout=10_000)
    assert dialog.pane.found is None
    assert dialog.pane.notice.isVisible()
    dialog.close()


def test_the_open_pack_is_offered_as_the_newer(opened):
    window = opened(_pack("Words.")).window
    window.actions_["file.compare"].trigger()
    assert window.versions.dialog.new.text() == str(window.documents.path)
    assert window.versions.dialog.old.hasFocus() or window.versions.dialog.old.text() == ""
    window.versions.dialog.close()


def test_who_is_answered(qtbot, tmp_path):
    dialog = AnswerDialog(("Gita Mistry", "Owen Tarn"), tmp_path / "Answers", "Edgar Munt")
    qtbot.addWidget(dialog)
    assert dialog.request() == ((), "Edgar Munt", tmp_path / "Answers", False)
    dialog.people.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.together.setChecked(True)
    assert dialog.request() == (("Owen Tarn",), "Edgar Munt", tmp_path / "Answers", True)
    dialog.people.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.ok.isEnabled()
    dialog.people.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.folder.clear()
    assert not dialog.ok.isEnabled()


def test_the_reviewers_are_answered_from_the_window(desktop, qtbot, reviewed, tmp_path, monkeypatch):
    window = desktop.window
    desktop.documents.open(reviewed)
    qtbot.waitUntil(lambda: bool(window.returns.review.items), timeout=20_000)
    window._update()
    wanted = AnswerRequest((), "Edgar Munt", tmp_path / "Answers", together=True)
    monkeypatch.setattr(AnswerDialog, "ask", lambda names, *_: wanted if names == ("Gita Mistry",) else None)
    with qtbot.waitSignal(window.versions.said, timeout=20_000) as told:
        window.actions_["returns.answer"].trigger()
    assert told.args[0].startswith("The answers are in")
    assert sorted(each.name for each in (tmp_path / "Answers").iterdir()) == [
        "Decision record.docx",
        "You said, we did - Gita Mistry.docx",
    ]
