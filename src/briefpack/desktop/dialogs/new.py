"""A new pack: from which template, and for which meeting."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QTreeWidget, QTreeWidgetItem, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.theme.icons import role_icon
from briefpack.desktop.widgets.parts import column, label, named
from briefpack.errors import UserError
from briefpack.pack.dates import day_words, read_date
from briefpack.pack.edits import set_meeting
from briefpack.pack.model import Pack
from briefpack.tasks.starting import Offered, PackTemplate, TemplateSection

_NAMES = 168
_SECTIONS = 390
_HEIGHT = 380
_MOST_SAID = 3


class NewAnswer(NamedTuple):
    """The template's name, and what the meeting is called, when and where it is, who writes to whom, in the user's words."""

    template: str
    title: str
    date: str
    time: str = ""
    place: str = ""
    sender: str = ""
    recipient: str = ""

    @property
    def says_something(self) -> bool:
        """Whether the user gave more than the template."""
        return any(self[1:])


def started(pack: Pack, answer: NewAnswer) -> Pack:
    """A template's pack with the answer filled in. A date that is none is kept as written."""
    day = read_date(answer.date)
    return set_meeting(
        pack,
        title=answer.title,
        date=day,
        date_text="" if day else answer.date,
        time=answer.time,
        place=answer.place,
        sender=answer.sender,
        recipient=answer.recipient,
    )


class NewDialog(Form):
    """The templates with what is in each at the left, the meeting at the right. Args: the templates; the window."""

    def __init__(self, offered: Offered, parent: QWidget | None = None) -> None:
        super().__init__("New pack", "Create pack", parent)
        self._templates = offered.templates
        self.templates = named(QListWidget(), "Template")
        self.sections = named(_Sections(), "Sections of the template")
        self.summary = label("", "muted", wrap=True)
        self.title = self.line("Title", "", "Meeting with …")
        self.date, self.read_as = self.day("Date", "")
        self.time = self.line("Time", "", "14:00 to 14:45")
        self.place = self.line("Place", "")
        self.from_whom = self.line("From", "", "Who the briefing is from")
        self.recipient = self.line("To", "", "Whom it is for")
        self.broken = named(label(_said_of(offered.broken), "warning", wrap=True), "Templates that cannot be used")
        self.broken.setToolTip("\n".join(map(str, offered.broken)))
        self.broken.setVisible(bool(offered.broken))
        self._beside()
        self.templates.currentTextChanged.connect(self._show_template)
        self.templates.itemActivated.connect(lambda _item: self.title.setFocus(Qt.FocusReason.TabFocusReason))
        self.templates.addItems([template.name for template in self._templates.values()])
        self.templates.setCurrentRow(0)
        self.check()

    @classmethod
    def ask(cls, offered: Offered, parent: QWidget) -> NewAnswer | None:
        """What the user wants, or None."""
        dialog = cls(offered, parent)
        return dialog.answer() if dialog.asked() else None

    @property
    def template(self) -> str:
        """The name by which the chosen template is asked for; empty where there is none at all."""
        row = self.templates.currentRow()
        return list(self._templates)[row] if row >= 0 else ""

    def answer(self) -> NewAnswer:
        """What the form says now."""
        day = read_date(self.date.text())
        words = day_words(day) if day else self.date.text().strip()
        others = (self.time, self.place, self.from_whom, self.recipient)
        return NewAnswer(self.template, self.title.text().strip(), words, *(field.text().strip() for field in others))

    def problem(self) -> str:
        """Without a template there is nothing to start from."""
        return "" if self._templates else "There is no template that can be used."

    def _show_template(self) -> None:
        template = self._templates.get(self.template)
        if template is not None:
            self.summary.setText(template.summary)
            self.sections.show_template(template)

    def _beside(self) -> None:
        """Names, what is in the chosen one, and the fields, side by side."""
        self.templates.setFixedWidth(_NAMES)
        self.templates.setStyleSheet("QListView::item { padding: 6px 8px; }")
        self.sections.setFixedWidth(_SECTIONS)
        names = label("Template")
        names.setBuddy(self.templates)
        first = QWidget()
        first.setLayout(column(names, self.templates))
        second = QWidget()
        second.setLayout(column(self.summary, self.sections))
        self.summary.setMinimumHeight(self.summary.fontMetrics().lineSpacing() * 3)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.content.removeItem(self.fields)
        thirds = QHBoxLayout()
        thirds.setSpacing(24)
        thirds.addWidget(first)
        thirds.addWidget(second)
        thirds.addLayout(self.fields, 1)
        self.content.addLayout(thirds)
        self.content.addWidget(self.broken)
        fields = (self.title, self.date, self.time, self.place, self.from_whom, self.recipient)
        for one, other in pairwise((self.templates, *fields, self.sections, self.ok)):
            self.setTabOrder(one, other)
        self.templates.setFocus()
        self.resize(1010, _HEIGHT + 80)


class _Sections(QTreeWidget):
    """What a template brings: its headings, whether they must be filled, and how many words they may have. To be read."""

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(16)
        self.setIconSize(QSize(15, 15))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setItemsExpandable(False)
        self.setStyleSheet("QTreeView::branch { image: none; border-image: none; }")
        self.setMinimumHeight(_HEIGHT - 80)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)

    def show_template(self, template: PackTemplate) -> None:
        """Show another template's headings."""
        self.clear()
        path: list[tuple[int, QTreeWidgetItem]] = []
        for section in template.section:
            while path and path[-1][0] >= section.level:
                path.pop()
            item = QTreeWidgetItem(path[-1][1] if path else self, [section.title, _asked(section)])
            item.setIcon(0, role_icon(section.role))
            item.setForeground(1, QGuiApplication.palette().brush(QPalette.ColorRole.PlaceholderText))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, section.hint or section.title)
            path.append((section.level, item))
        self.expandAll()


def _asked(section: TemplateSection) -> str:
    """What is asked of a section, in few words."""
    words = f"{section.words:,} words" if section.words else ""
    return ", ".join(filter(None, ("required" if section.required else "", words)))


def _said_of(broken: Iterable[UserError]) -> str:
    """What is wrong with the templates that are not offered, by the names of their files."""
    found = list(broken)
    said = [f"{Path(error.where).name}: {error.what}." for error in found[:_MOST_SAID]]
    more = len(found) - _MOST_SAID
    return "\n".join([*said, *([f"And {more} more."] if more > 0 else [])])
