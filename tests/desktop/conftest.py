"""The whole window, on folders of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from briefpack.desktop.app import Desktop
from briefpack.errors import UserError
from briefpack.pack.model import Pack
from briefpack.packfile import new_file, save

ARTICLES = {
    "2026-03-01 Low water.txt": (
        "Low water costs boaters dear\n\n1 March 2026\n\n"
        "The association said that low water closed 412 miles of canal in 2025. Repairs were late. "
        "It wants a shared forecast of reservoir levels by June.\n\n"
        "“We cannot plan around silence,” said Ada Quill, President of the association.\n"
    ),
    "2026-05-09 Lock keepers.txt": (
        "Lock keepers wanted\n\n9 May 2026\n\n"
        "Two in five lock keeper posts are vacant, the association's survey finds. Apprentices would help.\n"
    ),
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two short articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, words in ARTICLES.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


@pytest.fixture
def make_desktop(
    qapp: QApplication, own_folders: Path, tmp_path: Path, qtbot, monkeypatch
) -> Iterator[Callable[[], Desktop]]:
    """Makes windows; each is closed at the end, and its threads with it."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(own_folders / "settings"))
    made: list[Desktop] = []
    palette = qapp.palette()
    monkeypatch.setattr("briefpack.desktop.window.show_error", _surprise)

    def make() -> Desktop:
        desktop = Desktop(qapp, tmp_path / "archive", tmp_path / "data")
        made.append(desktop)
        desktop.window.show()
        qtbot.waitUntil(desktop.window.isActiveWindow)
        desktop.settle()
        return desktop

    yield make
    for desktop in made:
        desktop.documents.forget_changes()
        desktop.window.close()
        desktop.close()
        desktop.window.deleteLater()
        desktop.look.deleteLater()
    qapp.processEvents()
    qapp.setStyleSheet("")  # what the window dressed is undressed: other tests have looks of their own
    qapp.setPalette(palette)
    QGuiApplication.clipboard().clear()


@pytest.fixture
def desktop(make_desktop: Callable[[], Desktop]) -> Desktop:
    """The window without a pack."""
    return make_desktop()


@pytest.fixture
def pack_file(tmp_path: Path) -> Callable[[Pack], Path]:
    """Saves a pack to a file."""

    def saved(pack: Pack) -> Path:
        path = tmp_path / "briefing.briefpack"
        save(new_file(pack), path)
        return path

    return saved


@pytest.fixture
def opened(desktop: Desktop, pack_file: Callable[[Pack], Path], qtbot) -> Callable[[Pack], Desktop]:
    """Opens a pack in the window."""

    def show(pack: Pack) -> Desktop:
        with qtbot.waitSignal(desktop.documents.opened):
            desktop.documents.open(pack_file(pack))
        return desktop

    return show


def _surprise(error: UserError, _parent: object) -> None:
    """A box that nobody expects would wait for ever. A test that expects one disconnects the window from the signal."""
    raise AssertionError(f"an error was shown: {error}")
