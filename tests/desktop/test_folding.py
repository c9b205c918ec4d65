"""Sections folded away, and one shown alone: what is seen, what is never hidden, what is kept."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt

from briefpack.desktop.editor.folding import hidden_ranges
from briefpack.desktop.settings import FOLDS, Settings
from briefpack.desktop.theme.look import Scheme
from briefpack.pack.edits import Place, add_comment, move_section, remove_blocks
from briefpack.pack.model import Comment, Heading, Pack, Paragraph, PlannedSection
from briefpack.pack.text import text

NAMES = ("one", "first", "second", "two", "three")
ONE, FIRST, SECOND, TWO, THREE = (f"01JZ{number:022d}" for number in range(5))


def pack() -> Pack:
    """One with two parts, two, three; each heading has a paragraph."""
    body = []
    for level, block, name in zip((1, 2, 2, 1, 1), (ONE, FIRST, SECOND, TWO, THREE), NAMES, strict=True):
        body.append(Heading(id=block, text=text(name.capitalize()), level=level))
        body.append(Paragraph(id=f"01JY{block[4:]}", text=text(f"About {name} and more.")))
    return Pack(id=f"01JX{0:022d}", body=tuple(body))


def about(name: str) -> str:
    return pack().body[NAMES.index(name) * 2 + 1].id


@pytest.fixture
def window(opened):
    return opened(pack()).window


def seen(window) -> str:
    """What of the document is not hidden: a letter a block, headings in capitals."""
    editor = window.editor
    shown = [editor.document().findBlockByNumber(at).isVisible() for at in range(len(editor.pack().body))]
    names = [letter for name in ("A", "B", "C", "D", "E") for letter in (name, name.lower())]
    return "".join(name for name, visible in zip(names, shown, strict=True) if visible)


def caret(window, block: str, offset: int = 0) -> None:
    window.editor.select(Place(block, offset), Place(block, offset))


# What is hidden of a body


@pytest.mark.parametrize(
    ("folded", "focused", "ranges"),
    [
        ((), "", ()),
        ((FIRST,), "", ((3, 4),)),
        ((ONE,), "", ((1, 6),)),
        ((ONE, FIRST), "", ((1, 6),)),
        ((THREE, TWO), "", ((7, 8), (9, 10))),
        ((), SECOND, ((0, 4), (6, 10))),
        ((FIRST,), ONE, ((3, 4), (6, 10))),
        ((TWO,), ONE, ((6, 10),)),
        (("gone",), "gone", ()),
    ],
)
def test_what_is_hidden(folded, focused, ranges):
    assert hidden_ranges(pack().body, frozenset(folded), focused) == ranges


# Folding


def test_folding_hides_what_is_under_the_heading_and_takes_its_room(window):
    before = window.editor.document().size().height()
    window.editor.folding.fold([ONE])
    assert seen(window) == "ADdEe"
    assert window.editor.document().size().height() < before
    window.editor.folding.fold([ONE], folded=False)
    assert seen(window) == "AaBbCcDdEe"
    assert window.editor.document().size().height() == before


def test_the_pack_its_history_and_its_words_know_nothing_of_it(window):
    window.actions_["view.fold_all"].trigger()
    assert window.workspace.pack == pack()
    assert window.workspace.history.undo_label is None
    assert not window.documents.unsaved
    assert "About first" in window.editor.toPlainText()


def test_the_section_at_the_caret_is_folded_by_key_and_the_caret_goes_to_its_heading(window, qtbot):
    caret(window, about("first"), 5)
    qtbot.keyClick(window.editor, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert seen(window) == "AaBCcDdEe"
    assert window.editor.current_block() == FIRST
    qtbot.keyClick(window.editor, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert seen(window) == "AaBbCcDdEe"


def test_all_are_folded_and_unfolded(window):
    caret(window, about("second"))
    window.actions_["view.fold_all"].trigger()
    assert seen(window) == "ADE"
    assert window.editor.current_block() == ONE
    window.actions_["view.unfold_all"].trigger()
    assert seen(window) == "AaBbCcDdEe"


def triangle(window, heading: str) -> QPoint:
    editor = window.editor
    laid = editor.document().findBlockByNumber(editor.index_of(heading))
    top = editor.document().documentLayout().blockBoundingRect(laid).top() - editor.verticalScrollBar().value()
    return editor.folding._middle(laid, top).toPoint()


def test_the_triangle_is_clicked(window, qtbot):
    view = window.editor.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=triangle(window, TWO))
    assert seen(window) == "AaBbCcDEe"
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=triangle(window, TWO))
    assert seen(window) == "AaBbCcDdEe"
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=triangle(window, TWO) + QPoint(40, 0))
    assert seen(window) == "AaBbCcDdEe"


def test_a_heading_with_nothing_under_it_has_no_triangle(opened):
    editor = opened(replace(pack(), body=pack().body[:1])).window.editor
    assert not editor.folding.can_fold(0)
    editor.folding.fold([ONE])
    assert not editor.folding.is_active


# What one comes to is shown


@pytest.mark.parametrize(
    "go",
    [
        lambda window: window._go_to_block(about("first")),
        lambda window: window.editor.select(Place(about("first"), 2), Place(about("first"), 5)),
        lambda window: window.editor.select(Place(ONE, 0), Place(TWO, 0)),
    ],
    ids=["going there", "selecting in it", "selecting across it"],
)
def test_what_is_gone_to_or_selected_is_unfolded(window, go):
    window.editor.folding.fold([ONE, FIRST, THREE])
    go(window)
    assert "b" in seen(window)
    assert "e" not in seen(window)


def test_a_comment_in_a_fold_is_unfolded_when_it_is_gone_to(opened):
    comment = Comment(text="Why?", author="Ola Venn")
    first = about("first")
    window = opened(add_comment(pack(), Place(first, 0), Place(first, 5), comment)).window
    window.editor.folding.fold([ONE])
    window.editor.margin.lay_out()
    assert window.editor.margin.boxes == []
    window.centre.go_to_comment(comment.id)
    assert "b" in seen(window)
    window.editor.margin.lay_out()
    assert len(window.editor.margin.boxes) == 1


def test_a_hit_of_the_find_bar_is_unfolded(window, qtbot):
    window.editor.folding.fold([ONE])
    window.actions_["edit.find"].trigger()
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(window.find_bar.words, "about second")
    qtbot.waitUntil(lambda: "C" in seen(window))


def test_an_undo_in_a_fold_is_seen(window, qtbot):
    caret(window, about("first"), 5)
    qtbot.keyClicks(window.editor, "x")
    window.editor.folding.fold([ONE])
    window.editor.undo()
    assert "b" in seen(window)
    assert window.editor.current_block() == about("first")


# Keys at the edge of a fold


def test_arrows_step_over_a_fold(window, qtbot):
    window.editor.folding.fold([FIRST])
    caret(window, FIRST, 5)
    qtbot.keyClick(window.editor, Qt.Key.Key_Right)
    assert window.editor.selection()[1] == Place(SECOND, 0)
    qtbot.keyClick(window.editor, Qt.Key.Key_Left)
    assert window.editor.selection()[1] == Place(FIRST, 5)
    qtbot.keyClick(window.editor, Qt.Key.Key_Down)
    assert window.editor.current_block() == SECOND
    qtbot.keyClick(window.editor, Qt.Key.Key_Up)
    assert window.editor.current_block() == FIRST
    assert seen(window) == "AaBCcDdEe"


def test_the_end_of_the_document_is_the_last_that_is_seen(window, qtbot):
    window.editor.folding.fold([THREE])
    caret(window, ONE)
    qtbot.keyClick(window.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert window.editor.selection()[1] == Place(THREE, 5)
    assert "e" not in seen(window)


@pytest.mark.parametrize(("block", "offset", "key"), [(SECOND, 0, Qt.Key.Key_Backspace), (FIRST, 5, Qt.Key.Key_Delete)])
def test_deleting_at_the_edge_of_a_fold_shows_it_first(window, qtbot, block, offset, key):
    window.editor.folding.fold([FIRST])
    caret(window, block, offset)
    qtbot.keyClick(window.editor, key)
    assert window.workspace.pack == pack()
    assert "b" in seen(window)
    qtbot.keyClick(window.editor, key)
    assert window.workspace.pack != pack()


def test_enter_behind_a_folded_heading_unfolds_it(window, qtbot):
    window.editor.folding.fold([TWO])
    caret(window, TWO, 3)
    qtbot.keyClick(window.editor, Qt.Key.Key_Return)
    assert len(window.workspace.pack.body) == 11
    assert not window.editor.folding.is_active


def test_selecting_everything_shows_everything_before_a_key_can_delete_it(window, qtbot):
    window.editor.folding.fold([ONE, TWO])
    window.editor.selectAll()
    assert seen(window) == "AaBbCcDdEe"


def test_a_section_that_is_moved_stays_folded(window):
    window.editor.folding.fold([TWO])
    workspace = window.workspace
    workspace.apply(move_section(workspace.pack, TWO, 0), "Move section")
    assert not window.editor.document().findBlockByNumber(1).isVisible()
    assert window.editor.document().findBlockByNumber(7).isVisible()
    workspace.undo()
    assert seen(window) == "AaBbCcDEe"


# One section alone


def test_one_section_alone_is_shown_and_esc_leaves(window, qtbot):
    caret(window, about("second"), 3)
    qtbot.keyClick(window.editor, Qt.Key.Key_F11)
    assert seen(window) == "Cc"
    assert window.focus_strip.isVisible()
    assert window.focus_strip.words == "Only “Second” is shown"
    assert window.editor.selection()[1] == Place(about("second"), 3)
    qtbot.keyClicks(window.editor, "x")
    assert seen(window) == "Cc"
    qtbot.keyClick(window.editor, Qt.Key.Key_Escape)
    assert seen(window) == "AaBbCcDdEe"
    assert not window.focus_strip.isVisible()


def test_all_that_is_selected_is_the_section_shown(window):
    window.editor.folding.focus(ONE)
    window.editor.selectAll()
    assert seen(window) == "AaBbCc"
    start, stop = window.editor.selection()
    assert (start.block, stop.block) == (ONE, about("second"))


def test_going_elsewhere_shows_everything(window):
    window.editor.folding.focus(SECOND)
    window._go_to_block(TWO)
    assert seen(window) == "AaBbCcDdEe"
    assert not window.focus_strip.isVisible()


def test_the_strip_follows_the_heading_and_its_button_leaves(window, qtbot):
    window.editor.folding.focus(TWO)
    caret(window, TWO, 3)
    qtbot.keyClicks(window.editor, "fold")
    assert window.focus_strip.words == "Only “Twofold” is shown"
    qtbot.mouseClick(window.focus_strip.all, Qt.MouseButton.LeftButton)
    assert seen(window) == "AaBbCcDdEe"


def test_a_section_shown_alone_that_goes_leaves_everything(window):
    window.editor.folding.focus(TWO)
    workspace = window.workspace
    workspace.apply(remove_blocks(workspace.pack, (TWO, about("two"))), "Delete")
    assert window.editor.folding.focused == ""
    assert not window.focus_strip.isVisible()


def test_the_outlines_menu_folds_and_focuses(window, qtbot):
    menu = window.outline.menu(TWO)
    actions = {action.text().replace("&", ""): action for action in menu.actions()}
    actions["Fold or unfold in the document"].trigger()
    assert seen(window) == "AaBbCcDEe"
    actions["Show only this section"].trigger()
    assert seen(window) == "Dd"
    assert window.editor.current_block() == TWO


def test_where_the_outline_has_the_keyboard_its_section_is_meant(window):
    caret(window, about("one"))
    window.outline.tree.setFocus()
    window.outline.mark(TWO)
    window.actions_["view.focus"].trigger()
    assert seen(window) == "Dd"


# What is kept


def test_folds_are_kept_with_the_users_settings_by_pack(desktop, pack_file, qtbot):
    path = pack_file(pack())
    window = desktop.window
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    window.editor.folding.fold([FIRST, TWO])
    desktop.documents.close()
    assert not window.editor.folding.is_active
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    assert seen(window) == "AaBCcDEe"
    assert not desktop.documents.unsaved


def test_rows_closed_in_the_outline_are_kept_too(desktop, pack_file, qtbot):
    path = pack_file(pack())
    outline = desktop.window.outline
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    assert outline.tree.isExpanded(outline.model.find(ONE))
    outline.tree.collapse(outline.model.find(ONE))
    desktop.documents.close()
    assert outline.closed == {ONE}
    outline.close_rows(())
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    assert not outline.tree.isExpanded(outline.model.find(ONE))
    assert seen(desktop.window) == "AaBbCcDdEe"
    outline.tree.expand(outline.model.find(ONE))
    assert Settings().folded(pack().id, "outline") == ()


def test_a_folded_heading_says_so_to_those_who_listen(window, qtbot):
    window.editor.folding.fold([TWO])
    with qtbot.waitSignal(window.editor.announced) as said:
        caret(window, TWO, 1)
    assert said.args == ["Folded away: what is under this heading"]


def test_folds_of_many_packs_are_not_kept_for_ever(desktop):
    settings = Settings()
    for number in range(FOLDS + 5):
        settings.keep_folded(f"pack{number}", ("a", "b"))
    assert settings.folded("pack0") == ()
    assert settings.folded(f"pack{FOLDS + 4}") == ("a", "b")
    settings.keep_folded(f"pack{FOLDS + 4}", ())
    assert settings.folded(f"pack{FOLDS + 4}") == ()


def test_hints_are_not_painted_in_folds(opened):
    """What is hidden has no place; nothing is painted for it."""
    held = replace(pack(), plan=(PlannedSection(TWO, "Two", hint="Say it."),))
    body = tuple(replace(block, text=text("")) if block.id == about("two") else block for block in held.body)
    editor = opened(replace(held, body=body)).window.editor
    assert editor.hints.of(about("two")) == "Say it."
    editor.folding.fold([TWO])
    area = editor.viewport().rect()
    assert about("two") not in [each.block.id for each in editor._painting.seen(area)]


def test_folds_outlast_another_size_of_text_and_the_dark(window, desktop):
    window.editor.folding.fold([ONE])
    window.editor.set_zoom(150)
    assert seen(window) == "ADdEe"
    desktop.look.choose(Scheme.DARK)
    assert seen(window) == "ADdEe"


def test_a_drag_over_a_fold_unfolds_it_when_the_button_is_let_go(window, qtbot):
    editor = window.editor
    editor.folding.fold([FIRST])
    caret(window, about("one"))
    start, view = editor.cursorRect().center(), editor.viewport()
    caret(window, SECOND, 3)
    stop = editor.cursorRect().center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, pos=(start + stop) / 2)
    qtbot.mouseMove(view, pos=stop)
    assert editor.has_selection()
    assert "b" not in seen(window), "nothing moves under the mouse"
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=stop)
    assert "b" in seen(window)
