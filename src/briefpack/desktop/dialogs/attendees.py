"""The table of who attends."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefpack.desktop.widgets.parts import button, label, named, row
from briefpack.pack.model import Person, Side

_SIDES: tuple[tuple[str, Side | None], ...] = (
    ("Our side", Side.INSIDE),
    ("Their side", Side.OUTSIDE),
    ("Not known", None),
)
_COLUMNS = ("Name", "Role", "Organisation", "Side")
_PERSON = Qt.ItemDataRole.UserRole


class Attendees(QWidget):
    """Rows of name, role, organisation and side."""

    changed = Signal()

    def __init__(self, people: tuple[Person, ...]) -> None:
        super().__init__()
        self.table = named(QTableWidget(0, len(_COLUMNS)), "Attendees")
        self.table.setHorizontalHeaderLabels(_COLUMNS)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(3, 112)
        self.add = button("Add", self._new_row, shape="add")
        self.remove = button("Remove", self._remove, shape="delete", flat=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("Attendees", "heading"))
        layout.addWidget(self.table)
        layout.addLayout(row(self.add, self.remove, None))
        for person in people:
            self._append(person)
        self.table.itemChanged.connect(lambda _item: self.changed.emit())

    def problem(self) -> str:
        """Every row that says something needs a name."""
        for at, person in enumerate(self._rows()):
            if not person.name and (person.role or person.organisation):
                return f"The attendee in row {at + 1} has no name."
        return ""

    def people(self) -> tuple[Person, ...]:
        """Everybody in the table, as attending; rows without words are left out."""
        return tuple(person for person in self._rows() if person.name)

    def _rows(self) -> list[Person]:
        return [self._person(at) for at in range(self.table.rowCount())]

    def _person(self, at: int) -> Person:
        items = [self.table.item(at, column) for column in range(3)]
        name, role, organisation = (item.text().strip() if item is not None else "" for item in items)
        known = items[0].data(_PERSON) if items[0] is not None else None
        combo = self.table.cellWidget(at, 3)
        assert isinstance(combo, QComboBox)
        side = _SIDES[combo.currentIndex()][1]
        if isinstance(known, str):
            return Person(id=known, name=name, role=role, organisation=organisation, side=side, attends=True)
        return Person(name=name, role=role, organisation=organisation, side=side, attends=True)

    def _append(self, person: Person) -> None:
        at = self.table.rowCount()
        self.table.insertRow(at)
        combo = named(QComboBox(), "Side")
        combo.addItems([words for words, _ in _SIDES])
        combo.setCurrentIndex([side for _, side in _SIDES].index(person.side))
        said = QTableWidgetItem()
        said.setFlags(said.flags() & ~Qt.ItemFlag.ItemIsEditable)
        said.setData(Qt.ItemDataRole.AccessibleTextRole, combo.currentText())  # the cell; the box is over it
        combo.currentTextChanged.connect(lambda words: said.setData(Qt.ItemDataRole.AccessibleTextRole, words))
        self.table.setCellWidget(at, 3, combo)  # first: the item tells that the row has changed, and the row is read
        self.table.setItem(at, 3, said)
        for column, words in enumerate((person.name, person.role, person.organisation)):
            item = QTableWidgetItem(words)
            item.setData(_PERSON, person.id)
            self.table.setItem(at, column, item)

    def _new_row(self) -> None:
        self._append(Person(name="", side=Side.OUTSIDE))
        at = self.table.rowCount() - 1
        self.table.setCurrentCell(at, 0)
        item = self.table.item(at, 0)
        if item is not None:
            self.table.editItem(item)
        self.changed.emit()

    def _remove(self) -> None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        for at in sorted(rows, reverse=True):
            self.table.removeRow(at)
        self.changed.emit()
