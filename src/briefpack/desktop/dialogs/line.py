"""A line to take, or several at once: who owns it, how far it has come, and when it goes off."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.lines.listing import owners, shortened
from briefpack.desktop.widgets.parts import label
from briefpack.pack.dates import day_words, moment_words, read_moment
from briefpack.pack.model import Line, LineBlock, Pack, Status

_DIFFER = "They differ; leave it empty to keep each"
_SHOWN = 100
_END_OF_DAY = dt.time(23, 59)


class _Moment(NamedTuple):
    """A field for a day and time: where it is typed, how it is understood, and the time of a day that is typed alone."""

    field: QLineEdit
    read_as: QLabel
    otherwise: dt.time

    def time(self) -> dt.datetime | None:
        """What is typed, as a time; None where it is none."""
        return read_moment(self.field.text(), otherwise=self.otherwise)


class LineDialog(Form):
    """Every field that the lines agree on is filled in; one in which they differ is empty, and left alone if it stays so.

    Args:
        pack: the pack.
        blocks: the ids of one or several lines of it.
        parent: the window.
        field: the name of the field that the keyboard begins at; the owner where empty.
    """

    def __init__(self, pack: Pack, blocks: Collection[str], parent: QWidget | None = None, field: str = "") -> None:
        held = [block for block in pack.body if block.id in blocks and isinstance(block, LineBlock)]
        several = len(held) > 1
        super().__init__("Lines" if several else "Line", "Save", parent)
        self._lines = [block.line or Line() for block in held]
        self._day = pack.meeting.date
        self._typed: dict[str, QLineEdit] = {}
        self._moments: dict[str, _Moment] = {}
        shown = f"{len(held)} lines" if several else f"“{shortened(held[0].text.string, _SHOWN)}”"
        self.fields.addRow(label("On"), label(shown, "muted", wrap=True))
        self.owner = self._words("Owner", "owner", "Who answers for these words")
        self.owner.setCompleter(QCompleter(list(owners(pack)), self.owner))
        self.status = self.add("Status", QComboBox())
        self._fill_status()
        self.cleared_by = self._words("Cleared by", "cleared_by")
        self.as_at = self._moment("As at", "as_at", dt.time())
        self.good_until = self._moment("Good until", "good_until", _END_OF_DAY)
        self.changes_when = self._words("Changes when", "changes_when", "An event: after the Budget")
        self._before = {name: field.text() for name, field in self._typed.items()}
        self.status.currentIndexChanged.connect(self.check)
        self.resize(520, 0)
        first = self.status if field == "status" else self._typed.get(field, self.owner)
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()
        self.check()

    @classmethod
    def ask(cls, pack: Pack, blocks: Collection[str], parent: QWidget, field: str = "") -> dict[str, object] | None:
        """The fields of :class:`~briefpack.pack.model.Line` that the user changed, or None."""
        dialog = cls(pack, blocks, parent, field)
        return dialog.changes() if dialog.asked() else None

    def changes(self) -> dict[str, object]:
        """What is to be set on every one of the lines. A field that was not touched is not among it."""
        changed: dict[str, object] = {}
        for name, field in self._typed.items():
            if field.text() != self._before[name]:
                moment = self._moments.get(name)
                changed[name] = moment.time() if moment else field.text().strip()
        status = self.status.currentData()
        if status is not None and any(line.status != status for line in self._lines):
            changed["status"] = Status(status)
        return changed

    def problem(self) -> str:
        """A time that cannot be read, times in the wrong order, a draft that somebody is said to have cleared."""
        for name, moment in self._moments.items():
            if moment.field.text().strip() and moment.time() is None:
                example = f"{self._day or dt.date(2020, 3, 18):%d/%m/%Y} 09:00"
                return f"“{_TITLES[name]}” is not a day that can be read. Write it as {example}."
        as_at, until = (self._moments[name].time() for name in ("as_at", "good_until"))
        if as_at and until and until < as_at:
            return "The line goes off before the time that it is right for."
        if self.status.currentData() == Status.DRAFT and self.cleared_by.text().strip():
            return "A draft has not been cleared by anybody: set the status to Cleared, or empty “Cleared by”."
        return ""

    def check(self) -> None:
        """Say how times are understood, too."""
        for moment in self._moments.values():
            time, typed = moment.time(), moment.field.text().strip()
            words = moment_words(time, weekday=True) if time else ""
            if time and moment is self._moments["good_until"] and time < dt.datetime.now():  # noqa: DTZ005 - as typed
                words += ", which is past"
            moment.read_as.setText("" if words == typed else words)
            self.fields.setRowVisible(moment.read_as, bool(moment.read_as.text()))
        super().check()

    def _fill_status(self) -> None:
        same = self._same("status")
        if same is None:
            self.status.addItem("They differ", None)
        for status in Status:
            self.status.addItem(status.value.capitalize(), status.value)
        self.status.setCurrentIndex(max(0, self.status.findData(same)))

    def _same(self, name: str) -> object:
        """What all lines say of a field; None where they differ."""
        values = {getattr(line, name) for line in self._lines}
        return values.pop() if len(values) == 1 else None

    def _words(self, title: str, name: str, hint: str = "") -> QLineEdit:
        same = self._same(name)
        value = moment_words(same) if isinstance(same, dt.datetime) else str(same or "")
        differ = len({getattr(line, name) for line in self._lines}) > 1
        made = self.line(title, value, _DIFFER if differ else hint)
        self._typed[name] = made
        return made

    def _moment(self, title: str, name: str, otherwise: dt.time) -> QLineEdit:
        made = self._words(title, name, f"{day_words(self._day or dt.date(2020, 3, 18))}, 09:00")
        read_as = label("", "muted", wrap=True)
        self.fields.addRow("", read_as)
        self._moments[name] = _Moment(made, read_as, otherwise)
        return made


_TITLES = {"as_at": "As at", "good_until": "Good until"}
