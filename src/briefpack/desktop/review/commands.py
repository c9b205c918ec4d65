"""What can be done with returned copies: taken back, gone through, decided, and every decision taken back."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QFileDialog

from briefpack.desktop.jobs import Job, Task
from briefpack.desktop.review.desk import ReturnsDesk
from briefpack.desktop.review.listing import Row, decided, placing, signed
from briefpack.desktop.review.wording import KINDS, found_words, names
from briefpack.errors import UserError
from briefpack.pack.decisions import Verdict
from briefpack.pack.edits import replace_block
from briefpack.pack.model import Pack, TextLike
from briefpack.pack.text import Text, text
from briefpack.pack.wording import edits
from briefpack.review.composing import with_words
from briefpack.review.deciding import Accepted, accept_all, decide
from briefpack.review.model import Item, Sent
from briefpack.review.retracting import Deed, decides, retract

if TYPE_CHECKING:
    from briefpack.packfile import PackFile
    from briefpack.tasks.reviewing import Taking

COPIES = "Word files (*.docx *.docm *.dotx)"

_DOES = {
    Verdict.ACCEPTED: "Accept",
    Verdict.REJECTED: "Reject",
    Verdict.EDITED: "Edit",
    Verdict.ANSWERED: "Answer",
}


class ReturnsCommands(ReturnsDesk):
    """What the actions do on the desk. Connect ``worded`` to :meth:`put_words`."""

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {
            "returns.take": self.choose_copies,
            "returns.accept": partial(self.decide, Verdict.ACCEPTED),
            "returns.reject": partial(self.decide, Verdict.REJECTED),
            "returns.edit": self.edit,
            "returns.reply": self.reply,
            "returns.send": partial(self.decide, Verdict.ANSWERED),
            "returns.next": partial(self._step, 1),
            "returns.previous": partial(self._step, -1),
            "returns.accept_person": self.accept_person,
            "returns.accept_section": self.accept_section,
            "returns.undo": self.undo,
            "returns.write": self.write,
        }

    # Taking back

    def choose_copies(self) -> None:
        """Ask which files came back, and take them back."""
        found, _ = QFileDialog.getOpenFileNames(self._window, "Take back returns", str(self._settings.folder), COPIES)
        if found:
            self._settings.folder = Path(found[0]).parent
            self.take_back([Path(each) for each in found])

    def take_back(self, paths: Sequence[Path]) -> Job | None:
        """Read copies that came back and put what is in them on the list; None where no pack is open."""
        file = self._documents.file
        if file is None or not self._documents.writable:
            self.said.emit("Open the pack that was sent first, then take its copies back", "", None)
            return None
        handed = file

        def work(task: Task) -> object:
            from briefpack.tasks.reviewing import take_back_files

            return take_back_files(handed, paths, now=dt.datetime.now().astimezone(), progress=task.progress)

        job = self.worker.start(work)
        job.succeeded.connect(lambda taking: self._take(taking, handed))
        job.failed.connect(self.failed)
        job.cancelled.connect(lambda: self.said.emit("Stopped; nothing was taken back", "", None))
        self.started.emit(job, f"Reading {paths[0].name}" if len(paths) == 1 else f"Reading {len(paths)} copies")
        return job

    def _take(self, taking: object, handed: "PackFile") -> None:
        """What was read becomes part of the pack as it is now: it may have been written in meanwhile."""
        from briefpack.review.taking import with_remarks
        from briefpack.tasks.reviewing import Taking

        assert isinstance(taking, Taking)
        now = self._documents.file
        if now is None or now.pack.id != handed.pack.id:
            return
        pack = taking.file.pack
        if now.pack is not handed.pack:
            pack = with_remarks(replace(now.pack, returns=pack.returns), taking.review, taking.new)
        self.review, self._derived = signed(taking.review), pack.returns
        self._documents.take_returned(taking.file)
        was_saved = not self._documents.unsaved
        self._workspace.apply(pack, "Take back returns")
        if was_saved and self._documents.path is not None and self._documents.unsaved:
            self._documents.save()  # what came back is kept in the file at once, as what was sent is
        self._renew()
        self._tell_taken(taking)

    def _tell_taken(self, taking: "Taking") -> None:
        """What was found, in a word; what could not be taken, in a box."""
        if taking.problems:
            count = len(taking.problems)
            what = "One file was not taken back" if count == 1 else f"{count} files were not taken back"
            self.failed.emit(UserError(what, where="\n".join(taking.problems), do="The others are on the list"
                                       if taking.given else "Nothing was changed"))  # fmt: skip
        if not taking.given:
            return
        self.shown_wanted.emit()
        if taking.new:
            self.look(taking.new[0])
            self.said.emit(found_words(taking.review, taking.new), "Undo", self._workspace.undo)
        else:
            self.said.emit("Nothing new: everything in it is on the list already", "", None)

    # Deciding

    def decide(self, verdict: Verdict, words: str | None = None) -> None:
        """Decide the chosen item, and choose the next that is open."""
        row = self.row
        if row is None or row.decision is not None or not self._workspace.writable:
            return
        reply = self._panel().detail.reply.toPlainText().strip()
        if verdict is Verdict.ANSWERED and not reply:
            self.reply()
            return
        following = self._panel().following(row.item.key)
        by, now = self._settings.author.name, dt.datetime.now().astimezone()
        try:
            pack = decide(
                self._workspace.pack, self.review, row.item.key, verdict, by=by, now=now, words=words, reply=reply
            )
        except UserError as error:
            self.said.emit(str(error), "Do it by hand", self.edit)
            return
        self._panel().detail.reply.clear()
        self._apply(pack, f"{_DOES[verdict]} {KINDS[row.item.kind].lower()}", following)

    def edit(self) -> None:
        """Ask for the drafter's own words where the change stands."""
        row = self.row
        if row is None or row.decision is not None or not row.item.is_change:
            return
        item, who = row.item, names(row.authors)
        words, title = item.after or item.before, f"In place of what {who} wants"
        if not row.fits:
            block = self._block(item)
            if block is None:
                self._record_made(row)
                return
            words, title = block.text.string, f"No longer fits. Put by hand what {who} wants"
        elif not with_words(item, text("words"), self.review.sent.get(item.issue, Sent())):
            self.said.emit(
                "The words of this change cannot be chosen: accept it and edit the text, or reject it", "", None
            )
            return
        if not self._centre.reviewing:
            self.look(item.key)
        self._centre.page.edit_words(item.key, words, title, self._panel().list.setFocus)

    def reply(self) -> None:
        """Let a reply be written."""
        if self.row is not None and self.row.decision is None:
            self.shown_wanted.emit()
            self._panel().focus_reply()

    def undo(self) -> None:
        """Take the chosen decision back; where the chosen item is open, whatever was done last."""
        row = self.row
        if row is None or row.decision is None:
            self._workspace.undo()
            return
        key = row.item.key
        step = self._workspace.history.last(lambda each: decides(key, each.before, each.after))
        try:
            pack = retract(self._workspace.pack, self.review, key, Deed(step.before, step.after) if step else None)
        except UserError as error:
            self.failed.emit(error)
            return
        self._apply(pack, "Take a decision back", key)

    def accept_person(self) -> None:
        """Accept all that is open of whoever made the chosen item."""
        row = self.row
        if row is not None:
            author = row.item.author
            self._accept(lambda each: each.author == author, f"of {names((author,))}")

    def accept_section(self) -> None:
        """Accept all that is open under the heading of the chosen item."""
        row = self.row
        if row is not None and row.item.block is not None:
            where = placing(self._workspace.pack)
            section = where.sections.get(row.item.block, "")
            title = where.titles.get(section, "the section")
            self._accept(
                lambda each: each.block is not None and where.sections.get(each.block) == section, f"in “{title}”"
            )

    def _accept(self, wanted: Callable[[Item], bool], words: str) -> None:
        """Accept many at once, as one step; what no longer fits, clashes or only says something stays open."""
        pack, review = self._workspace.pack, self.review
        by, now = self._settings.author.name, dt.datetime.now().astimezone()
        known = decided(pack)
        items = [item.key for item in review.items if item.key not in known and item.is_change and wanted(item)]

        def work(_task: Task) -> object:
            return accept_all(pack, review, items, by=by, now=now)

        job = self.worker.start(work)
        job.succeeded.connect(lambda done: self._accepted(done, pack, len(items), words))
        job.failed.connect(self.failed)
        self.started.emit(job, f"Accepting {len(items)} changes")

    def _accepted(self, done: object, pack: Pack, wanted: int, words: str) -> None:
        assert isinstance(done, Accepted)
        if self._workspace.pack is not pack:
            self.said.emit("The pack was changed meanwhile; nothing was accepted", "", None)
            return
        count = wanted - len(done.unfit)
        left = f"; {len(done.unfit)} no longer fit and are still open" if done.unfit else ""
        if count:
            self._apply(done.pack, f"Accept all {words}", "")
            said = f"{count} change{'' if count == 1 else 's'} {words} accepted{left}"
            self.said.emit(said, "Undo", self._workspace.undo)
        else:
            self.said.emit(f"No change {words} to accept{left}", "", None)

    def put_words(self, key: str, words: str) -> None:
        """The drafter's own words: in place of those proposed or, where the change no longer fits, of the paragraph."""
        row = self.row
        if row is None or row.item.key != key:
            return
        block = None if row.fits else self._block(row.item)
        if block is None:
            self.decide(Verdict.EDITED, words)
        else:
            self._record_made(row, replace(block, text=rewritten(block.text, text(words))))

    def _block(self, item: Item) -> TextLike | None:
        """The paragraph that an item is about, as the pack has it now."""
        found = next((each for each in self._workspace.pack.body if each.id == item.block), None)
        return found if isinstance(found, TextLike) else None

    def _record_made(self, row: Row, block: TextLike | None = None) -> None:
        """Put on record that a change was made by hand, with the paragraph as it was made where there is one."""
        following = self._panel().following(row.item.key)
        pack = self._workspace.pack if block is None else replace_block(self._workspace.pack, block)
        by, now = self._settings.author.name, dt.datetime.now().astimezone()
        reply = self._panel().detail.reply.toPlainText().strip()
        pack = decide(pack, self.review, row.item.key, Verdict.EDITED, by=by, now=now, reply=reply)
        self._apply(pack, "Made by hand", following)
        self.said.emit("Noted as made by hand", "Undo", self._workspace.undo)

    def _apply(self, pack: Pack, label: str, choose: str) -> None:
        """Make a decision part of the pack, and choose what is next."""
        self._next = choose
        changed = self._workspace.apply(pack, label)
        self._next = ""
        if changed and self._centre.reviewing:
            self._go(self._panel().current)


def rewritten(before: Text, after: Text) -> Text:
    """A text in the words of another; what stays keeps its formats and comments."""
    words = before
    for each in reversed(edits(before.string, after.string)):
        words = words.replace(each.start, each.end, after[each.new_start : each.new_end])
    return words
