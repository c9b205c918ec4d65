"""The user's own dictionary: a text file with a word a line, that any editor can open."""

from collections.abc import Callable, Iterable
from pathlib import Path

import platformdirs

from briefpack.errors import UserError
from briefpack.pack.edits import as_word
from briefpack.safety.files import decode_text, read_input, write_atomically

MOST = 4 * 1024 * 1024
"""The largest dictionary of one's own, in bytes: some 400,000 words."""


def default_file() -> Path:
    """Where the user's own dictionary is: in the folder of the user's data, beside the archive."""
    return Path(platformdirs.user_data_dir("briefpack", appauthor=False, roaming=False)) / "dictionary.txt"


class OwnDictionary:
    """The words in a file. It is read each time, since the user may have it open in an editor, or in another window."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_file()

    def words(self) -> frozenset[str]:
        """The words; none where there is no file. UserError where it cannot be read."""
        return frozenset(self._lines())

    def add(self, word: str) -> None:
        """A word more. UserError where it cannot be written, or is no word."""
        word = as_word(word)
        if not word:
            raise UserError("This is not a word that a dictionary can hold", do="Add one word, without spaces")
        self._change(lambda lines: dict.fromkeys((*lines, word)))

    def remove(self, word: str) -> None:
        """A word less."""
        self._change(lambda lines: [line for line in lines if line != as_word(word)])

    def _change(self, change: Callable[[list[str]], Iterable[str]]) -> None:
        old = self._lines()
        new = sorted(change(old), key=lambda word: (word.casefold(), word))
        if new == old:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"Your dictionary cannot be written ({error.strerror or error})",
                where=self.path.parent,
                do="Check that you may write there",
            ) from error
        write_atomically(self.path, ("\n".join(new) + "\n").encode())

    def _lines(self) -> list[str]:
        try:
            if not self.path.exists() or not self.path.stat().st_size:
                return []
        except OSError as error:
            raise UserError(
                "Your dictionary cannot be read", where=self.path, do="Check that you may read it"
            ) from error
        lines = decode_text(read_input(self.path, most=MOST), self.path).splitlines()
        return [word for line in lines if (word := as_word(line))]
