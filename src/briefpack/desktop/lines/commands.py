"""What can be done to the lines that are selected in the document: their form, and each of its fields with one key."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.lines.listing import lines_among
from briefpack.desktop.workspace import Workspace
from briefpack.pack.dates import moment_words
from briefpack.pack.edits import set_line
from briefpack.pack.model import LineBlock, Status


class LineCommands(QObject):
    """Args: the pack; the document, whose selection says which lines; what the form stands over."""

    said = Signal(str, str, object)

    def __init__(self, workspace: Workspace, editor: PackEditor, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._editor = editor
        self._window = window

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {
            "review.line": self.edit,
            "review.cleared": lambda _on: self.toggle_cleared(),
            "review.line_owner": lambda: self.edit("owner"),
            "review.line_now": self.as_at_now,
            "review.line_until": lambda: self.edit("good_until"),
            "review.line_event": lambda: self.edit("changes_when"),
        }

    def selected(self) -> tuple[str, ...]:
        """The ids of the lines that the selection reaches into, or that the caret is in."""
        return lines_among(self._workspace.pack, self._editor.selected_blocks())

    def are_cleared(self) -> bool:
        """Whether there are lines in the selection, and all of them are cleared."""
        return self._are_cleared(self.selected())

    def edit(self, field: str = "") -> None:
        """The form of the selected lines, where one is named with the keyboard at that field."""
        self._ask(self.selected(), field)

    def edit_line(self, block: str, field: str = "") -> None:
        """The form of one line, which the caret goes to."""
        self._editor.go_to_block(block)
        self._ask(lines_among(self._workspace.pack, (block,)), field)

    def as_at_now(self) -> None:
        """The selected lines are right as at this minute."""
        blocks = self.selected()
        now = dt.datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - local, as times are typed
        if blocks and self._workspace.apply(set_line(self._workspace.pack, blocks, as_at=now), "As at now"):
            several = f"{len(blocks)} lines" if len(blocks) > 1 else "Line"
            self.said.emit(f"{several} right as at {moment_words(now)}", "Undo", self._editor.undo)

    def toggle_cleared(self) -> None:
        """The selected lines marked as cleared; where all are, as drafts again, which nobody has cleared."""
        blocks = self.selected()
        if not blocks:
            return
        several = f"{len(blocks)} lines" if len(blocks) > 1 else "Line"
        if self._are_cleared(blocks):
            pack = set_line(self._workspace.pack, blocks, status=Status.DRAFT, cleared_by="")
            words, label = f"{several} marked as draft", "Mark as draft"
        else:
            pack = set_line(self._workspace.pack, blocks, status=Status.CLEARED)
            words, label = f"{several} marked as cleared", "Mark as cleared"
        if self._workspace.apply(pack, label):
            self.said.emit(words, "Undo", self._editor.undo)

    def _ask(self, blocks: tuple[str, ...], field: str = "") -> None:
        from briefpack.desktop.dialogs.line import LineDialog

        if not blocks or not self._workspace.writable:
            return
        changes = LineDialog.ask(self._workspace.pack, blocks, self._window, field)
        if changes:
            label = "Lines" if len(blocks) > 1 else "Line"
            self._workspace.apply(set_line(self._workspace.pack, blocks, **changes), label)

    def _are_cleared(self, blocks: tuple[str, ...]) -> bool:
        found = [block for block in self._workspace.pack.body if block.id in blocks and isinstance(block, LineBlock)]
        return bool(found) and all(block.line and block.line.status == Status.CLEARED for block in found)
