"""What stands around the document that is being read: copies, its series, related documents, and where the pack uses it."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from briefpack.archive import Archive, SeriesEntry, shown
from briefpack.desktop.widgets.parts import label, named
from briefpack.tasks.clipping import Use

_MOST = 3
"""How many links stand in a line; the others are in a menu."""

_RELATED = 5
_WIDEST = 480
_OTHERS = "others"
"""Where the link to the others leads: to no document and no block, whose ids are of letters and figures."""

_HOW = {
    "same text": "Same text as",
    "same text, with changes": "Same text, with changes, as",
    "contains": "Contains",
    "is contained in": "Is contained in",
}
_NARROW = 100
"""Pixels below which the words of a link say too little."""


class Link(NamedTuple):
    """Where a link leads, and what it says."""

    target: str
    words: str


class Line(NamedTuple):
    """A line: what its links are, and these."""

    what: str
    links: tuple[Link, ...]


def lines_about(archive: Archive, document: str) -> tuple[Line, ...]:
    """The lines about a document, read on the archive's thread."""
    copies = archive.duplicates_of(document)
    found = []
    for how in dict.fromkeys(each.how for each in copies):
        same = [Link(each.of, archive.document(each.of).title) for each in copies if each.how == how]
        found.append(Line(_HOW[how], tuple(same)))
    related = archive.related(document, _RELATED + len(copies) + 2)
    in_series: set[str] = set()
    if related.series is not None:
        earlier, later = related.series.earlier, related.series.later
        in_series = {each.id for each in (*earlier, *later)}
        for words, entries in (("Earlier in the series:", earlier[::-1]), ("Later in the series:", later)):
            if entries:
                found.append(Line(words, tuple(_entry(each) for each in entries)))
    told = in_series | {each.of for each in copies}
    others = [Link(each.id, each.title) for each in related.hits if each.id not in told]
    if others:
        found.append(Line("Related:", tuple(others[:_RELATED])))
    return tuple(found)


def lines_of_uses(uses: Sequence[Use]) -> tuple[Line, ...]:
    """The line that says where the pack uses a document; the targets are blocks."""
    links = [Link(each.block, f"“{' '.join(each.words.split())}”") for each in uses]
    return (Line("Used in this pack:", tuple(links)),) if links else ()


class Lines(QWidget):
    """Lines of links, each as wide as the pane: what does not fit is cut with dots, and told whole by its tip."""

    chosen = Signal(str)
    """The target of a link."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 0, 12, 0)
        self._layout.setSpacing(4)
        self._shown: tuple[Line, ...] = ()
        self.menu = named(QMenu(self), f"{name}: all")
        self.hide()

    @property
    def shown(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._shown

    @property
    def labels(self) -> list[QLabel]:
        """The lines as they stand there."""
        items = (self._layout.itemAt(place) for place in range(self._layout.count()))
        return [line for item in items if item and isinstance(line := item.widget(), QLabel)]

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these lines in place of those before."""
        if lines == self._shown:
            return
        self._shown = lines
        for old in self.labels:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        for line in lines:
            self._layout.addWidget(self._label(line))
        self._write()
        self.setVisible(bool(lines))

    def sizeHint(self) -> QSize:
        """Qt's: as high as its lines; it asks for no width."""
        return QSize(0, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the words are cut to the new width."""
        super().resizeEvent(event)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: links take the colours of the new palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._write()

    def _label(self, line: Line) -> QLabel:
        whole = f"{line.what} {', '.join(link.words for link in line.links)}"
        made = named(label("", "muted"), whole, whole)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.linkActivated.connect(lambda target: self._follow(made, line, target))
        return made

    def _follow(self, made: QLabel, line: Line, target: str) -> None:
        """Go where a link leads: to the others by a menu of all."""
        if target != _OTHERS:
            self.chosen.emit(target)
            return
        self.menu.clear()
        for link in line.links:
            words = QFontMetrics(self.menu.font()).elidedText(link.words, Qt.TextElideMode.ElideRight, _WIDEST)
            self.menu.addAction(words.replace("&", "&&"), partial(self.chosen.emit, link.target))
        self.menu.popup(made.mapToGlobal(QPoint(0, made.height())))

    def _write(self) -> None:
        """Write the lines in the colours and the width of now: titles are text, never markup."""
        colour = self.palette().color(QPalette.ColorRole.Link).name()
        margins = self._layout.contentsMargins()
        for made, line in zip(self.labels, self._shown, strict=True):
            width = self.width() - margins.left() - margins.right()
            width -= made.fontMetrics().horizontalAdvance(f"{line.what} ")
            count = _room(made, line, width)
            more = ""
            if count < len(line.links):
                width -= made.fontMetrics().horizontalAdvance(" and 10 more")
                count = _room(made, line, width)
                words = f"{len(line.links) - count} more"
                more = f' and <a href="{_OTHERS}" style="color: {colour}; text-decoration: none">{words}</a>'
            written = _fitted(made, line.links[:count], width)
            links = " · ".join(
                f'<a href="{escape(link.target)}" style="color: {colour}; text-decoration: none">{escape(words)}</a>'
                for link, words in zip(line.links[:count], written, strict=True)
            )
            made.setText(f"{escape(line.what)} {links}{more}")


def _room(made: QLabel, line: Line, width: int) -> int:
    """How many of the links have room enough to say something; at least one."""
    metrics = made.fontMetrics()
    needed = -metrics.horizontalAdvance(" · ")
    for place, link in enumerate(line.links[:_MOST]):
        needed += metrics.horizontalAdvance(" · ") + min(metrics.horizontalAdvance(link.words), _NARROW)
        if place and needed > width:
            return place
    return min(len(line.links), _MOST)


def _fitted(made: QLabel, links: Sequence[Link], width: int) -> list[str]:
    """The words of the links, the long ones cut so that all together have the width."""
    metrics = made.fontMetrics()
    wide = [metrics.horizontalAdvance(link.words) for link in links]
    left = width - metrics.horizontalAdvance(" · ") * (len(links) - 1)
    allowed: dict[int, int] = {}
    for done, at in enumerate(sorted(range(len(links)), key=lambda each: wide[each])):
        allowed[at] = min(wide[at], max(0, left // (len(links) - done)))
        left -= allowed[at]
    return [
        metrics.elidedText(link.words, Qt.TextElideMode.ElideRight, allowed[at] + 1) for at, link in enumerate(links)
    ]


def _entry(entry: SeriesEntry) -> Link:
    """A document of a series: the date tells it from the others, else its title."""
    return Link(entry.id, shown(entry.date) or entry.title)
