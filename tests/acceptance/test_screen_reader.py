"""The program as a screen reader has it: the real window on a display of its own, looked at over AT-SPI."""

import sys

import pytest

from briefpack.packfile import new_file, read, save
from tests.helpers.packs import rich_pack
from tests.helpers.reader import ScreenReader, is_here
from tests.helpers.screen import Screen, missing, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is Linux's")

NEED_NO_NAME = {"filler", "layered pane", "split pane", "scroll bar", "separator", "viewport", "panel", "unknown"}
"""Roles that hold others, and scroll bars: nothing of them takes the keyboard, and a screen reader passes them over."""

FORMS = {
    "ctrl+n": "New pack",
    "ctrl+d": "Meeting details",
    "ctrl+e": "Export",
    "ctrl+alt+m": "Comment",
    "ctrl+slash": "Keyboard shortcuts",
    "ctrl+k": "Find a command",
    "ctrl+g": "Go to",
}
"""Keys, and the beginning of the title of the form that they open."""


class Session:
    """The program on its screen, and the screen reader."""

    def __init__(self, screen, reader, path):
        self.screen, self.reader, self.path = screen, reader, path

    def document(self):
        return self.reader.find("text", "Briefing")

    def wait(self, so, what):
        return until(so, f"{what}; the program said: {self.screen.said}")

    def within(self, form):
        """A form and all in it."""
        return [node for node in self.reader.nodes() if node["path"][: len(form["path"])] == form["path"]]

    def dialogs(self):
        """The windows beside the main one."""
        return [node for node in self.reader.nodes() if len(node["path"]) == 1 and node["role"] != "frame"]


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """The program with a pack open."""
    absent = missing() + ([] if is_here() else ["python3-gi", "gir1.2-atspi-2.0"])
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}")
    folder = tmp_path_factory.mktemp("screen")
    path = folder / "forum.briefpack"
    save(new_file(*rich_pack()), path)
    with Screen(tmp_path_factory.mktemp("session")) as screen:
        screen.start_briefpack(path)
        screen.wait_for_window("forum")
        reader = ScreenReader(screen.environment)
        try:
            made = Session(screen, reader, path)
            made.wait(lambda: any(node["name"] == "Search the archive" for node in reader.nodes()), "no archive came")
            screen.press("Escape", "ctrl+2")  # the tour of the first start, where it is shown
            yield made
        finally:
            reader.close()


def nameless(nodes):
    """The controls without a name: ``role`` and ``path`` of each."""
    said = [node for node in nodes if node["role"] not in NEED_NO_NAME]
    tables = [node["path"] for node in nodes if node["role"] in {"table", "tree"} and _has_columns(node, nodes)]
    bare = [node for node in said if not node["name"].strip()]
    return [
        f"{node['role']} {node['path']}"
        for node in bare
        if not (
            node["role"] == "table cell" and node["path"][:-1] in tables
        )  # that nothing stands there is what it says
    ]


def _has_columns(table, nodes):
    return sum(node["role"] == "table column header" and node["path"][:-1] == table["path"] for node in nodes) > 1


def test_a_control_without_a_name_is_found():
    button = {"role": "push button", "name": " ", "path": [0, 3]}
    assert nameless([button, {"role": "filler", "name": "", "path": [0]}]) == ["push button [0, 3]"]


def test_every_control_of_the_window_has_a_name_a_role_and_states(session):
    nodes = session.reader.nodes()
    assert nameless(nodes) == []
    assert all(node["role"] not in {"unknown", "invalid"} and node["states"] for node in nodes)
    roles = {node["role"] for node in nodes}
    assert {"menu bar", "tool bar", "status bar", "tree", "list", "page tab", "text", "push button"} <= roles
    assert len(nodes) > 80, "the whole window was walked"


@pytest.mark.parametrize("keys", FORMS)
def test_every_control_of_a_form_has_a_name_and_the_keyboard_is_in_it(session, keys):
    session.screen.press("ctrl+2")
    session.screen.press(keys)
    (form,) = session.wait(session.dialogs, f"{keys} opened nothing")
    try:
        assert form["name"].startswith(FORMS[keys])
        inside = session.within(form)
        if nameless(inside):  # a form that is still being filled is looked at again
            inside = session.wait(lambda: session.within(form), "the form went")
        assert nameless(inside) == []
        assert len(inside) > 2
        assert any("focused" in node["states"] for node in inside), "the keyboard is in the form"
    finally:
        session.screen.press("Escape")
        session.wait(lambda: not session.dialogs(), "Escape did not close the form")


def test_words_typed_through_the_accessibility_bus_are_written(session):
    document = session.document()
    assert "editable" in document["states"]
    at = document["text"].index("Winter programme")
    session.reader.type_into(document["path"], at, "Deep ")
    session.wait(lambda: "Deep Winter programme" in session.document()["text"], "the words did not come")
    outline = session.wait(
        lambda: [node for node in session.reader.nodes() if node["name"].startswith("Item 1: Deep Winter programme")],
        "the outline did not hear of it",
    )
    assert outline[0]["role"] == "table cell"
    session.screen.press("ctrl+2", "ctrl+z")
    session.wait(lambda: "Deep Winter" not in session.document()["text"], "the words could not be undone")


def test_a_comment_is_made_by_keys_and_read_back_over_the_bus(session):
    session.screen.press("ctrl+2", "ctrl+End")
    session.screen.type("Ends here")
    session.wait(lambda: session.document()["text"].endswith("Ends here"), "nothing was typed")
    session.screen.press("ctrl+shift+Left", "ctrl+alt+m")
    session.wait(session.dialogs, "no form of a comment came")
    session.screen.type("Who says so?")
    session.screen.press("ctrl+Return")
    session.wait(lambda: not session.dialogs(), "the comment was not taken")
    session.screen.press("ctrl+4")
    said = session.wait(
        lambda: [node for node in session.reader.nodes() if "Who says so?" in node["name"]], "no such comment is told"
    )
    assert said[0]["role"] == "list item"
    assert "on “here”" in said[0]["name"]
    session.screen.press("ctrl+s")
    session.wait(lambda: any(c.text == "Who says so?" for c in read(session.path).pack.comments), "it was not saved")


def test_the_program_complained_of_nothing(session):
    assert session.screen.complaints == []
