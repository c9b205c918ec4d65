"""What the Archive menu does with words that are in the document already: where they are from, and whether that holds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.documents import Documents
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.workspace import Workspace
from briefpack.errors import UserError

if TYPE_CHECKING:
    from briefpack.archive import Archive, Origin
    from briefpack.desktop.archive.panel import ArchivePanel
    from briefpack.desktop.dialogs.proving import ProvingDialog
    from briefpack.pack.model import Clip, Pack
    from briefpack.tasks.clipping import ProvedClip


class SourceCommands(QObject):
    """Args: the pack; its file; the document; gives the archive's panel, which is made late; what dialogs stand over."""

    said = Signal(str, str, object)
    failed = Signal(object)

    started = Signal(object, str)
    """A job that may take a while, and what it does."""

    block_chosen = Signal(str)
    """The id of a block that the user wants to see."""

    def __init__(
        self,
        workspace: Workspace,
        documents: Documents,
        editor: PackEditor,
        archive: "Callable[[], ArchivePanel]",
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workspace, self._documents, self._editor = workspace, documents, editor
        self._archive = archive
        self._window = window

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"archive.origin": self.find_origin, "archive.check": self.check}

    def find_origin(self) -> None:
        """Look in the archive for the selected words."""
        words = self._editor.selected_text().strip()
        if not words:
            self.said.emit("Select words of the document to look for", "", None)
            return
        job = self._archive().library.ask(lambda archive: _origins(archive, words))
        job.succeeded.connect(lambda found: self._show_origins(words, found))
        job.failed.connect(self.failed)
        self.started.emit(job, "Looking in the archive")

    def check(self) -> None:
        """Say of every clip what has become of its words."""
        pack = self._workspace.pack
        job = self._archive().library.ask(lambda archive: _checked(pack, archive))
        job.succeeded.connect(lambda found: self._show_verdicts(*found))
        job.failed.connect(self.failed)
        self.started.emit(job, "Checking clips")

    def _show_origins(self, words: str, found: "list[tuple[Origin, Clip]]") -> None:
        from briefpack.desktop.dialogs.origins import OriginsDialog

        if not found:
            self.said.emit("The archive does not hold these words, nor any like them", "", None)
            return
        clip = OriginsDialog.ask(words, found, writable=self._documents.writable, parent=self._window)
        if clip is None:
            return
        if self._editor.selected_text().strip() != words:
            self.said.emit("Other words are selected now: ask again", "", None)
        elif self._editor.mark_clip(clip):
            self.said.emit("Marked with its source", "Undo", self._editor.undo)

    def _show_verdicts(self, found: "list[ProvedClip]", anew: "dict[str, Clip]") -> None:
        from briefpack.desktop.dialogs.proving import ProvingDialog

        dialog = ProvingDialog(found, anew, writable=self._documents.writable, parent=self._window)
        dialog.wanted.connect(lambda clip: self._take(dialog, clip))
        dialog.gone_to.connect(self.block_chosen)
        dialog.exec()
        dialog.deleteLater()

    def _take(self, dialog: "ProvingDialog", clip: "Clip") -> None:
        """The new words of a clip in place of its old ones, as one step of the history."""
        try:
            taken = self._editor.take_words(clip.id, clip)
        except UserError as error:
            dialog.refuse(error)
            return
        if taken:
            dialog.taken(clip.id)
            self.said.emit("The new words stand in the pack", "Undo", self._editor.undo)


def _origins(archive: "Archive", words: str) -> "list[tuple[Origin, Clip]]":
    """The places that words may come from, each as a clip; read on the archive's thread."""
    return [(origin, archive.clip(origin.passage, origin.start, origin.end)) for origin in archive.origins(words)]


def _checked(pack: "Pack", archive: "Archive") -> "tuple[list[ProvedClip], dict[str, Clip]]":
    """The verdicts on the clips of a pack, and what changed clips are of now; read on the archive's thread."""
    from briefpack.archive import Verdict
    from briefpack.tasks.clipping import taken_anew, verdicts

    found = verdicts(pack, archive)
    clips = {clip.id: clip for clip in pack.clips}
    changed = (each.id for each in found if each.verdict is Verdict.CHANGED)
    return found, {each: clip for each in changed if (clip := taken_anew(clips[each], archive)) is not None}
