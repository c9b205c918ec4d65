"""The pack's file in the window: opened, saved, kept safe from a crash. Knows no dialogs.

Everything that touches the disk runs on one worker, one thing after another: so a journal is never written while a save
replaces it.
"""

import datetime as dt
from collections import ChainMap
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.workspace import Workspace
from briefpack.errors import UserError
from briefpack.pack.dates import day_words
from briefpack.pack.model import Pack, Paragraph

if TYPE_CHECKING:
    from briefpack.packfile import Holder, Journal, OpenNote, PackFile

JOURNAL_AFTER = 2000
"""Milliseconds after a change at which it is written to the journal: with what writing takes, well below 5 seconds."""


_NOTHING: Mapping[str, str] = MappingProxyType({})


class _Opened(NamedTuple):
    file: "PackFile"
    note: "OpenNote"
    other: "Holder | None"


class Documents(QObject):
    """Which file is open, whether it is saved, and what becomes of it.

    Args:
        workspace: where the pack is worked on.
        journals: the folder that journals lie in.
        worker: the thread for everything on the disk; whoever made it closes it.
        author: gives the user's name; empty is as the system knows the user.
    """

    opened = Signal()
    """Another pack is shown."""

    leaving = Signal()
    """What is shown is about to give way to something else; it is still there."""

    access_changed = Signal()
    """The pack that is shown may be changed now, or may not any more."""

    closed = Signal()
    """No pack is shown any more."""

    state_changed = Signal()
    """It was changed, saved, or is being saved."""

    saved = Signal()
    """The pack is on the disk."""

    failed = Signal(object)
    """A UserError."""

    conflicted = Signal(object)
    """A Conflict: somebody else has saved the pack, and what is shown now is the copy that was made of ours."""

    started = Signal(object, str)
    """A job that may take a while, and what it does."""

    def __init__(
        self,
        workspace: Workspace,
        journals: Path,
        worker: Worker,
        author: Callable[[], str] = str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._author = author
        self._workspace = workspace
        self.journals = journals
        self._worker = worker
        self._file: PackFile | None = None
        self._saved_pack: Pack | None = None
        self._journal: Journal | None = None
        self._note: OpenNote | None = None
        self._other: Holder | None = None
        self._looking = False
        self._freed = ""
        self._to_keep = ""
        self._to_name: dict[str, str] = {}
        self._pictures: dict[str, bytes] = {}
        self._saving = False
        self._save_again = False
        self._timer = QTimer(self, singleShot=True, interval=JOURNAL_AFTER)
        self._timer.timeout.connect(self._autosave)
        workspace.pack_changed.connect(self._changed)

    @property
    def file(self) -> "PackFile | None":
        """The open file with the pack as it is now; None where none is open."""
        return replace(self._file, pack=self._workspace.pack, media=self._media()) if self._file else None

    @property
    def path(self) -> Path | None:
        """Where it lies; None where it has no file yet."""
        return self._file.path if self._file else None

    @property
    def name(self) -> str:
        """What it is called."""
        if self._file is None:
            return ""
        return self._file.path.stem if self._file.path else self._workspace.pack.meeting.title or "New pack"

    @property
    def writable(self) -> bool:
        """Whether it can be changed."""
        return self._file is not None and not self._file.read_only and not self._looking

    @property
    def looking(self) -> bool:
        """Whether it is only read here because a colleague had it open first."""
        return self._looking

    @property
    def other(self) -> "Holder | None":
        """Who else has it open."""
        return self._other

    @property
    def unsaved(self) -> bool:
        """Whether it holds what is not on the disk."""
        return self._file is not None and self._workspace.pack is not self._saved_pack

    @property
    def state(self) -> str:
        """Whether it is saved, in words."""
        if self._file is None:
            return ""
        if not self.writable:
            return "Read only"
        if self._saving:
            return "Saving…"
        if self.unsaved:
            return "Not saved"
        return "Saved" if self._file.path else "New"

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know about the file, sentence by sentence."""
        if self._file is None:
            return ()
        said = [f"{line}." for line in self._file.lost]
        if self._file.read_only:
            said.insert(0, "This pack was made by a newer version of Briefpack: it can be read here, not changed.")
        if self._file.damaged:
            said.insert(0, "This pack is damaged; it was read as far as possible. Save it under another name.")
        if self._freed:
            said.append(f"{self._freed} has closed this pack: it can be edited now.")
        elif self._other is not None:
            said.append(f"{self._other.user} has had this pack open on {self._other.host} since {_since(self._other)}.")
            said.append(
                "It is open here to be read."
                if self._looking
                else "Whoever saves second is given a copy beside it: nothing is overwritten."
            )
        return tuple(said)

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture of the pack."""
        if name in self._pictures:
            return self._pictures[name]
        return self._file.media.get(name) if self._file else None

    def add_picture(self, name: str, data: bytes) -> None:
        """Keep a picture that blocks are about to refer to."""
        self._pictures[name] = data

    def open(self, path: Path) -> Job:
        """Read a pack file and show it."""
        path = path.absolute()  # what is exported later lies beside it, wherever the program was started
        mine = self._note if self.path == path and self._other is None else None

        def work(task: Task) -> _Opened:
            from briefpack.packfile import note_open, read

            file = read(path)
            task.check()
            return _Opened(file, mine, None) if mine is not None else _Opened(file, *note_open(path))

        job = self._worker.start(work)
        job.succeeded.connect(self._show_opened)
        job.failed.connect(self.failed)
        self.started.emit(job, "Opening")
        return job

    def show(self, file: "PackFile", *, saved: bool) -> None:
        """Show a pack that is new, imported or recovered; ``saved`` is whether closing it loses nothing."""
        self._show(file, None, None)
        if not saved:
            self._saved_pack = None
            self._changed()
        self.state_changed.emit()

    def save(self, path: Path | None = None) -> None:
        """Save the pack as it is now, to its own file or another. What is typed meanwhile stays unsaved."""
        if self._file is None or (self._file.path is None and path is None):
            return
        if self._saving:
            self._save_again = True
            return
        pack, file, journal, by = self._workspace.pack, self.file, self._journal, self._author()
        assert file is not None
        opened, kept, named = file, self._to_keep, dict(self._to_name)

        def work(_task: Task) -> "PackFile":
            from briefpack.packfile import named_version, save

            source = opened
            for name, title in named.items():
                source = named_version(source, name, title)
            done = save(source, path, by=by, version=kept)
            if journal is not None:
                journal.saved(replace(done, pack=pack))
            return done

        self._saving = True
        job = self._worker.start(work, needed=True)
        job.succeeded.connect(lambda done: self._now_saved(done, pack, kept, named))
        job.failed.connect(lambda error: self._not_saved(error, pack))
        job.ended.connect(self._end_saving)
        self.started.emit(job, "Saving")
        self.state_changed.emit()

    def keep_version(self, name: str) -> None:
        """Save the pack, and keep it as it is now under a name."""
        self._to_keep = name
        self.save()

    def name_version(self, version: str, name: str) -> None:
        """Call a version something else, by the name of its part, and save that."""
        self._to_name[version] = name
        self.save()

    def edit_anyway(self) -> None:
        """Let the pack be changed although a colleague has it open."""
        self._set_looking(on=False)

    def look_again(self) -> Job | None:
        """See whether the colleague who has the pack open has closed it."""
        path, before = self.path, self._other
        if path is None or before is None:
            return None

        def work(_task: Task) -> "Holder | None":
            from briefpack.packfile import who_has

            return who_has(path)

        job = self._worker.start(work)
        job.succeeded.connect(lambda found: self._now_with(found) if self._other is before else None)
        return job

    def take_sent(self, file: "PackFile") -> None:
        """Take over the record of a copy that was sent and saved with the pack."""
        was_saved = not self.unsaved
        self._file = file
        pack = replace(self._workspace.pack, issues=file.pack.issues)
        self._workspace.apply(pack, "Record the copy sent")
        if was_saved:
            self._saved_pack = self._workspace.pack
        self.state_changed.emit()

    def take_returned(self, file: "PackFile") -> None:
        """Keep the bytes of copies that came back, which the pack is about to refer to."""
        if self._file is not None:
            self._file = replace(self._file, returned=file.returned)

    def write_journal(self) -> Job:
        """Have what was changed written to the journal now."""
        self._timer.stop()
        journal, pack, pictures = self._journal, self._workspace.pack, self._media() if self._file else {}

        def work(_task: Task) -> None:
            if journal is not None:
                journal.append(pack, pictures)

        job = self._worker.start(work, needed=True)
        job.failed.connect(self.failed)
        return job

    def forget_changes(self) -> None:
        """Take what is not saved as given up: nothing is asked any more when the pack is closed."""
        self._timer.stop()
        self._saved_pack = self._workspace.pack
        self.state_changed.emit()

    def close(self) -> None:
        """Show nothing any more. What is not saved is gone; ask the user first."""
        if self._file is not None:
            self.leaving.emit()
        self._let_go()
        if self._file is not None:
            self._file = None
            self._saved_pack = None
            self._pictures = {}
            self._workspace.replace(Pack(body=(Paragraph(),)))
            self.closed.emit()
            self.state_changed.emit()

    def _autosave(self) -> None:
        if self.unsaved and self.writable:
            self.write_journal()

    def _media(self) -> Mapping[str, bytes]:
        assert self._file is not None
        return ChainMap(self._pictures, dict(self._file.media)) if self._pictures else self._file.media

    def _show_opened(self, opened: _Opened) -> None:
        self._show(opened.file, opened.note, opened.other)

    def _show(self, file: "PackFile", note: "OpenNote | None", other: "Holder | None") -> None:
        from briefpack.packfile import Journal

        if self._file is not None:
            self.leaving.emit()
        if note is not None and note is self._note:
            self._note = None  # the same pack again: its note stays where it is
        self._let_go()
        self._file, self._note, self._other = file, note, other
        self._looking = other is not None
        self._pictures = {}
        self._saved_pack = file.pack
        self._journal = Journal(self.journals, file)
        self._workspace.writable = self.writable
        self._workspace.replace(file.pack)
        self._timer.stop()
        self.opened.emit()
        self.state_changed.emit()

    def _let_go(self) -> None:
        """Throw the journal away and take the note beside the pack away."""
        self._timer.stop()
        journal, note = self._journal, self._note
        self._journal = self._note = self._other = None
        self._looking, self._freed, self._to_keep, self._to_name = False, "", "", {}

        def work(_task: Task) -> None:
            if journal is not None:
                journal.discard()
            if note is not None:
                note.close()

        if journal is not None or note is not None:
            self._worker.start(work, needed=True)

    def _changed(self) -> None:
        if self._file is not None:
            if not self._timer.isActive():
                self._timer.start()
            self.state_changed.emit()

    def _now_saved(self, file: "PackFile", pack: Pack, kept: str = "", named: Mapping[str, str] = _NOTHING) -> None:
        moved = self._file is None or file.path != self._file.path
        self._to_keep = "" if self._to_keep == kept else self._to_keep
        self._to_name = {name: title for name, title in self._to_name.items() if named.get(name) != title}
        self._file, self._saved_pack = file, pack
        if moved and file.path is not None:
            self._note_open(file.path)
            self._set_looking(on=False)
        if self.unsaved:
            self._timer.start()
        self.saved.emit()

    def _not_saved(self, error: UserError, pack: Pack) -> None:
        from briefpack.packfile import Conflict

        if isinstance(error, Conflict) and error.file is not None:
            self._now_saved(error.file, pack)
            self.conflicted.emit(error)
        else:
            self.failed.emit(error)

    def _end_saving(self) -> None:
        self._saving = False
        self.state_changed.emit()
        if self._save_again:
            self._save_again = False
            self.save()

    def _note_open(self, path: Path) -> None:
        """Move the note about who has the pack open to its new place."""
        old = self._note

        def work(_task: Task) -> "tuple[OpenNote, Holder | None]":
            from briefpack.packfile import note_open

            if old is not None:
                old.close()
            return note_open(path)

        self._note = None
        self._worker.start(work, needed=True).succeeded.connect(self._take_note)

    def _take_note(self, noted: "tuple[OpenNote, Holder | None]") -> None:
        self._note, self._other = noted

    def _now_with(self, other: "Holder | None") -> None:
        """Somebody else has the pack open now, or nobody."""
        before, self._other = self._other, other
        if other is None and before is not None and self._looking:
            self._freed = before.user
        self.state_changed.emit()

    def _set_looking(self, *, on: bool) -> None:
        if self._looking != on:
            self._looking, self._freed = on, ""
            self._workspace.writable = self.writable
            self.access_changed.emit()
            self.state_changed.emit()


def _since(holder: "Holder") -> str:
    since = holder.since.astimezone()
    day = "" if since.date() == dt.datetime.now().astimezone().date() else f" on {day_words(since.date())}"
    return f"{since:%H:%M}{day}"
