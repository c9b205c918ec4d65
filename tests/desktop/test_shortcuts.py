"""Keys that the user chose instead of the catalogue's."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from briefpack.desktop.actions.catalogue import ALL
from briefpack.desktop.actions.keys import changed, holder, keys_of, refused, with_keys, without_choice
from briefpack.desktop.actions.spec import Menu
from briefpack.desktop.dialogs.shortcuts import ShortcutsDialog
from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import text

pytestmark = pytest.mark.usefixtures("qapp")  # a system's own keys are known once there is an application
SPECS = {spec.id: spec for spec in ALL}
BOLD, ITALIC, TABLE = SPECS["format.bold"], SPECS["format.italic"], SPECS["insert.table"]


def test_keys_of_the_catalogue_are_all_allowed():
    """Nothing that ships is refused to the user."""
    assert {key: refused(key) for spec in ALL for key in spec.shortcuts if refused(key)} == {}


@pytest.mark.parametrize("keys", ["", "A", "Shift+A", "Left", "Ctrl+Right", "Ctrl+A", "Return", "Shift+Tab"])
def test_keys_that_type_are_refused(keys):
    """No action takes a letter or the caret's movements."""
    assert refused(keys)


def test_keys_are_taken_from_who_had_them():
    """One key never does two things."""
    chosen = with_keys({}, TABLE, "Ctrl+B")
    assert chosen == {"insert.table": ("Ctrl+B",), "format.bold": ()}
    assert holder("Ctrl+B", chosen) is TABLE
    assert keys_of(BOLD, chosen) == ()


def test_as_it_was_takes_its_keys_back():
    """Bold has Ctrl+B again, and the other is without."""
    chosen = without_choice(with_keys({}, TABLE, "Ctrl+B"), BOLD)
    assert chosen == {}, "a table has no keys in the catalogue either"
    swapped = with_keys(with_keys({}, ITALIC, "Ctrl+B"), BOLD, "Ctrl+I")
    assert swapped == {"format.italic": ("Ctrl+B",), "format.bold": ("Ctrl+I",)}
    assert without_choice(swapped, BOLD) == {"format.italic": ()}


def test_what_is_no_choice_is_not_kept():
    """Names that are none, and keys that are the catalogue's."""
    assert changed({"format.bold": BOLD.shortcuts, "was.removed": ("Ctrl+9",), "insert.table": ("F4",)}) == {
        "insert.table": ("F4",)
    }


def test_every_command_is_on_the_page(qtbot):
    """Under its menu, with its keys."""
    page = _page(qtbot, {})
    listed = {(item.parent().text(0), item.text(0), item.text(1)) for item in page._items()}
    assert len(listed) == len(ALL)
    assert ("File", "Save", QKeySequence("Ctrl+S").toString(QKeySequence.SequenceFormat.NativeText)) in listed
    assert {menu for menu, _, _ in listed} == {menu.value.replace("&", "") for menu in Menu}


def test_searching_the_page(qtbot):
    """By words of the command, or by its keys."""
    page = _page(qtbot, {})
    qtbot.keyClicks(page.search, "bold")
    assert [item.text(0) for item in page._items() if not item.isHidden()] == ["Bold"]
    page.search.setText("f11 nothing such")
    assert all(page.tree.topLevelItem(at).isHidden() for at in range(page.tree.topLevelItemCount()))


def test_changing_keys_in_the_window(desktop, opened, qtbot):
    """Typed into the page, they count at once, also after the next start; the old ones do nothing."""
    opened(Pack(body=(Paragraph(text=text("words")),)))
    window = desktop.window
    page = _page(qtbot, {}, window.viewing._keep_keys)
    _select(page, "Bold")
    qtbot.keyClick(page.keys, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert "will answer" in page.message.text()
    qtbot.mouseClick(page.set, Qt.MouseButton.LeftButton)
    assert [keys.toString() for keys in window.actions_["format.bold"].shortcuts()] == ["Ctrl+Alt+G"]
    assert "Ctrl+Alt+G" in window.actions_["format.bold"].toolTip()
    assert window.settings.keys == {"format.bold": ("Ctrl+Alt+G",)}
    page.close()
    window.editor.selectAll()
    qtbot.keyClick(window.editor, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert desktop.workspace.pack.body[0].text.marks
    qtbot.keyClick(window.editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert desktop.workspace.pack.body[0].text.marks, "the old keys do not take it back"


def test_chosen_keys_are_there_at_the_next_start(desktop, make_desktop):
    """They are kept with the other settings."""
    desktop.window.settings.keys = {"format.bold": ("F4",), "edit.find": ()}
    again = make_desktop().window.actions_
    assert [keys.toString() for keys in again["format.bold"].shortcuts()] == ["F4"]
    assert again["edit.find"].shortcuts() == []


def test_keys_of_another_command_are_said_to_be_so(qtbot):
    """Before they are taken from it."""
    page = _page(qtbot, {})
    _select(page, "Table")
    page.keys.setKeySequence(QKeySequence("Ctrl+B"))
    assert "“Bold” has these keys" in page.message.text()
    page.set.click()
    assert page.chosen == {"insert.table": ("Ctrl+B",), "format.bold": ()}
    assert page.reset_all.isEnabled()
    page.reset_all.click()
    assert page.chosen == {}


def test_keys_that_type_cannot_be_used(qtbot):
    """The button stays grey, and the page says why."""
    page = _page(qtbot, {})
    _select(page, "Table")
    page.keys.setKeySequence(QKeySequence("T"))
    assert not page.set.isEnabled()
    assert "type" in page.message.text()


def test_a_command_can_be_without_keys(qtbot):
    """And have them again."""
    kept = []
    page = _page(qtbot, {}, kept.append)
    _select(page, "Bold")
    page.remove.click()
    assert kept[-1] == {"format.bold": ()}
    assert not page.remove.isEnabled()
    page.reset.click()
    assert kept[-1] == {}


def _page(qtbot, chosen, choose=lambda _chosen: None):
    page = ShortcutsDialog(chosen, choose)
    qtbot.addWidget(page)
    page.show()
    return page


def _select(page, title):
    page.tree.setCurrentItem(next(item for item in page._items() if item.text(0) == title))
