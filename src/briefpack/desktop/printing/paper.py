"""A pack laid out on pages, with the marking at the top and foot of each, its title and the page's number."""

from PySide6.QtCore import QMarginsF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontInfo,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

LAYOUT = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(22, 25, 22, 25),
    QPageLayout.Unit.Millimeter,
)
"""A4 upright; in the margins at top and foot stand marking, title and number."""

_LONG = 80
"""Pages."""

_SMALL = 9.0
_MARKING = 11.0
_INK = QColor("#000000")
_FAINT = QColor("#444444")


class _Document(QTextDocument):
    """Takes nothing from outside: what is no picture of the pack is an empty one."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture that stands in the page itself."""
        url = QUrl(name) if isinstance(name, str) else name
        if url.scheme() == "data":
            return super().loadResource(kind, url)
        return QImage(1, 1, QImage.Format.Format_ARGB32)


class Paper:
    """A pack laid out.

    Args:
        html: as :func:`briefpack.render.to_paper` gives it.
        title: what stands at the foot of each page.
        marking: what stands at the top and at the foot; empty for none.
        font: the font of the words.
    """

    def __init__(self, html: str, title: str, marking: str, font: QFont) -> None:
        self._title, self._marking = title, marking
        words = QFont(font)
        words.setFamily(QFontInfo(font).family())
        words.setPointSizeF(11)
        self._font = words
        # what Qt lays points out by where it has no device
        self._dots = QGuiApplication.primaryScreen().logicalDotsPerInch()
        self._document = _Document()
        self._document.setUseDesignMetrics(True)
        self._document.setDefaultFont(words)
        self._document.setDocumentMargin(0)
        self._document.setHtml(html)
        self._layout = QPageLayout()

    @property
    def text(self) -> str:
        """Its words."""
        return self._document.toPlainText()

    def pages(self, layout: QPageLayout = LAYOUT) -> int:
        """On how many pages of this layout it stands."""
        if layout != self._layout:
            self._layout = QPageLayout(layout)
            self._document.setPageSize(self._dotted(layout.paintRect(QPageLayout.Unit.Inch)).size())
            self._keep_headings()
        return self._document.pageCount()

    def paint(self, device: QPagedPaintDevice, pages: range | None = None) -> None:
        """Paint pages on a device with its own layout; all of them, or those of the range, counted from 0."""
        layout = device.pageLayout()
        count = self.pages(layout)
        painter = QPainter(device)
        try:
            for number in pages or range(count):
                if number != (pages or range(count)).start:
                    device.newPage()
                self._paint_page(painter, layout, number, count)
        finally:
            painter.end()

    def _paint_page(self, painter: QPainter, layout: QPageLayout, number: int, count: int) -> None:
        """One page; where the device paints from the corner of what can be printed, that is where its origin lies."""
        full = self._dotted(layout.fullRect(QPageLayout.Unit.Inch))
        body = self._dotted(layout.paintRect(QPageLayout.Unit.Inch))
        painter.save()
        scale = painter.device().logicalDpiX() / self._dots
        painter.scale(scale, scale)
        painter.translate(-body.topLeft())
        self._paint_edges(painter, full, body, f"Page {number + 1} of {count}")
        painter.translate(body.left(), body.top() - number * body.height())
        painter.setClipRect(QRectF(0, number * body.height(), body.width(), body.height()))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, _INK)
        context.clip = QRectF(0, number * body.height(), body.width(), body.height())
        self._document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_edges(self, painter: QPainter, full: QRectF, body: QRectF, number: str) -> None:
        top = QRectF(body.left(), full.top(), body.width(), body.top() - full.top() - 10)
        foot = QRectF(body.left(), body.bottom() + 12, body.width(), full.bottom() - body.bottom() - 30)
        painter.setPen(_FAINT)
        painter.setFont(self._sized(_SMALL))
        line = painter.fontMetrics()
        room = body.width() - line.horizontalAdvance(number) - 24
        title = line.elidedText(self._title, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, number)
        if self._marking:
            painter.setPen(_INK)
            painter.setFont(self._sized(_MARKING, bold=True))
            painter.drawText(top, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._marking)
            painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._marking)

    def _sized(self, points: float, *, bold: bool = False) -> QFont:
        """The font at a size in points, given in the dots that a page is laid out in: the painter is scaled already."""
        font = QFont(self._font)
        font.setPixelSize(round(points * self._dots / 72))
        font.setBold(bold)
        return font

    def _dotted(self, rect: QRectF) -> QRectF:
        """A rectangle in inches as dots."""
        dots = self._dots
        return QRectF(rect.x() * dots, rect.y() * dots, rect.width() * dots, rect.height() * dots)

    def _keep_headings(self) -> None:
        """Begin a page with a heading that would stand at the foot of one, parted from what it opens.

        Each such break lays out anew what follows, so very long documents are left as they are.
        """
        if self._document.pageCount() > _LONG:
            return
        free = QTextFormat.PageBreakFlag.PageBreak_Auto
        block = self._document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.next().isValid():
                if block.blockFormat().pageBreakPolicy() & QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore:
                    self._break(block, free)
                if self._page_of(block) < self._page_of(block.next()):
                    self._break(_first_heading(block), QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            block = block.next()

    def _page_of(self, block: QTextBlock) -> int:
        """The page that the first line of a block stands on."""
        top = self._document.documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineAt(0).y() if block.layout().lineCount() else 0.0
        return int((top + line + 1) // self._document.pageSize().height())

    def _break(self, block: QTextBlock, policy: QTextFormat.PageBreakFlag) -> None:
        form = QTextBlockFormat()
        form.setPageBreakPolicy(policy)
        QTextCursor(block).mergeBlockFormat(form)
        # Qt lays out what follows, but stops at the next table: it is told that all of it is another
        self._document.markContentsDirty(block.position(), self._document.characterCount() - block.position())


def _first_heading(block: QTextBlock) -> QTextBlock:
    """The first of the headings that follow each other up to this one."""
    while block.previous().isValid() and block.previous().blockFormat().headingLevel():
        block = block.previous()
    return block
