"""Random steps through every way into the document. After each one, pack and document agree to the last format."""

import os
import random

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefpack.desktop.editor import patch
from briefpack.desktop.editor.autoformat import follows
from briefpack.pack import edits
from briefpack.pack.edits import ClipForm, Place
from briefpack.pack.edits.places import length
from briefpack.pack.model import Biography, Clip, Comment, Heading, Image, PageBreak, Reply, Table, TextBlock
from briefpack.pack.text import Mark, MarkKind, text
from tests.desktop.editor.agreement import assert_agrees
from tests.desktop.editor.samples import rich

SEEDS = (1, 2, 3, 4, 5, 11, 12, 21, 22)
STEPS = int(os.environ.get("BRIEFPACK_FUZZ_STEPS", "400"))
"""Steps a seed; the nightly run takes more."""
KEYS = Qt.Key
TYPED = ("a", "to ", "x", "Ü", "end. ", "—", "it's", '"so"', " - ", "b--c", "- ", "1. ", "## ", "> ", "\u00a0", "ש")
LINKS = (("https://example.org/a",), ("",), ("mailto:a@example.org", "write 😀 to us"))
FOREIGN = (
    (
        "<h2>Title</h2><ul><li>one<ol><li>two</li></ol></li></ul><p>a <b>b</b> <a href='https://example.org'>c</a></p>",
        "",
    ),
    ("<table><tr><th>a</th><td>b</td></tr></table>", "a\tb"),
    ("", "Year\tGrant\n2025\t£12m\n"),
    ("", "• one\n\t• two\nשלום 👩‍👩‍👧 words\n"),
    ("<p>only <i>one</i></p>", "only one"),
)


class Fuzzer:
    """Does random things to an editor as a user would, and checks each."""

    def __init__(self, editor, seed):
        self.editor = editor
        self.random = random.Random(seed)
        self.done: list[str] = []
        self.steps = {
            self.type: 22,
            self.compose: 5,
            self.enter: 6,
            self.backspace: 8,
            self.delete: 6,
            self.key: 6,
            self.delete_all: 1,
            self.cut: 3,
            self.copy_paste: 4,
            self.mark: 6,
            self.comment: 3,
            self.clip: 2,
            self.move: 3,
            self.shape: 5,
            self.put_object: 2,
            self.attack_object: 7,
            self.drag: 3,
            self.undo: 5,
            self.redo: 4,
            self.split_pair: 2,
            self.link: 3,
            self.paste_foreign: 4,
            self.form: 2,
            self.thread: 3,
            self.mouse: 3,
            self.fold: 4,
            self.focus: 2,
        }

    def run(self, count):
        weights = list(self.steps.values())
        for _ in range(count):
            step = self.random.choices(list(self.steps), weights)[0]
            if self.random.random() < 0.7:
                self.place()
            self.done.append(step.__name__)
            step()
            assert_agrees(self.editor)

    def place(self):
        """Caret anywhere, sometimes with a selection: short, or across blocks. Mostly where one can see it."""
        cursor = self.editor.textCursor()
        last = self.editor.document().characterCount() - 1
        at = self.random.randint(0, last)
        for _ in range(8):
            if self.editor.document().findBlock(at).isVisible():
                break
            at = self.random.randint(0, last)
        cursor.setPosition(at)
        if self.random.random() < 0.35:
            reach = self.random.choice((3, 10, 60, 300))
            cursor.setPosition(
                min(last, max(0, at + self.random.randint(-reach, reach))), QTextCursor.MoveMode.KeepAnchor
            )
        self.editor.setTextCursor(cursor)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.editor, key, modifiers)

    def type(self):
        for character in self.random.choice(TYPED):
            pack, (anchor, caret) = self.editor.pack(), self.editor.selection()
            plain = anchor == caret and isinstance(pack.block(caret.block), TextBlock) and self.editor._pending is None
            type_keys(self.editor, character)
            if plain:
                marks = pack.block(caret.block).text.marks_typed_at(caret.offset)
                new = text(character, [whole_mark(len(character), *mark) for mark in marks])
                expected, caret = edits.insert_text(pack, caret, new)
                automatic = follows(expected, caret, character, self.editor.automatic)
                assert _alike(self.editor.pack(), automatic.pack if automatic else expected)

    def compose(self):
        string = self.random.choice(("é", "日本", "😀", "👩‍👩‍👧", "ﬁ", "שלום", "e\u0301", "مرحبا ", '"'))
        for stage in range(1, len(string) + 1):
            QApplication.sendEvent(self.editor, QInputMethodEvent(string[:stage], []))
            assert_agrees(self.editor)
        commit = QInputMethodEvent()
        commit.setCommitString(string)
        QApplication.sendEvent(self.editor, commit)

    def enter(self):
        held = self.random.choice((Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,))
        self.press(KEYS.Key_Return, held)

    def backspace(self):
        self.press(KEYS.Key_Backspace, self.held())

    def delete(self):
        self.press(KEYS.Key_Delete, self.held())

    def held(self):
        return self.random.choice((Qt.KeyboardModifier.NoModifier,) * 3 + (Qt.KeyboardModifier.ControlModifier,))

    def key(self):
        self.press(
            self.random.choice(
                (
                    *(KEYS.Key_Tab, KEYS.Key_Backtab, KEYS.Key_Left, KEYS.Key_Down, KEYS.Key_Home, KEYS.Key_End),
                    *(KEYS.Key_PageUp, KEYS.Key_PageDown),
                )
            ),
            self.random.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)),
        )

    def delete_all(self):
        self.editor.selectAll()
        self.press(self.random.choice((KEYS.Key_Delete, KEYS.Key_Return, KEYS.Key_X)))
        if self.random.random() < 0.8:  # or there is soon nothing left to try things on
            assert_agrees(self.editor)
            self.editor.undo()

    def cut(self):
        self.editor.cut()
        if self.random.random() < 0.8:
            self.place()
            self.editor.paste()

    def copy_paste(self):
        self.editor.copy()
        self.place()
        self.editor.paste()

    def mark(self):
        kind = self.random.choice((MarkKind.BOLD, MarkKind.ITALIC, MarkKind.UNDERLINE, MarkKind.STRIKE))
        match self.random.randrange(5):
            case 0:
                self.editor.set_highlight(self.random.choice(("yellow", "green", "")))
            case 1:
                self.editor.clear_formats()
            case _:
                self.editor.toggle_mark(kind)

    def comment(self):
        self.editor.comment_on_selection(Comment(text="Why?", author="A Person"))

    def clip(self):
        words = "what they said"
        clip = Clip(document="D", passage="P", start=0, end=len(words), words=words, fingerprint="0")
        self.editor.place_clips([clip], self.random.choice(list(ClipForm)), "Somebody")

    def move(self):
        self.editor.move_block(self.random.choice((-1, 1)))

    def shape(self):
        match self.random.randrange(6):
            case 0:
                self.editor.make_heading(self.random.randint(1, 4))
            case 1:
                self.editor.make_paragraph()
            case 2:
                self.editor.make_list(ordered=self.random.random() < 0.5)
            case 3:
                self.editor.make_quote()
            case _:
                self.editor.indent(self.random.choice((-1, 1)))

    def put_object(self):
        make = self.random.choice(
            (
                PageBreak,
                lambda: Table(rows=((text("a"), text("b")),)),
                lambda: Biography(person=self.editor.pack().people[0].id),
                lambda: Image(media="b" * 64 + ".png", alt="A map", width_mm=60),
            )
        )
        self.editor.insert_block(make())

    def attack_object(self):
        """A key on either side of an object, on it, or across its edge."""
        body = self.editor.pack().body
        objects = [index for index, block in enumerate(body) if not isinstance(block, TextBlock)]
        if not objects:
            return
        index = self.random.choice(objects)
        one = self.random.choice((Place(body[index].id, 0), Place(body[index].id, 1)))
        near = body[max(0, min(len(body) - 1, index + self.random.choice((-1, 0, 1))))]
        other = Place(near.id, self.random.randint(0, length(near)))
        self.editor.select(one, self.random.choice((one, other)))
        self.random.choice(
            (self.type, self.compose, self.enter, self.backspace, self.delete, self.key, self.cut, self.mark)
        )()

    def drag(self):
        pack = self.editor.pack()
        target = self.random.choice(pack.body)
        at = Place(target.id, self.random.randint(0, length(target)))
        self.editor.edit("Move", *edits.move_range(pack, *self.editor._range(), at))

    def link(self):
        """A link on the selection or the one at the caret, words put in that are one, or none any more."""
        self.editor.put_link(*self.random.choice(LINKS))

    def paste_foreign(self):
        mime = QMimeData()
        html, words = self.random.choice(FOREIGN)
        if html:
            mime.setHtml(html)
        mime.setText(words)
        if self.random.random() < 0.3:
            QApplication.clipboard().setMimeData(mime)
            self.editor.paste_text()
        else:
            self.editor.insertFromMimeData(mime)

    def form(self):
        """What the form of a table does: rows and columns come and go, cells are written."""
        pack = self.editor.pack()
        tables = [block for block in pack.body if isinstance(block, Table)]
        if tables:
            table = self.random.choice(tables)
            cell = text("new", [Mark(0, 3, self.random.choice((MarkKind.BOLD, MarkKind.ITALIC)))])
            rows = self.random.choice(
                ((*table.rows, (cell,) * len(table.rows[0])), tuple((*row, cell) for row in table.rows))
            )
            changed = replace(table, rows=rows, header=self.random.random() < 0.5)
            self.editor.workspace.apply(edits.replace_block(pack, changed), "Table")

    def thread(self):
        """What the list of comments does, while the caret is anywhere."""
        pack = self.editor.pack()
        if not pack.comments:
            return
        comment = self.random.choice(pack.comments)
        match self.random.randrange(4):
            case 0:
                changed = edits.delete_comment(pack, comment.id)
            case 1:
                changed = edits.reply_to(pack, comment.id, Reply(text="So be it"))
            case 2:
                changed = edits.resolve(pack, comment.id, resolved=not comment.resolved)
            case _:
                self.editor.go_to_comment(comment.id)
                self.editor.point_at(comment.id)
                return
        self.editor.workspace.apply(changed, "Comment")

    def mouse(self):
        """A click, a double click for a word, a drag over words, anywhere on screen."""
        viewport = self.editor.viewport()
        points = [
            QPoint(self.random.randrange(viewport.width()), self.random.randrange(viewport.height())) for _ in "ab"
        ]
        left = Qt.MouseButton.LeftButton
        match self.random.randrange(3):
            case 0:
                QTest.mouseClick(viewport, left, pos=points[0])
            case 1:
                QTest.mouseDClick(viewport, left, pos=points[0])
            case _:
                self.editor.setTextCursor(self.editor.cursorForPosition(points[0]))  # nothing is dragged along
                QTest.mousePress(viewport, left, pos=points[0])
                QTest.mouseMove(viewport, points[1])
        QTest.mouseRelease(viewport, left, pos=points[1])  # QTest leaves the button pressed behind a double click

    def undo(self):
        for _ in range(self.random.choice((1, 1, 3))):
            self.editor.undo()
            assert_agrees(self.editor)

    def redo(self):
        for _ in range(self.random.choice((1, 1, 3))):
            self.editor.redo()
            assert_agrees(self.editor)

    def headings(self):
        return [block.id for block in self.editor.pack().body if isinstance(block, Heading)]

    def fold(self):
        """One section folded or shown, or all of them."""
        folding, headings = self.editor.folding, self.headings()
        if not headings:
            return
        match self.random.randrange(6):
            case 0:
                folding.fold(headings)
            case 1:
                folding.fold(headings, folded=False)
            case _:
                folding.toggle(self.random.choice(headings))

    def focus(self):
        headings = self.headings()
        self.editor.folding.focus(self.random.choice(headings) if headings and self.random.random() < 0.7 else "")

    def split_pair(self):
        """A position inside a surrogate pair, and then a key."""
        string = self.editor.document().toRawText()
        units = string.encode("utf-16-le", "surrogatepass")
        found = [
            at
            for at in range(len(units) // 2)
            if 0xDC00 <= int.from_bytes(units[2 * at : 2 * at + 2], "little") < 0xE000
        ]
        if found:
            cursor = self.editor.textCursor()
            cursor.setPosition(self.random.choice(found))
            self.editor.setTextCursor(cursor)
            self.press(self.random.choice((KEYS.Key_A, KEYS.Key_Backspace, KEYS.Key_Delete, KEYS.Key_Return)))


def _alike(one, other):
    """Whether two packs are the same, but for the ids of blocks that were made while a key was dealt with."""
    return [replace(b, id="") for b in one.body] == [replace(b, id="") for b in other.body]


def type_keys(editor, string):
    """Keys whose characters QTest has no code for, as the system sends them."""
    for character in string:
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character))


def whole_mark(size, kind, value):
    return Mark(0, size, kind, value)


@pytest.mark.parametrize("seed", SEEDS)
def test_pack_and_document_agree_after_every_step_and_undo_leads_back(make_editor, seed):
    editor = make_editor(rich())
    workspace = editor.workspace
    original = workspace.pack
    assert_agrees(editor)
    Fuzzer(editor, seed).run(STEPS)
    while workspace.history.redo_label is not None:
        workspace.redo()
    end = workspace.pack
    steps = 0
    while workspace.history.undo_label is not None:
        workspace.undo()
        steps += 1
        if steps % 20 == 0:
            assert_agrees(editor)
    assert workspace.pack == original
    assert_agrees(editor)
    while workspace.history.redo_label is not None:
        workspace.redo()
    assert workspace.pack == end
    assert_agrees(editor)


@pytest.mark.parametrize("fault", ["no write-back", "old ids", "no folding again"])
def test_the_fuzz_notices_a_fault(make_editor, monkeypatch, fault):
    editor = make_editor(rich())
    if fault == "no write-back":
        monkeypatch.setattr(editor, "_write_back", lambda after, *_: setattr(editor, "_shown", after))
    elif fault == "no folding again":
        hide = editor.folding._hide
        monkeypatch.setattr(editor.folding, "_hide", lambda: editor.folding._done or hide())
    else:
        whole = patch.reshape
        monkeypatch.setattr(
            patch,
            "reshape",
            lambda document, start, stop, targets: whole(document, start, stop, targets[: stop - start]),
        )
    with pytest.raises((AssertionError, KeyError)):
        Fuzzer(editor, 1).run(STEPS)
