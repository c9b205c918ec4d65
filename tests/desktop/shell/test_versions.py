"""Versions of a pack in the window: kept, compared, named, gone back to."""

import pytest
from msgspec.structs import replace

from briefpack.desktop.versions.naming import NameDialog
from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import text
from briefpack.packfile import new_file, read, save, versions

LATER = 30_000


def _pack(*words, like=None):
    body = tuple(
        replace(old, text=text(each)) if old else Paragraph(text=text(each))
        for each, old in zip(words, like.body if like else [None] * len(words), strict=True)
    )
    return replace(like, body=body) if like else Pack(body=body)


@pytest.fixture
def named(monkeypatch):
    """Answers what a version is to be called."""
    answers = []
    monkeypatch.setattr(NameDialog, "ask", classmethod(lambda *_args, **_named: answers.pop(0)))
    return answers


@pytest.fixture
def shown(desktop, qtbot, tmp_path):
    """A pack of three saves, opened, and the window of its versions."""
    path = tmp_path / "briefing.briefpack"
    first = _pack("The fund opens in spring.", "This stays as it is.")
    file = save(new_file(first), path, by="Ada Quill", version="As sent")
    second = _pack("The fund opens in summer.", "This stays as it is.", like=first)
    file = save(replace(file, pack=second), by="Edgar Munt")
    third = _pack("The fund opens in summer.", "This stays as it was.", like=first)
    save(replace(file, pack=third), by="Edgar Munt")
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    desktop.window.actions_["file.versions"].trigger()
    dialog = desktop.window.shell.kept.dialog
    qtbot.waitUntil(lambda: dialog.pane.found is not None, timeout=LATER)
    yield desktop, dialog
    if desktop.window.shell.kept.dialog is not None:
        dialog.close()


def _rows(dialog):
    return [dialog.list.item(at).text().split("\n") for at in range(dialog.list.count())]


def test_versions_are_listed_with_name_time_person_and_words(shown):
    _, dialog = shown
    newest, oldest = _rows(dialog)
    assert newest[1].endswith("· Edgar Munt")
    assert newest[2] == "10 words"
    assert oldest[0] == "As sent"
    assert oldest[1].endswith("· Ada Quill")


def test_a_version_is_compared_with_now_and_with_another(shown, qtbot):
    _, dialog = shown
    assert dialog.pane.view.toPlainText().split("\n") == ["The fund opens in summer.", "This stays as it iswas."]
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: dialog.pane.found is not None and dialog.pane.view.stops == 2, timeout=LATER)
    assert "springsummer" in dialog.pane.view.toPlainText()
    dialog.target.setCurrentIndex(1)
    dialog.target.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.pane.found is not None, timeout=LATER)
    assert dialog.pane.view.toPlainText().split("\n") == ["The fund opens in springsummer.", "This stays as it is."]
    dialog.list.setCurrentRow(0)
    dialog.target.setCurrentIndex(2)
    dialog.target.activated.emit(2)
    qtbot.waitUntil(lambda: dialog.pane.found is not None, timeout=LATER)
    assert "springsummer" in dialog.pane.view.toPlainText(), "the older of two is the old one, whichever is chosen"


def test_going_back_is_one_step_that_can_be_undone(shown, qtbot):
    desktop, dialog = shown
    before = desktop.workspace.pack
    dialog.list.setCurrentRow(1)
    dialog.restore.click()
    assert desktop.workspace.pack.body[0].text.string == "The fund opens in spring."
    assert desktop.window.shell.kept.dialog is None
    assert desktop.window.toast.words == "The pack is again as it was: “As sent”"
    assert desktop.documents.unsaved
    desktop.window.editor.undo()
    assert desktop.workspace.pack == before
    qtbot.waitUntil(lambda: not desktop.window.versions.worker.busy, timeout=LATER)


def test_a_version_opens_as_a_copy_that_has_no_file(shown):
    desktop, dialog = shown
    path = desktop.documents.path
    dialog.list.setCurrentRow(1)
    dialog.copy.click()
    assert desktop.documents.path is None
    assert desktop.documents.unsaved
    assert desktop.workspace.pack.body[0].text.string == "The fund opens in spring."
    assert read(path).pack.body[0].text.string == "The fund opens in summer."


def test_a_name_is_given_to_an_earlier_save(shown, named, qtbot):
    desktop, dialog = shown
    named.append("Before the call")
    with qtbot.waitSignal(desktop.documents.saved):
        dialog.name.click()
    qtbot.waitUntil(lambda: _rows(dialog)[0][0] == "Before the call", timeout=LATER)
    assert [each.title for each in versions(read(desktop.documents.path))] == ["Before the call", "As sent"]


def test_a_version_is_kept_with_what_is_not_saved_yet(opened, named, qtbot):
    desktop = opened(_pack("Words."))
    window = desktop.window
    desktop.settings.author = desktop.settings.author._replace(name="Gita Mistry")
    desktop.workspace.apply(_pack("Other words.", like=desktop.workspace.pack), "Typing")
    named.append("For the Minister")
    with qtbot.waitSignal(desktop.documents.saved):
        window.actions_["file.keep"].trigger()
    assert window.toast.words == "Kept as “For the Minister”"
    newest, first = versions(read(desktop.documents.path))
    assert (newest.title, newest.by, first.title) == ("For the Minister", "Gita Mistry", "")
    assert not desktop.documents.unsaved


def test_a_pack_without_a_file_is_saved_first(desktop, named):
    desktop.documents.show(new_file(_pack("Words.")), saved=True)
    desktop.window.actions_["file.keep"].trigger()
    assert desktop.window.toast.words == "Versions are kept in the pack's file: save it first"


def test_a_pack_without_versions_says_how_they_come_about(opened, qtbot):
    desktop = opened(_pack("Words."))
    desktop.window.actions_["file.versions"].trigger()
    dialog = desktop.window.shell.kept.dialog
    qtbot.waitUntil(lambda: not desktop.window.versions.worker.busy)
    assert dialog.pane.notice.isVisible()
    assert not dialog.restore.isEnabled()
    assert not dialog.name.isEnabled()
    dialog.close()


def test_a_name_is_asked_for(qtbot):
    dialog = NameDialog("Keep a version", "", empty=False)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.name.setText("  ")
    assert not dialog.ok.isEnabled()
    dialog.name.setText("Draft")
    assert dialog.ok.isEnabled()
