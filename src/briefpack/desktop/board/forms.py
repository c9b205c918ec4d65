"""The forms of the board: a topic, the body, and where the table goes."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from briefpack.archive import SavedSearch
from briefpack.archive.query import written
from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.widgets.parts import label
from briefpack.pack.board import Board, Topic
from briefpack.pack.model import Pack
from briefpack.pack.outline import lines, sections
from briefpack.pack.roles import HOLDS_LINES

_MOST = 90


class TopicForm(Form):
    """One topic: its name, the search that finds documents on it, and the item of the pack that it belongs to.

    Args:
        pack: the pack.
        topic: the topic, or a new one.
        saved: searches that may be taken.
        parent: the window.
    """

    def __init__(self, pack: Pack, topic: Topic, saved: Sequence[SavedSearch], parent: QWidget | None = None) -> None:
        known = pack.board.topic(topic.id) is not None
        super().__init__("Topic" if known else "Add a topic", "Save" if known else "Add", parent)
        self._pack, self._topic = pack, topic
        self._saved = tuple(saved)
        self.name = self.line("Name", topic.name, "Low water")
        self.query = self.line("Search", topic.query, "What finds documents on it in the archive")
        self.searches = self.add("From a saved search", QComboBox())
        self.searches.addItem("None", None)
        for search in self._saved:
            self.searches.addItem(_short(search.name), search)
        self.fields.setRowVisible(self.searches, bool(self._saved))
        self.item = self.add("Item", QComboBox())
        self.item.addItem("None", "")
        for depth, title, heading in _items(pack):
            self.item.addItem(f"{'    ' * depth}{_short(title)}", heading)
        self.item.setCurrentIndex(max(0, self.item.findData(topic.heading)))
        self.ours = self.add("Our line", QComboBox())
        self.fields.addRow(
            "",
            label("Clips under the item are their words on the topic; its lines to take are ours.", "muted", wrap=True),
        )
        self.item.currentIndexChanged.connect(self._fill_lines)
        self.searches.activated.connect(self._take_search)
        self._fill_lines()
        self.ours.setCurrentIndex(max(0, self.ours.findData(topic.line)))
        self.resize(560, 0)
        self.name.setFocus()
        self.check()

    @classmethod
    def ask(cls, pack: Pack, topic: Topic, saved: Sequence[SavedSearch], parent: QWidget) -> Topic | None:
        """The topic as the user wants it, or None."""
        form = cls(pack, topic, saved, parent)
        return form.topic() if form.asked() else None

    def topic(self) -> Topic:
        """What is typed."""
        return replace(
            self._topic,
            name=self.name.text().strip(),
            query=self.query.text().strip(),
            heading=self.item.currentData(),
            line=self.ours.currentData(),
        )

    def problem(self) -> str:
        """A topic has a name of its own, and something to be filled from."""
        name = self.name.text().strip()
        if not name:
            return "Give the topic a name."
        others = (each.name.casefold() for each in self._pack.board.topics if each.id != self._topic.id)
        if name.casefold() in others:
            return "There is a topic of that name already."
        if not self.query.text().strip() and not self.item.currentData() and not self._topic.picked:
            return "Write a search, or choose an item of the pack, or both."
        return ""

    def check(self) -> None:
        """A search is another one when it is typed in."""
        if self.searches.currentData() and written(self.searches.currentData()) != self.query.text():
            self.searches.setCurrentIndex(0)
        super().check()

    def _take_search(self, _at: int) -> None:
        search: SavedSearch | None = self.searches.currentData()
        if search is not None:
            self.query.setText(written(search))
            if not self.name.text().strip():
                self.name.setText(search.name)

    def _fill_lines(self) -> None:
        kept = self.ours.currentData()
        self.ours.clear()
        self.ours.addItem("All lines under the item", "")
        for block, words in _lines(self._pack, self.item.currentData()):
            self.ours.addItem(_short(words), block)
        self.ours.setCurrentIndex(max(0, self.ours.findData(kept)))
        self.check()


class BodyForm(Form):
    """Whose words the board is about, and what narrows all its searches.

    Args:
        pack: the pack; the organisations in it are offered.
        parent: the window.
    """

    def __init__(self, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__("Whose words?", "Save", parent)
        self.body = self.line("Body", pack.board.body, "Harbour Towns Forum")
        bodies = dict.fromkeys(person.organisation for person in pack.people if person.organisation)
        self.body.setCompleter(QCompleter(list(bodies), self.body))
        self.query = self.line("Only documents with", pack.board.query, "source:forum")
        hint = "Every search of the board is narrowed by this: source:, person:, kind:, after: or words."
        self.fields.addRow("", label(hint, "muted", wrap=True))
        self.resize(520, 0)
        self.check()

    @classmethod
    def ask(cls, pack: Pack, parent: QWidget) -> Board | None:
        """The board with the body as the user wants it, or None."""
        form = cls(pack, parent)
        if not form.asked():
            return None
        return replace(pack.board, body=form.body.text(), query=form.query.text())


class PlaceForm(Form):
    """Where in the document the table goes.

    Args:
        pack: the pack.
        parent: the window.
    """

    def __init__(self, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__("Put in the pack", "Put", parent)
        self.place = self.add("Where", QComboBox())
        self.place.addItem("At the cursor", "")
        for depth, title, heading in _items(pack):
            self.place.addItem(f"{'    ' * depth}Under “{_short(title)}”", heading)
        hint = "A table: each topic, the last two things they said with speaker and date, and our first two lines."
        self.fields.addRow("", label(hint, "muted", wrap=True))
        self.resize(480, 0)
        self.check()

    @classmethod
    def ask(cls, pack: Pack, parent: QWidget) -> str | None:
        """The id of the heading under which it goes, empty for the cursor; None for nowhere."""
        form = cls(pack, parent)
        return str(form.place.currentData()) if form.asked() else None


class PickForm(Form):
    """For which topic words are picked.

    Args:
        pack: the pack; its board has topics.
        words: the words.
        parent: the window.
    """

    def __init__(self, pack: Pack, words: str, parent: QWidget | None = None) -> None:
        super().__init__("Pick for the board", "Pick", parent)
        self.fields.addRow(label("Words"), label(f"“{_short(words)}”", "muted", wrap=True))
        self.topic = self.add("Topic", QComboBox())
        for topic in pack.board.topics:
            self.topic.addItem(_short(topic.name), topic.id)
        self.topic.addItem("A new topic…", "")
        self.resize(480, 0)
        self.check()

    @classmethod
    def ask(cls, pack: Pack, words: str, parent: QWidget) -> str | None:
        """The id of the topic, empty for a new one; None for none."""
        form = cls(pack, words, parent)
        return str(form.topic.currentData()) if form.asked() else None


def _items(pack: Pack) -> list[tuple[int, str, str]]:
    """The headings that words can stand under: how deep, what they say, and their ids. Not those of lines to take."""
    return [
        (section.heading.level - 1, section.heading.text.string, section.heading.id)
        for section in sections(pack)
        if section.heading.text.string.strip() and section.heading.role not in HOLDS_LINES
    ]


def _lines(pack: Pack, heading: str) -> list[tuple[str, str]]:
    """The lines to take under a heading; without one, all."""
    section = next((each for each in sections(pack) if each.heading.id == heading), None)
    inside = {block.id for block in pack.body[section.start : section.end]} if section else None
    return [
        (placed.block.id, placed.block.text.string)
        for placed in lines(pack)
        if inside is None or placed.block.id in inside
    ]


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _MOST else f"{words[:_MOST].rstrip()}…"
