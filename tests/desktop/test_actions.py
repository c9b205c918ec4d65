"""Actions: each is whole, and everything is built from the one list."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QToolButton

from briefpack.desktop.actions.catalogue import ALL, TOOLBAR
from briefpack.desktop.theme.icons import SHAPES
from briefpack.desktop.widgets.palette import CommandPalette
from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import text


def test_every_action_is_whole(desktop):
    """Text, icon, tip, menu, and keys that Qt understands."""
    for spec in ALL:
        action = desktop.window.actions_[spec.id]
        assert action.text() == spec.text
        assert _drawn(action.icon()), spec.id
        assert spec.icon in SHAPES
        assert action.toolTip()
        assert action in desktop.window.actions_.menus[spec.menu].actions()
        keys = [keys.toString() for keys in action.shortcuts()]
        assert keys == [QKeySequence(each).toString() for each in spec.shortcuts]
        assert all(keys)


def test_ids_and_keys_are_unique():
    """No two actions answer to one name or to one key."""
    keys = Counter(QKeySequence(key).toString() for spec in ALL for key in spec.shortcuts)
    assert [key for key, count in keys.items() if count > 1] == []
    assert len({spec.id for spec in ALL}) == len(ALL)


def test_every_button_of_the_toolbar_has_a_name(desktop):
    """A screen reader says what each is, and Tab reaches it."""
    buttons = [
        b
        for b in desktop.window.findChild(object, "tools").findChildren(QToolButton)
        if b.objectName() != "qt_toolbar_ext_button"
    ]
    wanted = sum(len(part) for part in TOOLBAR if not isinstance(part, str)) + 2
    assert len(buttons) == wanted
    for button in buttons:
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_what_cannot_be_used_is_grey(desktop, opened):
    """Without a pack only what needs none can be used."""
    actions = desktop.window.actions_
    assert not actions["file.save"].isEnabled()
    assert not actions["format.bold"].isEnabled()
    assert actions["file.open"].isEnabled()
    opened(Pack(body=(Paragraph(text=text("words")),)))
    assert actions["format.bold"].isEnabled()
    assert not actions["edit.undo"].isEnabled()
    assert not actions["review.reply"].isEnabled()


def test_palette_finds_and_does(desktop, qtbot):
    """A few letters, Enter: the action that was chosen."""
    entries = [(entry.action, entry.spec.menu.value) for entry in desktop.window.actions_.entries.values()]
    palette = CommandPalette(entries, desktop.window)
    qtbot.addWidget(palette)
    palette.show()
    assert palette.focusWidget() is palette.field
    qtbot.keyClicks(palette.field, "short keyb")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.chosen is desktop.window.actions_["help.shortcuts"]


def test_palette_leaves_out_what_cannot_be_used(desktop, qtbot):
    """Save is not offered where nothing is open."""
    entries = [(entry.action, entry.spec.menu.value) for entry in desktop.window.actions_.entries.values()]
    palette = CommandPalette(entries, desktop.window)
    qtbot.addWidget(palette)
    qtbot.keyClicks(palette.field, "save as")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.chosen is None


def _drawn(icon: QIcon) -> bool:
    """Whether anything of an icon can be seen."""
    image = icon.pixmap(16, 16).toImage()
    return any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def test_light_and_dark_are_chosen_in_the_menu(desktop):
    """Each is on alone, and is what is seen."""
    actions = desktop.window.actions_
    for scheme in ("dark", "light", "system"):
        actions[f"view.{scheme}"].trigger()
        assert desktop.look.scheme == scheme
        assert [each for each in ("dark", "light", "system") if actions[f"view.{each}"].isChecked()] == [scheme]
