"""A clip proves itself: same, moved, changed, gone; and never lands on other words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefpack.archive import Archive, DateSpan, Document, Passage, PassageKind, Verdict
from briefpack.archive.clips import CONTEXT, clip_of, verdict
from briefpack.archive.describe import passages_of
from briefpack.archive.structure import Piece
from briefpack.pack.clips import fingerprint

pytestmark = pytest.mark.both_stores

TEXTS = (
    "The fern strategy must be fully funded, and it must be mandatory for every park in the country.",
    "Wardens met in Leeds. They want fair pay for all who work in parks, and they want it this year.",
    "Moss is welcome.",
)


def document(*texts: str) -> Document:
    pieces = [Piece(PassageKind.PARAGRAPH, text) for text in texts]
    return Document("doc", "Ferns", 0, DateSpan(), None, None, "site.txt", passages=passages_of("doc", pieces))


def clipped(words: str, *texts: str) -> tuple[Document, object]:
    found = document(*(texts or TEXTS))
    for passage in found.passages:
        if (start := passage.text.find(words)) >= 0:
            return found, clip_of(found, passage, start, start + len(words), "arc")
    raise AssertionError(words)


def test_a_clip_has_all_that_proves_it(archive: Archive) -> None:
    hit = archive.search("lichen").hits[0]
    clip = archive.clip(hit.passages[0].id, 5, 15)
    assert (clip.words, clip.before, clip.after) == ("and lichen", "Moss ", " surveys")
    assert (clip.document, clip.passage, clip.start, clip.end) == (hit.id, hit.passages[0].id, 5, 15)
    assert (clip.title, clip.date, clip.source) == (hit.title, "November 2017", "site.txt")
    assert (clip.archive, clip.fingerprint) == (archive.id, fingerprint("and lichen"))
    assert archive.verdict(clip).verdict is Verdict.SAME


def test_the_words_beside_are_bounded() -> None:
    _, clip = clipped("mandatory")
    assert len(clip.before) == CONTEXT
    assert (clip.before, clip.after) == ("gy must be fully funded, and it must be ", " for every park in the country.")


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
def test_words_that_are_not_there_cannot_be_clipped(span: tuple[int, int]) -> None:
    found = document(*TEXTS)
    with pytest.raises(ValueError, match="no words"):
        clip_of(found, found.passages[0], *span, "arc")


_CASES: dict[str, tuple[Callable[[tuple[str, ...]], tuple[str, ...]], Verdict, str]] = {
    "untouched": (lambda texts: texts, Verdict.SAME, "must be fully funded"),
    "other passages changed": (lambda texts: (texts[0], "Quite another thing."), Verdict.SAME, "must be fully funded"),
    "passages put before": (lambda texts: ("New.", *reversed(texts)), Verdict.SAME, "must be fully funded"),
    "words put before in the passage": (
        lambda texts: (f"Now, {texts[0]}", *texts[1:]),
        Verdict.MOVED,
        "must be fully funded",
    ),
    "joined with another passage": (lambda texts: (" ".join(texts),), Verdict.MOVED, "must be fully funded"),
    "respaced": (lambda texts: (texts[0].replace("be fully", "be  fully"),), Verdict.MOVED, "must be  fully funded"),
    "a word changed": (
        lambda texts: (texts[0].replace("fully funded", "partly funded"), *texts[1:]),
        Verdict.CHANGED,
        "must be partly funded",
    ),
    "taken out": (lambda texts: texts[1:], Verdict.GONE, ""),
    "all else": (lambda texts: ("Nothing of the kind is said here.",), Verdict.GONE, ""),
}


@pytest.mark.parametrize("case", _CASES)
def test_what_has_become_of_a_clip(case: str) -> None:
    change, expected, now = _CASES[case]
    _, clip = clipped("must be fully funded")
    found = verdict(document(*change(TEXTS)), clip)
    assert (found.verdict, found.now) == (expected, now)


def test_a_document_that_is_gone() -> None:
    _, clip = clipped("Moss is welcome")
    assert verdict(None, clip).verdict is Verdict.GONE


def test_of_two_places_the_one_with_the_same_neighbours_counts() -> None:
    twice = ("First of all, ferns matter. Also moss.", "In the end, ferns matter. That is all.")
    _, clip = clipped("ferns matter", twice[1])
    found = verdict(document(f"So: {twice[0]}", f"So: {twice[1]}"), clip)
    assert found.verdict is Verdict.MOVED


def test_through_a_changed_file(archive: Archive, dump_file: Path) -> None:
    hit = archive.search("“fully funded”").hits[0]
    passage = next(each for each in hit.passages if "fully funded" in each.text)
    start = passage.text.index("fully funded")
    clip = archive.clip(passage.id, start, start + len("fully funded"))
    text = dump_file.read_text(encoding="utf-8")
    for old, new, expected in (
        ("“We welcome", "“I say that we welcome", Verdict.MOVED),
        ("fully funded", "fully-funded", Verdict.CHANGED),
        ("It must be fully-funded, and it must be mandatory for every park.", "It is good.", Verdict.GONE),
    ):
        text = text.replace(old, new)
        dump_file.write_text(text, encoding="utf-8")
        assert archive.add([dump_file]).updated == 1
        assert archive.verdict(clip).verdict is expected


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5), st.data())
def test_a_clip_never_lands_on_other_words(texts: list[str], data: st.DataObject) -> None:
    _, clip = clipped("must be fully funded")
    clip = replace(clip, words=data.draw(st.sampled_from(texts)))
    clip = replace(clip, fingerprint=fingerprint(clip.words))
    found = verdict(document(*texts), clip)
    if found.verdict in (Verdict.SAME, Verdict.MOVED):
        assert fingerprint(found.now) == clip.fingerprint


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4), st.data())
def test_what_is_clipped_is_the_same(texts: list[str], data: st.DataObject) -> None:
    found = document(*texts)
    passage: Passage = data.draw(st.sampled_from(found.passages))
    start = data.draw(st.integers(0, len(passage.text) - 1))
    end = data.draw(st.integers(start + 1, len(passage.text)))
    clip = clip_of(found, passage, start, end, "arc")
    assert clip.words == passage.text[start:end]
    assert verdict(found, clip).verdict is Verdict.SAME
