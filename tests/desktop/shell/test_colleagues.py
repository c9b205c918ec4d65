"""A pack that a colleague has open, and two saves of one pack."""

import subprocess
import sys

import pytest
from msgspec.structs import replace

from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import text
from briefpack.packfile import new_file, read, save, who_has

LATER = 30_000
HOLD = """
import sys
from pathlib import Path
from briefpack.packfile import note_open
note = note_open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def _pack(words, like=None):
    block = replace(like.body[0], text=text(words)) if like else Paragraph(text=text(words))
    return replace(like, body=(block,)) if like else Pack(body=(block,))


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "briefing.briefpack"
    save(new_file(_pack("Words.")), made)
    return made


@pytest.fixture
def colleague(path):
    """Somebody else who has the pack open; closing their input makes them close it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def looking(desktop, path, colleague, qtbot):
    """The pack, opened while a colleague has it."""
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    return desktop


def _buttons(desktop):
    return [words for words, _ in desktop.window.shell.colleagues.choices()]


def test_it_is_said_who_has_the_pack_and_it_is_only_read(looking):
    window = looking.window
    assert "has had this pack open on" in window.notices.words
    assert "since" in window.notices.words
    assert window.notices.words.endswith("It is open here to be read.")
    assert window.notices.isVisible()
    assert window.editor.isReadOnly()
    assert not window.actions_["file.save"].isEnabled()
    assert not looking.workspace.apply(_pack("Other."), "Typing")
    assert _buttons(looking) == ["Open a copy to edit", "Edit all the same"]


def test_when_the_colleague_closes_it_the_window_says_so(looking, colleague, path, qtbot):
    window = looking.window
    timer = window.shell.colleagues.timer
    assert timer.isActive()
    theirs = read(path)
    save(replace(theirs, pack=_pack("What they wrote.", theirs.pack)))
    colleague.stdin.close()
    colleague.wait(10)
    timer.setInterval(20)
    qtbot.waitUntil(lambda: "it can be edited now" in window.notices.words, timeout=LATER)
    assert not timer.isActive()
    assert window.editor.isReadOnly(), "not before it is asked for"
    with qtbot.waitSignal(looking.documents.opened):
        window.shell.colleagues.take_over()
    assert looking.workspace.pack.body[0].text.string == "What they wrote."
    assert not window.editor.isReadOnly()
    assert not window.notices.isVisible()


def test_it_can_be_edited_all_the_same(looking):
    window = looking.window
    looking.documents.edit_anyway()
    assert not window.editor.isReadOnly()
    assert window.outline.writable
    assert window.side.comments is not None
    assert "nothing is overwritten" in window.notices.words
    assert _buttons(looking) == []
    assert looking.workspace.apply(_pack("Other.", looking.workspace.pack), "Typing")


def test_a_copy_can_be_edited(looking):
    looking.window.shell.colleagues.copy()
    assert looking.documents.path is None
    assert looking.documents.writable
    assert looking.documents.unsaved
    assert not looking.window.editor.isReadOnly()
    assert not looking.window.notices.isVisible()


def test_saving_it_under_another_name_makes_it_ones_own(looking, tmp_path, qtbot):
    with qtbot.waitSignal(looking.documents.saved):
        looking.documents.save(tmp_path / "mine.briefpack")
    assert looking.documents.writable
    assert not looking.window.editor.isReadOnly()


@pytest.fixture
def conflict(desktop, path, qtbot):
    """Two saves of one pack, ours the second."""
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    theirs = read(path)
    save(replace(theirs, pack=_pack("Words of theirs.", theirs.pack)), by="Ada Quill")
    desktop.workspace.apply(_pack("Words of ours.", desktop.workspace.pack), "Typing")
    with qtbot.waitSignal(desktop.documents.conflicted):
        desktop.documents.save()
    dialog = desktop.window.shell.colleagues.dialog
    qtbot.waitUntil(lambda: dialog.pane.found is not None, timeout=LATER)
    yield desktop, dialog
    if desktop.window.shell.colleagues.dialog is not None:
        dialog.close()


def test_two_saves_are_kept_and_compared(conflict, path):
    desktop, dialog = conflict
    assert dialog.words.text().startswith("Ada Quill saved “briefing” at ")
    assert desktop.documents.path.stem in dialog.words.text()
    assert "Words of theirsours." in dialog.pane.view.toPlainText()
    dialog.mine.click()
    assert read(path).pack.body[0].text.string == "Words of theirs."
    assert read(desktop.documents.path).pack.body[0].text.string == "Words of ours."
    assert not desktop.documents.unsaved


def test_theirs_can_be_opened(conflict, path, qtbot):
    desktop, dialog = conflict
    with qtbot.waitSignal(desktop.documents.opened):
        dialog.open_theirs.click()
    assert desktop.documents.path == path
    assert desktop.workspace.pack.body[0].text.string == "Words of theirs."


def test_a_pack_opened_again_is_still_ones_own(desktop, path, qtbot):
    """Its own note beside the pack is not taken for a colleague's, and is gone when the pack is closed."""
    for _ in range(2):
        with qtbot.waitSignal(desktop.documents.opened):
            desktop.documents.open(path)
        qtbot.waitUntil(lambda: not desktop.worker.busy)
        assert desktop.documents.writable
    assert who_has(path) is not None, "others are told"
    desktop.documents.close()
    qtbot.waitUntil(lambda: not desktop.worker.busy)
    assert who_has(path) is None
