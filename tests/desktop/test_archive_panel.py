"""Searching and reading the archive beside the document."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from briefpack.archive import Document, Hit, Passage, PassageHit, PassageKind
from briefpack.archive.model import UNDATED
from briefpack.desktop.archive.hits import HIT, HitsModel
from briefpack.desktop.archive.reader import Reader
from briefpack.desktop.archive.sentences import sentences, widened
from briefpack.desktop.editor.clipboard import clips_mime


def document(*texts: str) -> Document:
    passages = tuple(
        Passage(id=f"d.{number}", kind=PassageKind.PARAGRAPH, text=words) for number, words in enumerate(texts)
    )
    return Document("d", "Title", 0, UNDATED, None, None, "a.txt", passages=passages)


def hit(found: Document, *highlights: tuple[str, int, int]) -> Hit:
    passages = tuple(PassageHit(id=each, text="", highlights=((start, end),)) for each, start, end in highlights)
    return Hit(found.id, found.title, 0, UNDATED, None, None, "a.txt", 1.0, passages)


@pytest.fixture
def reader(qtbot):
    reader = Reader(lambda _document, _pieces: clips_mime(()))
    qtbot.addWidget(reader)
    reader.resize(300, 300)
    reader.show()
    return reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Quill met Mr. J. Venn. Then she left.", ["Dr. Quill met Mr. J. Venn.", "Then she left."]),
        ("“We wait.” She sat down.", ["“We wait.”", "She sat down."]),
        ("It cost £1.9m in 2025. £2m followed.", ["It cost £1.9m in 2025.", "£2m followed."]),
        ("no end at all", ["no end at all"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    """Cut where a sentence ends, and not at a title, an initial or a number."""
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_widening():
    """A range grows to whole sentences; an empty one becomes the sentence around it."""
    text = "One is here. Two is there. Three."
    assert text[slice(*widened(text, 16, 18))] == "Two is there."
    assert text[slice(*widened(text, 5, 18))] == "One is here. Two is there."
    assert text[slice(*widened(text, 4, 4))] == "One is here."


def test_a_selection_is_taken_passage_by_passage(reader):
    """A piece for each passage, in code points, without white space at the ends, emoji or not."""
    found = document("First 🛶 passage here.", "Second passage.", "Third.")
    reader.show_document(found, None)
    reader.select("d.0", 6, 15)
    assert [(each.passage.id, each.start, each.end) for each in reader.taken()] == [("d.0", 6, 15)]
    reader.selectAll()
    assert [each.passage.text[each.start : each.end] for each in reader.taken()] == [p.text for p in found.passages]


def test_hits_are_walked_around(reader):
    """Next and previous hit, from the last to the first."""
    found = document("alpha beta", "beta gamma")
    reader.show_document(found, hit(found, ("d.0", 6, 10), ("d.1", 0, 4)))
    assert (reader.hits, reader.hit) == (2, 0)
    seen = []
    for _ in range(3):
        reader.step(1)
        seen.append(reader.hit)
    assert seen == [1, 0, 1]
    reader.step(-1)
    assert reader.hit == 0
    assert len(reader.extraSelections()) == 2


def test_hits_model_keeps_qts_rules(qtmodeltester):
    """Through results that come and go."""
    model, found = HitsModel(), document("alpha")
    model.show((hit(found, ("d.0", 0, 5)),))
    qtmodeltester.check(model)
    assert model.index(0).data(HIT).title == "Title"
    assert "Title" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    model.show(())
    assert model.rowCount() == 0


def test_an_empty_archive_says_what_to_do(desktop, qtbot):
    """And a query that finds nothing says so."""
    panel = desktop.window.side.archive
    qtbot.waitUntil(lambda: "empty" in panel.notice._words.text())
    qtbot.keyClicks(panel.field, "zebra")
    qtbot.waitUntil(lambda: "Nothing found" in panel.notice._words.text())


def test_only_the_last_query_is_shown(desktop, articles, qtbot):
    """Each keystroke drops the query before: what arrives is the answer to what stands in the field."""
    panel = desktop.window.side.archive
    with qtbot.waitSignal(desktop.library.changed):
        panel.add([articles])
    shown = []
    panel._show_results, original = (
        lambda results: (shown.append(results.query), original(results)),
        panel._show_results,
    )
    for words in ("l", "lo", "loc", "lock k"):
        panel.field.setText(words)
        panel.search()
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.waitUntil(lambda: not desktop.library.busy)
    assert shown == ["lock k"]
    assert panel.model.index(0).data() == "Lock keepers wanted"


def test_adding_says_what_was_done_and_what_was_refused(desktop, articles, qtbot):
    """Documents added, those already there, files that could not be read."""
    panel = desktop.window.side.archive
    with qtbot.waitSignal(panel.said) as said:
        panel.add([articles])
    assert said.args[0] == "2 documents added"
    (articles / "broken.docx").write_bytes(b"no document")
    panel.failed.disconnect()
    with qtbot.waitSignal(panel.failed) as failed:
        panel.add([articles])
    assert "broken.docx" in failed.args[0].where
    assert "2 already there" in desktop.window.toast.words


def test_a_damaged_archive_is_told(make_desktop, tmp_path: Path, qtbot):
    """In the panel itself, in words."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "archive.sqlite").write_bytes(b"no database" * 100)
    panel = make_desktop().window.side.archive
    qtbot.waitUntil(lambda: bool(panel.notice._words.text()))
    assert "empty" not in panel.notice._words.text()
