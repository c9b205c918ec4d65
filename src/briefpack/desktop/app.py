"""The one place where the window is put together and run."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from briefpack import __version__
from briefpack.assets import resource
from briefpack.desktop.documents import Documents
from briefpack.desktop.jobs import Worker
from briefpack.desktop.reports import Bugs
from briefpack.desktop.settings import Settings
from briefpack.desktop.theme.look import Look
from briefpack.desktop.window import MainWindow
from briefpack.desktop.workspace import Workspace
from briefpack.pack.model import Pack, Paragraph
from briefpack.spelling.own import OwnDictionary

if TYPE_CHECKING:
    from briefpack.desktop.archive.library import Library
    from briefpack.desktop.archive.panel import ArchivePanel
    from briefpack.tasks.sample import Sample


class Desktop:
    """Everything that lives as long as the window does.

    Args:
        app: Qt's application.
        archive: the archive's folder, or a shared one's address; None is the one that was open last.
        data: where journals and the sample lie; None is the user's own local application data.
    """

    def __init__(self, app: QApplication, archive: Path | str | None = None, data: Path | None = None) -> None:
        self._place = archive
        data = data or platformdirs.user_data_path("briefpack", appauthor=False, roaming=False)
        self.settings = Settings()
        if archive is None and self.settings.shares:
            self._place = self.settings.shared_archive or None
        self.look = Look(app, self.settings.scheme)
        self.worker = Worker("files")
        self.library: Library | None = None
        self.workspace = Workspace(Pack(body=(Paragraph(),)))
        self.documents = Documents(self.workspace, data / "journals", self.worker, lambda: self.settings.author.name)
        self.window = MainWindow(
            self.workspace,
            self.documents,
            self.settings,
            self.look,
            self.worker,
            data / "sample",
            OwnDictionary(data / "dictionary.txt"),
            self._archive_panel,
        )
        self.worker.broke.connect(_raise)
        for worker in (self.window.finder.worker, self.window.returns.worker, self.window.versions.worker):
            worker.broke.connect(_raise)
        self.window.files.sample_ready.connect(self._open_sample)

    def settle(self) -> None:
        """Do what can wait until the window has been painted."""
        self.window.furnish()

    def close(self) -> None:
        """End every thread; what is being saved is saved first."""
        self.worker.close()
        self.window.finder.worker.close()
        self.window.returns.worker.close()
        self.window.versions.worker.close()
        if self.library is not None:
            self.library.close()
            self.library = None

    def _archive_panel(self) -> "ArchivePanel":
        """The panel of the archive. The archive's packages are loaded here: they take longer than the window."""
        from briefpack.archive import default_folder
        from briefpack.desktop.archive.library import Library
        from briefpack.desktop.archive.panel import ArchivePanel

        if self.library is not None:
            self.library.close()
        self.library = Library(self._place or default_folder())
        self.library.broke.connect(_raise)
        panel = ArchivePanel(self.library, shared_before=self.settings.shared_archive)
        panel.another_wanted.connect(self._open_archive, Qt.ConnectionType.QueuedConnection)  # the panel goes then
        return panel

    def _open_archive(self, address: str) -> None:
        """Search a shared archive from now on, or the user's own; the next sitting begins with it."""
        from briefpack.archive.address import shown

        self._place = address or None
        self.settings.shares = bool(address)
        if address:
            self.settings.shared_archive = shown(address)
        self.window.renew_archive()

    def _open_sample(self, sample: "Sample") -> None:
        self._place = sample.archive
        self.window.renew_archive()
        self.documents.open(sample.pack)


def run(path: Path | None, archive: Path | str | None = None) -> int:
    """Show the window, on a pack where one is given, until it is closed; the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Briefpack")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("briefpack")
    app.setWindowIcon(QIcon(str(resource("pictures", "briefpack.svg"))))
    app.setApplicationVersion(__version__)
    desktop = Desktop(app, archive)
    Bugs(desktop.window).install()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    desktop.window.guide.offer()
    desktop.window.show()
    if path is not None:
        desktop.documents.open(path)
    QTimer.singleShot(0, desktop.settle)
    QTimer.singleShot(0, desktop.window.files.offer_recovery)
    try:
        return app.exec()
    finally:
        desktop.close()


def _raise(error: BaseException) -> None:
    """A bug on a worker's thread, raised where bugs are caught."""
    raise error
