"""What the window remembers between sittings, in an INI file in the user's own configuration folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QSettings

from briefpack.desktop.theme.look import Scheme

RECENT = 8
"""How many packs are remembered."""

FOLDS = 40
"""Of how many packs it is remembered what was folded away in them."""


class Author(NamedTuple):
    """As whom the user writes comments."""

    name: str
    initials: str


class Settings(QObject):
    """Typed access to the file; a value that cannot be understood is as if it were not there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        scope = QSettings.Scope.UserScope
        self._file = QSettings(QSettings.Format.IniFormat, scope, "Briefpack", "Briefpack", self)

    @property
    def recent(self) -> list[Path]:
        """The packs opened last, newest first; some may not be there any more."""
        return self._paths("files/recent")

    @recent.setter
    def recent(self, paths: Sequence[Path]) -> None:
        self._file.setValue("files/recent", "\n".join(map(str, paths)))

    def opened(self, path: Path) -> None:
        """Remember that a pack was opened."""
        self.recent = [path.resolve(), *(each for each in self.recent if each != path.resolve())][:RECENT]

    @property
    def pinned(self) -> tuple[Path, ...]:
        """The packs that stay in the list of those opened last, in the order in which they were pinned."""
        return tuple(self._paths("files/pinned"))

    @pinned.setter
    def pinned(self, paths: Sequence[Path]) -> None:
        self._file.setValue("files/pinned", "\n".join(map(str, paths)))

    @property
    def places(self) -> str:
        """Where one was in each pack, as :mod:`briefpack.desktop.places` writes it."""
        return self._words("files/places")

    @places.setter
    def places(self, words: str) -> None:
        self._file.setValue("files/places", words)

    @property
    def folder(self) -> Path:
        """Where file dialogs begin."""
        folder = Path(self._words("files/folder"))
        return folder if self._words("files/folder") and folder.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._file.setValue("files/folder", str(folder))

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or as the system is."""
        words = self._words("window/scheme")
        return Scheme(words) if words in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._file.setValue("window/scheme", scheme.value)

    @property
    def zoom(self) -> int:
        """The size of the document's text in per cent."""
        words = self._words("window/zoom")
        return min(max(int(words), 50), 300) if words.isdecimal() else 100

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self._file.setValue("window/zoom", str(percent))

    @property
    def spelling(self) -> bool:
        """Whether misspelt words are underlined as they are typed."""
        return self._words("editor/spelling") != "off"

    @spelling.setter
    def spelling(self, on: bool) -> None:
        self._file.setValue("editor/spelling", "on" if on else "off")

    @property
    def smart(self) -> bool:
        """Whether straight quotation marks and hyphens become curly ones and dashes as they are typed."""
        return self._words("editor/smart") != "off"

    @smart.setter
    def smart(self, on: bool) -> None:
        self._file.setValue("editor/smart", "on" if on else "off")

    @property
    def margin(self) -> bool:
        """Whether comments, flags and sources stand beside the sheet."""
        return self._words("editor/margin") != "off"

    @margin.setter
    def margin(self, on: bool) -> None:
        self._file.setValue("editor/margin", "on" if on else "off")

    @property
    def shapes(self) -> bool:
        """Whether signs at the start of a paragraph make it a list or heading as they are typed."""
        return self._words("editor/shapes") != "off"

    @shapes.setter
    def shapes(self, on: bool) -> None:
        self._file.setValue("editor/shapes", "on" if on else "off")

    @property
    def still(self) -> bool:
        """Whether nothing is to move by itself."""
        return self._words("window/still") == "on"

    @still.setter
    def still(self, on: bool) -> None:
        self._file.setValue("window/still", "on" if on else "off")

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys that the user gave to actions, by their ids, in Qt's portable notation."""
        lines = (line.partition("\t") for line in self._words("window/keys").split("\n"))
        return {name: tuple(keys.split(" | ")) if keys else () for name, tab, keys in lines if tab}

    @keys.setter
    def keys(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        lines = (f"{name}\t{' | '.join(keys)}" for name, keys in chosen.items())
        self._file.setValue("window/keys", "\n".join(lines))

    @property
    def author(self) -> Author:
        """The user's name and initials; empty until given."""
        return Author(self._words("author/name"), self._words("author/initials"))

    @author.setter
    def author(self, author: Author) -> None:
        self._file.setValue("author/name", author.name)
        self._file.setValue("author/initials", author.initials)

    @property
    def toured(self) -> bool:
        """Whether the user has been shown round."""
        return self._words("window/toured") == "yes"

    @toured.setter
    def toured(self, toured: bool) -> None:
        self._file.setValue("window/toured", "yes" if toured else "no")

    def folded(self, pack: str, where: str = "editor") -> tuple[str, ...]:
        """The ids of the headings whose sections were folded away in a pack: in the document, or in the ``outline``."""
        return self._folds(where).get(pack, ())

    def keep_folded(self, pack: str, headings: tuple[str, ...], where: str = "editor") -> None:
        """Remember what is folded in a pack; of more packs than are worth it, those of long ago are forgotten."""
        kept = {each: folded for each, folded in self._folds(where).items() if each != pack}
        kept = ({pack: headings} if headings else {}) | kept
        lines = (f"{each} {' '.join(folded)}" for each, folded in list(kept.items())[:FOLDS])
        self._file.setValue(f"{where}/folded", "\n".join(lines))

    def _folds(self, where: str) -> dict[str, tuple[str, ...]]:
        lines = (line.split() for line in self._words(f"{where}/folded").split("\n"))
        return {line[0]: tuple(line[1:]) for line in lines if len(line) > 1}

    @property
    def template(self) -> Path | None:
        """The Word template that exports are made with; None is Briefpack's own."""
        words = self._words("export/template")
        return Path(words) if words and Path(words).is_file() else None

    @template.setter
    def template(self, template: Path | None) -> None:
        self._file.setValue("export/template", str(template or ""))

    @property
    def shared_archive(self) -> str:
        """The address of the shared archive that was open last; it is kept without its password."""
        return self._words("archive/shared")

    @shared_archive.setter
    def shared_archive(self, address: str) -> None:
        self._file.setValue("archive/shared", address)

    @property
    def shares(self) -> bool:
        """Whether the shared archive was open last, and not the user's own."""
        return self._words("archive/open") == "shared"

    @shares.setter
    def shares(self, shared: bool) -> None:
        self._file.setValue("archive/open", "shared" if shared else "own")

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty until kept."""
        value = self._file.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._file.setValue("window/geometry", geometry)

    @property
    def widths(self) -> tuple[int, int] | None:
        """How wide the docks at the left and at the right were; None until kept."""
        left, _, right = self._words("window/widths").partition(" ")
        return (int(left), int(right)) if left.isdecimal() and right.isdecimal() else None

    @widths.setter
    def widths(self, widths: tuple[int, int]) -> None:
        self._file.setValue("window/widths", "{} {}".format(*widths))

    def _words(self, key: str) -> str:
        value = self._file.value(key, "")
        return value if isinstance(value, str) else ""

    def _paths(self, key: str) -> list[Path]:
        return [Path(line) for line in self._words(key).split("\n") if line]
