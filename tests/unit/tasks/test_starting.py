"""Templates of packs: ours, a department's own, and what is wrong with one."""

import itertools
from pathlib import Path

import pytest

from briefpack.errors import UserError
from briefpack.pack.model import Heading, ListItem
from briefpack.pack.outline import sections
from briefpack.pack.plan import hints, missing
from briefpack.pack.roles import Role
from briefpack.tasks import starting
from briefpack.tasks.starting import find_template, new_pack, offered_templates, own_templates, template_names

KINDS = {"stakeholder-meeting", "bilateral", "visit", "oral-questions", "speech", "select-committee", "steering-brief"}
OURS = sorted(KINDS)
GOOD = """name = "Round table"
[[section]]
title = "What to say"
level = 1
role = "lines"
start = "number"
required = true
words = 90
hint = "One point each."
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    monkeypatch.setattr(starting, "own_templates", lambda: folder)
    return folder


def test_ours_are_there_with_the_usual_one_first(own: Path) -> None:
    assert set(template_names()) == KINDS
    assert template_names()[0] == "stakeholder-meeting"


@pytest.mark.parametrize("name", OURS)
def test_each_of_ours_makes_a_pack_that_says_what_to_write(name: str, own: Path) -> None:
    pack = new_pack(name)
    headings = [block for block in pack.body if isinstance(block, Heading)]
    assert [heading.text.string for heading in headings] == [each.title for each in find_template(name).section]
    assert len(missing(pack)) == sum(planned.required for planned in pack.plan) >= 3
    assert len(hints(pack)) >= 5
    assert any(heading.role == Role.LINES for heading in headings) or name == "speech"


@pytest.mark.parametrize("name", OURS)
def test_levels_of_ours_are_not_skipped(name: str, own: Path) -> None:
    levels = [0, *(section.heading.level for section in sections(new_pack(name)))]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_template_of_ones_own_is_found_and_used(own: Path) -> None:
    (own / "round-table.toml").write_text(GOOD, encoding="utf-8")
    assert "round-table" in template_names()
    pack = new_pack("round-table")
    heading, item = pack.body[1:]
    assert isinstance(heading, Heading)
    assert heading.role == Role.LINES
    assert isinstance(item, ListItem)
    assert item.ordered
    assert [(each.heading, each.words, each.required) for each in pack.plan] == [(heading.id, 90, True)]


def test_one_of_ones_own_stands_in_for_ours(own: Path) -> None:
    (own / "visit.toml").write_text(GOOD, encoding="utf-8")
    assert find_template("visit").name == "Round table"
    assert len(template_names()) == len(KINDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("name = ", "cannot be read"),
        (GOOD.replace("lines", "lyrics"), "lyrics"),
        (GOOD.replace("words", "wrods"), "wrods"),
        (GOOD.replace("level = 1", "level = 9"), "section 1 ('What to say') has level 9"),
        (GOOD.replace("What to say", " "), "section 1 has no title"),
        (GOOD.replace("words = 90", "words = -1"), "-1 words"),
        (GOOD.replace("Round table", ""), "has no name"),
        ('name = "Nothing in it"', "has no section"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(words: str, said: str, own: Path) -> None:
    (own / "bad.toml").write_text(words, encoding="utf-8")
    with pytest.raises(UserError, match="template") as raised:
        new_pack("bad")
    assert said in str(raised.value)
    assert "bad.toml" in str(raised.value)


def test_a_broken_template_hides_no_other(own: Path) -> None:
    (own / "bad.toml").write_text("name = ", encoding="utf-8")
    (own / "round-table.toml").write_text(GOOD, encoding="utf-8")
    offered = offered_templates()
    assert list(offered.templates) == [name for name in template_names() if name != "bad"]
    assert offered.templates["round-table"].name == "Round table"
    assert ["bad.toml" in error.where for error in offered.broken] == [True]


def test_a_template_that_is_no_text_is_refused(own: Path) -> None:
    (own / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="cannot be read"):
        new_pack("bad")


def test_a_name_that_is_none_lists_those_that_are(own: Path) -> None:
    with pytest.raises(UserError) as raised:
        new_pack("party")
    assert "bilateral" in str(raised.value)


def test_the_folder_of_ones_own_is_in_the_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_templates().parts[-2:] == ("briefpack", "templates")
