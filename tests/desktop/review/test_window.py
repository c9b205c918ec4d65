"""Returned copies in the whole window: dropped, gone through by keyboard, decided, undone, saved and opened again."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from briefpack.desktop.review.keys import HELP
from briefpack.desktop.review.listing import Grouping, Sort, State, Wanted
from briefpack.pack.decisions import Verdict
from briefpack.pack.edits import Place, delete, insert_text
from briefpack.pack.model import texts_of
from briefpack.pack.text import MarkKind, text
from briefpack.packfile import read, save
from briefpack.tasks.reviewing import take_back
from tests.helpers.copies import OPEN, edited, sent_pack, three_copies, with_text, without
from tests.helpers.dragging import drop_files
from tests.helpers.returned import GWEN, PRESS, RHODRI
from tests.helpers.returns import Reviewer

COPIES = ("GM comments.docx", "press (2).docx", "Copy of sent.docx", "final FINAL.docx")
SILENT = COPIES[-1]


class Bench:
    """A window with a pack that was sent, and the hands of whoever sits at it."""

    def __init__(self, desktop, qtbot, folder):
        self.desktop, self.qtbot, self.folder = desktop, qtbot, folder
        self.window = desktop.window
        self.path, self.sent = folder / "harbour.briefpack", (folder / "sent.docx").read_bytes()
        self.window.resize(1360, 860)
        self.open(self.path)

    @property
    def panel(self):
        return self.window.side.returns

    @property
    def copies(self):
        """The files that came back."""
        return [self.folder / name for name in COPIES]

    @property
    def pack(self):
        return self.desktop.workspace.pack

    @property
    def left(self):
        return self.window.returns.open

    def open(self, path):
        """Open a pack once the one before is put away, so that nobody has it open."""
        self.desktop.documents.close()
        with self.qtbot.waitSignal(self.desktop.documents.opened):
            self.desktop.documents.open(path)

    def drop(self, paths, over=None):
        """Drop files on the document, or on another widget."""
        return drop_files(paths, over or self.window.editor.viewport())

    def take(self, paths):
        """Drop copies and wait until they are read and shown."""
        before = self.window.returns.review
        self.drop(paths)
        self.qtbot.waitUntil(lambda: self.window.returns.review is not before)
        self.settle()

    def settle(self):
        """Wait until everything is worked out and shown."""
        self.qtbot.waitUntil(lambda: not self.window.returns.worker.busy and not self.desktop.worker.busy)

    def key(self, *keys, held=Qt.KeyboardModifier.NoModifier):
        """Press keys in whatever has the keyboard."""
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget(), key, held)
            self.settle()

    def choose(self, author, before=None):
        """Choose the open change of somebody that takes those words out."""
        item = next(
            each for each in self.window.returns.review.items
            if each.author == author and (before is None or before in each.before)
        )  # fmt: skip
        self.panel.choose(item.key)
        self.window.returns.look(item.key)
        self.settle()
        self.panel.list.setFocus()
        return item


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder with the pack that was sent and the copies that came back, made once."""
    folder = tmp_path_factory.mktemp("returns")
    path, sent = sent_pack(folder)
    copies = [(each.name, each.read_bytes()) for each in three_copies(folder, sent)]
    save(take_back(read(path), copies, now=dt.datetime.now().astimezone()).file, folder / "taken.briefpack")
    return folder


@pytest.fixture
def bench(desktop, qtbot, tmp_path, files):
    shutil.copytree(files, tmp_path / "desk")
    return Bench(desktop, qtbot, tmp_path / "desk")


@pytest.fixture
def dropped(bench):
    """The bench with all copies dropped on it."""
    bench.take(bench.copies)
    return bench


@pytest.fixture
def taken(bench):
    """The bench with a pack in which all copies were taken back."""
    bench.path = bench.folder / "taken.briefpack"
    bench.open(bench.path)
    bench.qtbot.waitUntil(lambda: bench.left == OPEN)
    bench.settle()
    bench.window.actions_["view.returns"].trigger()
    bench.window.returns.look()
    bench.settle()
    return bench


def strings(pack):
    return [each.string for block in pack.body for each in texts_of(block)]


# Taking back


def test_copies_dropped_on_the_document_are_taken_back(bench):
    """Any number at once, renamed: one list; their comments stand in the pack; nothing is typed into it."""
    before = strings(bench.pack)
    bench.take(bench.copies)
    assert bench.left == OPEN == bench.panel.model.rowCount() - len({"lines", "pressed", "background", "next"})
    assert strings(bench.pack) == before
    assert {"Still agreed?", "By whom?"} <= {comment.text for comment in bench.pack.comments}
    assert bench.window.toast.words == "2 comments and 7 changes, 1 with tracking off"
    assert bench.window.centre.reviewing
    assert bench.panel.list.hasFocus()
    assert bench.window.panes["returns"].windowTitle() == f"Returns {OPEN}"
    assert {GWEN, PRESS, RHODRI, SILENT} == {row.name for row in _tallies(bench)}


def test_taking_back_is_one_step_to_undo_and_redo(dropped):
    """The toast's button leaves nothing of it; redo derives the same list again."""
    keys = dropped.panel.model.keys
    dropped.window.toast._button.click()
    dropped.settle()
    assert not dropped.pack.returns
    assert "Still agreed?" not in {comment.text for comment in dropped.pack.comments}
    assert dropped.left == 0
    assert not dropped.window.centre.reviewing
    dropped.window.actions_["edit.redo"].trigger()
    dropped.settle()
    assert dropped.panel.model.keys == keys


def test_the_same_copy_again_adds_nothing(taken):
    taken.drop([taken.folder / "press (2).docx"])
    taken.qtbot.waitUntil(lambda: taken.window.toast.words.startswith("Nothing new"))
    taken.settle()
    assert taken.left == OPEN
    assert len(taken.pack.returns) == 4


def test_what_cannot_be_read_is_said_and_the_rest_is_taken(bench, qtbot):
    """A file that is no Word file does not stand in the way of one that is."""
    good, bad = bench.copies[0], bench.folder / "torn.docx"
    bad.write_bytes(b"PK\x03\x04 torn")
    bench.window.returns.failed.disconnect(bench.window.show_error)
    with qtbot.waitSignal(bench.window.returns.failed) as failed:
        bench.drop([good, bad])
    bench.settle()
    assert "torn.docx" in failed.args[0].where
    assert [each.name for each in bench.pack.returns] == [good.name]


def test_a_copy_of_another_pack_changes_nothing(bench, qtbot, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    path, sent = sent_pack(other)
    bench.open(path)  # a pack of the same id: its own copy is known
    stranger = other / "stranger.docx"
    stranger.write_bytes(sent.replace(b"PK", b"XX", 1))
    bench.window.returns.failed.disconnect(bench.window.show_error)
    with qtbot.waitSignal(bench.window.returns.failed):
        bench.drop([stranger])
    assert not bench.pack.returns
    assert not bench.window.returns.review.items


def test_without_a_pack_it_is_said_what_to_do(desktop, qtbot, tmp_path):
    desktop.window.returns.take_back([tmp_path / "copy.docx"])
    assert desktop.window.toast.words.startswith("Open the pack")


def test_a_dropped_pack_is_opened(bench, tmp_path):
    """Wherever it is dropped; while it hovers it is said what dropping does."""
    copy = tmp_path / "second.briefpack"
    copy.write_bytes(bench.path.read_bytes())
    with bench.qtbot.waitSignal(bench.desktop.documents.opened):
        assert bench.drop([copy], over=bench.window.outline) is bench.window
    assert bench.desktop.documents.path == copy


def test_other_files_are_refused(bench, tmp_path):
    """A song dropped on the text is neither taken nor pasted as its name."""
    before = bench.pack
    assert bench.drop([tmp_path / "song.ogg"]) is None
    assert bench.pack is before


def test_reading_can_be_stopped(bench):
    """Nothing is taken back then."""
    job = bench.window.returns.take_back(bench.copies)
    with bench.qtbot.waitSignal(job.cancelled):
        bench.window.status._stop.click()
    assert not bench.pack.returns
    assert bench.window.toast.words.startswith("Stopped")


def test_what_is_written_while_copies_are_read_is_kept(bench):
    """The copies are put into the pack as it is when they have been read."""
    block = with_text(bench.pack, "Figures are").id
    job = bench.window.returns.take_back(bench.copies)
    bench.desktop.workspace.apply(insert_text(bench.pack, Place(block, 0), text("All ")).pack, "Type")
    with bench.qtbot.waitSignal(job.ended):
        pass
    bench.settle()
    assert bench.pack.block(block).text.string.startswith("All Figures")
    assert bench.left == OPEN


# In place


def test_changes_are_shown_in_place_in_the_reviewers_colours(taken):
    """Old words struck, new ones underlined; both partners of a clash; each person in a colour of their own."""
    view = taken.window.centre.page.view
    block = with_text(taken.pack, "every station is staffed").id
    shown = view.pack().block(block).text
    assert "across government so that every station is staffedall stations are open" in shown.string
    assert taken.pack.block(block).text.string != shown.string
    marks = {mark.kind for mark in shown.marks}
    assert {MarkKind.INSERTION, MarkKind.DELETION} <= marks
    colours = {}
    laid = view.document().begin()
    while laid.isValid():
        iterator = laid.begin()
        while not iterator.atEnd():
            piece = iterator.fragment()
            if piece.charFormat().fontStrikeOut():
                colours[piece.text().strip()] = piece.charFormat().foreground().color().name()
            iterator += 1
        laid = laid.next()
    assert colours["first"] != colours["every station is staffed"] != colours["across government"] != colours["first"]
    assert colours["may face"] not in {colours["first"], colours["across government"]}


def test_the_document_in_review_cannot_be_written_in(taken):
    """Keys are the list's, and what acts on the text waits until the user goes back to writing."""
    before = taken.pack
    view = taken.window.centre.page.view
    view.setFocus()
    taken.qtbot.keyClicks(view, "xyq")
    taken.window.editor.toggle_mark(MarkKind.BOLD)
    taken.qtbot.keyClicks(taken.window.editor, "no")
    assert taken.pack is before
    assert not taken.window.actions_["format.bold"].isEnabled()
    taken.key(Qt.Key.Key_Escape)
    assert not taken.window.centre.reviewing
    assert taken.window.actions_["format.bold"].isEnabled()
    assert not taken.window.editor.isReadOnly()


def test_the_chosen_change_is_brought_into_view(taken):
    """J goes on; what is far down is scrolled to, and lit."""
    view = taken.window.centre.page.view
    taken.choose(GWEN, "late summer")
    places = view._places[taken.panel.current]
    seen = {each.block.id for each in view._painting.seen(view.viewport().rect())}
    assert places[0].block in seen
    assert places[0].block in view._painting.hits
    taken.panel.step(-1)
    taken.settle()
    assert places[0].block not in view._painting.hits


def test_a_click_on_a_change_chooses_it(taken):
    view = taken.window.centre.page.view
    item = taken.choose(PRESS, "every station")
    other = taken.choose(GWEN, "first")
    assert taken.panel.current == other.key
    at = view.place_of(item.key) - QPoint(4, 6)
    taken.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert taken.panel.current == item.key


# Deciding by keyboard


def test_everything_is_decided_by_keyboard_alone(taken):
    """A, R, E, Enter: after each the next open item is chosen; the count goes to zero."""
    counts = [taken.left]
    while taken.left:
        row = taken.panel.current_row
        if not row.item.is_change:
            taken.key(Qt.Key.Key_Return)
            taken.qtbot.keyClicks(QApplication.focusWidget(), "Noted")
            taken.key(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
        elif row.item.before == "new":
            taken.key(Qt.Key.Key_E)
            taken.qtbot.keyClicks(QApplication.focusWidget(), "added")
            taken.key(Qt.Key.Key_Return)
        else:
            taken.key(Qt.Key.Key_R if row.item.author == SILENT else Qt.Key.Key_A)
        counts.append(taken.left)
        taken.panel.list.setFocus()
    assert counts == list(range(OPEN, -1, -1))
    verdicts = [each.verdict for each in taken.pack.decisions]
    assert sorted(verdicts) == sorted(
        [Verdict.ACCEPTED] * 5 + [Verdict.REJECTED] + [Verdict.EDITED] + [Verdict.ANSWERED] * 2
    )
    words = "\n".join(strings(taken.pack))
    assert "highest priority" in words
    assert "The fund is added money." in words
    assert "We are working with colleagues so that all stations are open by October." in words
    assert "may face additional costs" in words
    thread = next(each for each in taken.pack.comments if each.text == "Still agreed?")
    assert [reply.text for reply in thread.replies] == ["Noted"]
    assert taken.panel.header.total.text() == f"All {OPEN} decided"
    assert taken.window.panes["returns"].windowTitle() == "Returns"


def test_every_decision_is_one_step_to_undo(taken):
    """Ctrl+Z takes it back and the item is open again, with its mark in the document."""
    item = taken.choose(GWEN, "first")
    before = taken.pack
    taken.key(Qt.Key.Key_A)
    assert "highest priority" in "\n".join(strings(taken.pack))
    taken.window.actions_["edit.undo"].trigger()
    taken.settle()
    assert taken.pack == before
    assert taken.panel.model.row_of(item.key).decision is None
    assert item.key in taken.window.centre.page.view._places


def test_an_earlier_decision_is_reviewed_and_taken_back_by_itself(taken):
    """Under Decided today, the newest first; Z takes back the chosen one, and what came after it stays."""
    first = taken.choose(GWEN, "first")
    taken.key(Qt.Key.Key_A)
    second = taken.choose(GWEN, "late summer")
    taken.key(Qt.Key.Key_A)
    taken.panel.header.want(Wanted(State.TODAY))
    assert taken.panel.model.keys == [second.key, first.key]
    taken.panel.choose(first.key)
    taken.panel.list.setFocus()
    taken.key(Qt.Key.Key_Z)
    words = "\n".join(strings(taken.pack))
    assert "first priority" in words
    assert "published in September" in words
    assert [each.item for each in taken.pack.decisions] == [second.key]


def test_a_decision_of_an_earlier_sitting_is_taken_back(taken, tmp_path):
    """The words that were sent are put back from the bytes in the pack."""
    item = taken.choose(GWEN, "first")
    taken.key(Qt.Key.Key_A)
    later = tmp_path / "later.briefpack"
    taken.desktop.documents.save(later)
    taken.settle()
    taken.open(later)
    taken.settle()
    taken.window.actions_["view.returns"].trigger()
    taken.panel.choose(item.key)
    taken.qtbot.waitUntil(taken.panel.list.hasFocus)
    taken.key(Qt.Key.Key_Z)
    assert "first priority" in "\n".join(strings(taken.pack))
    assert taken.left == OPEN


def test_all_of_a_person_are_accepted_in_one_step(taken):
    """Shift+P; comments stay to be answered."""
    before = taken.pack
    taken.choose(GWEN, "first")
    taken.key(Qt.Key.Key_P, held=Qt.KeyboardModifier.ShiftModifier)
    words = "\n".join(strings(taken.pack))
    assert "highest priority" in words
    assert "published in September" in words
    assert {row.name: row.open for row in _tallies(taken)}[GWEN] == 1
    taken.window.toast._button.click()
    taken.settle()
    assert taken.pack == before


def test_all_in_a_section_are_accepted_in_one_step(taken):
    """Shift+S, whoever made the changes."""
    taken.choose(GWEN, "first")
    taken.key(Qt.Key.Key_S, held=Qt.KeyboardModifier.ShiftModifier)
    assert taken.left == OPEN - 4
    assert "are facing additional costs" in "\n".join(strings(taken.pack))
    assert "The fund is new money." in strings(taken.pack)


def test_a_reply_goes_with_the_verdict_on_a_change(taken):
    """What is typed before A or R is kept with the decision; Escape leads back to the list."""
    item = taken.choose(GWEN, "first")
    taken.key(Qt.Key.Key_Return)
    taken.qtbot.keyClicks(QApplication.focusWidget(), "The letter says first")
    taken.key(Qt.Key.Key_Escape)
    assert taken.panel.list.hasFocus()
    taken.key(Qt.Key.Key_R)
    decision = next(each for each in taken.pack.decisions if each.item == item.key)
    assert (decision.verdict, decision.reply) == (Verdict.REJECTED, "The letter says first")
    assert taken.panel.detail.reply.toPlainText() == ""


def test_arrows_and_letters_go_through_the_list(taken):
    keys = taken.panel.model.keys
    taken.panel.choose(keys[0])
    taken.panel.list.setFocus()
    taken.key(Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_K, Qt.Key.Key_Up, Qt.Key.Key_K)
    assert taken.panel.current == keys[0]
    taken.key(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert taken.panel.current == keys[2]


def test_a_move_is_shown_as_one_and_its_words_cannot_be_chosen(bench):
    """Struck where it went, underlined where it came; E says what can be done instead."""
    copy = Reviewer(bench.sent)
    copy.who = GWEN
    copy.move(copy.find("Bids open in May")[0], copy.find("North shore")[0])
    moved = bench.folder / "moved.docx"
    moved.write_bytes(copy.file())
    bench.take([moved])
    assert [item.kind.value for item in bench.window.returns.review.items] == ["move"]
    view = bench.window.centre.page.view
    assert [block.text.string for block in view.pack().body if hasattr(block, "text")].count("Bids open in May.") == 2
    bench.key(Qt.Key.Key_E)
    assert "cannot be chosen" in bench.window.toast.words
    bench.key(Qt.Key.Key_A)
    words = strings(bench.pack)
    assert words.index("Bids open in May.") == words.index("North shore: all stations open.") + 1
    bench.key(Qt.Key.Key_Z)
    assert bench.left == 1


def test_the_keyboard_finds_the_list(taken):
    """Ctrl+8 leads to it from anywhere, F4 goes on."""
    taken.key(Qt.Key.Key_Escape)
    taken.window.actions_["view.returns"].trigger()
    assert taken.panel.list.hasFocus()
    first = taken.panel.current
    taken.window.actions_["returns.next"].trigger()
    taken.settle()
    assert taken.panel.current != first
    assert taken.window.centre.reviewing


def test_a_list_that_was_not_read_can_be_read_later(taken):
    """Stopping it loses nothing: the toast's button reads it."""
    taken.open(taken.path)
    for job in tuple(taken.window.returns.worker._jobs):
        job.cancel()
    taken.settle()
    assert taken.left == 0
    assert "not listed" in taken.window.toast.words
    taken.window.toast._button.click()
    taken.qtbot.waitUntil(lambda: taken.left == OPEN)
    taken.settle()


# What no longer fits


def test_what_no_longer_fits_says_so_and_is_made_by_hand(taken):
    """The words it changes were written anew: E offers the paragraph, and the decision is kept."""
    item = taken.choose(GWEN, "late summer")
    block = taken.pack.block(item.block)
    changed = delete(taken.pack, Place(block.id, 0), Place(block.id, len(block.text))).pack
    changed = insert_text(changed, Place(block.id, 0), text("Published when it is ready.")).pack
    taken.desktop.workspace.apply(changed, "Type")
    taken.window.returns._follow_typing()
    taken.settle()
    assert not taken.panel.model.row_of(item.key).fits
    assert "not there any more" in taken.panel.detail.words.toPlainText()
    assert not taken.panel.detail._accept.isEnabled()
    taken.key(Qt.Key.Key_E)
    field = QApplication.focusWidget()
    assert field.toPlainText() == "Published when it is ready."
    field.setPlainText("Published in September.")
    taken.key(Qt.Key.Key_Return)
    assert taken.pack.block(block.id).text.string == "Published in September."
    assert [each.verdict for each in taken.pack.decisions] == [Verdict.EDITED]
    taken.window.actions_["edit.undo"].trigger()
    assert taken.pack.block(block.id).text.string == "Published when it is ready."


def test_a_change_of_a_paragraph_that_is_gone_stays_on_the_list(taken):
    item = taken.choose(GWEN, "late summer")
    taken.desktop.workspace.apply(without(taken.pack, item.block), "Delete")
    taken.window.returns._follow_typing()
    taken.settle()
    assert taken.panel.model.row_of(item.key) is not None
    taken.choose(GWEN, "late summer")
    taken.key(Qt.Key.Key_E)
    assert [each.verdict for each in taken.pack.decisions] == [Verdict.EDITED]


# The list


def test_filters_and_people(taken):
    """A person's button lists that person alone; the silent edit and the clash are found by their names."""
    taken.panel.header._people[PRESS].click()
    assert {taken.panel.model.row_of(key).item.author for key in taken.panel.model.keys} == {PRESS}
    taken.panel.header._people[PRESS].click()
    taken.panel.header.want(Wanted(sort=Sort.SILENT))
    assert [taken.panel.model.row_of(key).item.before for key in taken.panel.model.keys] == ["may face"]
    taken.panel.header.want(Wanted(sort=Sort.CLASHES))
    assert len(taken.panel.model.keys) == 2
    assert "wants on the same sentence" in taken.panel.detail.words.toPlainText()
    taken.panel.header.want(Wanted(grouping=Grouping.PERSON))
    assert len(taken.panel.model.keys) == OPEN


def test_everything_has_a_name(taken):
    """The list, its rows and the document are told to a screen reader; the keys are told at the foot."""
    interface = QAccessible.queryAccessibleInterface(taken.panel.list)
    assert interface.text(QAccessible.Text.Name) == "Returns"
    rows = [taken.panel.list.model().index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(4)]
    assert rows[0] == "Item 1: Winter programme › Lines to take, 5 open of 5"
    assert rows[1].startswith("Gwen Marrow, Replacement, taken out: first, put in: highest")
    view = QAccessible.queryAccessibleInterface(taken.window.centre.page.view)
    assert view.text(QAccessible.Text.Name) == "Briefing with what reviewers propose"
    for part in (taken.panel.header.state, taken.panel.header.sort, taken.panel.detail.words, taken.panel.detail.reply):
        assert part.accessibleName()
    assert HELP[0][0] in taken.panel.findChild(type(taken.panel.header.total), "Keys").accessibleDescription()


# Saved and opened again


def test_the_list_is_the_same_when_the_pack_is_opened_again(taken):
    """What came back lies in the saved pack; decided items are decided, the rest is open, in the same order."""
    assert len(read(taken.path).returned) == 4  # kept in the file as soon as they were taken back
    taken.choose(GWEN, "first")
    taken.key(Qt.Key.Key_A)
    keys, decisions = taken.panel.model.keys, taken.pack.decisions
    taken.window.actions_["file.save"].trigger()
    taken.settle()
    taken.open(taken.path)
    taken.qtbot.waitUntil(lambda: taken.left == OPEN - 1)
    taken.settle()
    assert taken.panel.model.keys == keys
    assert taken.pack.decisions == decisions
    assert not taken.window.centre.reviewing


def test_a_later_copy_of_a_person_adds_only_what_is_new(taken):
    """The same person sends again, with one change more."""
    second = taken.folder / "GM again.docx"
    edits = [("first priority", "highest priority"), ("late summer", "September"), ("six weeks", "five weeks")]
    second.write_bytes(edited(taken.sent, GWEN, edits, [("kept under review", "Still agreed?")]))
    taken.drop([second])
    taken.qtbot.waitUntil(lambda: len(taken.pack.returns) == 5)
    taken.settle()
    assert taken.left == OPEN + 1
    assert taken.window.toast.words == "1 change"
    assert taken.panel.current_row.item.after == "five"


def test_another_pack_has_another_list(taken, tmp_path):
    """Nothing of one pack's returns is left when another is opened."""
    other = tmp_path / "other"
    other.mkdir()
    path, _ = sent_pack(other)
    taken.open(Path(path))
    assert taken.left == 0
    assert not taken.window.centre.reviewing
    assert taken.window.centre.page.view is None


def _tallies(bench):
    from briefpack.desktop.review.listing import decided, tallies

    return tallies(bench.window.returns.review, decided(bench.pack))
