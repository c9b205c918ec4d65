"""Pictures of the window, taken without a screen.

Qt fixes the scale of a process when it starts, so each scale has a process of its own. Nothing of Qt is loaded before
that process has its settings.
"""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefpack.desktop.app import Desktop

SCALES = (100, 200)
"""Per cent."""

_PATIENCE = 60_000

_EXPECTED = "This plugin does not support propagateSizeHints()"
"""What Qt says of every window with a smallest size where there is no screen."""


def take_all(folder: Path, pack_file: Path, archive: Path) -> list[Path]:
    """Every picture, as ``window-100-light.png`` and so on in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    taken: list[Path] = []
    for percent in SCALES:
        with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
            taken += pool.submit(take, folder, pack_file, archive, percent).result()
    return taken


def take(folder: Path, pack_file: Path, archive: Path, percent: int) -> list[Path]:
    """The light and the dark picture at one scale. To be called in a process that has not loaded Qt."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(percent / 100)
    from PySide6.QtCore import QSettings, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from briefpack.desktop.app import Desktop
    from briefpack.desktop.theme.look import Scheme

    qInstallMessageHandler(lambda _kind, _where, words: None if words == _EXPECTED else sys.stderr.write(f"{words}\n"))
    with tempfile.TemporaryDirectory() as own:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, own)
        desktop = Desktop(QApplication([]), archive, Path(own))
        try:
            _arrange(desktop, pack_file)
            taken = []
            for scheme in (Scheme.LIGHT, Scheme.DARK):
                desktop.look.choose(scheme)
                _settle()
                path = folder / f"window-{percent}-{scheme}.png"
                if not desktop.window.grab().save(str(path)):
                    raise OSError(f"{path} could not be written")
                taken.append(path)
            desktop.window.close()
            return taken
        finally:
            desktop.close()


def _arrange(desktop: "Desktop", pack_file: Path) -> None:
    """The window as somebody at work has it: a pack open, something found in the archive, a hit being read."""
    window = desktop.window
    window.show()
    desktop.settle()
    desktop.documents.open(pack_file)
    _wait(lambda: desktop.documents.file is not None)
    pack = desktop.workspace.pack
    if pack.comments:
        window.editor.go_to_comment(pack.comments[0].id)
    if not pack.clips:
        return
    panel = window.side.archive
    panel.field.setText(" ".join(pack.clips[0].words.split()[:4]))
    _wait(lambda: panel.answered == panel.field.text())
    if not panel.model.rowCount():
        return
    panel.list.setCurrentIndex(panel.model.index(0))
    _wait(lambda: panel.document is not None)
    panel.reader.select_sentences()


def _wait(so: Callable[[], bool]) -> None:
    """Let the window work until something is so. TimeoutError where it is not within a minute."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

    loop, deadline = QEventLoop(), QDeadlineTimer(_PATIENCE)
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if so() or deadline.hasExpired() else None)
    timer.start(20)
    loop.exec()
    if not so():
        raise TimeoutError("the window did not get ready")


def _settle() -> None:
    """Let everything that was asked for be drawn."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(500, loop.quit)
    loop.exec()
