"""What a rule would tag, told before it is kept."""

import pytest

from briefpack.archive import Archive, TagRule
from briefpack.errors import UserError

pytestmark = pytest.mark.both_stores


def test_what_a_rule_would_tag_is_what_it_tags(archive: Archive) -> None:
    rule = TagRule("wardens", ("warden*",))
    found = archive.tagged_by(rule)
    assert found
    assert all(not document.passages for document in found)
    archive.set_tag_rules((rule,))
    assert {document.id for document in archive.documents() if "wardens" in document.tags} == {
        each.id for each in found
    }


def test_what_is_no_rule_is_told(archive: Archive) -> None:
    with pytest.raises(UserError):
        archive.tagged_by(TagRule("wardens", ("*",)))
    assert archive.tagged_by(TagRule("zebras", ("zebra",))) == ()
