"""Which section of a pack is meant, where several have one title."""

import pytest
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Heading, Pack, Paragraph
from briefpack.pack.roles import Role
from briefpack.pack.text import text
from briefpack.tasks.clipping import _section


def pack() -> Pack:
    body = []
    for title in ("1. Low water", "2. Dredging / silt"):
        body.append(Heading(text=text(title), level=1, role=Role.ITEM))
        body.append(Heading(text=text("Lines to take"), level=2, role=Role.LINES))
        body.append(Paragraph(text=text(title)))
    return replace(Pack(), body=tuple(body))


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("1. low", 0),
        ("Low water / Lines to take", 1),
        ("low water/lines", 1),
        ("Dredging / Lines to take", 4),
        ("2. Dredging / silt", 3),
        ("2. Dredging / silt / Lines to take", 4),
    ],
)
def test_a_section_is_named_by_what_it_stands_under(words, start):
    assert _section(pack(), words).start == start


def test_several_of_one_title_are_told_apart_in_the_message():
    with pytest.raises(UserError, match="2 headings") as caught:
        _section(pack(), "lines to take")
    assert "“1. Low water / Lines to take”, “2. Dredging / silt / Lines to take”" in str(caught.value)
    for words in ("Freight / Lines to take", "Lines to take / Low water", "/", ""):
        with pytest.raises(UserError, match="no heading"):
            _section(pack(), words)
