"""The window: its parts put together, and what follows from what."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from briefpack.desktop.actions.builder import Actions
from briefpack.desktop.actions.spec import Fact
from briefpack.desktop.archive.lists import ListCommands
from briefpack.desktop.board.commands import BoardCommands
from briefpack.desktop.changes.commands import ChangeCommands
from briefpack.desktop.comparing.commands import VersionCommands
from briefpack.desktop.dialogs.message import show_error
from briefpack.desktop.documents import Documents
from briefpack.desktop.editing import EditCommands, kind_of
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.files import FileCommands
from briefpack.desktop.finding.bar import FindBar
from briefpack.desktop.finding.finder import Finder
from briefpack.desktop.jobs import Worker
from briefpack.desktop.lines.commands import LineCommands
from briefpack.desktop.lines.listing import Due
from briefpack.desktop.outline.commands import StructureCommands
from briefpack.desktop.outline.panel import OutlinePanel
from briefpack.desktop.outline.strip import FocusStrip
from briefpack.desktop.panes import Panes
from briefpack.desktop.recent.commands import RecentCommands
from briefpack.desktop.review.centre import Centre
from briefpack.desktop.review.commands import ReturnsCommands
from briefpack.desktop.review.dropping import DropHint, dropped
from briefpack.desktop.review.page import ReviewPage
from briefpack.desktop.settings import Settings
from briefpack.desktop.shell import Shell
from briefpack.desktop.side import SidePanels
from briefpack.desktop.sources import SourceCommands
from briefpack.desktop.spelling.checker import SpellChecker
from briefpack.desktop.spelling.commands import SpellingCommands
from briefpack.desktop.status import Status
from briefpack.desktop.theme.look import Look
from briefpack.desktop.tour.guide import TourGuide
from briefpack.desktop.viewing import PANES, ViewCommands
from briefpack.desktop.widgets.notices import NoticeBar
from briefpack.desktop.widgets.start import StartPage
from briefpack.desktop.widgets.toast import Toast
from briefpack.desktop.workspace import Workspace
from briefpack.errors import UserError
from briefpack.pack.outline import section_of
from briefpack.pack.text import MarkKind
from briefpack.spelling.own import OwnDictionary

if TYPE_CHECKING:
    from briefpack.desktop.archive.panel import ArchivePanel, Placing

SIZE = QSize(1280, 712)
"""What fits a screen of 1366 by 768 with its task bar."""

_AFTERWARDS = Qt.ConnectionType.QueuedConnection
"""When the job that failed has ended, and is not shown as running any more; when a drag has let go of what it brought."""

_SETTLED = 60
_MINUTE = 60_000


class MainWindow(QMainWindow):
    """One pack, its outline, and the archive beside it.

    Args:
        workspace: the pack.
        documents: its file.
        settings: what is remembered.
        look: light and dark.
        worker: the thread for the disk.
        sample: the folder in which the sample is set up.
        own_words: the user's own dictionary.
        archive: makes the archive's panel; called once the window has been painted.
    """

    def __init__(
        self,
        workspace: Workspace,
        documents: Documents,
        settings: Settings,
        look: Look,
        worker: Worker,
        sample: Path,
        own_words: OwnDictionary,
        archive: "Callable[[], ArchivePanel]",
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.workspace, self.documents, self.settings, self.look = workspace, documents, settings, look
        self.editor = PackEditor(workspace, documents.picture)
        self.outline = OutlinePanel(workspace)
        self.status = Status(self)
        self.files = FileCommands(documents, settings, worker, sample, self)
        self.recent = RecentCommands(settings, worker, self.files, self)
        self._build_centre()
        self.toast = Toast(self._pages)
        titles = ("Archive", "Comments", "People", "Objects", "Lines", "Returns")
        right = tuple((title.lower(), title) for title in titles)
        self.panes = Panes(self, ("outline", "Outline", self.outline), tuple((*each, QWidget()) for each in right))
        self.side = SidePanels(self.panes, workspace, settings, archive, self)
        self.editing = EditCommands(workspace, documents, self.editor, self.outline, self.side, settings, self)
        self.line_commands = LineCommands(workspace, self.editor, self)
        self.changes = ChangeCommands(workspace, self.editor, self)
        self.versions = VersionCommands(documents, settings, self)
        self.structure = StructureCommands(
            workspace, documents, self.editor, self.outline, self.focus_strip, settings, self
        )
        self.finder = Finder(workspace, self.editor, self.find_bar, self)
        self.sources = SourceCommands(workspace, documents, self.editor, lambda: self.side.archive, self)
        self.own_words = own_words
        self.checker = SpellChecker(workspace, own_words, worker, self)
        self.spelling = SpellingCommands(workspace, self.editor, self.checker, settings, self)
        self.lists = ListCommands(lambda: self.side.archive, self)
        self.board = BoardCommands(workspace, self.editor, lambda: self.side.archive, self)
        self.returns = ReturnsCommands(workspace, documents, self.centre, lambda: self.side.returns, settings, self)
        self.viewing = ViewCommands(self.panes, self.centre, lambda: self.side.archive, (settings, look), self)
        self.shell = Shell(self)
        self.guide = TourGuide(documents, self.panes, self.editor, lambda: self.actions_, settings, self)
        self.actions_ = Actions(self, self._handlers())
        self.recent.join(self.actions_)
        self._tools = self.actions_.toolbar()
        self.addToolBar(self._tools)
        self.menuBar().setAccessibleName("Menus")
        self._connect()
        self._restore()
        self._opened_or_closed()

    def furnish(self) -> None:
        """Make what could wait until the window was painted."""
        self.side.furnish()
        names = ("archive.as_quote", "archive.as_paragraph", "archive.inline", "archive.copy")
        self.side.archive.set_insert_actions(self.actions_["archive.as_line"], [self.actions_[name] for name in names])
        self.side.comments.set_writable(self.documents.writable)
        self.side.returns.set_writable(self.documents.writable)
        if self.documents.file is not None:
            self.checker.switch(self.settings.spelling)

    def renew_archive(self) -> None:
        """Search another archive from now on."""
        self.side.renew_archive()
        self.furnish()

    def place(self, placing: "Placing") -> None:
        """Words of the archive at the caret."""
        self.editor.place_clips(placing.clips, placing.form, placing.speaker)
        count = len(placing.clips)
        self.toast.say(
            f"{count} passages inserted" if count > 1 else "Inserted with its source", "Undo", self.editor.undo
        )

    def show_error(self, error: UserError) -> None:
        """Show what is wrong and what to do."""
        show_error(error, self)

    def say(self, words: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """A short word that goes by itself."""
        self.toast.say(words, button, act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A smaller window takes from the docks first: what is written must be seen."""
        super().resizeEvent(event)
        self.panes.fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Packs and copies that came back can be dropped anywhere."""
        if found := dropped(event.mimeData()):
            self._drop_hint.promise(found.promise)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went on elsewhere."""
        self._drop_hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A pack is opened, copies are taken back; the source of the drag is let go first."""
        self._drop_hint.hide()
        found = dropped(event.mimeData())
        event.acceptProposedAction()
        if found.packs:
            QTimer.singleShot(0, self, lambda: self.files.open_path(found.packs[0]))
        elif found.returns:
            QTimer.singleShot(0, self, lambda: self.returns.take_back(found.returns))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once what is open is safe."""
        if self.documents.unsaved:
            event.ignore()
            self.files.when_safe(self._give_up_and_close)
            return
        self.settings.geometry, self.settings.widths = self.saveGeometry(), self.panes.widths
        self.documents.close()
        event.accept()

    def _give_up_and_close(self) -> None:
        self.documents.close()
        QTimer.singleShot(
            0, self.close
        )  # a window that is being asked whether to close does not close for another asking

    def _build_centre(self) -> None:
        self.notices = NoticeBar()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.find_bar = FindBar()
        self.centre = Centre(self.editor, ReviewPage(self.documents.picture))
        layout.addWidget(self.notices)
        layout.addWidget(self.find_bar)
        self.focus_strip = FocusStrip()
        layout.addWidget(self.focus_strip)
        layout.addWidget(self.centre)
        self.start = StartPage(
            (
                ("New pack…", "new", self.files.new),
                ("Open…", "open", self.files.open),
                ("Import a briefing…", "paste", self.files.import_),
                ("Open the sample", "sample", self.files.sample),
            ),
            self.recent.list,
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self._drop_hint = DropHint(self._pages)
        self.setAcceptDrops(True)

    def _handlers(self) -> dict[str, Callable[..., object]]:
        """What each action does."""
        return {
            **self.files.handlers(),
            "file.quit": self.close,
            **self.editing.handlers(),
            **self.line_commands.handlers(),
            **self.changes.handlers(),
            **self.versions.handlers(),
            "edit.find": lambda: self._open_find(replacing=False),
            "edit.replace": lambda: self._open_find(replacing=True),
            "edit.find_next": lambda: self._find(1),
            "edit.find_previous": lambda: self._find(-1),
            **self.structure.handlers(),
            **self.guide.handlers(),
            **self.sources.handlers(),
            **self.board.handlers(),
            **self.lists.handlers(),
            **self.spelling.handlers(),
            **self.returns.handlers(),
            **self.viewing.handlers(),
            **self.shell.handlers(),
        }

    def _connect(self) -> None:
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED)
        self._timer.timeout.connect(self._update)
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self._show_lines)
        self._clock.start()
        for signal in (self.workspace.pack_changed, self.editor.place_changed):
            signal.connect(lambda *_: self._timer.start())
        self.viewing.palette_asked_for.connect(self._find_command)
        self.viewing.keys_chosen.connect(self.actions_.choose_keys)
        for source in (
            self.files,
            self.editing,
            self.sources,
            self.line_commands,
            self.finder,
            self.spelling,
            self.returns,
        ):
            source.said.connect(self.say)
        self.changes.said.connect(self.say)
        self.versions.said.connect(self.say)
        self.versions.failed.connect(self.show_error)
        self.versions.started.connect(self.status.follow)
        self.sources.failed.connect(self.show_error)
        for asking in (self.board, self.lists):
            asking.said.connect(self.say)
            asking.failed.connect(self.show_error)
        self.lists.started.connect(self.status.follow)
        self.board.block_chosen.connect(self._go_to_block)
        self.board.archive_asked_for.connect(lambda: self.panes.show("archive"))
        self.spelling.failed.connect(self.show_error)
        self.spelling.comment_found.connect(self._show_comment)
        self.checker.failed.connect(self._cannot_spell)
        self.checker.changed.connect(self._show_spelling)
        self.checker.settled.connect(self._show_spelling)
        self.status.spelling_asked_for.connect(lambda: self.spelling.step(1))
        self.sources.started.connect(self.status.follow)
        self.sources.block_chosen.connect(self._go_to_block)
        self.documents.opened.connect(self._opened_or_closed)
        self.documents.closed.connect(self._opened_or_closed)
        self.documents.state_changed.connect(self._timer.start)
        self.documents.saved.connect(self._show_state)
        self.documents.failed.connect(self.show_error, _AFTERWARDS)
        self.documents.started.connect(self.status.follow)
        self.outline.chosen.connect(self._go_to_block)
        self.structure.block_chosen.connect(self._go_to_block)
        self.outline.counted.connect(self._show_counts)
        self.editor.comment_clicked.connect(self._show_comment)
        self.editor.object_opened.connect(self.editing.open_object)
        self.editor.link_followed.connect(self.editing.follow_link)
        self.editor.pictures_offered.connect(self.editing.place_pictures, _AFTERWARDS)
        self.editor.line_clicked.connect(self.line_commands.edit_line)
        self.side.line_asked_for.connect(self.line_commands.edit_line)
        self.finder.comment_found.connect(self._show_comment)
        self.side.changed.connect(self._update)
        self.side.comment_chosen.connect(self.centre.go_to_comment)
        self.side.action_asked_for.connect(lambda action: self.actions_[action].trigger())
        self.side.item_chosen.connect(self.returns.look)
        self.side.returns_looked_at.connect(self.returns.refresh)
        self.centre.page.asked.connect(lambda action: self.actions_[action].trigger())
        self.centre.turned.connect(self.let_write)
        self.returns.failed.connect(self.show_error, _AFTERWARDS)
        self.returns.started.connect(self.status.follow)
        self.returns.changed.connect(self._update)
        self.returns.worded.connect(self.returns.put_words)
        self.returns.shown_wanted.connect(lambda: self.panes.go_to("returns", self.side.returns.list))
        self.side.block_chosen.connect(self._go_to_block)
        self.side.form_asked_for.connect(self.editing.open_object)
        self.side.person_chosen.connect(self.editing.biography_of)
        self.side.details_asked_for.connect(self.editing.details)
        self.side.placing.connect(self.place)
        self.side.said.connect(lambda words, undo: self.say(words, *(("Undo", self.editor.undo) if undo else ())))
        self.side.failed.connect(self.show_error)
        self.side.started.connect(self.status.follow)
        self.status.lines_asked_for.connect(self._show_due)

    def _restore(self) -> None:
        if self.settings.geometry.isEmpty() or not self.restoreGeometry(self.settings.geometry):
            self.resize(SIZE)
        self.panes.widths = self.settings.widths or self.panes.widths
        self.panes.name_tabs()
        self.editor.set_zoom(self.settings.zoom)
        self.actions_.choose_keys(self.settings.keys)
        self.actions_[f"view.{self.look.scheme}"].setChecked(True)
        self.actions_["review.spelling"].setChecked(self.settings.spelling)
        self.actions_["format.smart"].setChecked(self.settings.smart)
        self.actions_["format.shapes"].setChecked(self.settings.shapes)
        self.actions_["view.margin"].setChecked(self.settings.margin)
        self.editor.show_margin(self.settings.margin)

    def _opened_or_closed(self) -> None:
        self.board.close()
        file = self.documents.file
        self._pages.setCurrentIndex(1 if file else 0)
        self._tools.setVisible(file is not None)
        self.panes.set_shown(PANES if file else ())
        writable = self.documents.writable
        self.editor.setReadOnly(not writable)
        self.outline.writable = writable
        if file is None:
            self.recent.look()
            self.status.clear()
        else:
            self.furnish()
            self.panes.show("archive")
            self.editor.setFocus()
            self.editor.verticalScrollBar().setValue(0)
        self._update()

    def _update(self) -> None:
        """Bring title, actions and marks in line with what is so."""
        self._timer.stop()
        self._show_state()
        facts = self._facts()
        self.actions_.update(facts)
        for menu in (*self.findChildren(QToolButton, "style menu"), *self.findChildren(QToolButton, "insert menu")):
            menu.setEnabled(Fact.WRITABLE in facts)
        if self.documents.file is not None:
            self._show_place()
            comments = self.side.comments.model.open
            self.panes["comments"].setWindowTitle(f"Comments {comments}" if comments else "Comments")
            returned = self.returns.open
            self.panes["returns"].setWindowTitle(f"Returns {returned}" if returned else "Returns")

    def _facts(self) -> set[Fact]:
        is_open = self.documents.file is not None
        section = is_open and section_of(self.workspace.pack, self.editor.current_block())
        said = {
            Fact.PACK: is_open,
            Fact.WRITABLE: self.documents.writable,
            Fact.UNDO: self.workspace.history.undo_label is not None,
            Fact.REDO: self.workspace.history.redo_label is not None,
            Fact.SELECTION: is_open and self.editor.has_selection(),
            Fact.HEADING: section is not None,
            Fact.COMMENT: is_open and bool(self.side.comments.current or self.editor.comment_here()),
            Fact.READING: self.side.reading,
            **self.returns.facts(),
            Fact.LINE: is_open and bool(self.line_commands.selected()),
            Fact.CHANGED: is_open and self.changes.is_at_change(),
        }
        return {fact for fact, holds in said.items() if holds}

    def _show_state(self) -> None:
        self.setWindowTitle(f"{self.documents.name}[*] – Briefpack" if self.documents.file else "Briefpack")
        self.setWindowModified(self.documents.unsaved)
        self.status.show_saved(self.documents.state)
        self.shell.show_notices()

    def _show_counts(self, words: int) -> None:
        if self.documents.file is not None:
            self.status.count(words)
            self._show_lines()
            self._timer.start()

    def _show_lines(self) -> None:
        """Show how many lines have gone off: time does that, too."""
        if self.documents.file is not None:
            self.status.show_lines(self.workspace.pack, dt.datetime.now().astimezone())

    def _show_spelling(self) -> None:
        if self.documents.file is not None:
            self.status.show_spelling(*self.spelling.status())

    def _cannot_spell(self, error: UserError) -> None:
        """Spelling is off, and stays so in this sitting; a box for it would stand in the way of writing."""
        self.actions_["review.spelling"].setChecked(False)
        self.say(str(error))

    def _show_place(self) -> None:
        """Mark the section that the caret is in, the kind of its block, and the formats at it."""
        here = self.editor.current_block()
        section = section_of(self.workspace.pack, here)
        if section is not None:
            self.outline.mark(section.heading.id)
        self.status.show_length(self.outline.budgeted(section.heading.id) if section is not None else None)
        button = self.findChild(QToolButton, "style menu")
        if button is not None:
            button.setText(" " + kind_of(self.workspace.pack.block(here)))
        marks = {kind for kind, _ in self.editor.marks_here()}
        for kind in (MarkKind.BOLD, MarkKind.ITALIC, MarkKind.UNDERLINE, MarkKind.STRIKE, MarkKind.HIGHLIGHT):
            self.actions_[f"format.{kind}"].setChecked(kind in marks)
        self.actions_["review.cleared"].setChecked(self.line_commands.are_cleared())

    def _go_to_block(self, block: str) -> None:
        self.centre.go_to_block(block)
        self.centre.focus()

    def let_write(self) -> None:
        """What is hidden behind the returns cannot be written in."""
        self.editor.setReadOnly(self.centre.reviewing or not self.documents.writable)

    def _open_find(self, *, replacing: bool) -> None:
        """The find bar, which looks in the document as it is written."""
        self.returns.write()
        self.finder.open(replacing=replacing)

    def _show_comment(self, comment: str) -> None:
        self.panes.show("comments")
        self.side.comments.choose(comment)

    def _find_command(self) -> None:
        """The command palette."""
        from briefpack.desktop.widgets.palette import CommandPalette

        actions = [(action, spec.menu.value) for spec, action in self.actions_.entries.values()]
        chosen = CommandPalette.ask(actions, self)
        if chosen is not None:
            chosen.trigger()

    def _show_due(self, due: Due) -> None:
        """The list of the lines that are due then."""
        self.side.lines.show_due(due)
        self.panes.go_to("lines", self.side.lines.list)

    def _find(self, by: int) -> None:
        """The next hit or the one before: in the archive where that is being read, and not the find bar is open."""
        focus = QApplication.focusWidget()
        in_archive = focus is not None and self.panes["archive"].isAncestorOf(focus)
        if self.side.reading and (in_archive or not self.finder.active):
            self.side.archive.step(by)
        else:
            self.finder.step(by)
