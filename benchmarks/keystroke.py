"""A keystroke to paint in the editor, against a bare QTextEdit with the same text, formats and width.

At 30, 300 and 1,000 pages, each with 500 comments, while the spelling of the whole pack is checked. Also: loading and
showing, the first page of a pack just loaded, the undo of a letter, and the change to dark mode. Both widgets stand in one
process and are typed into in turns. Run with ``python -m benchmarks.keystroke [PAGES …]``.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPaintEvent, QPalette, QTextCursor, QTextFrameFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from benchmarks.packs import make_pack
from benchmarks.timing import Timing, percentile, readable, table, timed
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.editor.formats import BLOCK_ID, MARKS, shape_of
from briefpack.desktop.editor.tidy import shown
from briefpack.desktop.editor.wording import object_words
from briefpack.desktop.jobs import Worker
from briefpack.desktop.spelling.checker import SpellChecker
from briefpack.desktop.workspace import Workspace
from briefpack.pack.model import Pack, TextBlock
from briefpack.spelling.own import OwnDictionary

PAGES = (30, 300, 1000)
COMMENTS = 500
KEYS = 320
WORDS = "and the minister will say that "
SIZE = (1180, 900)


class Painted:
    """Mixed into a widget: tells when it has painted."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        super().paintEvent(event)  # type: ignore[misc]  # mixed into a QTextEdit
        self.painted = True


class Bare(Painted, QTextEdit):
    """What a program would have without any of this: Qt's own editor."""


class Editor(Painted, PackEditor):
    """The editor, telling when it has painted."""


class Cell(NamedTuple):
    """The times of one place in one document: seconds for each keystroke."""

    bare: list[float]
    editor: list[float]


def bare_of(pack: Pack, editor: PackEditor) -> Bare:
    """A bare QTextEdit with the text, formats and width of an editor, and none of its properties."""
    bare = Bare()
    bare.setFrameShape(QFrame.Shape.NoFrame)
    bare.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bare.setUndoRedoEnabled(True)
    document = bare.document()
    document.setDefaultFont(editor.document().defaultFont())
    document.setDocumentMargin(0)
    fill(bare, pack, editor)
    frame = QTextFrameFormat()
    old = editor.document().rootFrame().frameFormat()
    frame.setLeftMargin(old.leftMargin())
    frame.setRightMargin(old.rightMargin())
    frame.setTopMargin(old.topMargin())
    document.rootFrame().setFrameFormat(frame)
    bare.resize(SIZE[0] + editor.viewport().width() - SIZE[0] + bare.verticalScrollBar().sizeHint().width(), SIZE[1])
    return bare


def fill(bare: QTextEdit, pack: Pack, editor: PackEditor) -> None:
    """Write a pack's text into a document; objects are a line of words there."""
    cursor = QTextCursor(bare.document())
    cursor.beginEditBlock()
    for index, block in enumerate(pack.body):
        format_ = editor.formats.block(block)
        format_.clearProperty(BLOCK_ID)
        shape = shape_of(block)
        base = editor.formats.chars(shape)
        if index:
            cursor.insertBlock(format_, base)
        else:
            cursor.setBlockFormat(format_)
        if isinstance(block, TextBlock):
            for string, marks in block.text.runs():
                chars = editor.formats.chars(shape, tuple((m.kind, m.value) for m in marks))
                chars = type(chars)(chars)
                chars.clearProperty(MARKS)
                cursor.insertText(shown(string), chars)
        else:
            cursor.insertText(object_words(block, pack.people), base)
    cursor.endEditBlock()


def stroke(app: QApplication, widget: Painted, character: str = "x") -> float:
    """The seconds from a key to the end of the paint that shows it."""
    widget.painted = False
    key = Qt.Key(ord(character.upper()))
    start = time.perf_counter()
    QTest.keyClick(widget, key)
    while not widget.painted:
        app.processEvents()
    return time.perf_counter() - start


def measure(app: QApplication, bare: Bare, editor: Editor, fraction: float) -> Cell:
    """Keys typed into both in turns, in the paragraph nearest to a fraction of the document."""
    pack = editor.pack()
    texts = [i for i, block in enumerate(pack.body) if isinstance(block, TextBlock) and len(block.text) > 100]
    index = min(texts, key=lambda at: abs(at - fraction * (len(pack.body) - 1)))
    for widget in (bare, editor):
        cursor = QTextCursor(widget.document().findBlockByNumber(index))
        cursor.movePosition(QTextCursor.MoveOperation.Right, n=60)
        widget.setTextCursor(cursor)
        widget.ensureCursorVisible()
    QTest.qWait(150)
    cell = Cell([], [])
    for key in range(KEYS):
        for widget, times in ((bare, cell.bare), (editor, cell.editor)):
            times.append(stroke(app, widget, WORDS[key % len(WORDS)]))
        if key % 8 == 7:
            QTest.qWait(45)  # what waits for a pause in typing gets one
    return cell


def showing(app: QApplication, widget: QWidget) -> None:
    """Show a widget and wait until it has laid out everything."""
    widget.show()
    QTest.qWaitForWindowExposed(widget)
    app.processEvents()
    widget.document().documentLayout().documentSize()  # type: ignore[attr-defined]  # a text edit


def loading(app: QApplication, pack: Pack) -> tuple[Timing, Timing, Editor, Bare]:
    """Load and show both; the last ones are kept."""
    taken: dict[str, list[float]] = {"bare": [], "editor": []}
    editor = Editor(Workspace(pack), lambda _name: None)
    editor.resize(*SIZE)
    showing(app, editor)
    bare = bare_of(pack, editor)
    for _ in range(4):
        kept: list[QWidget] = []

        def load_bare(kept: list[QWidget] = kept) -> None:
            kept.append(bare_of(pack, editor))
            showing(app, kept[-1])

        def load_editor(kept: list[QWidget] = kept) -> None:
            kept.append(Editor(Workspace(pack), lambda _name: None))
            kept[-1].resize(*SIZE)
            showing(app, kept[-1])

        taken["bare"].append(timed(load_bare))
        taken["editor"].append(timed(load_editor))
        for widget in kept:
            widget.close()
    showing(app, bare)
    return Timing("bare", tuple(taken["bare"])), Timing("editor", tuple(taken["editor"])), editor, bare


def first_page(app: QApplication, pack: Pack) -> Timing:
    """From a pack in hand to its first page on the screen, whatever else is still laid out after that."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        editor = Editor(Workspace(pack), lambda _name: None)
        editor.resize(*SIZE)
        editor.show()
        while not editor.painted:
            app.processEvents()
        taken.append(time.perf_counter() - start)
        editor.close()
    return Timing("editor", tuple(taken))


def repeated(app: QApplication, widget: Painted, work: Callable[[], None], prepare: Callable[[], None]) -> list[float]:
    """The seconds of a piece of work to the paint that shows it."""
    times = []
    for _ in range(12):
        prepare()
        QTest.qWait(45)
        widget.painted = False
        start = time.perf_counter()
        work()
        while not widget.painted:
            app.processEvents()
        times.append(time.perf_counter() - start)
    return times


def letter_undone(app: QApplication, editor: Editor, bare: Bare) -> list[Timing]:
    """The undo of one letter in the middle."""
    taken = []
    for label, widget in (("bare", bare), ("editor", editor)):
        taken.append(Timing(label, tuple(repeated(app, widget, widget.undo, lambda w=widget: stroke(app, w) and None))))
    return taken


def darkened(app: QApplication, editor: Editor, bare: Bare) -> list[Timing]:
    """The application's palette changed to dark and back, each with a paint."""
    light = QGuiApplication.palette()
    dark = QPalette(QColor("#2b2e33"), QColor("#1c1e21"))

    def change(palette: QPalette) -> None:
        app.setPalette(palette)
        app.processEvents()  # the change is told to widgets by events, of which each may ask for a paint

    editor.hide()
    alone = repeated(app, bare, lambda: change(dark), lambda: change(light))
    editor.show()
    bare.hide()
    own = repeated(app, editor, lambda: change(dark), lambda: change(light))
    bare.show()
    app.setPalette(light)
    return [Timing("bare", tuple(alone)), Timing("editor", tuple(own))]


def report(pages: int, cells: dict[str, Cell]) -> str:
    """A table of keystrokes: the editor against the bare widget at three places."""
    lines = [f"### {pages} pages: keystroke to paint", ""]
    lines += [
        "| place | bare p50 | p95 | editor p50 | p95 | ratio p50 | ratio p95 | goal |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for place, cell in cells.items():
        bare, own = [percentile(cell.bare, p) for p in (50, 95)], [percentile(cell.editor, p) for p in (50, 95)]
        kept = own[1] <= 3 * bare[1] or (place == "end" and own[1] <= bare[1] + 0.002)
        figures = (*map(readable, (*bare, *own)), f"{own[0] / bare[0]:.2f}", f"{own[1] / bare[1]:.2f}")
        goal = "p95 ≤ 3 × or + 2 ms" if place == "end" else "p95 ≤ 3 ×"
        lines.append(f"| {place} | {' | '.join(figures)} | {goal}: {'kept' if kept else 'missed'} |")
    return "\n".join(lines)


def check_spelling(editor: Editor, worker: Worker, folder: Path) -> SpellChecker:
    """Check the spelling of an editor's pack from now on, as the window does; once it has been gone through."""
    checker = SpellChecker(editor.workspace, OwnDictionary(folder / "own.txt"), worker, QObject(editor))
    editor.underline(checker.underlined)
    checker.changed.connect(editor.viewport().update)
    checker.switch(True)
    QTest.qWait(1500)  # a pack of 1,000 pages is gone through in less
    return checker


def main() -> None:
    app = QApplication([])
    app.setStyle("Fusion")
    worker = Worker("spelling")
    sizes = tuple(map(int, sys.argv[1:])) or PAGES
    try:
        with tempfile.TemporaryDirectory() as folder:
            run(app, worker, Path(folder), sizes)
    finally:
        worker.close()


def run(app: QApplication, worker: Worker, folder: Path, sizes: tuple[int, ...]) -> None:
    """Measure and print, for packs of so many pages."""
    p95: dict[tuple[int, str, str], float] = {}
    for pages in sizes:
        pack = make_pack(pages, comments=COMMENTS).pack
        print(
            f"{pages} pages: the first page stands after {readable(percentile(first_page(app, pack).seconds, 50))}.\n"
        )
        bare_load, editor_load, editor, bare = loading(app, pack)
        check_spelling(editor, worker, folder)
        cells = {name: measure(app, bare, editor, at) for name, at in (("start", 0.02), ("middle", 0.5), ("end", 0.97))}
        print(report(pages, cells), "\n")
        for name, cell in cells.items():
            p95[pages, name, "bare"], p95[pages, name, "editor"] = (
                percentile(cell.bare, 95),
                percentile(cell.editor, 95),
            )
        print(table(f"{pages} pages: load and show", [bare_load, editor_load], against="bare", goal=3), "\n")
        print(
            table(f"{pages} pages: undo of one letter, to paint", letter_undone(app, editor, bare), against="bare"),
            "\n",
        )
        print(table(f"{pages} pages: light to dark, to paint", darkened(app, editor, bare), against="bare"), "\n")
        margin = [timed(editor.margin.lay_out) for _ in range(10)]
        print(f"The margin is laid out in {readable(percentile(margin, 50))}, in a pause of typing.\n")
        editor.close()
        bare.close()
    if not {30, 300} <= set(sizes):
        return
    print("### 300 pages against 30, p95\n\n| place | bare | editor | goal |\n|---|---:|---:|---|")
    for name in ("start", "middle", "end"):
        grows = {kind: p95[300, name, kind] / p95[30, name, kind] for kind in ("bare", "editor")}
        kept = grows["editor"] <= 1.2 * grows["bare"]
        print(
            f"| {name} | {grows['bare']:.2f} | {grows['editor']:.2f} | ≤ 1.2 × bare: {'kept' if kept else 'missed'} |"
        )


if __name__ == "__main__":
    main()
