"""The whole way: sent from the window, edited by a reviewer in LibreOffice, dropped, decided by keyboard, opened again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from briefpack.pack.decisions import Verdict
from briefpack.pack.model import texts_of
from briefpack.packfile import new_file, read, save
from briefpack.tasks.exporting import Request
from tests.helpers.copies import plain_pack
from tests.helpers.dragging import drop_files
from tests.helpers.reviewer import review

pytestmark = pytest.mark.office


def test_from_sending_to_the_last_decision(desktop, qtbot, tmp_path):
    """One copy with tracking on and one with it off: every change and comment is decided, and the list is the same after."""
    window = desktop.window
    path = tmp_path / "harbour.briefpack"
    save(new_file(*plain_pack()), path)
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    sent = tmp_path / "to reviewers.docx"
    window.files._export(sent, Request(copy="reviewers"))
    qtbot.waitUntil(lambda: desktop.workspace.pack.issues != () and not desktop.worker.busy)
    copies = [tmp_path / "Re brief.docx", tmp_path / "brief (1).docx"]
    steps = [
        ["replace", "first priority", "highest priority"],
        ["delete", " of the coast"],
        ["comment", "Bids open", "By whom?"],
    ]
    copies[0].write_bytes(review(sent.read_bytes(), steps, author="Gita Mistry"))
    copies[1].write_bytes(review(sent.read_bytes(), [["replace", "may face", "are facing"]], tracking=False))

    drop_files(copies, window)
    qtbot.waitUntil(lambda: window.returns.open == 4, timeout=20_000)
    qtbot.waitUntil(lambda: window.centre.reviewing and not window.returns.worker.busy)
    assert {item.kind.value for item in window.returns.review.items} == {"replacement", "deletion", "comment", "silent"}

    while window.returns.open:
        left = window.returns.open
        window.side.returns.list.setFocus()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
        assert window.returns.open == left - 1
    words = "\n".join(text.string for block in desktop.workspace.pack.body for text in texts_of(block))
    assert "highest priority" in words
    assert "Figures are for the whole." in words
    assert "are facing additional costs" in words

    window.actions_["file.save"].trigger()
    qtbot.waitUntil(lambda: desktop.documents.state == "Saved")
    keys = {item.key for item in window.returns.review.items}
    desktop.documents.close()
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    qtbot.waitUntil(lambda: window.returns.review.items != ())
    assert {item.key for item in window.returns.review.items} == keys
    assert window.returns.open == 0
    kept = read(path)
    assert [each.verdict for each in kept.pack.decisions] == [Verdict.ACCEPTED] * 4
    assert {each.name for each in kept.pack.returns} == {copy.name for copy in copies}
    assert len(kept.returned) == 2
