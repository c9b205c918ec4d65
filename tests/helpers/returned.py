"""A review built by hand: what three invented colleagues want of the rich pack, without any Word file."""

import datetime as dt

from msgspec.structs import replace

from briefpack.pack.anchors import Span
from briefpack.pack.decisions import Return
from briefpack.pack.model import Heading, ListItem, Paragraph
from briefpack.pack.text import Text
from briefpack.review.model import Clash, Item, ItemKind, Review, Reword, Sent, Taken
from tests.helpers.packs import rich_pack

WHEN = dt.datetime(2031, 3, 16, 17, 5)
GWEN, PRESS, RHODRI = "Gwen Marrow", "Press office", "Rhodri Vane"


def item(key, kind, author, block, before="", after="", **more):
    """An item on the first place of ``before`` in a block; an insertion stands at its end."""
    string = block.text.string
    at = string.index(before) if before else len(string)
    span = Span(block.id, 0, at, at + len(before))
    steps = (Reword(span, Text(after)),) if before or after else ()
    more = {"words": string, "issue": "0.1", "time": WHEN, "steps": steps, "sources": ("a" * 64,)} | more
    return Item(key=key, kind=kind, author=author, block=block.id, before=before, after=after, span=span, **more)


def returned():
    """The rich pack with three returns, their review, and its pictures: 9 items, one clash, one silent edit."""
    pack, media = rich_pack()
    lines = [block for block in pack.body if isinstance(block, ListItem)]
    plain = [block for block in pack.body if isinstance(block, Paragraph)]
    first, second, third = lines[:3]
    late = next(block for block in plain if block.text.string.startswith("Figures are"))
    items = (
        item("swap", ItemKind.REPLACEMENT, GWEN, first, "first priority", "highest priority"),
        item("remark", ItemKind.COMMENT, GWEN, first, text="Still agreed?", words="kept under review", steps=(),
             comment=pack.comments[0].id),
        item("one", ItemKind.REPLACEMENT, PRESS, second, "every station is staffed", "all stations are open", clash="c"),
        item("two", ItemKind.DELETION, RHODRI, second, " across government", clash="c"),
        item("silent", ItemKind.SILENT, RHODRI, third, "may face", "are facing"),
        item("more", ItemKind.INSERTION, PRESS, third, "", " The minister has said so."),
        item("both", ItemKind.DELETION, GWEN, late, " whole", agrees=("same",)),
        item("same", ItemKind.DELETION, PRESS, late, " whole", agrees=("both",)),
        Item(key="header", kind=ItemKind.DELETION, author=RHODRI, where="Header", before="Official", time=WHEN),
    )  # fmt: skip
    names = (GWEN, PRESS, RHODRI)
    returns = tuple(
        Return(sha256=letter * 64, name=f"{name}.docx", taken=WHEN, issue="0.1", authors=(name,))
        for letter, name in zip("abc", names, strict=True)
    )
    taken = tuple(
        Taken(sha256=each.sha256, name=each.name, issue="0.1", by_bookmark=30, authors=each.authors,
              formatting=5 if each.authors == (PRESS,) else 0,
              problems=("The copy no longer says which pack it was made from.",) if each.authors == (RHODRI,) else ())
        for each in returns
    )  # fmt: skip
    texts = {block.id: (block.text.string,) for block in pack.body if isinstance(block, (ListItem, Paragraph, Heading))}
    review = Review(
        returns=taken,
        items=items,
        clashes=(Clash("c", second.id, second.text.string, ("one", "two")),),
        sent={"0.1": Sent(tuple(block.id for block in pack.body), texts)},
    )
    return replace(pack, returns=returns), review, media
