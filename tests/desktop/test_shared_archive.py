"""A shared archive in the window: asked for, tried, opened, and said to be so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from briefpack.archive.shared import server
from briefpack.archive.shared.archive import SharedArchive
from briefpack.desktop.app import Desktop
from briefpack.desktop.archive.library import Library
from briefpack.desktop.archive.panel import ArchivePanel
from briefpack.desktop.dialogs.shared import SharedArchiveDialog, Tried
from briefpack.errors import UserError
from tests.helpers.postgres import Postgres
from tests.unit.archive.conftest import dump


@pytest.fixture
def address(postgres: Postgres, tmp_path: Path) -> Iterator[str]:
    """A shared archive with five documents."""
    path = tmp_path / "site.txt"
    path.write_text(dump(), encoding="utf-8")
    with postgres.archive() as made:
        with SharedArchive.open_at(made, make=True) as archive:
            archive.add([path])
        yield made


@pytest.fixture
def make_dialog(qtbot):
    made: list[SharedArchiveDialog] = []  # without a window to own them they would go before their jobs have gone

    def make(address: str, attempt) -> SharedArchiveDialog:
        dialog = SharedArchiveDialog(address, None, attempt)
        qtbot.addWidget(dialog)
        dialog.show()
        made.append(dialog)
        return dialog

    yield make
    made.clear()


def said(dialog: SharedArchiveDialog) -> str:
    return next(each.text() for each in dialog.findChildren(QLabel) if each.accessibleName() == "What is wrong")


def test_what_is_no_address_cannot_be_tried(make_dialog) -> None:
    dialog = make_dialog("", lambda _address: Tried("x", 1, False))
    assert not dialog.ok.isEnabled()
    dialog.address.setText("C:\\archive")
    assert not dialog.ok.isEnabled()
    assert "postgresql://" in said(dialog)
    dialog.address.setText("postgresql://ada@server/briefings")
    assert dialog.ok.isEnabled()
    dialog.reject()


def test_an_archive_is_tried_before_it_is_taken(make_dialog, qtbot) -> None:
    tried: list[str] = []

    def attempt(address: str) -> Tried:
        tried.append(address)
        if len(tried) == 1:
            raise UserError("The shared archive does not let this account in", do="Check the password")
        return Tried("briefings on server", 5, False)

    dialog = make_dialog("postgresql://ada@server/briefings", attempt)
    dialog.ok.click()
    assert said(dialog) == "Trying it…"
    qtbot.waitUntil(lambda: "does not let" in said(dialog))
    assert dialog.isVisible()
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    dialog.password.setText("s3cret/")
    with qtbot.waitSignal(dialog.accepted):
        dialog.ok.click()
    assert tried[1] == dialog.answer() == "postgresql://ada:s3cret%2F@server/briefings"


def test_the_real_thing_is_tried(make_dialog, qtbot, address: str) -> None:
    from briefpack.desktop.dialogs.shared import try_address

    tried = try_address(address)
    assert (tried.documents, tried.read_only) == (5, False)
    dialog = make_dialog("postgresql://ada@127.0.0.1:1/nothing", try_address)
    dialog.ok.click()
    qtbot.waitUntil(lambda: "cannot be reached" in said(dialog), timeout=20_000)
    dialog.reject()


def test_the_panel_says_whose_archive_it_is_and_finds(qtbot, address: str) -> None:
    library = Library(address)
    panel = ArchivePanel(library)
    qtbot.addWidget(panel)
    panel.show()
    try:
        qtbot.waitUntil(lambda: "5 documents" in panel.notice.findChildren(QLabel)[0].text())
        assert panel.whose.isVisible()
        assert panel.whose.text().startswith("Shared archive: ")
        panel.field.setText("lichen")
        panel.search()
        qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    finally:
        library.close()


def test_the_panel_says_that_the_server_is_away(qtbot, address: str, monkeypatch) -> None:
    with SharedArchive.open_at(address) as archive:
        archive.document(archive.search("lichen").hits[0].id)
    library = Library(address)
    panel = ArchivePanel(library)
    qtbot.addWidget(panel)
    panel.show()
    try:
        qtbot.waitUntil(lambda: "5 documents" in panel.notice.findChildren(QLabel)[0].text())
        monkeypatch.setattr(server.Server, "is_reachable", lambda _server: False)
        panel.field.setText("lichen")
        panel.search()
        qtbot.waitUntil(lambda: "cannot be reached" in panel.whose.text())
        qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
        monkeypatch.undo()
        panel.search()
        qtbot.waitUntil(lambda: "cannot be reached" not in panel.whose.text())
    finally:
        library.close()


def test_the_window_turns_to_a_shared_archive_and_back(qtbot, desktop: Desktop, address: str) -> None:
    desktop.window.side.archive.another_wanted.emit(address)
    qtbot.waitUntil(lambda: desktop.library is not None and bool(desktop.library.shared))
    assert desktop.settings.shares
    assert desktop.settings.shared_archive == address
    panel = desktop.window.side.archive
    qtbot.waitUntil(lambda: "5 documents" in panel.notice.findChildren(QLabel)[0].text())
    desktop.window.actions_["archive.open_own"].trigger()
    qtbot.waitUntil(lambda: desktop.library is not None and not desktop.library.shared)
    assert not desktop.settings.shares
    assert not desktop.window.side.archive.whose.isVisible()


def test_a_password_is_not_remembered(qtbot, desktop: Desktop, postgres: Postgres, address: str) -> None:
    desktop.window.side.archive.another_wanted.emit(address.replace("owner@", "owner:hunter2@"))
    qtbot.waitUntil(lambda: desktop.library is not None and bool(desktop.library.shared))
    assert desktop.settings.shared_archive == address
