"""docs/file-format.md names everything that stands in a pack file."""

import re
from pathlib import Path
from typing import get_args

import pytest

from briefpack.pack import board, decisions, model
from briefpack.pack.roles import Role
from briefpack.pack.text import Mark, MarkKind, Text
from briefpack.packfile import FORMAT
from briefpack.packfile.container import CONTENT_TYPE
from briefpack.packfile.locks import Holder
from briefpack.packfile.opening import Manifest
from briefpack.packfile.versions import VersionNote

PAGE = (Path(__file__).parents[3] / "docs" / "file-format.md").read_text(encoding="utf-8")
SAID = set(re.findall(r"`\"?([\w+/. -]+)\"?`", PAGE)) | set(re.findall(r"\"(\w+)\"", PAGE))
STRUCTS = (
    *get_args(model.AnyBlock),
    *(model.Pack, model.Meeting, model.Person, model.Comment, model.Reply, model.Clip, model.Issue, model.SentFile),
    *(model.Line, Text, Mark, Manifest, VersionNote, Holder),
    *(decisions.Decision, decisions.Return),
    *(board.Board, board.Topic, board.Pick, board.Reading),
)


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_every_key_is_on_the_page(struct):
    assert set(struct.__struct_encode_fields__) <= SAID
    tag = struct.__struct_config__.tag
    assert tag is None or tag in SAID


def test_every_value_of_a_fixed_set_is_on_the_page():
    for values in (MarkKind, Role, model.Status, model.Side, decisions.Verdict):
        assert set(values) <= SAID
    assert CONTENT_TYPE.decode() in SAID
    assert f"format {FORMAT}" in PAGE.splitlines()[0]


def test_what_is_not_on_the_page_would_be_found():
    """The control."""
    assert "hologram" not in SAID
