"""What of the open pack is misspelt, kept in step with it.

What is painted is looked up there and then: a changed paragraph costs a few hundredths of a millisecond, since every word
is remembered. The rest of the pack is gone through in pauses of typing, in slices so short that no key waits for one. It is
done on the GUI thread: on a thread of its own it would take turns with typing at every call, a few milliseconds each.
"""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from briefpack.desktop.jobs import Job, Worker
from briefpack.desktop.workspace import Workspace
from briefpack.errors import UserError
from briefpack.pack.finding import Part, Seat
from briefpack.pack.model import Pack, TextBlock
from briefpack.pack.text import Text
from briefpack.spelling import NOTHING, Known, Misspelling, Speller, checked, is_british, known_in, load
from briefpack.spelling.own import OwnDictionary
from briefpack.spelling.speller import Span

PAUSE = 250
"""Milliseconds without a change after which the rest of the pack is gone through."""

SLICE = 0.003
"""Seconds for which that is done at a time."""


class SpellChecker(QObject):
    """Args: the pack; the user's own dictionary; the thread that the dictionary is loaded on."""

    changed = Signal()
    """What was said to be misspelt may not be, or the other way round."""

    settled = Signal()
    """The whole pack has been gone through, and :attr:`count` is what it holds."""

    failed = Signal(object)
    """A UserError: there is no dictionary, or the user's own cannot be read."""

    def __init__(self, workspace: Workspace, own: OwnDictionary, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._own, self._worker = workspace, own, worker
        self._speller: Speller | None = None
        self._job: Job | None = None
        self._on = False
        self._own_words: frozenset[str] = frozenset()
        self._known = NOTHING
        self._ignored: set[tuple[Seat | None, str]] = set()
        self._found: dict[Seat, tuple[Text, tuple[Span, ...]]] = {}
        self._rest: Iterator[tuple[Seat, Text]] = iter(())
        self._seen = self._counting = 0
        self.count = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)
        self._slice = QTimer(self, singleShot=True, interval=0)
        self._slice.timeout.connect(self._go_on)
        workspace.pack_changed.connect(self._follow)

    # Whether

    @property
    def on(self) -> bool:
        """Whether the user wants words underlined as they are typed."""
        return self._on

    @property
    def speaks(self) -> bool:
        """Whether there is a dictionary for the language of the pack."""
        return is_british(self._workspace.pack.language)

    @property
    def active(self) -> bool:
        """Whether words are underlined: wanted, possible, and the dictionary is loaded."""
        return self._on and self._speller is not None and self.speaks

    def switch(self, on: bool) -> None:
        """Underline what is misspelt, or nothing. The dictionary is loaded when it is first wanted."""
        self._on = on
        if on and self._speller is None and self._job is None:
            job = self._job = self._worker.start(lambda _task: (Speller(load()), self._own.words()))
            job.succeeded.connect(self._loaded)
            job.failed.connect(self._not_loaded)
        self._renew()

    def load_now(self) -> bool:
        """Have the dictionary, for a question that is asked while nothing is underlined; whether it is there."""
        if self._speller is None:
            try:
                self._loaded((Speller(load()), self._own.words()))
            except UserError as error:
                self.failed.emit(error)
        return self._speller is not None

    def _loaded(self, loaded: tuple[Speller, frozenset[str]]) -> None:
        self._job = None
        self._speller, self._own_words = loaded
        self._renew()

    def _not_loaded(self, error: UserError) -> None:
        self._job = None
        self._on = False
        self.failed.emit(error)
        self.changed.emit()

    # What is misspelt

    def underlined(self, block: TextBlock) -> tuple[Span, ...]:
        """Where a paragraph is to be underlined."""
        return self.spans(Seat(Part.BODY, block.id, 0), block.text) if self.active else ()

    def spans(self, seat: Seat, text: Text) -> tuple[Span, ...]:
        """Where a text is misspelt, as it is now."""
        held = self._found.get(seat)
        if held is not None and (held[0] is text or held[0] == text):
            return held[1]
        if self._speller is None:
            return ()
        found = self._speller.misspelt(text, self._known)
        if self._ignored:
            found = tuple(s for s in found if (seat, text.string[s[0] : s[1]]) not in self._ignored)
        self._found[seat] = (text, found)
        return found

    def everything(self) -> list[tuple[int, Misspelling]]:
        """Every misspelt word of the pack in reading order, with the number of its text."""
        if not self.speaks or not self.load_now():
            return []
        return [
            (number, Misspelling(seat, start, end, text.string[start:end], text))
            for number, (seat, text) in enumerate(checked(self._workspace.pack))
            for start, end in self.spans(seat, text)
        ]

    def suggestions(self, word: str) -> tuple[str, ...]:
        """What may have been meant."""
        return self._speller.suggestions(word, self._known) if self._speller is not None else ()

    # What is right

    def learn(self, word: str) -> None:
        """A word in the user's own dictionary. UserError where that cannot be written."""
        self._own.add(word)
        self._own_words = self._own.words()
        self._renew()

    def unlearn(self, word: str) -> None:
        """A word no longer in the user's own dictionary. UserError where that cannot be written."""
        self._own.remove(word)
        self._own_words = self._own.words()
        self._renew()

    def ignore(self, word: str, seat: Seat | None = None) -> None:
        """Take a word for right until the pack is closed: in one text, or everywhere."""
        self._ignored.add((seat, word))
        self._renew()

    def heed(self, word: str, seat: Seat | None = None) -> None:
        """Ignore a word no longer."""
        self._ignored.discard((seat, word))
        self._renew()

    # In step

    def _follow(self, before: Pack, after: Pack) -> None:
        if before.id != after.id:
            self._ignored.clear()
            self.count = 0
            self._renew()
        elif _teaches_otherwise(before, after) and self._all_known() != self._known:
            self._renew()
        self._slice.stop()
        if self.active:
            self._pause.start()

    def _all_known(self) -> Known:
        return known_in(self._workspace.pack).with_words(
            (*self._own_words, *(word for seat, word in self._ignored if seat is None))
        )

    def _renew(self) -> None:
        """Everything is looked at anew; what the dictionary said of each word is remembered."""
        self._found.clear()
        self._slice.stop()
        self._pause.stop()
        if self._speller is not None and self.speaks:
            self._known = self._all_known()
        if self.active:
            self._begin()
        self.changed.emit()

    def _begin(self) -> None:
        self._rest = checked(self._workspace.pack)
        self._seen = self._counting = 0
        self._slice.start()

    def _go_on(self) -> None:
        until = time.perf_counter() + SLICE
        for seat, text in self._rest:
            self._seen += 1
            self._counting += len(self.spans(seat, text))
            if time.perf_counter() > until:
                self._slice.start()
                return
        if len(self._found) > 2 * self._seen + 1000:
            self._found.clear()  # blocks that are gone; what is on screen is looked up again in no time
        self.count = self._counting
        self.settled.emit()


def _teaches_otherwise(before: Pack, after: Pack) -> bool:
    return any(getattr(before, name) is not getattr(after, name) for name in _TEACHING)


_TEACHING = ("people", "meeting", "comments", "clips", "dictionary", "language")
"""The parts of a pack that say which words are known."""
