"""Watching folders in the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from briefpack.desktop.app import Desktop


def idle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.library.busy)


def test_a_folder_is_watched_from_the_menu(desktop, articles: Path, qtbot: QtBot, monkeypatch) -> None:
    """Its files come in at once, and later ones when asked for; what cannot be read is listed then."""
    panel, said, failed = desktop.window.side.archive, [], []
    panel.said.connect(said.append)
    idle(desktop, qtbot)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(articles))
    with qtbot.waitSignal(panel.library.changed):
        desktop.window.actions_["archive.watch"].trigger()
    idle(desktop, qtbot)
    assert panel.watches.folders == (articles,)
    assert said == ["Watched folders: 2 new documents, 0 changed"]
    (articles / "third.txt").write_text("Third\n\nA third paper.", encoding="utf-8")
    (articles / "broken.pdf").write_bytes(b"no PDF")
    panel.failed.disconnect()
    panel.failed.connect(failed.append)
    desktop.window.actions_["archive.refresh"].trigger()
    qtbot.waitUntil(lambda: bool(failed))
    assert said[1:] == ["Watched folders: 1 new document, 0 changed"]
    assert failed[0].what == "1 file not added"
    assert failed[0].where.startswith("broken.pdf: ")


def test_watched_folders_are_looked_into_at_the_start(make_desktop: Callable, articles: Path, qtbot: QtBot) -> None:
    """What came meanwhile is there; a folder that is gone deletes nothing, and is told."""
    first = make_desktop()
    panel = first.window.side.archive
    with qtbot.waitSignal(panel.library.changed):
        panel.watches.watch(articles)
    idle(first, qtbot)
    (articles / "third.txt").write_text("Third\n\nA third paper on herons.", encoding="utf-8")
    second = make_desktop()
    panel = second.window.side.archive
    qtbot.waitUntil(lambda: panel.notice.findChild(type(panel.notes)).text() == "Search 3 documents")
    idle(second, qtbot)
    articles.rename(articles.with_name("away"))
    third = make_desktop()
    said: list[str] = []
    third.window.side.archive.said.connect(said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["Watched folders: not there now: articles (the documents stay)"]
    qtbot.waitUntil(
        lambda: third.window.side.archive.notice.findChild(type(panel.notes)).text() == "Search 3 documents"
    )


def test_a_folder_is_watched_no_longer(desktop, articles: Path, qtbot: QtBot) -> None:
    panel, said = desktop.window.side.archive, []
    with qtbot.waitSignal(panel.library.changed):
        panel.watches.watch(articles)
    idle(desktop, qtbot)
    panel.said.connect(said.append)
    panel.watches.menu.aboutToShow.emit()
    (action,) = panel.watches.menu.actions()
    assert action.text() == str(articles)
    action.trigger()
    qtbot.waitUntil(lambda: panel.watches.folders == ())
    next(each for each in panel.add_button.menu().actions() if each.text() == "Look into watched folders").trigger()
    assert said == ["articles is not watched any more", "No folder is watched"]
