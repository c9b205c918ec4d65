"""What is said of a pack in plain values."""

import datetime as dt

from msgspec.structs import replace

from briefpack.pack.edits import replace_block
from briefpack.pack.model import Heading, Paragraph
from briefpack.pack.text import text
from briefpack.tasks.describing import describe
from briefpack.tasks.starting import new_pack

NOW = dt.datetime(2027, 5, 18, 9, tzinfo=dt.UTC)


def test_sections_say_how_long_they_are_and_may_be() -> None:
    pack = new_pack("stakeholder-meeting")
    first = next(index for index, block in enumerate(pack.body) if isinstance(block, Heading))
    held = pack.body[first + 1]
    assert isinstance(held, Paragraph)
    said = describe(replace_block(pack, replace(held, text=text("Low water costs boaters dear."))), NOW)
    summary, agenda = said["outline"][:2]
    assert (summary["words"], summary["budget"]) == (5, 150)
    assert (agenda["words"], agenda["budget"]) == (0, None)


def test_required_sections_that_are_empty_are_missing() -> None:
    pack = new_pack("stakeholder-meeting")
    assert [each["title"] for each in describe(pack, NOW)["missing"]] == [
        planned.title for planned in pack.plan if planned.required
    ]
    assert describe(replace(pack, plan=()), NOW)["missing"] == []
