import datetime as dt

import msgspec
import pytest
from hypothesis import given

from briefpack.pack.ids import LENGTH, is_id, new_id
from briefpack.pack.model import (
    OBJECTS,
    AnyBlock,
    Biography,
    Heading,
    Image,
    Line,
    Meeting,
    Pack,
    Paragraph,
    Status,
    Table,
    TextBlock,
    TextLike,
    texts_of,
)
from briefpack.pack.roles import Role
from briefpack.pack.text import Mark, MarkKind, Text, text
from tests.helpers.invariants import check_pack
from tests.helpers.strategies import blocks, packs


@given(packs())
def test_a_pack_is_the_same_after_json(pack):
    check_pack(pack)
    data = msgspec.json.encode(pack)
    assert msgspec.json.decode(data, type=Pack) == pack
    assert msgspec.json.encode(msgspec.json.decode(data, type=Pack)) == data


@given(blocks())
def test_a_block_is_the_same_after_json(block):
    assert msgspec.json.decode(msgspec.json.encode(block), type=AnyBlock) == block


def test_what_a_pack_is_on_paper():
    """The form on disk: a change of it is a change of the file format."""
    pack = Pack(
        id="0" * 26,
        meeting=Meeting(title="Round table", date=dt.date(2031, 3, 14), sender="Unit", recipient="Minister"),
        body=(
            Heading(id="1" * 26, text=Text("Lines"), level=2, role=Role.LINES),
            Paragraph(
                id="2" * 26,
                text=text("We agree.", [Mark(0, 2, MarkKind.BOLD)]),
                line=Line(owner="A", status=Status.CLEARED, good_until=dt.datetime(2031, 3, 14, 9, 30)),
            ),
        ),
    )
    assert msgspec.json.decode(msgspec.json.encode(pack)) == {
        "id": "0" * 26,
        "meeting": {"title": "Round table", "date": "2031-03-14", "from": "Unit", "to": "Minister"},
        "body": [
            {"kind": "heading", "id": "1" * 26, "text": {"string": "Lines", "marks": []}, "level": 2, "role": "lines"},
            {
                "kind": "paragraph",
                "id": "2" * 26,
                "text": {"string": "We agree.", "marks": [{"start": 0, "end": 2, "kind": "bold", "value": ""}]},
                "line": {"owner": "A", "status": "cleared", "good_until": "2031-03-14T09:30:00"},
            },
        ],
    }


@pytest.mark.parametrize(
    "broken",
    [
        b'{"body": [{"kind": "video"}]}',
        b'{"body": [{"kind": "heading", "level": "one"}]}',
        b'{"body": [{"kind": "image"}]}',  # without its media
        b'{"meeting": {"date": "the ides of March"}}',
        b'{"body": {}}',
    ],
)
def test_what_is_no_pack_is_refused(broken):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(broken, type=Pack)


def test_a_pack_cannot_be_changed():
    pack = Pack(body=(Paragraph(),))
    with pytest.raises(AttributeError):
        pack.body = ()
    with pytest.raises(AttributeError):
        pack.body[0].text = text("new")


def test_finding_things():
    one, two = Paragraph(), Paragraph()
    pack = Pack(body=(one, two))
    assert pack.index(two.id) == 1
    assert pack.block(two.id) is two
    with pytest.raises(KeyError):
        pack.index("nowhere")
    assert (pack.person("x"), pack.comment("x"), pack.clip("x")) == (None, None, None)


def test_the_texts_of_a_block():
    a, b, c = text("a"), text("b"), text("c")
    assert texts_of(Heading(text=a)) == (a,)
    assert texts_of(Table(rows=((a, b), (c, a)))) == (a, b, c, a)
    assert texts_of(Image(media="x.png", caption=b)) == (b,)
    assert texts_of(Biography(person="p", points=(a, c))) == (a, c)


@given(blocks())
def test_every_block_is_typed_into_or_is_an_object(block):
    assert isinstance(block, TextLike) == isinstance(block, TextBlock) == (not isinstance(block, OBJECTS))


def test_ids_are_unique_and_sort_by_time():
    ids = [new_id() for _ in range(5000)]
    assert len(set(ids)) == len(ids)
    assert all(map(is_id, ids))
    assert len(ids[0]) == LENGTH
    times = [each[:10] for each in ids]
    assert times == sorted(times)


@pytest.mark.parametrize("no", ["", "0" * 25, "0" * 27, "8" + "0" * 25, "0" * 25 + "U", "0" * 25 + "\n", "o" * 26])
def test_what_is_no_id(no):
    assert not is_id(no)
