"""The status bar: words, minutes to read, lines that have gone off, whether everything is saved."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QProgressBar, QToolButton, QWidget

from briefpack.desktop.jobs import Job
from briefpack.desktop.lines.listing import Due
from briefpack.desktop.widgets.parts import label, named, tool
from briefpack.pack.measure import due_lines, minutes_to_read, overdue_lines
from briefpack.pack.model import Pack
from briefpack.pack.plan import Length

_TITLE = 32
"""No more than so many letters of a heading."""


class Status(QWidget):
    """What stands along the foot of the window, and the progress of the job that runs."""

    lines_asked_for = Signal(object)
    """The user wants to see the lines that are due then, a :class:`~briefpack.desktop.lines.listing.Due`."""

    spelling_asked_for = Signal()
    """The user wants to see the next misspelt word."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        bar = window.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setAccessibleName("Status")
        self.words = named(label(""), "Words")
        self.section = named(label(""), "Length of the section")
        self._due: Due = Due.PAST
        tip = "List the lines that are past their time, or may be by the meeting"
        self.lines = named(QToolButton(), "Lines that are due", tip)
        self.lines.setAutoRaise(True)
        self.lines.clicked.connect(lambda _checked=False: self.lines_asked_for.emit(self._due))
        self.spelling = named(QToolButton(), "Spelling")
        self.spelling.setAutoRaise(True)
        self.spelling.clicked.connect(lambda _checked=False: self.spelling_asked_for.emit())
        self.saved = named(label(""), "Saved")
        self._doing = named(label(""), "Job")
        self._progress = named(QProgressBar(), "Progress")
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(160)
        self._stop = tool("Stop", "close", self._cancel)
        self._job: Job | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._doing, self._progress, self._stop):
            layout.addWidget(widget)
        bar.addWidget(self.words)
        bar.addWidget(self.section)
        bar.addWidget(self.lines)
        bar.addWidget(self.spelling)
        bar.addPermanentWidget(self)
        bar.addPermanentWidget(self.saved)
        self._show_job(visible=False)
        self.clear()

    @property
    def job(self) -> str:
        """What the running job says that it is doing."""
        return self._doing.text()

    def clear(self) -> None:
        """No pack is open."""
        self.words.setText("")
        self.show_length(None)
        self.lines.hide()
        self.spelling.hide()
        self.saved.setText("")

    def count(self, words: int) -> None:
        """Show how long the pack is."""
        minutes = minutes_to_read(words)
        said = f"{words:,} word{'' if words == 1 else 's'}"
        self.words.setText(
            f"{said}, {minutes} minute{'' if minutes == 1 else 's'} to read" if words else "No words yet"
        )

    def show_length(self, found: tuple[str, Length] | None) -> None:
        """Show how long a section is that has a budget, by its heading; nothing for None."""
        self.section.setVisible(found is not None)
        if found is None:
            return
        title, length = found
        short = title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"
        self.section.setText(f"{short}: {length.words:,} of {length.budget:,} words")
        over = length.words - length.budget
        many = f"{over:,} word{'' if over == 1 else 's'} too many"
        self.section.setToolTip(many if length.over else "Within what the template allows")
        kind = "warning" if length.over else ""
        if self.section.property("kind") != kind:
            self.section.setProperty("kind", kind)
            self.section.style().polish(self.section)

    def show_lines(self, pack: Pack, now: dt.datetime) -> None:
        """Show how many lines to take have gone off, and how many more may have by the meeting, where any do."""
        past, due = len(overdue_lines(pack, now)), len(due_lines(pack, now))
        self._due = Due.MEETING if due > past else Due.PAST
        said = [f"{past} line{'' if past == 1 else 's'} past {'its' if past == 1 else 'their'} time"] if past else []
        if due > past:
            noun = "" if past else f" line{'' if due == 1 else 's'}"
            said.append(f"{due - past}{noun} due by the meeting")
        self.lines.setVisible(bool(said))
        self.lines.setText(", ".join(said))

    def show_spelling(self, words: str, tip: str) -> None:
        """Show how many words are misspelt, or why none is looked for; nothing where there is nothing to say."""
        self.spelling.setVisible(bool(words))
        self.spelling.setText(words)
        self.spelling.setToolTip(tip)
        self.spelling.setAccessibleDescription(tip)

    def show_saved(self, words: str) -> None:
        """Show whether everything is saved."""
        self.saved.setText(words)

    def follow(self, job: Job, words: str, cancel: Callable[[], None] | None = None) -> None:
        """Show a job's progress until it ends, with a button that stops it."""
        self._job = job
        self._stop_act = cancel or job.cancel
        self._doing.setText(words)
        self._progress.setRange(0, 0)
        self._show_job(visible=True)
        job.progressed.connect(self._progressed)
        job.ended.connect(lambda: self._ended(job))

    def _progressed(self, done: int, total: int, words: str) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        if words:
            self._doing.setText(words)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._doing.setText("")
            self._show_job(visible=False)

    def _cancel(self) -> None:
        if self._job is not None:
            self._stop_act()

    def _show_job(self, *, visible: bool) -> None:
        parts: tuple[QLabel | QProgressBar | QToolButton, ...] = (self._doing, self._progress, self._stop)
        for part in parts:
            part.setVisible(visible)
