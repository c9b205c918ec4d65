"""A briefing is put together in the real window with nothing but the keyboard, and the actions are counted."""

import sys

import pytest

from briefpack.pack.model import ListItem
from briefpack.packfile import read
from tests.helpers.counting import Keyboard
from tests.helpers.reader import ScreenReader, is_here
from tests.helpers.screen import Screen, missing, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the screen is Linux's")

FACTS = {
    "reservoir": "Low reservoir levels closed 412 miles of canal in 2025.",
    "keeper": "Two in five lock keeper posts are vacant.",
    "dredging": "All dredging fell by a third in four years.",
    "barges": "Freight barges carry 9 tonnes in 100.",
    "tolls": "Boaters say that tolls have doubled since 2019.",
    "towpath": "Every towpath mile costs £4,000 a year.",
}
"""A word to look for, and the sentence that is wanted of the article that has it."""

COUNTS = {"A": 13, "archive": 5, "B": 33, "G": 5, "I": 5}
"""Actions, by the steps of the table in benchmarks/README.md. A change for the worse is seen here."""


class Count:
    """Counts what it is told to press, without a screen."""

    def press(self, *keys):
        pass

    def type(self, words):
        pass


def test_what_counts_as_one_action():
    keyboard = Keyboard(Count())
    keyboard.begin("A")
    keyboard.press("ctrl+n", "Tab", "Tab", "Return")
    keyboard.type("many words at once")
    keyboard.begin("B")
    keyboard.press("Tab")
    assert keyboard.counts == {"A": 4, "B": 1}
    assert keyboard.total == 5


class Day:
    """The program on its screen with an empty desk, the keyboard, and a screen reader to see by."""

    def __init__(self, screen, folder):
        self.screen, self.folder, self.keyboard = screen, folder, Keyboard(screen)
        self.path = folder / "forum.briefpack"
        self.reader = ScreenReader(screen.environment)

    def wait(self, so, what):
        return until(so, f"{what}; the program said: {self.screen.said}")

    def see(self, words, role=""):
        """Wait until words stand in the name or text of a control."""
        return self.wait(
            lambda: [
                node
                for node in self.reader.nodes()
                if role in ("", node["role"]) and (words in node["name"] or words in (node["text"] or ""))
            ],
            f"“{words}” was not seen",
        )

    def form(self, title):
        """Wait for a form, or with ``""`` until there is none."""

        def is_there():
            names = [node["name"] for node in self.windows()]
            return any(name.startswith(title) for name in names) if title else not names

        try:
            self.wait(is_there, f"no form {title!r}")
        except AssertionError as error:
            seen = [(node["role"], node["name"]) for node in self.reader.nodes() if node["path"][:1] > [0]]
            raise AssertionError(f"{error}; there are {seen}, and the keyboard is in {self.focused()}") from None
        self.screen.settle()

    def focused(self):
        return [(node["role"], node["name"]) for node in self.reader.nodes() if "focused" in node["states"]]

    def windows(self):
        return [node for node in self.reader.nodes() if len(node["path"]) == 1 and node["role"] != "frame"]


@pytest.fixture
def day(tmp_path_factory):
    """A folder of articles, and the program without a pack."""
    absent = missing() + ([] if is_here() else ["python3-gi", "gir1.2-atspi-2.0"])
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}")
    folder = tmp_path_factory.mktemp("day")
    for word, fact in FACTS.items():
        words = f"On {word}\n\n1 March 2026\n\nThe forum met in Easton. {fact} It wants to meet.\n"
        (folder / f"{word}.txt").write_text(words, encoding="utf-8")
    with Screen(tmp_path_factory.mktemp("session")) as screen:
        screen.start_briefpack()
        screen.wait_for_window("Briefpack")
        day = Day(screen, folder)
        try:
            yield day
        finally:
            day.reader.close()


def start(day):
    """A: a pack from a template, with title, date, time and place; saved."""
    day.keyboard.begin("A")
    day.keyboard.press("ctrl+n")
    day.form("New pack")
    for words in ("Meeting with the forum", "18/03/2031", "10:00", "Room 4"):
        day.keyboard.press("Tab")
        day.keyboard.type(words)
    day.keyboard.press("Return")
    day.form("")
    day.see("Briefing", "text")
    leave_tour(day)
    day.keyboard.press("ctrl+s")
    day.form("Save")
    day.keyboard.type(str(day.path))
    day.keyboard.press("Return")
    day.wait(day.path.exists, "the pack was not saved")


def leave_tour(day):
    """The tour of the first start has the keyboard, and gives it back on Escape. It comes once in a life: not counted."""
    if ("push button", "Next") in day.focused():
        day.screen.press("Escape")
    day.wait(lambda: ("text", "Briefing") in day.focused(), "the document has not got the keyboard")


def fill_archive(day):
    """The articles go into the archive."""
    day.keyboard.begin("archive")
    day.keyboard.press("ctrl+k")
    day.form("Find a command")
    day.keyboard.type("add documents")
    day.keyboard.press("Return")
    day.form("Add documents")
    day.keyboard.type(" ".join(f'"{day.folder / word}.txt"' for word in FACTS))
    day.keyboard.press("Return")
    day.form("")


def place_facts(day):
    """B: each fact is found, its sentence taken, and put under lines to take with its source."""
    day.keyboard.begin("B")
    day.keyboard.press("ctrl+g")
    day.form("Go to")
    day.keyboard.type("lines to take")
    day.keyboard.press("Return")
    day.form("")
    for word, fact in FACTS.items():
        day.keyboard.press("ctrl+shift+f")
        day.keyboard.type(word)
        day.see(f"On {word}", "list item")
        day.keyboard.press("Return")
        day.see(fact, "text")
        day.keyboard.press("ctrl+shift+e", "ctrl+Return")
        day.wait(lambda fact=fact: fact in document(day), f"{fact} was not placed")


def comment(day):
    """G: a note to the reviewers on the words of a line."""
    day.keyboard.begin("G")
    day.keyboard.press("ctrl+2", "shift+Home", "ctrl+alt+m")
    day.form("Comment")
    day.keyboard.type("Likely to change")
    day.keyboard.press("ctrl+Return")
    day.form("")


def send(day):
    """I: a copy for reviewers, with tracking on, kept in the pack."""
    day.keyboard.begin("I")
    day.keyboard.press("ctrl+s", "ctrl+e")
    day.form("Export")
    day.keyboard.press("Tab", "Down", "Return")
    day.form("")


def document(day):
    return next(n["text"] for n in day.reader.nodes() if n["role"] == "text" and n["name"] == "Briefing")


def test_a_briefing_is_put_together_by_keyboard(day):
    start(day)
    fill_archive(day)
    place_facts(day)
    comment(day)
    send(day)
    day.wait(lambda: read(day.path).pack.issues, "no copy was kept")
    pack = read(day.path).pack
    assert [clip.words for clip in pack.clips] == list(FACTS.values())
    lines = [block.text.string for block in pack.body if isinstance(block, ListItem)]
    assert set(FACTS.values()) <= set(lines)
    assert pack.meeting.title == "Meeting with the forum"
    assert pack.meeting.time == "10:00"
    assert [each.text for each in pack.comments] == ["Likely to change"]
    assert next(day.folder.glob("*.docx")).stat().st_size > 10_000
    assert day.keyboard.counts == COUNTS
    assert day.screen.complaints == []
