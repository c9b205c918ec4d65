"""The four verdicts, each by the source being changed and read again; and where a pack uses a document."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.archive import Archive, Difference, Verdict
from briefpack.pack.clips import fingerprint
from briefpack.pack.edits import ClipForm, delete, end_of, place_clips, start_of, take_words
from briefpack.pack.model import Clip, Pack, Paragraph
from briefpack.pack.text import text
from briefpack.tasks.clipping import taken_anew, used_in, verdicts
from tests.unit.archive.conftest import Opener

pytestmark = pytest.mark.both_stores

TITLE = "Fern Strategy"
SAID = "The strategy must be fully funded, and wardens must be paid for every hour."
REST = ("Moss covers four in ten parks, the survey finds.", "A decision is due in June.", "Lichens were not counted.")


def written(folder: Path, *passages: str) -> Path:
    path = folder / "fern.txt"
    path.write_text(f"{TITLE}\n\n" + "\n\n".join(passages), encoding="utf-8")
    return path


@pytest.fixture
def store(opener: Opener, tmp_path: Path):
    with opener("archive") as archive:
        archive.add([written(tmp_path, REST[0], SAID, *REST[1:])])
        yield archive


def clip_of(archive: Archive, words: str = "must be fully funded") -> Clip:
    (origin,) = archive.origins(words, limit=1)
    assert origin.verbatim
    return archive.clip(origin.passage, origin.start, origin.end)


def packed(*clips: Clip) -> Pack:
    pack = Pack(body=(Paragraph(text=text("Lines")),))
    return place_clips(pack, end_of(pack.body[0]), end_of(pack.body[0]), clips, ClipForm.LINE).pack


def test_four_changes_four_verdicts(store: Archive, tmp_path: Path) -> None:
    pack = packed(
        clip_of(store, "Moss covers four in ten parks"),
        clip_of(store, "must be fully funded"),
        clip_of(store, "A decision is due in June."),
        clip_of(store, "Lichens were not counted."),
    )
    assert {each.verdict for each in verdicts(pack, store)} == {Verdict.SAME}
    now = (REST[0], f"We repeat: {SAID}", "A decision is due in September.")
    added = store.add([written(tmp_path, *now)])
    assert (added.added, added.updated) == (0, 1)
    found = verdicts(pack, store)
    assert [each.verdict for each in found] == [Verdict.SAME, Verdict.MOVED, Verdict.CHANGED, Verdict.GONE]
    assert [each.now for each in found] == [
        "Moss covers four in ten parks",
        "must be fully funded",
        "A decision is due in September.",
        "",
    ]
    assert found[2].differences == (
        Difference("A decision is due in", "A decision is due in"),
        Difference("June", "September"),
        Difference(".", "."),
    )
    assert [each.differences for each in found if each.verdict is not Verdict.CHANGED] == [()] * 3


def test_the_new_words_are_taken_and_are_the_same_from_then_on(store: Archive, tmp_path: Path) -> None:
    clip = clip_of(store, "A decision is due in June.")
    pack = packed(clip)
    store.add([written(tmp_path, REST[0], SAID, "A decision is due in September.")])
    now = taken_anew(clip, store)
    assert now is not None
    renewed = take_words(pack, clip.id, now)
    assert [str(block.text) for block in renewed.body if hasattr(block, "text")] == [
        "Lines",
        "A decision is due in September.",
    ]
    assert [(each.id, each.verdict) for each in verdicts(renewed, store)] == [(clip.id, Verdict.SAME)]


def test_words_that_are_gone_are_not_taken(store: Archive, tmp_path: Path) -> None:
    clip = clip_of(store, "Lichens were not counted.")
    store.add([written(tmp_path, REST[0], SAID)])
    assert taken_anew(clip, store) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([SAID, *REST, "It must be funded.", "Fully funded moss."]), max_size=6), st.data())
def test_no_change_of_the_source_moves_a_clip_onto_other_words(
    store: Archive, tmp_path: Path, now: list[str], data: st.DataObject
) -> None:
    store.add([written(tmp_path, REST[0], SAID, *REST[1:])])
    words = data.draw(st.sampled_from(["must be fully funded", "wardens must be paid", "due in June"]))
    (origin,) = store.origins(words, limit=1)
    clip = store.clip(origin.passage, origin.start, origin.end)
    store.add([written(tmp_path, *now, "The end is here.")])
    verdict = store.verdict(clip)
    if verdict.verdict in (Verdict.SAME, Verdict.MOVED):
        assert fingerprint(verdict.now) == clip.fingerprint
        assert any(words in passage for passage in now)
    else:
        assert not any(words in passage for passage in now)
    if verdict.verdict is not Verdict.GONE:
        _, passage = store.passage(verdict.passage)
        assert passage.text[verdict.start : verdict.end] == verdict.now


def test_where_a_document_is_used(store: Archive, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Another\n\nHeather is in flower on the moor.")
    store.add([tmp_path / "other.txt"])
    fern, other = clip_of(store), clip_of(store, "Heather is in flower")
    pack = packed(other, fern)
    (use,) = used_in(pack, fern.document)
    assert (use.clip, use.block, use.passage, use.words) == (fern.id, pack.body[2].id, fern.passage, fern.words)
    assert used_in(pack, "nothing") == ()
    assert used_in(delete(pack, start_of(pack.body[2]), end_of(pack.body[2])).pack, fern.document) == ()
