"""The definition of a board: what one body said on some topics, and when. Its words are clips of the pack.

What stands on the board is worked out from it by :mod:`briefpack.tasks.board`; nothing of that is stored.
"""

import datetime as dt

from msgspec import Struct, field

from briefpack.pack.ids import new_id


class Pick(Struct, frozen=True, omit_defaults=True):
    """Words that were picked for a topic: the id of a clip of the pack, and whose words they are."""

    clip: str
    speaker: str = ""


class Reading(Struct, frozen=True, omit_defaults=True):
    """An archived document that was read against a topic, and when."""

    document: str
    time: dt.datetime | None = None


class Topic(Struct, frozen=True, omit_defaults=True):
    """One row of the board.

    ``query`` is the search that finds documents on it, as it is typed. ``heading`` is the id of the heading of the item that
    it belongs to: the clips of that section are theirs on the topic, and its lines to take are ours, unless ``line`` is the
    id of the one that is. Either may be gone from the pack. ``picked`` are further words of theirs.
    """

    name: str
    id: str = field(default_factory=new_id)
    query: str = ""
    heading: str = ""
    line: str = ""
    picked: tuple[Pick, ...] = ()
    read: tuple[Reading, ...] = ()


class Board(Struct, frozen=True, omit_defaults=True):
    """The topics of a body. ``query`` narrows the searches of all of them, as by ``source:"Harbour Towns Forum"``."""

    body: str = ""
    query: str = ""
    topics: tuple[Topic, ...] = ()

    def topic(self, topic: str) -> Topic | None:
        """The topic with this id."""
        return next((each for each in self.topics if each.id == topic), None)


NO_BOARD = Board()
"""A pack without a board."""
