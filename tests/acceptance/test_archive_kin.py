"""Copies and series as the command line tells them."""

import random
from pathlib import Path

from tests.helpers.cli import briefpack, briefpack_json
from tests.helpers.text import sentences
from tests.unit.archive.conftest import dump


def test_copies_and_series_on_the_command_line(tmp_path: Path) -> None:
    body = sentences(random.Random(1), 20)
    texts = {
        "a.txt": "North West Update April 2016\n\n" + "\n\n".join(body),
        "b.txt": "North West Region Update - May 2016\n\n" + "\n\n".join(sentences(random.Random(2), 20)),
        "c.txt": "A copy\n\n" + "\n\n".join(body[:10]),
    }
    for name, words in texts.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    place = ("--archive", str(tmp_path / "archive"))
    (tmp_path / "site.txt").write_text(dump(), encoding="utf-8")
    added = briefpack_json("archive", "add", *(str(tmp_path / name) for name in (*texts, "site.txt")), *place)
    (copy,) = added["duplicates"]
    assert copy["how"] == "is contained in"
    assert copy in briefpack_json("archive", "duplicates", *place)["duplicates"]
    related = briefpack_json("archive", "related", copy["of"], *place)
    assert related["series"]["name"] == "North West Update"
    assert [each["title"] for each in related["series"]["later"]] == [
        "North West Region Update - May 2016",
        "North West Region Update - November 2017",
    ]
    shown = briefpack("archive", "related", copy["of"], *place)
    assert "Later: North West Region Update - May 2016" in shown.stdout
    assert briefpack_json("archive", "related", copy["id"], *place)["series"] is None
