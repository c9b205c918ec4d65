"""What stands over the list of returns: how much is open, whose, which of it is listed, and about the copies."""

import itertools
from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QProgressBar, QToolButton, QVBoxLayout, QWidget

from briefpack.desktop.review.listing import NAMELESS, Grouping, Sort, State, Tally, Wanted
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.theme.people import person_colour
from briefpack.desktop.widgets.flow import FlowLayout
from briefpack.desktop.widgets.parts import holding, label, named
from briefpack.review.model import Review, Taken


class Header(QWidget):
    """Counts, people, filters. A person's button lists that person's items alone."""

    changed = Signal()
    """Something else is to be listed."""

    def __init__(self) -> None:
        super().__init__()
        self.total = named(label("", "heading"), "Open items")
        self.progress = named(QProgressBar(), "Decided")
        self.progress.setTextVisible(False)
        self.state = _choices(State, "How far items have come")
        self.sort = _choices(Sort, "Kinds of items")
        self.grouping = _choices(Grouping, "Grouped how")
        self.copies = named(QToolButton(), "About the copies")
        self.copies.setCheckable(True)
        self.copies.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.copies.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.formatting = named(label("", "muted"), "Formatting")
        self.about = named(label("", "muted", wrap=True), "What is known of the copies")
        self.about.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._people: dict[str, QToolButton] = {}
        self._known: tuple[str, ...] = ()
        self._lay_out()
        for box in (self.state, self.sort, self.grouping):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.copies.toggled.connect(self.about.setVisible)

    @property
    def wanted(self) -> Wanted:
        """What the filters say."""
        person = next((name for name, each in self._people.items() if each.isChecked()), None)
        return Wanted(
            State(self.state.currentData()),
            Sort(self.sort.currentData()),
            person,
            Grouping(self.grouping.currentData()),
        )

    def want(self, wanted: Wanted) -> None:
        """Set the filters."""
        for box, value in ((self.state, wanted.state), (self.sort, wanted.sort), (self.grouping, wanted.grouping)):
            box.setCurrentText(value.value)
        for name, each in self._people.items():
            each.setChecked(name == wanted.person)

    def show_counts(self, tallies: tuple[Tally, ...], known: tuple[str, ...]) -> None:
        """Say how much is open, in all and of each person. ``known`` is the order that colours are given by."""
        left, all_ = sum(each.open for each in tallies), sum(each.all for each in tallies)
        self.total.setText(
            f"{left:,} open of {all_:,}" if left else f"All {all_:,} decided" if all_ else "Nothing to decide"
        )
        self.progress.setRange(0, max(1, all_))
        self.progress.setValue(all_ - left)
        self.progress.setAccessibleDescription(f"{all_ - left} of {all_} decided")
        if list(self._people) != [each.name for each in tallies] or known != self._known:
            self._known = known
            self._renew_people([each.name for each in tallies])
        for each in tallies:
            shown = self._people[each.name]
            shown.setText(f"{each.name or NAMELESS}  {each.open}")
            shown.setAccessibleName(f"{each.name or NAMELESS}, {each.open} open of {each.all}")

    def show_copies(self, review: Review) -> None:
        """Say what is known of the copies that came back, and open it where something is wrong with one."""
        count, folded = len(review.returns), review.counts.format
        wrong = [*review.problems, *itertools.chain.from_iterable(each.problems for each in review.returns)]
        said = f"{count} {'copy' if count == 1 else 'copies'}"
        if wrong:
            said += f", {len(wrong)} {'problem' if len(wrong) == 1 else 'problems'}"
        self.copies.setText(f" {said}")
        self.copies.setIcon(icon("warning" if wrong else "information"))
        self.formatting.setText(
            f"{folded:,} {'change' if folded == 1 else 'changes'} of formatting folded away" if folded else ""
        )
        self.formatting.setVisible(bool(folded))
        self.about.setText("\n\n".join((*review.problems, *(copy_words(each) for each in review.returns))))

    def recolour(self) -> None:
        """The people's dots in other colours: the window went from light to dark, or back."""
        for name, each in self._people.items():
            each.setIcon(_dot(self, name, self._known))

    def _renew_people(self, names: list[str]) -> None:
        chosen = self.wanted.person
        for each in self._people.values():
            each.deleteLater()
        self._people = {name: self._person(name) for name in names}
        for name, each in self._people.items():
            each.setChecked(name == chosen)
            self._flow.addWidget(each)

    def _person(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"person {name}")
        made.setToolTip(f"List only what is from {name or NAMELESS}")
        made.setCheckable(True)
        made.setIcon(_dot(self, name, self._known))
        made.setIconSize(QSize(12, 12))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda on: self._only(name if on else None))
        return made

    def _only(self, person: str | None) -> None:
        for name, each in self._people.items():
            each.setChecked(name == person)
        self.changed.emit()

    def _lay_out(self) -> None:
        self._flow = FlowLayout(4)
        filters = FlowLayout(6)
        for each in (self._flow, filters):
            each.setContentsMargins(0, 0, 0, 0)
        for box in (self.state, self.sort, self.grouping):
            filters.addWidget(box)
        first = FlowLayout(12)
        first.setContentsMargins(0, 0, 0, 0)
        first.addWidget(self.total)
        self.total.setMinimumHeight(self.copies.sizeHint().height())
        first.addWidget(self.copies)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(holding(first))
        layout.addWidget(self.progress)
        layout.addWidget(self.about)
        layout.addWidget(holding(self._flow))
        layout.addWidget(holding(filters))
        layout.addWidget(self.formatting)
        self.about.hide()


def copy_words(taken: Taken) -> str:
    """What is known of one returned copy."""
    sent = f"issue {taken.issue}" if taken.issue else "no issue that is known"
    to = f", sent to {taken.recipient}" if taken.recipient else ""
    matched = f"{taken.matched} blocks found again"
    if taken.by_text:
        matched += f", {taken.by_text} of them by their words"
    if taken.unmatched:
        matched += f"; {taken.unmatched} not found"
    lines = [f"{taken.name}: {', '.join(name or NAMELESS for name in taken.authors) or 'nobody is named in it'}"]
    lines.append(f"Compared with {sent}{to}. {matched}.")
    return "\n".join((*lines, *taken.problems))


def _choices(kinds: Iterable[State] | Iterable[Sort] | Iterable[Grouping], name: str) -> QComboBox:
    made = named(QComboBox(), name)
    for each in kinds:
        made.addItem(each.value, each)
    return made


def _dot(widget: QWidget, name: str, known: tuple[str, ...]) -> QIcon:
    """A disc of a person's colour, sharp at the screen's scale."""
    dark = QGuiApplication.palette().window().color().lightness() < 128
    scale = widget.devicePixelRatioF()
    pixmap = QPixmap(QSize(round(12 * scale), round(12 * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(person_colour(name, known, dark=dark))
    painter.drawEllipse(QRectF(1.5, 1.5, 9, 9))
    painter.end()
    return QIcon(pixmap)
