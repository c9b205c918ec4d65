"""Adding to the archive: once, again, changed, interrupted, and with files that cannot be read."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from briefpack.archive import Archive, Document, importing
from tests.unit.archive.conftest import ARTICLES, Opener, dump

pytestmark = pytest.mark.both_stores


def ids(archive: Archive) -> dict[str, str]:
    return {document.id: document.title for document in archive.documents()}


def test_a_dump_is_its_articles(archive: Archive) -> None:
    found = sorted(archive.documents(), key=lambda document: document.ordinal)
    assert [document.title for document in found] == [title for title, _ in ARTICLES]
    assert [document.ordinal for document in found] == list(range(len(ARTICLES)))


def test_adding_twice_adds_nothing(archive: Archive, dump_file: Path) -> None:
    before = list(archive.documents())
    again = archive.add([dump_file])
    assert (again.added, again.updated, again.unchanged) == (0, 0, len(ARTICLES))
    assert list(archive.documents()) == before


def test_the_same_text_has_the_same_id_in_every_archive(
    opener: Opener, archive: Archive, dump_file: Path, tmp_path: Path
) -> None:
    with opener("other") as other:
        other.add([dump_file])
        assert ids(other) == ids(archive)
        assert other.id != archive.id


def test_a_copy_of_a_file_adds_nothing_and_is_told(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(dump(), encoding="utf-8")
    before = ids(archive)
    added = archive.add([tmp_path / "copy.txt"])
    assert (added.added, added.updated, len(added.duplicates)) == (0, 0, len(ARTICLES))
    assert "copy.txt" in added.duplicates[0].how
    assert ids(archive) == before
    assert {each.how for each in archive.duplicates()} == {"same document, also in copy.txt"}


def test_a_file_that_was_moved_is_known_again(archive: Archive, dump_file: Path, tmp_path: Path) -> None:
    before = ids(archive)
    dump_file.rename(tmp_path / "moved.txt")
    added = archive.add([tmp_path / "moved.txt"])
    assert (added.added, added.updated, added.unchanged, added.duplicates) == (0, 0, len(ARTICLES), ())
    assert ids(archive) == before
    assert {document.source for document in archive.documents()} == {"moved.txt"}
    assert archive.duplicates() == ()


def test_an_article_that_stands_twice_in_a_dump_is_one(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "site.txt").write_text(dump((ARTICLES[0], ARTICLES[1], ARTICLES[0])))
    with opener("a") as archive:
        added = archive.add([tmp_path / "site.txt"])
        assert (added.added, len(added.duplicates), len(archive.duplicates())) == (2, 1, 1)


def test_the_same_words_under_another_title_are_told(archive: Archive, tmp_path: Path) -> None:
    title, body = ARTICLES[3]
    (tmp_path / "again.txt").write_text(f"Warden honoured\n\n{body}")
    added = archive.add([tmp_path / "again.txt"])
    (duplicate,) = added.duplicates
    assert (ids(archive)[duplicate.id], ids(archive)[duplicate.of]) == ("Warden honoured", title)
    assert archive.duplicates() == (duplicate,)
    assert duplicate.how == "same text"


def test_a_changed_article_keeps_its_id_and_the_rest_is_left_alone(archive: Archive, dump_file: Path) -> None:
    before = ids(archive)
    title, body = ARTICLES[1]
    changed = (ARTICLES[0], (title, body.replace("Two parks", "Three parks")), *ARTICLES[2:])
    dump_file.write_text(dump(changed), encoding="utf-8")
    added = archive.add([dump_file])
    assert (added.added, added.updated, added.unchanged) == (0, 1, len(ARTICLES) - 1)
    assert ids(archive) == before
    assert archive.search("“three parks”").hits[0].title == title
    assert archive.search("“two parks”").total == 0
    archive.check()


def test_a_new_article_at_the_top_moves_the_others_down(archive: Archive, dump_file: Path) -> None:
    before = ids(archive)
    dump_file.write_text(dump((("Heather Update - December 2017", "Heather is out."), *ARTICLES)), encoding="utf-8")
    assert archive.add([dump_file]).added == 1
    places = {document.id: document.ordinal for document in archive.documents()}
    assert [places[each] for each, title in before.items()] == [
        1 + [title for title, _ in ARTICLES].index(title) for title in before.values()
    ]
    original = dump_file.read_text(encoding="utf-8")
    for document in archive.documents():
        for passage in archive.document(document.id).passages:
            assert original[passage.start : passage.end] == passage.text


def test_what_a_dump_no_longer_holds_stays(archive: Archive, dump_file: Path) -> None:
    before = ids(archive)
    dump_file.write_text(dump(ARTICLES[1:]), encoding="utf-8")
    added = archive.add([dump_file])
    assert (added.added, added.unchanged) == (0, len(ARTICLES) - 1)
    assert ids(archive) == before


def test_two_articles_of_one_title_are_two(opener: Opener, tmp_path: Path) -> None:
    articles = (
        ("A new chair", "Ada Marsh takes the chair in May."),
        ("A new chair", "Bo Reed takes the chair in June."),
    )
    (tmp_path / "site.txt").write_text(dump(articles))
    with opener("a") as archive:
        archive.add([tmp_path / "site.txt"])
        assert len(ids(archive)) == 2
        (tmp_path / "site.txt").write_text(dump((articles[0], ("A new chair", "Bo Reed takes the chair in July."))))
        before = ids(archive)
        assert archive.add([tmp_path / "site.txt"]).updated == 1
        assert ids(archive) == before


def test_a_text_file_that_changed_altogether_is_still_that_document(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("A first title\n\nAll about ferns.")
    with opener("a") as archive:
        archive.add([path])
        before = list(ids(archive))
        path.write_text("Another title\n\nNow about something else.")
        assert archive.add([path]).updated == 1
        assert list(ids(archive)) == before


def test_tags_are_read(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "site.txt").write_text(dump(ARTICLES[3:4], tags="Wardens\nParks and gardens"))
    with opener("a") as archive:
        archive.add([tmp_path / "site.txt"])
        (document,) = archive.documents()
        assert document.tags == ("Wardens", "Parks and gardens")
        assert archive.search("tag:gardens").total == 1


def test_the_last_article_needs_no_trailer(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "site.txt").write_text(dump(ARTICLES[:2]) + "One more\n\nIt has no trailer at all.\n")
    with opener("a") as archive:
        assert archive.add([tmp_path / "site.txt"]).added == 3


def test_a_text_of_fixed_width_is_put_together(opener: Opener, tmp_path: Path) -> None:
    text = "A note\n\nFerns are plants that grow in shade and damp, and they\nhave done so for a long time.\n\n"
    (tmp_path / "note.txt").write_text(text + "- moss is another\n")
    with opener("a") as archive:
        archive.add([tmp_path / "note.txt"])
        passages = archive.document(next(archive.documents()).id).passages
    assert [passage.text for passage in passages] == [
        "Ferns are plants that grow in shade and damp, and they have done so for a long time.",
        "moss is another",
    ]


def test_one_bad_file_stops_nothing(opener: Opener, tmp_path: Path, dump_file: Path) -> None:
    folder = tmp_path / "papers" / "inner"
    folder.mkdir(parents=True)
    bad = {
        "latin.txt": "A price\n\nIt costs £5.\x81".encode("latin-1"),
        "empty.txt": b"",
        "blank.txt": b" \n\n ",
        "picture.docx": b"\x89PNG\r\n\x1a\n" * 30,
        "scan.pdf": b"%PDF-1.4",
    }
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    (folder / ".hidden.txt").write_text("Hidden\n\nNot a paper.")
    (folder / "~$lock.docx").write_bytes(b"x")
    (folder / "good.txt").write_text("A good paper\n\nIt is about heather.")
    with opener("a") as archive:
        seen: list[str] = []
        added = archive.add([folder.parent, dump_file, tmp_path / "gone"], lambda done, total, name: seen.append(name))
        assert added.added == 1 + len(ARTICLES)
        assert {Path(each.path).name for each in added.refused} == {*bad, "gone"}
        assert all(each.why for each in added.refused)
        assert {*bad, "good.txt", "site.txt"} <= set(seen)
        archive.check()


@pytest.mark.skipif(sys.platform != "linux", reason="names and links as Linux has them")
def test_links_that_lead_nowhere_and_names_that_are_no_text_stop_nothing(opener: Opener, tmp_path: Path) -> None:
    folder = tmp_path / "strange"
    folder.mkdir()
    (folder / "fern.txt").write_text("Ferns\n\nFerns grew.")
    (folder / "circle").symlink_to("round")
    (folder / "round").symlink_to("circle")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / "back").symlink_to("..")
    Path(os.fsdecode(os.fsencode(folder) + b"/moss\xff.txt")).write_text("Moss\n\nMoss grew.")
    with opener("odd") as archive:
        added = archive.add([folder])
        assert added.added == 1
        assert {Path(each.path).name: each.why.split()[0] for each in added.refused} == {
            "circle": "This",
            "round": "This",
            "gone.txt": "This",
            "moss\\udcff.txt": "Its",
        }
        assert all(each.path.encode() for each in added.refused), "it cannot be printed"
        assert archive.add([folder / "fern.txt", folder / "circle"]).unchanged == 1


def test_a_stopped_import_keeps_whole_files(opener: Opener, tmp_path: Path) -> None:
    for n in range(30):
        (tmp_path / f"{n:02}.txt").write_text(f"Note {n}\n\nThis is note number {n}.")
    with opener("a") as archive:
        asked = iter(range(1000))
        added = archive.add([tmp_path], cancelled=lambda: next(asked) > 20)
        assert added.stopped
        assert 0 < added.added < 30
        assert archive.stats().documents == added.added
        archive.check()
        again = archive.add([tmp_path])
        assert (again.added, again.unchanged) == (30 - added.added, added.added)


def test_a_dump_that_is_stopped_half_way_adds_nothing(opener: Opener, tmp_path: Path, dump_file: Path) -> None:
    with opener("a") as archive:
        asked = iter(range(1000))
        added = archive.add([dump_file], cancelled=lambda: next(asked) > 2)
        assert (added.stopped, added.added, archive.stats().documents) == (True, 0, 0)
        assert archive.add([dump_file]).added == len(ARTICLES)


def _papers(folder: Path, files: int = 60) -> int:
    """Files enough for a long import; how many documents they hold."""
    rng, total = random.Random(1), 0
    words = [f"word{n}" for n in range(900)]
    for number in range(files):
        articles = tuple(
            (
                f"Article {number} {n}",
                " ".join(rng.choices(words, k=60)) + ".\n\n" + " ".join(rng.choices(words, k=30)) + ".",
            )
            for n in range(8)
        )
        total += len(articles)
        (folder / f"{number:02}.txt").write_text(dump(articles))
    return total


IMPORTER = Path(__file__).with_name("_importer.py")


def _add(folder: Path, papers: Path, statements: int = 0) -> str:
    """Add files in another process, which is killed before so many statements; what it printed."""
    command = [sys.executable, str(IMPORTER), str(statements), str(folder), str(papers)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode == 0) == (statements == 0), done.stderr
    return done.stdout


def test_killed_at_any_moment_each_document_is_there_exactly_once(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    total = _papers(papers)
    statements = int(_add(tmp_path / "whole", papers))
    counts = []
    for moment in random.Random(7).sample(
        range(1, statements // 12), 10
    ):  # each goes on where the one before was killed
        _add(tmp_path / "a", papers, moment)
        with Archive.open(tmp_path / "a") as archive:
            counts.append(_once_each(archive))
    assert len(set(counts)) > 3, "the kills did not fall inside the import"
    with Archive.open(tmp_path / "a") as archive:
        archive.add([papers])
        assert _once_each(archive) == total


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this system cannot fork; the test above kills processes of their own"
)
@pytest.mark.parametrize(("how", "kills"), [("whole", 100), ("careless", 20)])
def test_killed_a_hundred_times_amid_additions_changes_and_duplicates(how: str, kills: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.unit.archive._killer", how, str(kills), "7", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=Path(__file__).parents[3])
    if how == "careless":  # the control: without transactions the same check finds harm
        assert done.returncode == 1
        assert "after " in done.stderr
        return
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["inside"] + told["outside"] == kills
    assert told["documents"] > kills


def _once_each(archive: Archive) -> int:
    """How many documents there are, each once, in step with the index."""
    archive.check()
    found: list[Document] = list(archive.documents())
    assert len({document.title for document in found}) == len(found)
    for document in found[:: max(1, len(found) // 12)]:
        hits = archive.search(f"title:“{document.title}”").hits
        assert [hit.id for hit in hits] == [document.id]
        assert archive.document(document.id).passages
    assert archive.search("").total == len(found)
    return len(found)


def test_two_programs_add_at_once(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        _papers(folder)
    command = [sys.executable, str(IMPORTER), "0", str(tmp_path / "a")]
    children = [subprocess.Popen([*command, str(folder)], stdout=subprocess.DEVNULL) for folder in folders]
    assert [child.wait(timeout=120) for child in children] == [0, 0]
    with Archive.open(tmp_path / "a") as archive:
        assert _once_each(archive) == 480


@pytest.mark.parametrize(("many", "pieces"), [(1, 1), (1000, 3)])
def test_a_large_import_leaves_an_index_in_one_piece(
    many: int, pieces: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_MANY", many)
    with Archive.open(tmp_path / "archive") as archive:
        for number in range(3):
            path = tmp_path / f"{number}.txt"
            path.write_text(f"Note {number}\n\nThe wardens counted moss on wall {number}.\n", encoding="utf-8")
            assert archive.add([path]).added == 1
        assert archive._connection.execute("SELECT count(DISTINCT segid) FROM fa_idx").get == pieces
        archive.check()
        assert archive.search("moss").total == 3
