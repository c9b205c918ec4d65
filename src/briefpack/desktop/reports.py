"""Bugs: what nobody foresaw is written down, shown calmly, and can be saved to be sent on. Nothing is swallowed."""

import datetime as dt
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from briefpack import __version__
from briefpack.errors import UserError


def report(error: BaseException, now: dt.datetime) -> str:
    """What happened, for whoever mends it. It holds no words of the pack but those in the error itself."""
    import platform
    import traceback

    lines = traceback.format_exception(error)
    about = (
        f"Briefpack {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"{now:%Y-%m-%d %H:%M:%S %z}",
    )
    return "\n".join(about) + "\n\n" + "".join(lines)


class Bugs(QObject):
    """Catches what nothing else caught, from any thread, and shows it.

    Args:
        window: what the message stands over; it keeps the pack's journal, so nothing is lost.
    """

    _caught = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._showing = False
        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch everything from now on."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._caught.emit(args.exc_value)

    def show(self, error: BaseException) -> None:
        """Tell the user, and offer to save the report. While one is shown, others are only logged."""
        import logging

        text = report(error, dt.datetime.now().astimezone())
        logging.getLogger(__name__).error("%s", text)
        if self._showing:
            return
        self._showing = True
        try:
            box = self.box(text)
            box.exec()
            if box.clickedButton() is box.defaultButton():
                self._save(text)
        finally:
            self._showing = False

    def box(self, text: str) -> QMessageBox:
        """The message; its default button saves the report."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Briefpack")
        box.setText("Something went wrong inside Briefpack.")
        box.setInformativeText(
            "What you typed is kept in the journal. Save the pack, then save the report for whoever looks after Briefpack."
        )
        box.setDetailedText(text)
        save = box.addButton("Save the report…", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.setDefaultButton(save)
        return box

    def _save(self, text: str) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the report", "briefpack-report.txt", "Text (*.txt)")
        if name:
            from briefpack.desktop.dialogs.message import show_error
            from briefpack.safety.files import write_atomically

            try:
                write_atomically(Path(name), text.encode())
            except UserError as error:
                show_error(error, self._window)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(error.with_traceback(trace))
