"""Files dropped on the window: packs are opened, Word files are copies that came back."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QWidget

from briefpack.desktop.widgets.parts import named

_PACK = ".briefpack"
_WORD = frozenset({".docx", ".docm", ".dotx"})


class Dropped(NamedTuple):
    """What a drag carries, by what becomes of it."""

    packs: tuple[Path, ...] = ()
    returns: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything that the window can take."""
        return bool(self.packs or self.returns)

    @property
    def promise(self) -> str:
        """What dropping it does."""
        if self.packs:
            return f"Drop to open {self.packs[0].name}"
        count = len(self.returns)
        return f"Drop to take back {'this copy' if count == 1 else f'{count} copies'}"


def dropped(mime: QMimeData) -> Dropped:
    """The files of a drag or clipboard, none where it carries none."""
    if not mime.hasUrls():
        return Dropped()
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    packs = tuple(path for path in paths if path.suffix.lower() == _PACK)
    returns = tuple(path for path in paths if path.suffix.lower() in _WORD)
    return Dropped(packs, returns, tuple(path for path in paths if path not in (*packs, *returns)))


class DropHint(QLabel):
    """Says over the whole of a widget what dropping does."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        named(self, "Drop")
        self._over = over
        self.setProperty("kind", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def promise(self, words: str) -> None:
        """Show it with these words."""
        self.setText(words)
        self.setGeometry(self._over.rect().adjusted(12, 12, -12, -12))
        self.show()
        self.raise_()
