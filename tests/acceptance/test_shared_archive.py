"""A shared archive on a real dump of a hundred articles: it finds what the archive in a folder finds; and the whole way on
the command line."""

import json
from pathlib import Path

import pytest

from benchmarks.search_quality import ALSO, JUDGED, _ndcg
from briefpack.archive import Archive
from briefpack.archive.opening import open_archive
from tests.helpers.cli import briefpack
from tests.helpers.postgres import Postgres
from tests.unit.archive.conftest import dump

NAME = "000_503f1fb9c8f33b75.txt"


@pytest.mark.seeds
def test_judged_questions_find_the_same_in_nearly_the_same_order(
    seeds: Path, postgres: Postgres, tmp_path: Path
) -> None:
    """Phrases are weighed a little differently, see docs/shared-archive.md; no kind of question is answered worse."""
    questions = [(query, query) for query in JUDGED]
    questions += [each for others in ALSO.values() for each in others.items()]
    quality: dict[str, float] = {"own": 0.0, "shared": 0.0}
    alike = first = 0
    with postgres.archive() as address, open_archive(address, make=True) as shared, Archive.open(tmp_path) as own:
        for archive in (shared, own):
            archive.add([seeds / NAME])
        for query, need in questions:
            ours, theirs = shared.search(query), own.search(query)
            assert (ours.total, ours.complete, ours.notes) == (theirs.total, theirs.complete, theirs.notes), query
            assert (ours.repairs, ours.widened) == (theirs.repairs, theirs.widened), query
            best = [[hit.id for hit in results.hits[:10]] for results in (ours, theirs)]
            assert len(set(best[0]) & set(best[1])) >= len(best[1]) - 4, query
            alike += best[0] == best[1]
            first += best[0][:1] == best[1][:1]
            for name, results in (("shared", ours), ("own", theirs)):
                quality[name] += _ndcg([hit.ordinal for hit in results.hits[:10]], JUDGED[need])
            assert shared.facets(query) == own.facets(query)
        assert shared.duplicates() == own.duplicates()
        assert shared.stats() == own.stats()
    assert first >= 0.9 * len(questions)
    assert alike >= 0.65 * len(questions)
    assert quality["shared"] / len(questions) >= quality["own"] / len(questions) - 0.01


def test_the_whole_way_on_the_command_line(postgres: Postgres, tmp_path: Path) -> None:
    (tmp_path / "site.txt").write_text(dump(), encoding="utf-8")
    pack = tmp_path / "meeting.briefpack"
    with postgres.archive() as address:
        none = briefpack("archive", "search", "moss", "--archive", address)
        assert none.returncode == 2
        assert "no archive in this database" in none.stderr
        added = json.loads(briefpack("archive", "add", tmp_path, "--archive", address, "--json").stdout)
        assert added["added"] == 5
        found = json.loads(briefpack("archive", "search", "lichen", "--archive", address, "--json").stdout)
        (hit,) = found["hits"]
        assert briefpack("new", pack).returncode == 0
        passage = hit["passages"][0]["id"]
        assert briefpack("clip", pack, "--archive", address, "--passage", passage).returncode == 0
        proof = json.loads(briefpack("archive", "verify", pack, "--archive", address, "--json").stdout)
        assert [clip["verdict"] for clip in proof["clips"]] == ["same"]
        assert briefpack("archive", "rebuild", "--archive", address).stdout.startswith("5 documents")
        assert briefpack("archive", "show", hit["id"], "--archive", address).returncode == 0
        assert briefpack("archive", "duplicates", "--archive", address).returncode == 0
