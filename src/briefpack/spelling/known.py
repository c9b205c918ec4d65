"""The words that are right although no dictionary has them: names in the pack, its own words, and the user's."""

import re
from collections.abc import Iterable

from msgspec import Struct

from briefpack.pack.model import Pack
from briefpack.spelling.words import plain

_NAME = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_PLAIN = str.maketrans({"\u2019": "'", "\u02bc": "'"})


class Known(Struct, frozen=True):
    """A set of words. One in small letters is known at the start of a sentence, too; a name only with its capital."""

    words: frozenset[str] = frozenset()

    def __contains__(self, word: str) -> bool:
        """Whether a word is known, with accents or without."""
        return any(each in self.words for each in (word, word[:1].lower() + word[1:], plain(word)))

    def with_words(self, words: Iterable[str]) -> "Known":
        """These words and others."""
        return Known(self.words.union(word.translate(_PLAIN) for word in words))


NOTHING = Known()
"""No word is known."""


def known_in(pack: Pack) -> Known:
    """What a pack says is right: its own dictionary, and the names of people, bodies and places that it is about.

    What is typed in sentences, such as the purpose of the meeting and what people are, teaches nothing: it may be misspelt.
    """
    meeting = pack.meeting
    named = [meeting.title, meeting.place, meeting.sender, meeting.recipient, meeting.cleared_by]
    named += [words for person in pack.people for words in (person.name, person.organisation)]
    named += [author for comment in pack.comments for author in (comment.author, *(r.author for r in comment.replies))]
    named += [clip.source for clip in pack.clips]
    names = (word for words in named for word in _NAME.findall(words) if word[0].isupper())
    return NOTHING.with_words((*pack.dictionary, *_without_possession(names)))


def _without_possession(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        word = name.translate(_PLAIN)
        yield word.removesuffix("'s")
