"""Copies of the rich pack that three invented colleagues send back: made as Word writes them, without LibreOffice."""

import datetime as dt

from msgspec.structs import replace

from briefpack.pack.edits import Place, add_comment, delete, insert_text
from briefpack.pack.edits.writing import with_texts
from briefpack.pack.model import Comment, TextBlock
from briefpack.pack.text import MarkKind, Text
from briefpack.packfile import new_file, save
from briefpack.tasks.exporting import Request, export_file
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.redline import RedlineOptions, redline
from tests.helpers.packs import rich_pack
from tests.helpers.returned import GWEN, PRESS, RHODRI
from tests.helpers.returns import Reviewer

WHEN = dt.datetime(2031, 3, 16, 17, 5, tzinfo=dt.UTC)

OPEN = 9
"""How many items the three copies hold: 6 tracked changes, a silent edit and 2 comments; two changes clash."""


def plain_pack():
    """The rich pack without tracked changes of its own, and its pictures."""
    pack, media = rich_pack()
    tracked = (MarkKind.INSERTION, MarkKind.DELETION)
    body = tuple(with_texts(each, lambda t: t.keep_marks(lambda mark: mark.kind not in tracked)) for each in pack.body)
    return replace(pack, body=body), media


def sent_pack(folder):
    """The rich pack saved and sent to reviewers: the pack file's path, and the bytes that went out."""
    pack, media = plain_pack()
    path = folder / "harbour.briefpack"
    file = save(new_file(pack, media), path)
    exported = export_file(file, folder / "sent.docx", Request(copy="reviewers"))
    return path, exported.path.read_bytes()


def edited(sent, author, edits, comments=()):
    """A copy after tracked edits (words, and what stands there instead) and comments (words, and what is said)."""
    changed, media = plain_pack()
    for words, new in edits:
        block, at = _found(changed, words)
        changed = delete(changed, Place(block, at), Place(block, at + len(words))).pack
        if new:
            changed = insert_text(changed, Place(block, at), Text(new)).pack
    for words, said in comments:
        block, at = _found(changed, words)
        comment = Comment(said, author=author, initials=author[:1], time=WHEN)
        changed = add_comment(changed, Place(block, at), Place(block, at + len(words)), comment)
    options = ExportOptions(now=WHEN, copy="reviewers", issue="0.1", sources="annex")
    return redline(sent, export_docx(changed, media, options), RedlineOptions(author, WHEN, formatting=False)).docx


def silent(sent, words, new):
    """A copy after one edit with tracking off."""
    reviewer = Reviewer(sent)
    paragraph = next(each for each in reviewer.all() if words in each.seen)
    at = paragraph.seen.index(words)
    reviewer.replace(paragraph, at, at + len(words), new)
    return reviewer.file()


def three_copies(folder, sent):
    """The copies as files, under names of their own."""
    made = {
        "GM comments.docx": edited(
            sent, GWEN,
            [("first priority", "highest priority"), ("late summer", "September")],
            [("kept under review", "Still agreed?")],
        ),
        "press (2).docx": edited(
            sent, PRESS,
            [("every station is staffed", "all stations are open"), ("six weeks", "two months")],
            [("Bids open", "By whom?")],
        ),
        "Copy of sent.docx": edited(sent, RHODRI, [(" across government", ""), ("new money", "extra money")]),
        "final FINAL.docx": silent(sent, "may face", "are facing"),
    }  # fmt: skip
    paths = []
    for name, data in made.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    return paths


def with_text(pack, words):
    """The block that holds some words."""
    return pack.block(_found(pack, words)[0])


def without(pack, block):
    """The pack without a block."""
    return replace(pack, body=tuple(each for each in pack.body if each.id != block))


def _found(pack, words):
    return next(
        (each.id, each.text.string.index(words))
        for each in pack.body
        if isinstance(each, TextBlock) and words in each.text.string
    )
