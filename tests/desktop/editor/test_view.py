"""How the pack is shown: the sheet, the cards, the margin, light and dark, and what is said aloud."""

import datetime as dt
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.editor.look import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT
from briefpack.desktop.editor.painting import attribution, numbering
from briefpack.desktop.workspace import Workspace
from briefpack.pack import edits
from briefpack.pack.edits import Place
from briefpack.pack.model import Biography, Comment, Image, ListItem, Pack, PageBreak, Paragraph, Quote, Table
from briefpack.pack.text import Mark, MarkKind, text
from tests.desktop.editor.agreement import assert_agrees
from tests.desktop.editor.samples import long, rich

DARK_PALETTE = QPalette(QColor("#2b2e33"), QColor("#1c1e21"))


@pytest.fixture
def editor(make_editor, qtbot):
    made = make_editor(rich())
    made.resize(1180, 900)
    qtbot.waitUntil(lambda: bool(made.margin.boxes))
    return made


@pytest.fixture
def light_afterwards():
    before = QGuiApplication.palette()
    yield
    QApplication.setPalette(before)


def box_of(editor, key):
    return next(box for box in editor.margin.boxes if box.note.key == key)


def top_of(editor, place):
    """Where a place is, in the document's coordinates."""
    cursor = editor.textCursor()
    cursor.setPosition(editor.position_of(place))
    return editor.cursorRect(cursor).top() + editor.verticalScrollBar().value()


# Places


def test_places_and_positions_agree(editor):
    for block in editor.pack().body:
        for offset in range(len(block.text) + 1) if hasattr(block, "text") else (0, 1):
            place = Place(block.id, offset)
            assert editor.place_at(editor.position_of(place)) == place


def test_going_to_a_block_brings_it_into_view(editor):
    last = editor.pack().body[-1]
    editor.go_to_block(last.id)
    assert editor.current_block() == last.id
    assert 0 <= editor.cursorRect().top() < editor.viewport().height()


def test_a_change_of_the_caret_is_told_once(editor, qtbot):
    last = editor.pack().body[-1]
    with qtbot.waitSignal(editor.place_changed):
        editor.select(Place(last.id, 0), Place(last.id, 3))
    assert editor.selected_text() == "End"
    assert editor.has_selection()


# What stands in the document


def test_the_numbers_of_a_list():
    items = [
        *(
            ListItem(ordered=True),
            ListItem(ordered=True),
            ListItem(ordered=True, level=1),
            ListItem(ordered=True, level=1),
        ),
        *(ListItem(ordered=True), Paragraph(), ListItem(ordered=True), ListItem(ordered=True, level=2)),
    ]
    shown = [numbering(tuple(items), at) for at, item in enumerate(items) if isinstance(item, ListItem)]
    assert shown == ["1.", "2.", "(a)", "(b)", "3.", "1.", "(i)"]


def test_a_card_grows_with_what_it_says(editor):
    card = next(block for block in editor.pack().body if isinstance(block, Biography))
    index = editor.pack().index(card.id)
    layout = editor.document().documentLayout()
    before = layout.blockBoundingRect(editor.document().findBlockByNumber(index)).height()
    points = (*card.points, *[text("One more thing to know.")] * 5)
    editor.workspace.apply(edits.replace_block(editor.pack(), replace(card, points=points)), "Biography")
    assert_agrees(editor)
    assert layout.blockBoundingRect(editor.document().findBlockByNumber(index)).height() > before + 60


def test_cards_follow_the_meeting_and_the_people(editor):
    pack = edits.set_meeting(editor.pack(), objectives=("One.", "Two.", "Three.", "Four."))
    person = replace(pack.people[0], name="A new name")
    layout = editor.document().documentLayout()
    before = layout.blockBoundingRect(editor.document().firstBlock()).height()
    editor.workspace.apply(edits.put_person(pack, person), "Meeting")
    assert_agrees(editor)
    assert layout.blockBoundingRect(editor.document().firstBlock()).height() > before + 20


def test_a_picture_is_drawn_and_a_missing_one_says_what_it_was(make_editor, qtbot, tmp_path):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#cc2200"))
    image.save(str(tmp_path / "p.png"))
    media = {"p.png": (tmp_path / "p.png").read_bytes(), "broken.png": b"not a picture"}
    blocks = (
        Image(media="p.png", alt="Red"),
        Image(media="broken.png", alt="Broken"),
        Image(media="none.png", alt="None"),
    )
    shown = PackEditor(Workspace(Pack(body=blocks)), media.get)
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    grabbed = shown.viewport().grab().toImage()
    red = sum(
        QColor(grabbed.pixel(x, y)) == QColor("#cc2200")
        for x in range(0, grabbed.width(), 2)
        for y in range(0, grabbed.height(), 2)
    )
    assert 500 <= red * 4 / grabbed.devicePixelRatio() ** 2 <= 2600


def test_a_double_click_on_a_card_opens_it_and_one_below_does_not(editor, qtbot):
    card = editor.pack().body[0]
    rect = editor.document().documentLayout().blockBoundingRect(editor.document().firstBlock())
    inside = QPoint(int(rect.center().x()), int(rect.center().y()))
    with qtbot.waitSignal(editor.object_opened) as opened:
        QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert opened.args == [card.id]
    with qtbot.assertNotEmitted(editor.object_opened):
        below = QPoint(inside.x(), int(rect.bottom()) + 30)
        QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=below)


# The margin


def test_bubbles_stand_level_with_their_words(editor):
    first = editor.pack().comments[0]
    paragraph = editor.pack().body[3]
    start = next(mark.start for mark in paragraph.text.marks if mark.value == first.id)
    assert box_of(editor, first.id).anchor == pytest.approx(top_of(editor, Place(paragraph.id, start)), abs=8)


def test_bubbles_do_not_overlap(editor):
    boxes = editor.margin.boxes
    assert len(boxes) == 6
    for above, below in pairwise(boxes):
        assert above.top + above.height < below.top


def test_bubbles_move_with_their_words_and_are_painted_only_then(editor, qtbot, monkeypatch):
    asked = []
    update = editor.margin.update
    monkeypatch.setattr(editor.margin, "update", lambda *area: (asked.append(1), update(*area)))
    remark = editor.pack().comments[0]
    before = box_of(editor, remark.id).anchor
    last = editor.pack().body[-1]
    editor.select(Place(last.id, 0), Place(last.id, 0))
    qtbot.wait(80)
    asked.clear()
    editor.verticalScrollBar().setValue(0)
    asked.clear()
    with qtbot.waitSignal(editor.margin.laid_out):
        QTest.keyClicks(editor, "x")
    scrolled = editor.verticalScrollBar().value()
    assert asked == [] or scrolled
    heading = editor.pack().body[1]
    editor.select(Place(heading.id, 0), Place(heading.id, 0))
    with qtbot.waitSignal(editor.margin.laid_out):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert box_of(editor, remark.id).anchor > before + 10
    assert asked


def test_a_click_on_a_bubble_lights_up_its_words_and_unfolds_it(editor, qtbot):
    remark = editor.pack().comments[1]
    box = box_of(editor, remark.id)
    at = QPoint(80, int(box.top + 10 - editor.verticalScrollBar().value()))
    with qtbot.waitSignal(editor.comment_clicked) as clicked:
        QTest.mouseClick(editor.margin, Qt.MouseButton.LeftButton, pos=at)
    assert clicked.args == [remark.id]
    assert editor.selected_text() == "£12m grant"
    assert box_of(editor, remark.id).top == box_of(editor, remark.id).anchor


def test_a_click_on_words_tells_their_comment(editor, qtbot):
    remark = editor.pack().comments[0]
    paragraph = editor.pack().body[3]
    start = next(mark.start for mark in paragraph.text.marks if mark.value == remark.id)
    cursor = editor.textCursor()
    cursor.setPosition(editor.position_of(Place(paragraph.id, start + 3)))
    at = editor.cursorRect(cursor).center()
    with qtbot.waitSignal(editor.comment_clicked) as clicked:
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert clicked.args == [remark.id]


def test_a_resolved_thread_is_folded_until_it_is_chosen(editor):
    done = editor.pack().comments[2]
    folded = box_of(editor, done.id).height
    editor.go_to_comment(done.id)
    assert box_of(editor, done.id).height > folded


def test_the_margin_goes_where_there_is_no_room_and_when_it_is_not_wanted(editor):
    assert editor.margin.isVisible()
    assert editor.margin.width() <= 260
    editor.show_margin(False)
    assert not editor.margin.isVisible()
    editor.show_margin(True)
    editor.resize(560, 700)
    assert not editor.margin.isVisible()
    assert editor.viewport().width() > 430


def test_an_empty_margin_takes_no_room_until_something_stands_in_it(make_editor, qtbot):
    bare = make_editor(Pack(body=(Paragraph(text=text("Nothing beside this.")),)))
    bare.resize(1180, 900)
    assert not bare.margin.isVisibleTo(bare)
    block = bare.pack().body[0]
    bare.select(Place(block.id, 0), Place(block.id, 7))
    bare.comment_on_selection(Comment("Is that so?", author="Ida Penn"))
    qtbot.waitUntil(lambda: bare.margin.isVisibleTo(bare) and bool(bare.margin.boxes))
    bare.undo()
    qtbot.waitUntil(lambda: not bare.margin.isVisibleTo(bare))


@pytest.mark.parametrize("caret_on_screen", [True, False])
def test_what_is_read_stays_in_place_when_the_sheet_narrows(make_editor, qtbot, caret_on_screen):
    words = "Words that fill a line and run over into the next one where the sheet is narrow. " * 3
    editor = make_editor(Pack(body=tuple(Paragraph(text=text(words)) for _ in range(150))))
    editor.resize(900, 700)
    body = editor.pack().body
    editor.select(Place(body[60].id, 0), Place(body[60].id, 0))
    if not caret_on_screen:
        bar = editor.verticalScrollBar()
        bar.setValue(bar.maximum() // 4)
    read = editor.textCursor() if caret_on_screen else editor.cursorForPosition(QPoint(0, 0))
    before, width = editor.cursorRect(read).top(), editor.viewport().width()
    far = Place(body[110].id, 0), Place(body[110].id, 4)
    editor.workspace.apply(edits.add_comment(editor.pack(), *far, Comment("A margin appears.")), "Comment")
    qtbot.waitUntil(lambda: editor.margin.isVisibleTo(editor))
    assert editor.viewport().width() < width
    assert abs(editor.cursorRect(read).top() - before) <= 2


def test_where_room_is_short_the_name_gives_way_and_the_date_stays(editor):
    metrics = editor.fontMetrics()
    quote = Quote(speaker="Somebody With A Long Name, Chair of a Committee", said_on="May 2026")
    whole = attribution(quote, metrics, 2000)
    assert whole == "— Somebody With A Long Name, Chair of a Committee, May 2026"
    short = attribution(quote, metrics, 200)
    assert short.endswith("…, May 2026")
    assert metrics.horizontalAdvance(short) <= 200
    assert attribution(Quote(said_on="May 2026"), metrics, 200) == "— May 2026"


def test_a_new_comment_stands_in_the_margin(editor, qtbot):
    last = editor.pack().body[-1]
    editor.select(Place(last.id, 0), Place(last.id, 3))
    remark = Comment(text="Really?", author="Tom Lee", initials="TL", time=dt.datetime(2025, 5, 6, 9, 0))
    with qtbot.waitSignal(editor.margin.laid_out):
        assert editor.comment_on_selection(remark)
    assert box_of(editor, remark.id)
    assert editor.selected_text() == "End"


def test_a_comment_without_a_selection_is_on_the_word(make_editor):
    editor = make_editor(Pack(body=(Paragraph(text=text("one two three")), PageBreak())))
    block, card = editor.pack().body
    editor.select(Place(block.id, 5), Place(block.id, 5))
    remark = Comment(text="Why?")
    assert editor.comment_on_selection(remark)
    assert editor.pack().body[0].text.marks == (Mark(4, 7, MarkKind.COMMENT, remark.id),)
    before = editor.pack()
    editor.select(Place(card.id, 1), Place(card.id, 1))
    assert not editor.comment_on_selection(Comment(text="On what?"))
    assert editor.pack() is before


# Looks


def test_dark_and_back(editor, light_afterwards, qtbot):
    QApplication.setPalette(DARK_PALETTE)
    qtbot.waitUntil(lambda: editor.look is DARK)
    assert_agrees(editor)
    assert editor.grab().toImage().pixelColor(4, 400) == DARK.desk
    QApplication.setPalette(QPalette(QColor("#efefef"), QColor("#f4f4f4")))
    qtbot.waitUntil(lambda: editor.look is LIGHT)
    assert_agrees(editor)


def test_the_programs_own_font_is_not_the_documents(editor):
    before, document = QApplication.font(), editor.document().defaultFont()
    other = QApplication.font()
    other.setPointSizeF(other.pointSizeF() + 7)
    QApplication.setFont(other)
    QApplication.processEvents()
    try:
        assert editor.document().defaultFont() == document
        assert_agrees(editor)
    finally:
        QApplication.setFont(before)


@pytest.mark.parametrize("percent", [60, 150, 200])
def test_zoom(editor, percent):
    place = Place(editor.pack().body[3].id, 4)
    editor.select(place, place)
    editor.set_zoom(percent)
    assert_agrees(editor)
    assert editor.selection() == (place, place)
    assert editor.document().defaultFont().pointSizeF() == pytest.approx(11 * percent / 100)


def contrast(one, other):
    def luminance(colour):
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("look", "least"), [(LIGHT, 4.5), (DARK, 4.5), (HIGH_LIGHT, 7), (HIGH_DARK, 7)])
def test_everything_can_be_read(look, least):
    grounds = (look.sheet, look.card, look.card_head, look.bubble, look.desk, look.comment, look.selection)
    for ground in (*grounds, look.comment_lit, *look.highlights.values()):
        assert contrast(look.ink, ground) >= least
    for ground in (look.sheet, look.card, look.bubble, look.desk):
        assert contrast(look.muted, ground) >= least
    for colour in (look.link, look.inserted, look.deleted):
        assert contrast(colour, look.sheet) >= least


# What is said aloud


def test_the_words_of_objects_and_comments_are_announced(editor, qtbot):
    card = next(block for block in editor.pack().body if isinstance(block, Biography))
    with qtbot.waitSignal(editor.announced) as said:
        editor.select(Place(card.id, 0), Place(card.id, 1))
    assert said.args[0].startswith("Biography: Owen Marsh")
    remark = editor.pack().comments[1]
    with qtbot.waitSignal(editor.announced) as said:
        editor.go_to_comment(remark.id)
    assert said.args == ["Comment by Tom Lee: Figure to be cleared by finance."]


def test_a_screen_reader_finds_the_text(editor):
    interface = QAccessible.queryAccessibleInterface(editor)
    assert interface.text(QAccessible.Text.Name) == "Briefing"
    assert interface.role() == QAccessible.Role.EditableText
    content = interface.textInterface()
    assert "The Forum will ask" in content.text(0, content.characterCount())


# Size


def test_a_long_pack_is_patched_where_it_changed_and_nowhere_else(make_editor):
    editor = make_editor(long(60))
    changed = []
    editor.document().contentsChange.connect(lambda at, removed, added: changed.append((at, removed, added)))
    first, last = editor.pack().body[1], editor.pack().body[-1]
    pack = edits.replace_block(editor.pack(), Paragraph(id=first.id, text=text("new")))
    pack = edits.replace_block(pack, Table(id=last.id, rows=((text("new"),),)))
    editor.workspace.apply(pack, "Two far changes")
    assert_agrees(editor)
    assert sum(removed for _, removed, _ in changed) < 1200


def test_a_narrow_sheet_has_narrow_margins(editor):
    wide = editor.document().rootFrame().frameFormat().leftMargin()
    before = editor.pack()
    editor.resize(620, 700)
    assert editor.document().rootFrame().frameFormat().leftMargin() < wide
    assert editor.pack() is before
    assert_agrees(editor)
    editor.resize(1180, 700)
    assert editor.document().rootFrame().frameFormat().leftMargin() == wide
