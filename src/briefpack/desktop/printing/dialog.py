"""A pack as it will be on paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QCheckBox, QDialog, QStackedWidget, QWidget

from briefpack.desktop.printing.paper import LAYOUT, Paper
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import Notice, button, column, holding, label, named, row, tool


class PreviewDialog(QDialog):
    """The pages, with what can be done to see them better, and the ways to paper.

    Args:
        comments: whether there is anything that only a working copy shows.
        parent: the window.
    """

    copy_wanted = Signal(bool)
    """A working copy, or a reader's; whoever hears it gives the pages to :meth:`show_paper`."""

    print_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self, *, comments: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Print preview")
        self.setAccessibleName("Print preview")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setModal(True)
        self.paper: Paper | None = None
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setPageLayout(LAYOUT)
        self.preview = named(QPrintPreviewWidget(self.printer), "Pages")
        self.preview.paintRequested.connect(self._paint)
        self.preview.previewChanged.connect(self._say_page)
        self.with_comments = named(
            QCheckBox("Comments, changes and notes on lines"), "Comments, changes and notes on lines"
        )
        self.with_comments.setEnabled(comments)
        self.with_comments.toggled.connect(self.copy_wanted)
        self.page = named(label("", "muted"), "Page")
        self.print = button("Print…", self.print_wanted.emit, shape="print")
        self.pdf = button("Save as PDF…", self.pdf_wanted.emit, shape="export")
        self._build()
        self.resize(900, 700)
        self.wait()

    def _build(self) -> None:
        preview = self.preview
        self.previous = tool("Previous page", "previous", lambda: self.step(-1), "Previous page (Page up)")
        self.next = tool("Next page", "next", lambda: self.step(1), "Next page (Page down)")
        bar = row(
            self.previous,
            self.next,
            self.page,
            None,
            tool("Smaller", "zoom_out", preview.zoomOut, "Smaller (Ctrl+-)"),
            tool("Larger", "zoom_in", preview.zoomIn, "Larger (Ctrl++)"),
            button("Whole page", preview.fitInView, flat=True),
            button("Page width", preview.fitToWidth, flat=True),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(Notice("Laying out the pages…"))
        self._pages.addWidget(preview)
        self.print.setDefault(True)
        self.print.setIcon(icon("print", QPalette.ColorRole.Base))
        close = button("Close", self.reject)
        foot = row(self.with_comments, None, close, self.pdf, self.print)
        layout = column(holding(bar), self._pages, foot, margin=16, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for keys, act in (
            ("PgDown", lambda: self.step(1)),
            ("PgUp", lambda: self.step(-1)),
            ("Ctrl++", preview.zoomIn),
            ("Ctrl+=", preview.zoomIn),
            ("Ctrl+-", preview.zoomOut),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def wait(self) -> None:
        """Show that the pages are being made."""
        self.paper = None
        self._pages.setCurrentIndex(0)
        for each in (self.print, self.pdf, self.previous, self.next):
            each.setEnabled(False)
        self.page.setText("")

    def show_paper(self, paper: Paper) -> None:
        """Show pages, from the first."""
        self.paper = paper
        self._pages.setCurrentIndex(1)
        self.preview.updatePreview()
        self.preview.setCurrentPage(1)
        self.preview.fitInView()
        for each in (self.print, self.pdf):
            each.setEnabled(True)
        self.print.setFocus()
        self._say_page()

    def step(self, by: int) -> None:
        """Go to the next page, or the one before."""
        if self.paper is not None:
            self.preview.setCurrentPage(min(max(1, self.preview.currentPage() + by), self.preview.pageCount()))
            self._say_page()

    def _paint(self, printer: QPrinter) -> None:
        if self.paper is not None:
            self.paper.paint(printer)

    def _say_page(self) -> None:
        count, now = self.preview.pageCount(), self.preview.currentPage()
        self.page.setText(f"Page {now} of {count}" if self.paper is not None else "")
        self.previous.setEnabled(self.paper is not None and now > 1)
        self.next.setEnabled(self.paper is not None and now < count)
