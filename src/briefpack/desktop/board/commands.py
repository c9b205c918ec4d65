"""What the Archive menu does for the board, and what the board's window asks for."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.workspace import Workspace
from briefpack.pack import edits
from briefpack.pack.board import Topic
from briefpack.pack.outline import sections

if TYPE_CHECKING:
    from briefpack.desktop.archive.panel import ArchivePanel
    from briefpack.desktop.board.dialog import BoardDialog
    from briefpack.pack.model import Pack
    from briefpack.tasks.board import BoardView, Row


class BoardCommands(QObject):
    """Args: the pack; the document; gives the archive's panel, which is made late; what the board's window stands over."""

    said = Signal(str, str, object)
    failed = Signal(object)

    block_chosen = Signal(str)
    """The id of a block that the user wants to see."""

    archive_asked_for = Signal()
    """The archive is to be in front."""

    def __init__(
        self, workspace: Workspace, editor: PackEditor, archive: "Callable[[], ArchivePanel]", window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._editor = workspace, editor
        self._archive = archive
        self._window = window
        self.dialog: BoardDialog | None = None
        """The board's window, once it was opened."""

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"archive.board": self.open, "archive.pick": self.pick}

    def open(self) -> None:
        """Open the board's window, or bring it to the front."""
        if self.dialog is None:
            self.dialog = self._made()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """Close it: another pack is opened, or none."""
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    def pick(self) -> None:
        """Pick the words that are selected in the reading pane for a topic."""
        from briefpack.desktop.board.forms import PickForm

        panel = self._archive()
        clips, speaker = panel.selected()
        if not clips:
            self.said.emit("Select words in the reading pane to pick them", "", None)
            return
        pack = self._workspace.pack
        topic: str | None = ""
        if pack.board.topics:
            topic = PickForm.ask(pack, clips[0].words, self._window)
        if topic == "":
            made = self._asked(Topic(name=panel.answered, query=panel.answered))
            if made is None:
                return
            pack, topic = edits.put_topic(self._workspace.pack, made), made.id
        if topic is not None:
            changed = edits.pick_words(pack, topic, clips, speaker=speaker)
            name = changed.board.topic(topic)
            self._do(changed, "Pick words", f"Picked for “{name.name if name else ''}”")

    def _made(self) -> "BoardDialog":
        from briefpack.desktop.board.dialog import BoardDialog

        dialog = BoardDialog(self._workspace, lambda: self._archive().library, self._window)
        dialog.adding.connect(self._add)
        dialog.editing.connect(self._edit)
        dialog.describing.connect(self._describe)
        dialog.removing.connect(self._remove)
        dialog.moving.connect(lambda topic, to: self._do(edits.move_topic(self._pack, topic, to), "Move topic", ""))
        dialog.unpicking.connect(
            lambda topic, clip: self._do(edits.unpick(self._pack, topic, clip), "Unpick words", "Taken off the board")
        )
        dialog.reading.connect(self._mark_read)
        dialog.searching.connect(self._search)
        dialog.putting.connect(self._put)
        dialog.block_chosen.connect(self.block_chosen)
        dialog.document_chosen.connect(self._read)
        dialog.failed.connect(self.failed)
        return dialog

    @property
    def _pack(self) -> "Pack":
        return self._workspace.pack

    @property
    def _over(self) -> QWidget:
        """What forms stand over."""
        return self.dialog if self.dialog is not None and self.dialog.isVisible() else self._window

    def _do(self, pack: "Pack", step: str, words: str) -> None:
        """Make a change, and say it where it was asked for."""
        if not self._workspace.apply(pack, step) or not words:
            return
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.say(words, self._workspace.undo)
        else:
            self.said.emit(words, "Undo", self._editor.undo)

    def _asked(self, topic: Topic) -> Topic | None:
        from briefpack.desktop.board.forms import TopicForm

        return TopicForm.ask(self._pack, topic, self._archive().kept.saved, self._over)

    def _add(self) -> None:
        if (topic := self._asked(Topic(name=""))) is not None:
            self._do(edits.put_topic(self._pack, topic), "Add topic", "")

    def _edit(self, topic: str) -> None:
        held = self._pack.board.topic(topic)
        if held is not None and (changed := self._asked(held)) is not None:
            self._do(edits.put_topic(self._pack, changed), "Change topic", "")

    def _describe(self) -> None:
        from briefpack.desktop.board.forms import BodyForm

        board = BodyForm.ask(self._pack, self._over)
        if board is not None:
            self._do(edits.set_board(self._pack, body=board.body, query=board.query), "Whose words", "")

    def _remove(self, topic: str) -> None:
        held = self._pack.board.topic(topic)
        if held is not None:
            self._do(edits.remove_topic(self._pack, topic), "Remove topic", f"“{held.name}” removed")

    def _mark_read(self, row: "Row") -> None:
        if row.unread is None:
            return
        documents = [each.id for each in (*row.unread.documents, *row.unread.undated)]
        now = dt.datetime.now().astimezone().replace(microsecond=0)
        words = f"{len(documents)} document{'' if len(documents) == 1 else 's'} marked as read"
        self._do(edits.mark_read(self._pack, row.id, documents, now), "Mark as read", words)

    def _search(self, row: "Row") -> None:
        """Show in the archive what a topic's search finds, from their latest words on."""
        from briefpack.archive.model import Filters, SavedSearch

        since = row.unread.since if row.unread else None
        self.archive_asked_for.emit()
        self._archive().ask(SavedSearch(row.query, Filters(after=since)))

    def _read(self, document: str) -> None:
        self.archive_asked_for.emit()
        self._archive().open_document(document)

    def _put(self, view: "BoardView") -> None:
        """The board as a table in the document, as one step of the history."""
        from briefpack.desktop.board.forms import PlaceForm
        from briefpack.tasks.board import table_of

        heading = PlaceForm.ask(self._pack, self._over)
        if heading is None:
            return
        table, clips = table_of(self._pack, view)
        if not heading:
            self._editor.insert_block(table, clips)
            if self.dialog is not None:
                self.dialog.say("The table stands in the document", self._workspace.undo)
            return
        section = next(each for each in sections(self._pack) if each.heading.id == heading)
        index = section.children[0].start if section.children else section.end
        changed = edits.insert_table(self._pack, index, table, clips)
        self._do(changed, "Board", "The table stands in the document")
