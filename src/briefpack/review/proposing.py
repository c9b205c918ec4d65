"""From edits to items: what each would do to the pack, in the words of blocks and spans."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from briefpack.ooxml.styles import Styles
from briefpack.pack.anchors import Span
from briefpack.pack.model import AnyBlock
from briefpack.pack.text import EMPTY, Text, joined
from briefpack.review.drafts import Draft, Target, drafted, key_in, new_block
from briefpack.review.gathering import Edit, NewPiece
from briefpack.review.keys import id_of
from briefpack.review.model import Drop, ItemKind, Join, Put, Reword, Split, Step
from briefpack.review.moving import with_moves
from briefpack.review.reading import Grid, Slot, stands_for_something
from briefpack.review.sentences import around
from briefpack.review.stream import Places

_TYPED = frozenset({"heading", "paragraph", "list_item", "quote"})


class Proposer:
    """Makes the items of one flow.

    Args:
        places: what was sent.
        styles: of the copy that came back, which say what kind a new paragraph is.
        issue: the number of the issue.
        cell: whether the flow is a cell. No block can be put in there; where it was sent with one paragraph, which is one
            text of the pack, the end of a paragraph is a line break.
        before: the block before the flow.
    """

    def __init__(self, places: Places, styles: Styles, issue: str, *, cell: bool = False) -> None:
        self._places = places
        self._styles = styles
        self._issue = issue
        self._cell = cell
        self._lines = cell and len(places.flow) == 1
        self._made: dict[int, list[Draft]] = {}
        self._edits: Sequence[Edit] = ()

    def items(self, edits: Sequence[Edit]) -> list[Draft]:
        """The items that edits make, in their order. What is inside another is told after it."""
        self._edits = edits
        made: list[Draft] = []
        for edit in (*(e for e in edits if e.inside is None), *(e for e in edits if e.inside is not None)):
            drafts = list(self._drafts(edit))
            self._made[id(edit)] = drafts
            made += drafts
        return with_moves(made, self._issue)

    def drafts_of(self, edit: Edit) -> list[Draft]:
        """The items that an edit became."""
        return self._made.get(id(edit), [])

    # One edit

    def _drafts(self, edit: Edit) -> Iterator[Draft]:
        if edit.inside is not None:
            yield self._nested(edit, edit.inside)
            return
        first, offset = self._places.offset(edit.start)
        last, stop = self._places.offset(edit.end)
        slot = self._places.slot(first)
        if self._lines and slot is not None and last == first:
            yield self._inline(edit, slot, offset, stop, joined([piece.words for piece in edit.new], "\n"))
        elif last == first and len(edit.new) == 1:
            if slot is None:
                yield self._by_hand(edit, first)
            elif not edit.put and (offset, stop) == (0, len(slot.string)) and self._goes_with_its_words(first):
                yield self._dropped(edit, first, None)
            else:
                yield self._inline(edit, slot, offset, stop, edit.new[0].words)
        elif last == first and self._cell:
            yield self._in_cell(edit, slot, offset, stop)
        elif last == first:
            yield from self._inserted(edit, first, offset, stop)
        else:
            yield from self._over_ends(edit, first, offset, last, stop)

    def _goes_with_its_words(self, number: int) -> bool:
        """Whether a paragraph goes when all its words do: before a table, LibreOffice does not say that its end went."""
        return not self._cell and self._typed(number) and self._places.slot(number + 1) is None

    def _inline(self, edit: Edit, slot: Slot, start: int, end: int, new: Text) -> Draft:
        """An edit within one paragraph."""
        address = slot.address
        if address.part is None or not address.block:
            return self._plain(edit, slot, start, end)
        span = Span(address.block, address.part, start, end)
        key = key_in(self._issue, edit, address.block, address.part, start, edit.taken, edit.put)
        item = drafted(edit, self._issue, key, address.block, edit.taken, edit.put)
        words = around(slot.string, start, end)
        item = replace(item, span=span, words=words, where=address.where, steps=(Reword(span, new),))
        return Draft(edit, item, [Target(0, len(new), key, 0, 0)])

    def _plain(self, edit: Edit, slot: Slot, start: int, end: int) -> Draft:
        """An edit of words that are no text of a block: to be done by hand."""
        address = slot.address
        key = key_in(
            self._issue, edit, address.block, address.where, self._paragraph_number(slot), start, edit.taken, edit.put
        )
        item = drafted(edit, self._issue, key, address.block or None, edit.taken, edit.put)
        return Draft(edit, replace(item, where=address.where, words=around(slot.string, start, end)), [])

    def _paragraph_number(self, slot: Slot) -> int:
        """The number of a paragraph among those of its address."""
        same = [each for each in self._places.flow if isinstance(each, Slot) and each.address == slot.address]
        return next((number for number, each in enumerate(same) if each is slot), 0)

    def _by_hand(self, edit: Edit, number: int) -> Draft:
        behind = self._block_before(number)
        key = key_in(self._issue, edit, behind, "behind", edit.taken, edit.put)
        return Draft(edit, drafted(edit, self._issue, key, behind or None, edit.taken, edit.put), [])

    def _in_cell(self, edit: Edit, slot: Slot | None, offset: int, stop: int) -> Draft:
        """New paragraphs in a cell."""
        if slot is not None:
            return self._plain(edit, slot, offset, stop)
        number = len(self._places.flow) - 1
        if (last := self._places.slot(number)) is None:
            return self._by_hand(edit, number + 1)
        length = len(last.string)
        if not self._lines or edit.new[-1].words:
            return self._plain(edit, last, length, length)
        new = joined([EMPTY, *(piece.words for piece in edit.new[:-1])], "\n")
        draft = self._inline(edit, last, length, length, new)
        draft.item = replace(draft.item, after=new.string)
        draft.targets = [replace(each, end=each.end - 1, offset=1) for each in draft.targets]
        return draft

    def _inserted(self, edit: Edit, number: int, offset: int, stop: int) -> Iterator[Draft]:
        """New words with ends of paragraphs among them, in one paragraph."""
        slot, new = self._places.slot(number), edit.new
        length = len(slot.string) if slot else 0
        if slot and edit.start < edit.end:
            yield (
                self._split(edit, number, offset, stop)
                if self._typed(number)
                else self._plain(edit, slot, offset, length)
            )
        elif offset == 0 and not new[-1].words:
            yield from self._put(edit, new[:-1], self._block_before(number), 0)
        elif slot is None or not self._typed(number):
            yield self._plain(edit, slot, offset, offset) if slot else self._by_hand(edit, number)
        elif offset == length and not new[0].words:
            yield from self._put(edit, new[1:], slot.address.block, 1)
        elif offset == 0:
            blocks = self._put_step(edit, new[:-1], self._block_before(number))
            yield self._mixed(edit, number, (blocks, self._reword(number, 0, 0, new[-1].words)))
        elif offset == length:
            blocks = self._put_step(edit, new[1:], slot.address.block)
            yield self._mixed(edit, number, (self._reword(number, length, length, new[0].words), blocks))
        else:
            yield self._split(edit, number, offset, stop)

    def _split(self, edit: Edit, number: int, offset: int, stop: int) -> Draft:
        slot, new = self._places.slot(number), edit.new
        assert slot is not None
        block, part = slot.address.block, slot.address.part or 0
        taken, put = edit.taken, edit.put
        key = key_in(self._issue, edit, block, part, offset, "split", taken, put)
        span = Span(block, part, offset, stop)
        steps: list[Step] = [Split(span, id_of(key), new[0].words, new[-1].words)]
        if len(new) > 2:
            steps.append(Put(block, tuple(self._block(piece, key, n) for n, piece in enumerate(new[1:-1], 1))))
        words, said = around(slot.string, offset, offset), ""
        if not taken.strip() and not put.strip():
            said, taken = "Splits the paragraph", slot.string
            put = f"{taken[:offset]}{put}{taken[span.end :]}"
        item = drafted(edit, self._issue, key, block, taken, put)
        if said and not edit.who.silent:
            item = replace(item, kind=ItemKind.PARAGRAPH)
        return Draft(edit, replace(item, span=span, words=words, steps=tuple(steps), text=said), [])

    def _over_ends(self, edit: Edit, first: int, offset: int, last: int, stop: int) -> Iterator[Draft]:
        """Words taken out with ends of paragraphs among them."""
        whole = offset == 0 and stop == 0 and not edit.new[-1].words and not self._lines
        if not whole and self._places.slot(last) is None and (close := self._places.slot(last - 1)) is not None:
            last, stop = last - 1, len(close.string)  # the end of a last paragraph stays whatever is done to it
            edit.taken = edit.taken.removesuffix("\n")
        slot, final, new = self._places.slot(first), self._places.slot(last), edit.new
        if slot is not None and (first, offset) == (last, stop) and not edit.put:
            return  # nothing but the end of a last paragraph, which cannot go
        if slot is not None and last == first and len(new) == 1:
            yield self._inline(edit, slot, offset, stop, new[0].words)
        elif slot is not None and last == first:
            yield from self._inserted(edit, first, offset, stop)
        elif slot is None or any(self._places.slot(n) is None for n in range(first, last)):
            yield self._by_hand(edit, first)
        elif offset == 0 and stop == 0 and not new[-1].words:
            yield from self._replaced(edit, list(range(first, last)), new[:-1], 0)
        elif offset == len(slot.string) and final and stop == len(final.string) and not new[0].words:
            yield from self._replaced(edit, list(range(first + 1, last + 1)), new[1:], 1)
        elif final is None or not (self._typed(first) and self._typed(last)):
            yield self._plain(edit, slot, offset, len(slot.string))
        elif len(new) == 1 and offset == 0:
            yield self._mixed(edit, first, (self._drop(first, last), self._reword(last, 0, stop, new[0].words)))
        elif len(new) == 1:
            yield self._joined(edit, first, offset, last, stop)
        else:
            middle = new[1:-1]
            steps = (
                self._reword(first, offset, len(slot.string), new[0].words),
                self._drop(first + 1, last),
                self._put_step(edit, middle, slot.address.block) if middle else None,
                self._reword(last, 0, stop, new[-1].words),
            )
            yield self._mixed(edit, first, steps)

    def _joined(self, edit: Edit, first: int, offset: int, last: int, stop: int) -> Draft:
        """Two paragraphs made one, what lay between them taken out."""
        slot, final = self._places.slot(first), self._places.slot(last)
        assert slot is not None
        assert final is not None
        new = edit.new[0].words
        steps = (
            self._reword(first, offset, len(slot.string), new) if offset < len(slot.string) or new else None,
            self._drop(first + 1, last),
            self._reword(last, 0, stop, EMPTY) if stop else None,
            Join(slot.address.block, final.address.block),
        )
        made = self._mixed(edit, first, steps)
        if self._is_parted(edit):
            made.item = replace(made.item, steps=())
        if not edit.taken.strip() and not edit.put.strip():
            before, after = f"{slot.string}\n{final.string}", f"{slot.string[:offset]}{new.string}{final.string[stop:]}"
            made.item = replace(made.item, before=before, after=after, text="Joins the paragraph to the next")
            if not edit.who.silent:
                made.item = replace(made.item, kind=ItemKind.PARAGRAPH)
        return made

    def _is_parted(self, joining: Edit) -> bool:
        """Whether somebody else has put paragraphs in between those that an edit joins."""
        others = (each for each in self._edits if each.inside is None and each.who.hand != joining.who.hand)
        return any(len(each.new) > 1 and joining.start <= each.start <= joining.end for each in others)

    def _replaced(self, edit: Edit, gone: list[int], new: list[NewPiece], skipped: int) -> Iterator[Draft]:
        """Whole paragraphs taken out, and whole ones put in their place, if any: each is an item of its own."""
        gone = [n for n in gone if self._is_own(n, gone)]
        new = self._without_kept(gone, new)
        if new and len(gone) != len(new):
            steps: list[Step | None] = []
            for number, piece in zip(gone, new, strict=False):
                steps.append(self._whole(number, piece.words))
            behind = self._block_of(gone[len(new) - 1]) if len(new) < len(gone) else self._block_of(gone[-1])
            if len(gone) > len(new):
                steps += [Drop((self._block_of(n),)) for n in gone[len(new) :]]
            else:
                steps.append(self._put_step(edit, new[len(gone) :], behind))
            yield self._mixed(edit, gone[0], steps)
            return
        at = skipped
        for order, number in enumerate(gone):
            slot = self._places.slot(number)
            assert slot is not None
            string, block = slot.string, slot.address.block
            instead = new[order] if new else None
            part = slot.address.part
            if instead is not None and part is not None and block:
                key = key_in(self._issue, edit, block, part, 0, string, instead.words.string)
                span = Span(block, part, 0, len(string))
                item = drafted(edit, self._issue, key, block, string, instead.words.string)
                item = replace(item, span=span, words=string, steps=(Reword(span, instead.words),))
                yield Draft(edit, item, [Target(at, at + len(instead.words), key, 0, 0)])
                at += len(instead.words) + 1
            elif instead or string or not edit.who.silent or stands_for_something(slot.paragraph):
                yield self._dropped(edit, number, instead)

    def _without_kept(self, gone: list[int], new: list[NewPiece]) -> list[NewPiece]:
        """The new paragraphs without those that were taken out and put in again where they were; so ``gone`` too."""
        was = [slot.string if (slot := self._places.slot(number)) else "" for number in gone]
        same = SequenceMatcher(None, was, [piece.words.string for piece in new], autojunk=False).get_matching_blocks()
        for a, b, size in reversed(same):
            del gone[a : a + size]
            new = [*new[:b], *new[b + size :]]
        return new

    def _dropped(self, edit: Edit, number: int, piece: NewPiece | None) -> Draft:
        slot = self._places.slot(number)
        assert slot is not None
        block, put = slot.address.block, piece.words.string if piece else ""
        key = key_in(self._issue, edit, block or slot.address.where, "whole", slot.string, put)
        item = drafted(edit, self._issue, key, block or None, slot.string, put)
        item = replace(item, words=slot.string, where=slot.address.where)
        if piece is None and block and self._is_first(slot):
            span = Span(block, 0, 0, len(slot.string)) if slot.address.part == 0 else None
            things = {bool(slot.paragraph.page_breaks): "a page break", bool(slot.paragraph.pictures): "a picture"}
            said = "" if slot.string else f"Takes out {things.get(True, 'an empty paragraph')}"
            item = replace(item, steps=(Drop((block,)),), span=span, text=said)
            if not slot.string and item.kind is not ItemKind.SILENT:
                item = replace(item, kind=ItemKind.PARAGRAPH)
            return Draft(edit, item, [], dropped=(block,))
        return Draft(edit, item, [])

    def _put(self, edit: Edit, new: Sequence[NewPiece], behind: str, skipped: int) -> Iterator[Draft]:
        """Whole new paragraphs: each is an item of its own."""
        at = skipped
        for each in new:
            put = each.words.string
            key = key_in(self._issue, edit, behind, "behind", put)
            block = self._block(each, key, 0)
            item = drafted(edit, self._issue, key, behind or None, "", put)
            if not put:
                item = replace(item, text="Puts in an empty paragraph")
                if item.kind is not ItemKind.SILENT:
                    item = replace(item, kind=ItemKind.PARAGRAPH)
            item = replace(item, steps=(Put(behind, (block,)),))
            targets = [Target(at, at + len(put), block.id, 0, 0)]
            yield Draft(edit, item, targets, put_behind=behind)
            at += len(put) + 1

    def _mixed(self, edit: Edit, number: int, steps: Iterable[Step | None]) -> Draft:
        """An edit that takes several steps."""
        done = tuple(step for step in steps if step is not None)
        slot = self._places.slot(number)
        block = self._block_of(number)
        key = key_in(self._issue, edit, block, edit.start - self._places.starts[number], "over", edit.taken, edit.put)
        item = drafted(edit, self._issue, key, block or None, edit.taken, edit.put)
        words = slot.string if slot else ""
        span = next((step.span for step in done if isinstance(step, Reword)), None)
        numbers = set(range(number, self._places.item(max(edit.start, edit.end - 1)) + 1))
        if not all(self._typed(each) for each in numbers if self._places.slot(each)):
            done = ()
        return Draft(edit, replace(item, steps=done, words=words, span=span), [])

    # Inside another's new words

    def _nested(self, edit: Edit, outer: Edit) -> Draft:
        """A change of what somebody else has put in."""
        for draft in self._made.get(id(outer), []):
            for target in draft.targets:
                if target.start <= edit.start and edit.end <= target.end:
                    return self._in_target(edit, draft, target)
                whole = (edit.start, edit.end) in {(target.start, target.end + 1), (target.start - 1, target.end)}
                if whole and not edit.put and target.block != draft.item.key:
                    key = key_in(self._issue, edit, draft.item.key, "whole", edit.taken)
                    item = drafted(edit, self._issue, key, draft.item.block, edit.taken.strip("\n"), "")
                    item = replace(item, steps=(Drop((target.block,)),), inside=draft.item.key)
                    return Draft(edit, item, [])
        owner = next(iter(self._made.get(id(outer), [])), None)
        inside = owner.item.key if owner else ""
        key = key_in(self._issue, edit, inside, edit.start, edit.taken, edit.put)
        item = drafted(edit, self._issue, key, owner.item.block if owner else None, edit.taken, edit.put)
        return Draft(edit, replace(item, inside=inside), [])

    def _in_target(self, edit: Edit, outer: Draft, target: Target) -> Draft:
        start, end = (place - target.start + target.offset for place in (edit.start, edit.end))
        key = key_in(self._issue, edit, outer.item.key, target.part, start, edit.taken, edit.put)
        item = drafted(edit, self._issue, key, outer.item.block, edit.taken, edit.put)
        item = replace(item, inside=outer.item.key, words=outer.item.after)
        span = Span(target.block, target.part, start, end)
        inline = target.block == outer.item.key
        if len(edit.new) == 1 or (inline and self._lines):
            new = joined([piece.words for piece in edit.new], "\n")
            steps: tuple[Step, ...] = (Reword(span, new),)
            targets = [Target(0, len(new), key, 0, 0)]
        elif len(edit.new) == 2 and not inline:
            steps, targets = (Split(span, id_of(key), edit.new[0].words, edit.new[1].words),), []
        else:
            steps, targets = (), []
        return Draft(edit, replace(item, steps=steps), targets)

    # Parts

    def _typed(self, number: int) -> bool:
        slot = self._places.slot(number)
        return slot is not None and slot.address.kind in _TYPED and slot.address.part == 0

    def _is_first(self, slot: Slot) -> bool:
        """Whether a paragraph is the one that its block begins with: it goes and the block with it."""
        return bool(slot.paragraph.bookmarks) and slot.address.kind != "meeting_details"

    def _is_own(self, number: int, gone: list[int]) -> bool:
        """Whether a paragraph that goes is not just the rest of a block that goes."""
        slot = self._places.slot(number)
        if slot is None or self._is_first(slot):
            return True
        block = slot.address.block
        return not any(
            (other := self._places.slot(n)) and self._is_first(other) and other.address.block == block for n in gone
        )

    def _block_of(self, number: int) -> str:
        slot = self._places.slot(number)
        return slot.address.block if slot else ""

    def block_before(self, place: int) -> str:
        """The block that stands last before a place."""
        return self._block_before(self._places.item(place))

    def _block_before(self, number: int) -> str:
        """The block that stands last before an item of the flow."""
        for item in reversed(self._places.flow[:number]):
            if isinstance(item, Grid):
                blocks = [item.block, *(s.address.block for row in item.rows for cell in row for s in cell)]
                if found := [each for each in blocks if each]:
                    return found[-1] if not item.block else item.block
            elif item.address.block:
                return item.address.block
        return ""

    def _reword(self, number: int, start: int, end: int, new: Text) -> Reword:
        return Reword(Span(self._block_of(number), 0, start, end), new)

    def _whole(self, number: int, new: Text) -> Reword:
        slot = self._places.slot(number)
        return self._reword(number, 0, len(slot.string) if slot else 0, new)

    def _drop(self, first: int, last: int) -> Drop | None:
        blocks = tuple(self._block_of(number) for number in range(first, last))
        return Drop(blocks) if blocks else None

    def _put_step(self, edit: Edit, new: Sequence[NewPiece], behind: str) -> Put:
        key = key_in(self._issue, edit, behind, "among", edit.start, edit.taken, edit.put)
        return Put(behind, tuple(self._block(piece, key, number) for number, piece in enumerate(new)))

    def _block(self, piece: NewPiece, key: str, number: int) -> AnyBlock:
        """A new paragraph as a block, of the kind that its style says."""
        return new_block(piece.words, piece.paragraph, self._styles, id_of(key, number))
