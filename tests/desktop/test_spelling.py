"""Spelling in the window: underlined as one types, gone through with F7, put right, and words that are added."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from briefpack.errors import UserError
from briefpack.pack.edits import Place, put_person
from briefpack.pack.finding import Part, Seat
from briefpack.pack.model import Biography, Comment, Heading, Meeting, MeetingDetails, Pack, Paragraph, Person, Table
from briefpack.pack.text import Mark, MarkKind, text

DETAILS, TOP, ONE, GRID, TWO, EMPTY = (f"01JZ{number:022d}" for number in range(6))
AMARA = Person("Amara Quillby", id="01JZ2222222222222222222222", attends=True)
REMARK = Comment(id="01JZ1111111111111111111111", text="Is this rihgt?", author="Wulf Ingelby")


def misspelt() -> Pack:
    """Five misspellings: the meeting's purpose, a paragraph, a table, another paragraph, a comment."""
    return Pack(
        id="01JZ3333333333333333333333",
        meeting=Meeting(title="Harbour review", purpose="To acheive more"),
        body=(
            MeetingDetails(id=DETAILS),
            Heading(id=TOP, text=text("What Quillby says")),
            Paragraph(id=ONE, text=text("We recieve UASC from Ofsted.", [Mark(3, 10, MarkKind.BOLD)])),
            Table(id=GRID, rows=((text("The totall"), text("4.2%")),)),
            Paragraph(id=TWO, text=text("Their lockside view", [Mark(0, 5, MarkKind.COMMENT, REMARK.id)])),
            Paragraph(id=EMPTY),
        ),
        people=(AMARA,),
        comments=(REMARK,),
    )


@pytest.fixture
def show(opened, qtbot):
    """Shows a pack in the window, and waits until it is gone through."""

    def shown(pack: Pack):
        window = opened(pack).window
        window.resize(1280, 712)
        qtbot.waitUntil(lambda: window.checker.active)
        settle(window, qtbot)
        return window

    return shown


@pytest.fixture
def window(show):
    return show(misspelt())


def settle(window, qtbot) -> None:
    with qtbot.waitSignal(window.checker.settled):
        window.checker._begin()


def caret(window, block: str, offset: int) -> None:
    window.editor.select(Place(block, offset), Place(block, offset))


def underlined(window) -> list[str]:
    """The words that are underlined, as they are painted."""
    editor, found = window.editor, []
    typed = editor.typed_at
    for block in window.workspace.pack.body:
        if hasattr(block, "text"):
            at = typed.offset if typed and typed.block == block.id else -1
            spans = editor._painting.misspelt(block)
            found += [block.text.string[start:end] for start, end in spans if not start <= at <= end]
    return found


def red_pixels(window) -> int:
    """How many points of the document are as red as nothing but squiggles is."""
    image = window.editor.viewport().grab().toImage()
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(point.red() - max(point.green(), point.blue()) > 80 for point in points)


def with_menu(qtbot, act, do) -> list[str]:
    """Do what opens a menu; when it is there, ``do`` something with it. The texts of its actions."""
    texts: list[str] = []
    watch = QTimer(interval=5)

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            watch.stop()
            texts.extend(action.text() for action in menu.actions() if action.text())
            try:
                do(menu)
            finally:
                menu.close()

    watch.timeout.connect(look)
    watch.start()
    act()
    watch.stop()
    assert texts, "no menu came"
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    return texts


def choose(words: str):
    """Choose an action of a menu by the keyboard."""

    def chosen(menu: QMenu) -> None:
        texts = [each.text().replace("&", "") for each in menu.actions()]
        action = menu.actions()[texts.index(next((t for t in texts if t == words), None) or _holding(texts, words))]
        assert action.isEnabled()
        menu.setActiveAction(action)
        press(menu, Qt.Key.Key_Return)

    return chosen


def _holding(texts: list[str], words: str) -> str:
    return next(each for each in texts if words in each)


def press(widget, key, held=Qt.KeyboardModifier.NoModifier) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(widget, key, held)


def escape(menu: QMenu) -> None:
    press(menu, Qt.Key.Key_Escape)


def f7(window, qtbot, do=escape, by: int = 1) -> list[str]:
    """The next misspelling, or the one before, as the menu of the window goes to it."""
    name = "review.misspelling" if by > 0 else "review.misspelling_before"
    return with_menu(qtbot, window.actions_[name].trigger, do)


def right_click(window, block: str, offset: int) -> None:
    """The context menu at a place, as the mouse asks for it."""
    editor = window.editor
    cursor = editor.textCursor()
    cursor.setPosition(editor.position_of(Place(block, offset)))
    point = editor.cursorRect(cursor).center() + QPoint(1, 0)
    QApplication.sendEvent(
        editor.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, editor.viewport().mapToGlobal(point)),
    )


def test_what_is_misspelt_is_underlined_and_names_are_not(window):
    assert underlined(window) == ["recieve", "lockside"]
    assert window.status.spelling.text() == "5 misspellings"
    assert red_pixels(window) > 20
    window.checker.switch(False)
    assert red_pixels(window) == 0


def test_a_word_is_underlined_when_it_is_left(window, qtbot):
    caret(window, EMPTY, 0)
    qtbot.keyClicks(window.editor, "wrods")
    assert "wrods" not in underlined(window)
    qtbot.keyClicks(window.editor, " are")
    assert underlined(window) == ["recieve", "lockside", "wrods"]
    qtbot.keyClicks(window.editor, " mispelt")
    assert "mispelt" not in underlined(window)
    qtbot.keyClick(window.editor, Qt.Key.Key_Left)  # the caret was moved, though it is still at the word
    assert "mispelt" in underlined(window)
    settle(window, qtbot)
    assert window.status.spelling.text() == "7 misspellings"


def test_typing_in_a_misspelt_word_hides_its_line_until_it_is_left(window, qtbot):
    caret(window, ONE, 8)
    qtbot.keyClick(window.editor, Qt.Key.Key_Backspace)
    assert "reciee" not in underlined(window)
    caret(window, TWO, 0)
    assert "recive" in underlined(window) or "reciee" in underlined(window)


def test_nothing_is_written_into_the_document(window):
    pack = window.workspace.pack
    assert window.workspace.history.undo_label is None
    cursor = window.editor.textCursor()
    cursor.setPosition(window.editor.position_of(Place(ONE, 5)))
    assert not cursor.charFormat().fontUnderline()
    assert pack == misspelt()


def test_f7_goes_through_everything_and_round(window, qtbot):
    caret(window, TOP, 0)
    seen = []
    for _ in range(6):
        f7(window, qtbot)
        seen.append(window.spelling._shown.found.word)
    assert seen == ["recieve", "totall", "lockside", "rihgt", "acheive", "recieve"]
    assert window.editor.textCursor().selectedText() == "recieve"
    f7(window, qtbot, by=-1)
    assert window.spelling._shown.found.word == "acheive"


def test_f7_in_its_menu_goes_on(window, qtbot):
    caret(window, TOP, 0)
    seen: list[str] = []
    watch = QTimer(interval=5)

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            seen.append(window.spelling._shown.found.word)
            press(menu, Qt.Key.Key_F7 if len(seen) < 3 else Qt.Key.Key_Escape)

    watch.timeout.connect(look)
    watch.start()
    qtbot.keyClick(window.editor, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: len(seen) == 3 and QApplication.activePopupWidget() is None)
    watch.stop()
    assert seen == ["recieve", "totall", "lockside"]


def test_a_suggestion_is_put_in_and_undone(window, qtbot):
    caret(window, TOP, 0)
    texts = f7(window, qtbot, choose("receive"))
    assert 1 <= texts.index("Add to &my dictionary") <= 6
    block = window.workspace.pack.block(ONE)
    assert block.text == text("We receive UASC from Ofsted.", [Mark(3, 10, MarkKind.BOLD)])
    assert window.editor.selection()[1] == Place(ONE, 10)
    assert underlined(window) == ["lockside"]
    window.editor.undo()
    assert window.workspace.pack == misspelt()


def test_what_stands_in_objects_and_comments_is_put_right(window, qtbot):
    caret(window, ONE, 20)
    texts = f7(window, qtbot, choose("total"))
    assert texts[0].startswith("In a table: …The totall")
    assert window.workspace.pack.block(GRID).rows[0][0].string == "The total"
    caret(window, TWO, 19)
    f7(window, qtbot, choose("right"))
    assert window.workspace.pack.comments[0].text == "Is this right?"
    f7(window, qtbot, choose("achieve"))
    assert window.workspace.pack.meeting.purpose == "To achieve more"
    for _ in range(3):
        window.editor.undo()
    assert window.workspace.pack == misspelt()


def test_the_menu_of_the_mouse_offers_the_same(window, qtbot):
    texts = with_menu(qtbot, lambda: right_click(window, ONE, 5), choose("receive"))
    assert "Select &all" in texts
    assert "receive" in window.workspace.pack.block(ONE).text.string
    assert "Add to &my dictionary" not in with_menu(qtbot, lambda: right_click(window, ONE, 1), escape)


def test_a_word_is_added_to_the_users_own_dictionary(window, qtbot, tmp_path):
    with_menu(qtbot, lambda: right_click(window, TWO, 8), choose("my dictionary"))
    assert (tmp_path / "data" / "dictionary.txt").read_text("utf-8") == "lockside\n"
    assert underlined(window) == ["recieve"]
    assert window.workspace.pack == misspelt()
    window.toast._do()
    assert "lockside" in underlined(window)


def test_a_word_is_added_to_the_packs_dictionary(window, qtbot):
    with_menu(qtbot, lambda: right_click(window, TWO, 8), choose("pack's dictionary"))
    assert window.workspace.pack.dictionary == ("lockside",)
    assert underlined(window) == ["recieve"]
    window.editor.undo()
    assert window.workspace.pack.dictionary == ()
    assert underlined(window) == ["recieve", "lockside"]


def test_a_word_is_ignored_here_and_everywhere(window, qtbot):
    caret(window, EMPTY, 0)
    qtbot.keyClicks(window.editor, "lockside ")
    with_menu(qtbot, lambda: right_click(window, TWO, 8), choose("Ignore here"))
    assert underlined(window) == ["recieve", "lockside"]
    with_menu(qtbot, lambda: right_click(window, EMPTY, 3), choose("Ignore everywhere"))
    assert underlined(window) == ["recieve"]
    window.toast._do()
    assert underlined(window) == ["recieve", "lockside"]
    assert "dictionary" not in str(window.workspace.history.undo_label)


def test_a_name_is_known_as_soon_as_the_person_is(window):
    window.workspace.apply(
        put_person(window.workspace.pack, Person("Owen Lockside", organisation="Recieve Trust")), "x"
    )
    assert underlined(window) == ["recieve", "lockside"]  # names are known with their capitals
    window.workspace.apply(put_person(window.workspace.pack, Person("lockside")), "x")
    assert underlined(window) == ["recieve", "lockside"]


def test_it_can_be_switched_off_and_stays_off(window, qtbot, make_desktop):
    window.actions_["review.spelling"].trigger()
    assert underlined(window) == []
    assert not window.status.spelling.isVisible()
    assert not make_desktop().settings.spelling
    caret(window, TOP, 0)
    f7(window, qtbot)  # going through the pack by hand still works
    assert window.spelling._shown.found.word == "recieve"
    window.actions_["review.spelling"].trigger()
    assert underlined(window) == ["recieve", "lockside"]


def test_another_language_is_not_checked_and_said(opened, qtbot):
    window = opened(Pack(body=(Paragraph(id=ONE, text=text("Croeso i Gymru")),), language="cy")).window
    qtbot.waitUntil(window.status.spelling.isVisible)
    assert window.status.spelling.text() == "Spelling not checked"
    assert underlined(window) == []
    qtbot.keyClick(window.editor, Qt.Key.Key_F7)
    assert "language (cy)" in window.toast.words


def test_nothing_misspelt_is_said(show, qtbot):
    window = show(Pack(body=(Paragraph(id=ONE, text=text("All is well.")),)))
    qtbot.keyClick(window.editor, Qt.Key.Key_F7)
    assert window.toast.words == "Nothing is misspelt"
    assert not window.status.spelling.isVisible()


def test_no_engine_is_said_and_does_not_stand_in_the_way(opened, qtbot, monkeypatch):
    def nothing():
        raise UserError("Spelling cannot be checked on this computer")

    monkeypatch.setattr("briefpack.desktop.spelling.checker.load", nothing)
    window = opened(misspelt()).window
    qtbot.waitUntil(lambda: "cannot be checked" in window.toast.words)
    assert not window.actions_["review.spelling"].isChecked()
    assert underlined(window) == []


def test_an_own_dictionary_that_cannot_be_written_is_said(window, qtbot, tmp_path):
    (tmp_path / "data" / "dictionary.txt").mkdir(parents=True)
    window.spelling.failed.disconnect(window.show_error)
    with qtbot.waitSignal(window.spelling.failed):
        with_menu(qtbot, lambda: right_click(window, TWO, 8), choose("my dictionary"))
    assert "lockside" in underlined(window)


def test_another_pack_begins_anew(window, qtbot, opened):
    with_menu(qtbot, lambda: right_click(window, TWO, 8), choose("Ignore everywhere"))
    assert underlined(window) == ["recieve"]
    window.workspace.replace(misspelt())
    window.workspace.replace(Pack(body=(Paragraph(id=TWO, text=text("Their lockside view")),)))
    assert underlined(window) == ["lockside"]


def test_biographies_are_gone_through(show, qtbot):
    card = Biography(person=AMARA.id, points=(text("A fine enginer"),))
    window = show(Pack(body=(Paragraph(id=ONE, text=text("Who comes")), card), people=(AMARA,)))
    caret(window, ONE, 0)
    texts = f7(window, qtbot, choose("engineer"))
    assert texts[0].startswith("In a biography")
    assert window.workspace.pack.body[1].points[0].string == "A fine engineer"


def test_a_pack_that_may_not_be_changed_is_not(window, qtbot):
    window.workspace.writable = False
    enabled: dict[str, bool] = {}

    def note(menu: QMenu) -> None:
        enabled.update({action.text().replace("&", ""): action.isEnabled() for action in menu.actions()})
        escape(menu)

    caret(window, TOP, 0)
    f7(window, qtbot, note)
    assert enabled["receive"] is False
    assert enabled["Add to this pack's dictionary"] is False
    assert enabled["Add to my dictionary"] is True


def test_blocks_that_are_gone_are_forgotten(window, qtbot):
    checker = window.checker
    checker._found.update({Seat(Part.BODY, f"gone {number}", 0): (text(""), ()) for number in range(2000)})
    settle(window, qtbot)
    assert len(checker._found) < 100
    assert underlined(window) == ["recieve", "lockside"]
    assert checker.count == 5


def test_the_count_leads_to_the_next(window, qtbot):
    caret(window, TOP, 0)
    with_menu(qtbot, window.status.spelling.click, escape)
    assert window.editor.textCursor().selectedText() == "recieve"
