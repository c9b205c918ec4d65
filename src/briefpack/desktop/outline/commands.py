"""What can be done about the structure of a pack: going to a place of it, folding sections, showing one alone."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.documents import Documents
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.outline.panel import OutlinePanel
from briefpack.desktop.outline.strip import FocusStrip
from briefpack.desktop.settings import Settings
from briefpack.desktop.workspace import Workspace
from briefpack.pack.model import Heading
from briefpack.pack.outline import section_of


class StructureCommands(QObject):
    """Folds are kept with the user's settings, by the pack's id: they are nobody else's business.

    Args:
        workspace: the pack.
        documents: tells when another is open.
        editor: the document.
        outline: the tree of headings; while it has the keyboard, its chosen section is meant.
        strip: says which section alone is shown.
        settings: keeps what is folded.
        window: what lists stand over.
    """

    block_chosen = Signal(str)
    """The id of a block that the user wants to go to."""

    def __init__(
        self,
        workspace: Workspace,
        documents: Documents,
        editor: PackEditor,
        outline: OutlinePanel,
        strip: FocusStrip,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._editor, self._outline, self._strip = editor, outline, strip
        self._folding = editor.folding
        self._settings = settings
        self._window = window
        documents.opened.connect(self._restore)
        self._folding.changed.connect(self._follow)
        strip.left.connect(self._leave)
        outline.closed_changed.connect(lambda: self._keep(outline.closed, "outline"))
        outline.fold_asked_for.connect(self._folding.toggle)
        outline.focus_asked_for.connect(self.focus_on)
        workspace.pack_changed.connect(lambda *_: self._name_section())

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {
            "edit.go_to": self.go_to,
            "view.fold": self.fold,
            "view.fold_all": self.fold_all,
            "view.unfold_all": self.unfold_all,
            "view.focus": self.toggle_focus,
        }

    def go_to(self) -> None:
        """Let the user choose a place by a few letters, and go there."""
        from briefpack.desktop.outline.going import GoToList

        block = GoToList.ask(self._workspace.pack, self._window)
        if block:
            self.block_chosen.emit(block)

    def fold(self) -> None:
        """The section at hand folded away, or shown again."""
        if heading := self._at_hand():
            self._folding.toggle(heading)

    def fold_all(self) -> None:
        """Only headings are left to be seen: those of the outermost level, and all under them folded."""
        self._folding.fold(block.id for block in self._workspace.pack.body if isinstance(block, Heading))

    def unfold_all(self) -> None:
        """Nothing is folded."""
        self._folding.fold(self._folding.folded, folded=False)

    def toggle_focus(self) -> None:
        """The section at hand shown alone, or everything again."""
        if self._folding.focused:
            self._leave()
        elif heading := self._at_hand():
            self.focus_on(heading)

    def focus_on(self, heading: str) -> None:
        """One section shown alone, with the caret in it."""
        self._folding.focus(heading)
        self._editor.setFocus()

    def _leave(self) -> None:
        self._folding.focus("")
        self._editor.setFocus()

    def _at_hand(self) -> str:
        """The heading of the section that is chosen in the outline or that the caret is in; empty for none."""
        if self._outline.isAncestorOf(self._window.focusWidget()):
            return self._outline.current
        section = section_of(self._workspace.pack, self._editor.current_block())
        return section.heading.id if section is not None else ""

    def _restore(self) -> None:
        pack = self._workspace.pack.id
        self._folding.restore(self._settings.folded(pack))
        self._outline.close_rows(self._settings.folded(pack, "outline"))

    def _follow(self) -> None:
        if self._editor.pack().id == self._workspace.pack.id:
            self._keep(self._folding.folded, "editor")
        self._name_section()

    def _keep(self, headings: frozenset[str], where: str) -> None:
        """Remember those that are in the pack now."""
        pack = self._workspace.pack
        known = {block.id for block in pack.body}
        self._settings.keep_folded(pack.id, tuple(sorted(headings & known)), where)

    def _name_section(self) -> None:
        focused = self._folding.focused
        if not focused:
            self._strip.show_section(None)
            return
        heading = next((block for block in self._workspace.pack.body if block.id == focused), None)
        self._strip.show_section(heading.text.string if isinstance(heading, Heading) else None)
