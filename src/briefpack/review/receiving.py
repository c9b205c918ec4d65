"""Which of the files that were sent a copy is the return of."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.ooxml.grouping import changes_of
from briefpack.ooxml.story import paragraphs
from briefpack.pack.clips import normalised
from briefpack.pack.model import Issue, Pack, SentFile
from briefpack.pack.text import MarkKind
from briefpack.pack.tracked import Proposal, proposal_value
from briefpack.review.reading import Copy, block_ids, read_copy

_RUN = 4
_ENOUGH = 0.3
"""The share of what was sent, in runs of four words, from which on a copy without any identity is a return of it."""


class Sending(Struct, frozen=True):
    """A file that was sent, and the issue that it was part of."""

    issue: Issue
    file: SentFile


def sendings(pack: Pack, issued: Mapping[str, bytes]) -> tuple[Sending, ...]:
    """Every Word file that was sent and is still kept, the last one first."""
    return tuple(
        Sending(issue, file)
        for issue in reversed(pack.issues)
        for file in reversed(issue.files)
        if file.sha256 in issued and file.name.lower().endswith(".docx")
    )


class Receiver:
    """Finds what copies are returns of; what was sent is read once.

    Args:
        pack: the pack that was sent.
        issued: the bytes of the files that were sent, by their SHA-256.
    """

    def __init__(self, pack: Pack, issued: Mapping[str, bytes]) -> None:
        self._pack = pack
        self._issued = issued
        self._sendings = sendings(pack, issued)
        self._copies: dict[str, Copy] = {}

    def sending(self, back: Copy, where: str) -> Sending:
        """What a copy is the return of: as it says itself, else that whose blocks, else whose words it has.

        Raises:
            UserError: it is of another pack, or of nothing that was sent; or nothing was sent yet.
        """
        comparable = [each for each in self._sendings if self._copy(each).identity is not None]
        if not comparable:
            raise UserError(
                "No copy of this pack has been sent to reviewers, so that there is nothing to compare with",
                where=where,
                do="Export a copy for reviewers first; what a Word file says can be looked at with “briefpack read”",
            )
        said = back.identity
        if said is not None and said.pack != self._pack.id:
            raise UserError(
                "This copy was made from another pack", where=where, do="Open the pack that it was sent from"
            )
        if said is not None:
            stated = [each for each in comparable if self._says_the_same(each, back)]
            if stated:
                return stated[0]
        best = max(comparable, key=lambda each: self._likeness(each, back))  # of equals the last that was sent
        if not self._named(best, back) and _held(_runs(self._copy(best)), _runs(back)) < _ENOUGH:
            raise UserError(
                "This is not a copy of anything that was sent from this pack",
                where=where,
                do="Check that it is the right file, and that the right pack is open",
            )
        return best

    def _says_the_same(self, each: Sending, back: Copy) -> bool:
        sent, said = self._copy(each).identity, back.identity
        if sent is None or said is None:
            return False
        return (sent.issue, sent.recipient, sent.blocks) == (said.issue, said.recipient, said.blocks)

    def _copy(self, each: Sending) -> Copy:
        digest = each.file.sha256
        if digest not in self._copies:
            self._copies[digest] = read_copy(self._issued[digest], each.file.name)
        return self._copies[digest]

    def _likeness(self, each: Sending, back: Copy) -> tuple[int, float, float]:
        """How much of what was sent a copy has: bookmarks, paragraphs to the letter, and words."""
        ours, theirs = set(_strings(self._copy(each))), set(_strings(back))
        same = len(ours & theirs) / max(len(ours | theirs), 1)
        return self._named(each, back), same, _held(_runs(self._copy(each)), _runs(back))

    def _named(self, each: Sending, back: Copy) -> int:
        return len(_names(self._copy(each)) & _names(back))


def _names(copy: Copy) -> set[str]:
    return {name for each in paragraphs(copy.document.story) for name in block_ids(each.bookmarks)[0]}


def _strings(copy: Copy) -> Iterator[str]:
    """The paragraphs of a copy as they were before tracked changes."""
    for each in paragraphs(copy.document.story):
        words = "".join(s for s, marks in each.text.runs() if not any(m.kind == MarkKind.INSERTION for m in marks))
        if said := normalised(words):
            yield said


def _runs(copy: Copy) -> set[tuple[str, ...]]:
    """Every run of a few words of a copy."""
    words = " ".join(_strings(copy)).split()
    size = min(_RUN, len(words))
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)} if size else set()


def _held(ours: set[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> float:
    return len(ours & theirs) / len(ours) if ours else 0


def authors(copy: Copy, known: frozenset[tuple[MarkKind, str]], sent: Copy) -> tuple[str, ...]:
    """Those whose comments and changes a copy holds that it did not go out with, in the order they first come."""
    values = {value for _, value in known}
    out = {(each.author, normalised(each.text)) for each in sent.document.comments}
    found = [
        each.author
        for each in changes_of(copy.document.stories)
        if proposal_value(Proposal(each.author, each.time)) not in values
    ]
    found += [each.author for each in copy.document.comments if (each.author, normalised(each.text)) not in out]
    return tuple(dict.fromkeys(author for author in found if author))
