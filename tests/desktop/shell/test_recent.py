"""Packs that were opened before, and where one was in them."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from briefpack.pack.edits import Place
from briefpack.pack.model import Heading, Pack, Paragraph
from briefpack.pack.text import text
from briefpack.packfile import new_file, save


def _pack(count=1):
    body = (Heading(text=text("Lines")), *(Paragraph(text=text(f"Paragraph {number}.")) for number in range(count)))
    return Pack(body=body)


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / f"{name}.briefpack" for name in ("Canal & Rivers", "Fisheries", "Ports")]
    for path in made:
        save(new_file(_pack()), path)
    return made


@pytest.fixture
def start(desktop, files, qtbot):
    """The start page after three packs were opened, of which one has gone."""
    for path in files:
        with qtbot.waitSignal(desktop.documents.opened):
            desktop.documents.open(path)
    files[1].unlink()
    desktop.documents.close()
    recent = desktop.window.recent
    qtbot.waitUntil(lambda: any(each.missing for each in recent.packs.entries))
    return desktop


def _names(desktop):
    return [(each.path.stem, each.pinned, each.missing) for each in desktop.window.recent.packs.entries]


def _button(desktop, name):
    listed = desktop.window.recent.list
    QApplication.processEvents()  # rows that were just made are shown
    return next(each for each in listed.findChildren(QWidget, name) if each.isVisibleTo(listed))


def test_the_newest_is_first_and_one_that_has_gone_is_grey(start):
    assert _names(start) == [("Ports", False, False), ("Fisheries", False, True), ("Canal & Rivers", False, False)]
    assert not _button(start, "Fisheries").isEnabled()
    assert _button(start, "Ports").isEnabled()
    assert _button(start, "Canal & Rivers").text() == "Canal && Rivers"


def test_one_that_has_gone_is_taken_off_the_list(start):
    _button(start, "Take Fisheries off the list").click()
    assert [name for name, _, _ in _names(start)] == ["Ports", "Canal & Rivers"]
    assert [path.stem for path in start.settings.recent] == ["Ports", "Canal & Rivers"]


def test_a_pin_keeps_a_pack_at_the_top(start):
    _button(start, "Keep Canal & Rivers at the top").click()
    assert _names(start)[0] == ("Canal & Rivers", True, False)
    for number in range(9):
        start.settings.opened(start.documents.journals / f"{number}.briefpack")
    assert _names(start)[0] == ("Canal & Rivers", True, False), "however many are opened after it"
    _button(start, "Do not keep Canal & Rivers at the top").click()
    assert ("Canal & Rivers", False, False) in _names(start)


def test_a_click_opens_it(start, qtbot):
    with qtbot.waitSignal(start.documents.opened):
        _button(start, "Ports").click()
    assert start.documents.name == "Ports"


def test_the_menu_lists_them_too(start, qtbot):
    menu = start.window.recent.menu
    assert menu.menuAction() in start.window.menuBar().actions()[0].menu().actions()
    menu.aboutToShow.emit()
    words = [(action.text(), action.isEnabled()) for action in menu.actions() if not action.isSeparator()]
    assert words == [
        ("&1  Ports", True),
        ("&2  Fisheries – not there", False),
        ("&3  Canal && Rivers", True),
        ("Forget those that are not there", True),
    ]
    menu.actions()[-1].trigger()
    assert len(_names(start)) == 2
    menu.aboutToShow.emit()
    with qtbot.waitSignal(start.documents.opened):
        menu.actions()[0].trigger()


@pytest.fixture
def long(desktop, tmp_path, qtbot):
    """A long pack, opened and read somewhere in its middle, then closed."""
    path = tmp_path / "long.briefpack"
    pack = _pack(400)
    save(new_file(pack), path)
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    place = Place(pack.body[250].id, 4)
    window = desktop.window
    window.editor.select(place, place)
    window.panes.show("people")
    window.viewing.zoom(140)
    qtbot.waitUntil(lambda: window.panes.front == "people")
    bar = window.editor.verticalScrollBar()
    bar.setValue(bar.value() - 77)
    top = window.editor.cursorForPosition(window.editor.rect().topLeft()).block().text()
    desktop.documents.close()
    window.viewing.zoom(100)
    return desktop, path, place, top


def test_a_pack_is_shown_where_one_was(long, qtbot):
    desktop, path, place, top = long
    window = desktop.window
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    qtbot.waitUntil(lambda: window.editor.selection() == (place, place))
    assert window.panes.front == "people"
    assert desktop.settings.zoom == 140
    assert window.editor.cursorForPosition(window.editor.rect().topLeft()).block().text() == top


def test_what_was_kept_of_blocks_that_went_is_passed_over(long, qtbot):
    desktop, path, _, _ = long
    other = path.with_name("other.briefpack")
    save(new_file(_pack()), other)
    desktop.settings.places = desktop.settings.places.replace('"offset":4', '"offset":-9')
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(other)
    assert desktop.window.editor.verticalScrollBar().value() == 0
    for damaged in ("{", "[]", '{"x": 3}'):
        desktop.settings.places = damaged
        desktop.window.shell.places.restore()
    desktop.window.shell.places.keep()
    assert desktop.workspace.pack.id in desktop.settings.places
