"""From a stream to edits: what one person did at one place, as one thing."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from briefpack.ooxml.story import StoryParagraph
from briefpack.pack.text import EMPTY, MarkKind, Text
from briefpack.review.pieces import Who
from briefpack.review.stream import Atom, Event


class NewPiece(Struct):
    """New words of one paragraph. ``paragraph`` is the one that they stand in, None where there are none."""

    words: Text = EMPTY
    paragraph: StoryParagraph | None = None


class Edit(Struct, eq=False):
    """What ``who`` did: the places ``start`` to ``end`` of what was sent became ``new``.

    ``new`` are pieces with the end of a paragraph between each and the next; one empty piece is a deletion. ``taken`` is
    what was there, with a newline for each end of a paragraph. Where ``inside`` another edit, places count through the
    new words of that one instead, each end of a paragraph as one.
    """

    who: Who
    start: int
    end: int
    new: list[NewPiece]
    taken: str = ""
    inside: "Edit | None" = None

    @property
    def put(self) -> str:
        """The new words, with a newline for each end of a paragraph."""
        return "\n".join(piece.words.string for piece in self.new)

    @property
    def size(self) -> int:
        """How many places the new words take."""
        return sum(len(piece.words) + 1 for piece in self.new) - 1


class Stand(Struct, frozen=True):
    """Where a piece of a comment stands: in what was sent, or inside an edit's new words."""

    comment: str
    start: int
    end: int
    inside: Edit | None = None


class Gathered(Struct, frozen=True):
    """The edits of a stream in order, and where its comments stand."""

    edits: tuple[Edit, ...]
    stands: tuple[Stand, ...]


def gather(events: Iterable[Event]) -> Gathered:
    """Every edit of a stream, told apart by who made it. Tables are not looked into; no edit goes over one."""
    found = _Gathering()
    for event in events:
        if isinstance(event, Atom):
            found.take(event)
        else:
            found.here.clear()
    return Gathered(tuple(found.edits), tuple(found.stands))


class _Gathering:
    def __init__(self) -> None:
        self.edits: list[Edit] = []
        self.stands: list[Stand] = []
        self.here: list[Edit] = []
        self._place = -1

    def take(self, atom: Atom) -> None:
        """Take in the next atom."""
        put, out = atom.put, atom.out
        if put is None and out is None:
            self.here.clear()
            self._stand(atom, atom.at)
        elif put is not None and out is not None:
            if (put.author, put.silent) != (out.author, out.silent):
                edit = self._put(atom, put)
                self._take_back(atom, edit, out)
        elif put is not None:
            self._put(atom, put)
        elif out is not None:
            self._take_out(atom, out)

    def _put(self, atom: Atom, who: Who) -> Edit:
        edit = self._typed_over(who, atom) or self._going_on(who, atom.at)
        if edit is None:
            edit = self._begin(who, atom.at)
        if atom.end:
            if edit.new[-1].paragraph is None:
                edit.new[-1].paragraph = atom.paragraph
            edit.new.append(NewPiece())
        else:
            self._stand(atom, edit.size, edit)
            edit.new[-1].words += _without_comments(atom.words)
            edit.new[-1].paragraph = atom.paragraph
        return edit

    def _take_out(self, atom: Atom, who: Who) -> None:
        edit = self._going_on(who, atom.at)
        if edit is None:
            edit = self._begin(who, atom.at)
        self._stand(atom, atom.at)
        edit.end = atom.at + (1 if atom.end else len(atom.words))
        edit.taken += "\n" if atom.end else atom.words.string

    def _take_back(self, atom: Atom, outer: Edit, who: Who) -> None:
        """Words of one person's that another took out again."""
        size = 1 if atom.end else len(atom.words)
        start = outer.size - size
        last = self.here[-1]
        if start == 0 and not atom.end and (ahead := self._ahead_of(outer, who)) is not None:
            ahead.inside, ahead.start, ahead.end, ahead.taken = outer, 0, size, atom.words.string
            self.here.remove(ahead)
            self.here.append(ahead)
            return
        if last.inside is outer and last.who.hand == who.hand and last.end == start:
            last.end += size
            last.taken += "\n" if atom.end else atom.words.string
            return
        taken = "\n" if atom.end else atom.words.string
        edit = Edit(who, start, start + size, [NewPiece()], taken, outer)
        self.edits.append(edit)
        self.here.append(edit)

    def _typed_over(self, who: Who, atom: Atom) -> Edit | None:
        """The edit that took out the last of another's new words, where the same hand now puts something in their place."""
        last = self.here[-1] if self.here else None
        if atom.end or last is None or last.inside is None or last.who.hand != who.hand or "\n" in last.taken:
            return None
        outer = last.inside
        return last if last.end == outer.size and outer.end == atom.at and outer.inside is None else None

    def _ahead_of(self, outer: Edit, who: Who) -> Edit | None:
        """The new words right before another's, by the hand that takes these out."""
        place = self.here.index(outer)
        ahead = self.here[place - 1] if place == len(self.here) - 1 and place else None
        if ahead is None or ahead.inside is not None or ahead.who.hand != who.hand or "\n" in ahead.put:
            return None
        return ahead if ahead.start == ahead.end == outer.start else None

    def _begin(self, who: Who, at: int) -> Edit:
        edit = Edit(who, at, at, [NewPiece()])
        self.edits.append(edit)
        self.here.append(edit)
        return edit

    def _going_on(self, who: Who, at: int) -> Edit | None:
        """The edit of the same hand that goes on here; what another put in the middle of it is inside it then.

        Side by side anything that one hand did is one edit. Over somebody else's words only what was done at one time is.
        """
        for number in range(len(self.here) - 1, -1, -1):
            edit = self.here[number]
            if edit.inside is not None or edit.who.hand != who.hand:
                continue
            between = [each for each in self.here[number + 1 :] if each.inside is not edit]
            if edit.end != at or (between and edit.who.time != who.time) or any(each.who.move for each in between):
                return None
            if any(each.inside is not None or each.start != each.end or each.end != at for each in between):
                return None
            if edit.put and between:
                self._take_inside(edit, between)
            return edit
        return None

    def _take_inside(self, outer: Edit, between: Sequence[Edit]) -> None:
        for each in between:
            each.inside, each.start, each.end = outer, outer.size, outer.size

    def _stand(self, atom: Atom, at: int, inside: Edit | None = None) -> None:
        for mark in atom.words.marks:
            if mark.kind == MarkKind.COMMENT:
                self.stands.append(Stand(mark.value, at + mark.start, at + mark.end, inside))


def _without_comments(words: Text) -> Text:
    return words.keep_marks(lambda mark: mark.kind != MarkKind.COMMENT)
