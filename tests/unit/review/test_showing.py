"""Open changes drawn into the pack."""

from briefpack.pack.model import TextBlock
from briefpack.pack.text import MarkKind
from briefpack.pack.tracked import read_proposal
from briefpack.review.deciding import accept_all
from briefpack.review.showing import PILCROW, shown
from tests.helpers.sending import NOW, taken, texts
from tests.unit.review.test_exactness import reviewed


def without(pack, kind):
    """The words of a picture's paragraphs without those of one kind of mark, ends of paragraphs made real."""
    found = []
    held = ""
    for block in pack.body:
        if not isinstance(block, TextBlock):
            continue
        kept = [(string, marks) for string, marks in block.text.runs() if not any(mark.kind == kind for mark in marks)]
        held += "".join(string for string, _ in kept)
        gone = block.text.string.endswith(PILCROW) and kind is MarkKind.DELETION and not held.endswith(PILCROW)
        if not gone:
            found += held.replace(PILCROW, "").split("\n")
            held = ""
    return [each for each in [*found, held] if each]


def test_what_is_drawn_without_insertions_is_the_pack_and_without_deletions_what_would_be():
    for seed in range(5000, 5060):
        file, _, back = reviewed(seed)
        taking = taken(file, back)
        picture = shown(taking.file.pack, taking.review)
        assert not picture.unfit
        assert without(picture.pack, MarkKind.INSERTION) == texts(taking.file.pack)
        done, _ = accept_all(taking.file.pack, taking.review, [i.key for i in taking.review.items], by="N", now=NOW)
        assert sorted(without(picture.pack, MarkKind.DELETION)) == sorted(texts(done))


def test_each_item_has_its_place_and_its_author():
    for seed in range(5100, 5130):
        file, _, back = reviewed(seed, silent=0)
        taking = taken(file, back)
        picture = shown(taking.file.pack, taking.review)
        assert set(picture.places) == {item.key for item in taking.review.items}
        blocks = {block.id: block for block in picture.pack.body}
        for item in taking.review.items:
            for span in picture.places[item.key]:
                words = blocks[span.block].text
                assert 0 <= span.start <= span.end <= len(words)
                marks = [mark for mark in words.marks if mark.start < span.end and mark.end > span.start]
                assert {read_proposal(mark.value).author for mark in marks} == {item.author}


def test_the_pack_itself_is_not_changed():
    file, _, back = reviewed(5200)
    taking = taken(file, back)
    before = taking.file.pack
    shown(before, taking.review)
    assert taking.file.pack is before
    assert not any(m.kind in {MarkKind.INSERTION, MarkKind.DELETION} for b in before.body for m in b.text.marks)
