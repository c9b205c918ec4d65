"""The panels at the right of the document.

Each is loaded and made when it is first needed, so that the window is there sooner.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from briefpack.desktop.panes import Panes
from briefpack.desktop.settings import Settings
from briefpack.desktop.workspace import Workspace

if TYPE_CHECKING:
    from briefpack.desktop.archive.panel import ArchivePanel
    from briefpack.desktop.comments.panel import CommentsPanel
    from briefpack.desktop.lines.panel import LinesPanel
    from briefpack.desktop.objects import ObjectsPanel, PeoplePanel
    from briefpack.desktop.review.panel import ReturnsPanel

_PAUSE = 250
"""Milliseconds without a change of the pack before it is looked through again."""


class SidePanels(QObject):
    """Archive, comments, people, objects, lines and returns, and what they ask of the window.

    Args:
        panes: the docks that they are put into.
        workspace: the pack.
        settings: as whom the user comments.
        archive: makes the archive's panel.
        parent: the window.
    """

    changed = Signal()
    """Another comment is chosen, or another document is being read: other actions can be used."""

    said = Signal(str, bool)
    """A short word for the user, and whether what it is about can be undone."""

    failed = Signal(object)
    started = Signal(object, str)

    placing = Signal(object)
    """Words of the archive are wanted at the cursor."""

    comment_chosen = Signal(str)
    block_chosen = Signal(str)
    form_asked_for = Signal(str)
    person_chosen = Signal(str)
    details_asked_for = Signal()
    line_asked_for = Signal(str)

    action_asked_for = Signal(str)
    """The id of an action that a key or button of the returns stands for."""

    returns_looked_at = Signal()
    """The list of returns has come into view."""

    item_chosen = Signal(str)
    """The key of an item of the returns that is to be seen in the document."""

    def __init__(
        self,
        panes: Panes,
        workspace: Workspace,
        settings: Settings,
        archive: "Callable[[], ArchivePanel]",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panes = panes
        self._workspace = workspace
        self._settings = settings
        self._make_archive = archive
        self._uses = QTimer(self, singleShot=True, interval=_PAUSE)
        self._uses.timeout.connect(self._show_uses)
        workspace.pack_changed.connect(lambda *_: self._uses.start())

    @property
    def reading(self) -> bool:
        """Whether a document of the archive is being read."""
        return "archive" in self.__dict__ and self.archive.document is not None

    def furnish(self) -> None:
        """Make all that is still missing."""
        for panel in (self.archive, self.comments, self.people, self.objects, self.lines, self.returns):
            panel.setEnabled(True)

    def renew_archive(self) -> None:
        """Make the archive's panel anew: it is about another folder."""
        self.__dict__.pop("archive", None)
        self.furnish()

    @cached_property
    def archive(self) -> "ArchivePanel":
        """Search and reading pane."""
        panel = self._make_archive()
        self._panes.put("archive", panel)
        panel.placing.connect(self.placing)
        panel.reading_changed.connect(self.changed)
        panel.said.connect(lambda words: self.said.emit(words, False))
        panel.failed.connect(self.failed)
        panel.started.connect(self.started)
        panel.block_chosen.connect(self.block_chosen)
        panel.reading_changed.connect(self._show_uses)
        return panel

    def _show_uses(self) -> None:
        """Say in the reading pane where the pack uses the document that is being read."""
        if not self.reading:
            return
        from briefpack.desktop.archive.around import lines_of_uses
        from briefpack.tasks.clipping import used_in

        document = self.archive.document
        self.archive.show_uses(lines_of_uses(used_in(self._workspace.pack, document.id)) if document else ())

    @cached_property
    def comments(self) -> "CommentsPanel":
        """The list of comments."""
        from briefpack.desktop.comments.panel import CommentsPanel

        panel = CommentsPanel(self._workspace, self._settings)
        self._panes.put("comments", panel)
        panel.chosen.connect(self.comment_chosen)
        panel.current_changed.connect(lambda _comment: self.changed.emit())
        panel.deleted.connect(lambda words: self.said.emit(words, True))
        return panel

    @cached_property
    def people(self) -> "PeoplePanel":
        """The list of people."""
        from briefpack.desktop.objects import PeoplePanel

        panel = PeoplePanel(self._workspace)
        self._panes.put("people", panel)
        panel.opened.connect(self.person_chosen)
        panel.asked_for_details.connect(self.details_asked_for)
        return panel

    @cached_property
    def objects(self) -> "ObjectsPanel":
        """The list of tables, pictures and cards."""
        from briefpack.desktop.objects import ObjectsPanel

        panel = ObjectsPanel(self._workspace)
        self._panes.put("objects", panel)
        panel.opened.connect(self.block_chosen)
        panel.asked_for.connect(self.form_asked_for)
        return panel

    @cached_property
    def lines(self) -> "LinesPanel":
        """The list of lines to take."""
        from briefpack.desktop.lines.panel import LinesPanel

        panel = LinesPanel(self._workspace)
        self._panes.put("lines", panel)
        panel.opened.connect(self.block_chosen)
        panel.asked_for.connect(self.line_asked_for)
        return panel

    @cached_property
    def returns(self) -> "ReturnsPanel":
        """The list of what came back."""
        from briefpack.desktop.review.panel import ReturnsPanel

        panel = ReturnsPanel()
        self._panes.put("returns", panel)
        panel.asked.connect(self.action_asked_for)
        panel.chosen.connect(lambda _key: self.changed.emit())
        panel.went.connect(self.item_chosen)
        panel.looked_at.connect(self.returns_looked_at)
        return panel
