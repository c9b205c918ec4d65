"""The form on an archived document: what is derived of it, and what the user knows better."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from briefpack.archive import UNDATED, DateOrigin, DateSpan, Details, Document, Kind, TagSuggestion, read_span, shown
from briefpack.archive.corrections import Fields
from briefpack.archive.dates import flags_of
from briefpack.archive.regions import REGIONS
from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.widgets.flow import FlowLayout
from briefpack.desktop.widgets.parts import holding, label, named, row, tool

_NOT_KNOWN = "Not known"
_OFFERED = 6
_FORMS = "18/03/2020, November 2017, 2017, or 1 April 2017 to 28 April 2017"
_FROM = {
    DateOrigin.STATED: "as the document states it",
    DateOrigin.TITLE: "from its title",
    DateOrigin.TEXT: "from its opening words",
    DateOrigin.BOUNDED: "from its neighbours in the file",
    DateOrigin.USER: "given by you",
}


class Change(NamedTuple):
    """What the user changed: corrections, the fields that go back to what is derived, and the file's publisher.

    ``publisher`` is None where it stays, and empty where nobody is named any more.
    """

    corrections: Fields
    back: tuple[str, ...]
    publisher: str | None


class DocumentForm(Form):
    """Title, date, kind, region, people and tags of a document, and who published its file.

    Args:
        details: the document as it is and as it is derived.
        parent: the window.
    """

    def __init__(self, details: Details, parent: QWidget | None = None) -> None:
        super().__init__("Document details", "Save", parent)
        self._details = details
        self._backs: list[tuple[QToolButton, str]] = []
        now, derived = details.document, details.derived
        self.title = self._line("Title", "title", now.title, derived.title)
        self.date = self._line("Date", "date", shown(now.date), shown(derived.date), hint=_FORMS)
        self.about_date = named(label("", "muted", wrap=True), "About the date")
        self.fields.addRow("", self.about_date)
        self.kind = self._choice("Kind", "kind", [kind.value for kind in Kind], now.kind, derived.kind)
        self.region = self._choice("Region", "region", list(REGIONS), now.region, derived.region)
        self.people = self._people(now, derived)
        self.tags = self._line("Tags", "tags", ", ".join(now.tags), ", ".join(derived.tags), hint="Parted by commas")
        self.offers = FlowLayout()
        self._offer(details.suggestions)
        self.publisher = self.line("Publisher", details.publisher, details.otherwise)
        self.publisher.setToolTip(f"Who published what is in the file “{details.file.name}”")
        self.fields.addRow("", label(f"Of all documents in the file “{details.file.name}”.", "muted", wrap=True))
        self.setMinimumWidth(600)
        self.check()

    @classmethod
    def ask(cls, details: Details, parent: QWidget) -> Change | None:
        """What the user changes about a document; None for nothing."""
        form = cls(details, parent)
        return form.answer() if form.asked() else None

    def problem(self) -> str:
        """A title without letters, or what is no date."""
        self._show_date()
        self._show_backs()
        if not self.title.text().strip():
            return "A title cannot be empty."
        words = self.date.text()
        try:
            read_span(words)
        except ValueError:
            return f"“{words.strip()}” is no date. Write it as {_FORMS}."
        if flags := flags_of(words):
            return f"{flags[0]}."
        return ""

    def answer(self) -> Change | None:
        """What differs from what the document has; None where nothing does."""
        now, derived = self._values(self._details.document), self._values(self._details.derived)
        given = self._typed()
        changed = {field: value for field, value in given.items() if value != now[field]}
        back = tuple(each for each in changed if changed[each] == derived[each] and each in self._details.corrected)
        corrections: Fields = {field: value for field, value in changed.items() if field not in back}  # type: ignore[assignment]  # its keys are those of Fields
        name = " ".join(self.publisher.text().split())
        publisher = name if name != self._details.publisher else None
        if publisher is not None and "source" in self._details.corrected:
            back = (*back, "source")  # else the name of this document alone would go on standing over the file's
        return Change(corrections, back, publisher) if corrections or back or publisher is not None else None

    def _typed(self) -> dict[str, object]:
        """What the fields say, as a document has it."""
        kind = self.kind.currentData()
        return {
            "title": " ".join(self.title.text().split()),
            "date": _days(read_span(self.date.text())),
            "kind": Kind(kind) if kind else None,
            "region": self.region.currentData(),
            "people": _parted(self.people.toPlainText(), "\n"),
            "tags": _parted(self.tags.text(), ","),
        }

    @staticmethod
    def _values(document: Document) -> dict[str, object]:
        """The same of a document."""
        return {
            "title": document.title,
            "date": _days(document.date),
            "kind": document.kind,
            "region": document.region,
            "people": document.people,
            "tags": document.tags,
        }

    def _line(self, text: str, field: str, value: str, derived: str, hint: str = "") -> QLineEdit:
        made = QLineEdit(value, placeholderText=hint)
        made.setCursorPosition(0)
        made.textChanged.connect(self.check)
        self._with_back(text, made, field, derived, lambda: made.setText(derived))
        return made

    def _choice(self, text: str, field: str, values: list[str], value: str | None, derived: str | None) -> QComboBox:
        """A value of a list; one that the list does not have is part of it while it is the document's."""
        made = QComboBox()
        made.addItem(_NOT_KNOWN, None)
        for each in dict.fromkeys((*values, *filter(None, (value, derived)))):
            made.addItem(_capital(each), each)
        made.setCurrentIndex(made.findData(value))
        made.currentIndexChanged.connect(self.check)
        self._with_back(text, made, field, _capital(derived), lambda: made.setCurrentIndex(made.findData(derived)))
        return made

    def _people(self, now: Document, derived: Document) -> QPlainTextEdit:
        made = QPlainTextEdit("\n".join(now.people), placeholderText="A name a line")
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * 2 + 24)
        made.textChanged.connect(self.check)
        words = "\n".join(derived.people)
        self._with_back("People", made, "people", ", ".join(derived.people), lambda: made.setPlainText(words))
        return made

    def _with_back(self, text: str, widget: QWidget, field: str, derived: str, act: Callable[[], object]) -> None:
        """A field and, beside it, the way back to what is derived, which can be used where the field says otherwise."""
        back = tool(
            f"{text}: back to what was derived", "undo", act, f"Back to what was derived: {derived or 'nothing'}"
        )
        made = label(text)
        made.setBuddy(widget)
        self.fields.addRow(made, holding(row(named(widget, text), back, spacing=4)))
        self._backs.append((back, field))

    def _show_backs(self) -> None:
        """Let each way back be used that leads anywhere."""
        derived = self._values(self._details.derived)
        try:
            typed = self._typed()
        except ValueError:
            typed = self._values(self._details.document) | {"date": None}
        for back, field in self._backs:
            back.setEnabled(typed[field] != derived[field])

    def _show_date(self) -> None:
        """Say how what is typed is understood, and what was derived from where."""
        derived = self._details.derived.date
        origin = _FROM.get(derived.origin) if derived.origin else ""
        parts = [
            f"Derived: {shown(derived)}, {origin}." if derived != UNDATED else "No date was found in the document."
        ]
        try:
            typed = read_span(self.date.text())
        except ValueError:
            typed = UNDATED
        if typed != UNDATED and _days(typed) != _days(derived):
            parts.insert(0, f"{_capital(shown(typed))}.")
        self.about_date.setText(" ".join(parts))

    def _offer(self, suggestions: tuple[TagSuggestion, ...]) -> None:
        """Tags that the document might have, each added by one click."""
        for each in suggestions[:_OFFERED]:
            chip = named(QToolButton(), f"Add the tag {each.label}", f"Add this tag: {each.why}")
            chip.setProperty("kind", "chip")
            chip.setText(f"+ {each.label.replace('&', '&&')}")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, chip=chip, tag=each.label: self._take(chip, tag))
            self.offers.addWidget(chip)
        if suggestions:
            offers = holding(self.offers)
            self.offers.setContentsMargins(0, 0, 0, 0)
            self.fields.addRow(QLabel(""), offers)

    def _take(self, chip: QToolButton, tag: str) -> None:
        """Add a tag that was offered; the keyboard goes to the tags."""
        self.tags.setText(", ".join((*_parted(self.tags.text(), ","), tag)))
        self.offers.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.tags.setFocus(Qt.FocusReason.OtherFocusReason)


def _days(span: DateSpan) -> DateSpan:
    """The days of a date, however it is known."""
    return replace(span, origin=None, text="")


def _parted(words: str, by: str) -> tuple[str, ...]:
    """The names in a text, once each."""
    return tuple(dict.fromkeys(each for part in words.split(by) if (each := " ".join(part.split()))))


def _capital(value: str | None) -> str:
    """A value as a choice shows it."""
    return value[:1].upper() + value[1:] if value else _NOT_KNOWN
