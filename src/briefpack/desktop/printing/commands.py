"""Print preview, printing, and a PDF of the pages, which needs no other program."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from briefpack.desktop.dialogs.message import ask_to_replace, show_error
from briefpack.desktop.documents import Documents
from briefpack.desktop.files import file_name
from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.printing.paper import LAYOUT, Paper
from briefpack.desktop.settings import Settings
from briefpack.errors import UserError
from briefpack.pack.model import Pack
from briefpack.pack.proposals import proposed
from briefpack.safety.files import write_atomically

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from briefpack.desktop.printing.dialog import PreviewDialog

_RESOLUTION = 600


class Printing(QObject):
    """Args: the pack's file; the user's settings; a thread; the window."""

    said = Signal(str, str, object)

    def __init__(self, documents: Documents, settings: Settings, worker: Worker, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._settings, self._worker, self._window = documents, settings, worker, window
        self._job: Job | None = None
        self.dialog: PreviewDialog | None = None
        """The preview while it is open."""

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"file.print": self.preview}

    def preview(self) -> None:
        """Show the pages; Qt's printing is loaded only now."""
        from briefpack.desktop.printing.dialog import PreviewDialog

        file = self._documents.file
        if file is None:
            return
        dialog = PreviewDialog(comments=_has_notes(file.pack), parent=self._window)
        dialog.copy_wanted.connect(self._lay_out)
        dialog.print_wanted.connect(self._print)
        dialog.pdf_wanted.connect(self._save_pdf)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        self._lay_out(working=False)
        dialog.open()

    def _lay_out(self, working: bool) -> None:
        """Have the pages made anew."""
        file, dialog = self._documents.file, self.dialog
        assert file is not None
        assert dialog is not None
        dialog.wait()

        def work(_task: Task) -> str:
            from briefpack.render import to_paper

            return to_paper(file.pack, file.media, copy="working" if working else "reader")

        job = self._job = self._worker.start(work)
        job.succeeded.connect(lambda html: self._show(job, html, file.pack))

    def _show(self, job: Job, html: object, pack: Pack) -> None:
        if self.dialog is None or job is not self._job:
            return
        assert isinstance(html, str)
        title = pack.meeting.title or self._documents.name
        self.dialog.show_paper(Paper(html, title, pack.meeting.marking, QApplication.font()))

    def _print(self) -> None:
        """Let the user choose a printer, and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        dialog = self.dialog
        if dialog is None or dialog.paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(dialog.printer.pageLayout())
        printer.setDocName(self._documents.name)
        asking = QPrintDialog(printer, dialog)
        asking.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        asking.setMinMax(1, dialog.paper.pages(printer.pageLayout()))
        if asking.exec():
            self.print_on(printer, dialog.paper)
        asking.deleteLater()

    def print_on(self, printer: "QPrinter", paper: Paper) -> None:
        """Print, the pages that were asked for."""
        count = paper.pages(printer.pageLayout())
        first, last = printer.fromPage(), printer.toPage()
        wanted = range(first - 1, min(last, count)) if 0 < first <= min(last, count) else range(count)
        paper.paint(printer, wanted)
        self.said.emit(f"{len(wanted)} page{'' if len(wanted) == 1 else 's'} sent to the printer", "", None)
        if self.dialog is not None:
            self.dialog.accept()

    def _save_pdf(self) -> None:
        """Ask where to, and write the pages as PDF."""
        dialog = self.dialog
        if dialog is None or dialog.paper is None:
            return
        folder = self._documents.path.parent if self._documents.path else self._settings.folder
        offered = str(folder / f"{file_name(self._documents.name)}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(dialog, "Save as PDF", offered, "PDF (*.pdf)")
        if not chosen:
            return
        path = Path(chosen)
        named = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        if named != path and not ask_to_replace(dialog, named):
            return
        try:
            write_atomically(named, pdf_of(dialog.paper, self._documents.name))
        except UserError as error:
            show_error(error, dialog)
            return
        dialog.accept()
        self.said.emit(f"Saved {named.name}", "", None)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def pdf_of(paper: Paper, title: str) -> bytes:
    """The pages as the bytes of a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(LAYOUT)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(title)
    writer.setCreator("Briefpack")
    paper.paint(writer)
    buffer.close()
    return bytes(buffer.data().data())


def _has_notes(pack: Pack) -> bool:
    """Whether a working copy of the pack shows what a reader's does not."""
    lines = any(getattr(block, "line", None) for block in pack.body)
    return bool(pack.comments) or lines or bool(proposed(pack))
