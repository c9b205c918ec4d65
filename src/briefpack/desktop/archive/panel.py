"""The archive beside the document: search, read a hit in context, take words from it."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QListView,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefpack.archive import Archive, Details, shown
from briefpack.archive.clips import clip_of
from briefpack.archive.model import Added, Document, Filters, Hit, Results, SavedSearch, Stats, Timeline
from briefpack.archive.readers import SUFFIXES
from briefpack.archive.repair import as_typed
from briefpack.desktop.archive.around import Line, Lines, lines_about
from briefpack.desktop.archive.filtering import Filtering
from briefpack.desktop.archive.helped import Helped
from briefpack.desktop.archive.hits import HIT, HitDelegate, HitsModel
from briefpack.desktop.archive.kept import KeptSearches
from briefpack.desktop.archive.library import Library
from briefpack.desktop.archive.reader import Reader, Taken
from briefpack.desktop.archive.timeline import TimelineStrip
from briefpack.desktop.archive.watches import WatchedFolders
from briefpack.desktop.archive.wording import described
from briefpack.desktop.dialogs.document import Change, DocumentForm
from briefpack.desktop.editor.clipboard import clips_mime
from briefpack.desktop.jobs import Job
from briefpack.desktop.widgets.parts import Notice, button, column, holding, label, named, row, tool
from briefpack.errors import UserError
from briefpack.pack.edits import ClipForm
from briefpack.pack.model import Clip

_PAUSE = 30
"""Milliseconds between the last keystroke and the search: letters typed as one are one question."""


class Placing(NamedTuple):
    """Clips that the user wants in the pack, and as what."""

    clips: tuple[Clip, ...]
    form: ClipForm
    speaker: str


class ArchivePanel(QWidget):
    """Search field, hits, reading pane."""

    placing = Signal(object)
    """A :class:`Placing`: words of the archive are wanted at the cursor."""

    reading_changed = Signal()
    """Another document, or none, is being read."""

    block_chosen = Signal(str)
    """The id of a block of the pack that uses the document."""

    said = Signal(str)
    """A short word for the user."""

    failed = Signal(object)
    """A UserError."""

    started = Signal(object, str)
    """A job that takes a while, and what it does."""

    another_wanted = Signal(str)
    """Another archive is to be searched: a shared one, by its address, or the user's own, which is empty."""

    def __init__(self, library: Library, parent: QWidget | None = None, shared_before: str = "") -> None:
        super().__init__(parent)
        self._library = library
        self._shared_before = shared_before
        self._archive = ""
        self.answered = ""
        """The query that the list answers."""
        self._exactly: frozenset[str] = frozenset()
        self._hit: Hit | None = None
        self._asking_around: Job | None = None
        self._build_search()
        self._build_reading()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._pages)
        split.addWidget(self.reading)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([1000, 1600])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        tools = (self.filtering.button, self.kept.button, self.add_button)
        layout.addWidget(holding(row(self.field, *tools, margin=8, spacing=4)))
        layout.addWidget(self.whose)
        layout.addWidget(self.filtering)
        layout.addWidget(self.notes)
        layout.addWidget(self.helped)
        layout.addWidget(self.timeline)
        layout.addWidget(split)
        self.reading.hide()
        library.changed.connect(self.refresh)
        library.standing.connect(self._show_standing)
        self._show_standing("", read_only=False)
        self.refresh()

    @property
    def library(self) -> Library:
        """The archive that is searched."""
        return self._library

    @property
    def document(self) -> Document | None:
        """The document being read."""
        return self.reader.shown

    def focus_search(self) -> None:
        """Let the user type a query."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def refresh(self) -> None:
        """Ask again what was asked last: the archive has changed."""
        if self._is_asking():
            self.search()
        else:
            self._ask_stats()

    def search(self) -> None:
        """Look for what is typed. What was looked for before is dropped."""
        self._timer.stop()
        query, filters = self.field.text().strip(), self.filtering.filters
        self.kept.set_now(query, filters)
        if not self._is_asking():
            self._exactly = frozenset()
            self.model.show(())
            self.notes.hide()
            self.helped.show_results(None)
            self.timeline.show_timeline(None)
            self._ask_stats()
            return
        job = self._library.search(query, filters, self._exactly)
        job.succeeded.connect(self._show_results)
        job.failed.connect(self._search_failed)

    def ask(self, search: SavedSearch) -> None:
        """Look for a search that was kept."""
        self._exactly = frozenset()
        self.field.setText(search.query)
        self.filtering.set(search.filters)
        self.search()

    def open_document(self, document: str, hit: Hit | None = None) -> None:
        """Read a document."""
        job = self._library.document(document)
        job.succeeded.connect(lambda found: self._show_document(found[0], found[1], hit))
        job.failed.connect(self.failed)

    def edit_details(self) -> None:
        """Show what is known of the document that is being read, to be corrected."""
        if (document := self.reader.shown) is not None:
            job = self._library.ask(lambda archive: archive.details(document.id))
            job.succeeded.connect(self._ask_details)
            job.failed.connect(self.failed)

    def show_uses(self, lines: tuple[Line, ...]) -> None:
        """Say where the pack uses the document that is being read."""
        self.uses.show_lines(lines)

    def close_document(self) -> None:
        """Read no more."""
        self.reader.forget()
        self.reading.hide()
        self.reading_changed.emit()

    def place(self, form: ClipForm) -> None:
        """Ask for what is selected in the reading pane to be put into the pack."""
        clips = self._clips()
        if clips:
            if form is ClipForm.INLINE and len(clips) > 1:
                self.said.emit("Select words of one paragraph to put them into a sentence.")
                return
            self.placing.emit(Placing(clips, form, self._speaker()))

    def copy(self) -> None:
        """Put what is selected, with its source, on the clipboard."""
        document, pieces = self.reader.shown, self.reader.taken()
        if document and pieces:
            QGuiApplication.clipboard().setMimeData(self._mime(document, pieces))
            self.said.emit("Copied with its source")

    def choose_documents(self) -> None:
        """Ask which files to add to the archive, and add them."""
        kinds = f"Documents ({' '.join(f'*{suffix}' for suffix in sorted(SUFFIXES))});;All files (*)"
        names, _ = QFileDialog.getOpenFileNames(self, "Add documents to the archive", str(Path.home()), kinds)
        if names:
            self.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder, and add all documents in it."""
        name = QFileDialog.getExistingDirectory(self, "Add a folder to the archive", str(Path.home()))
        if name:
            self.add([Path(name)])

    def choose_shared(self) -> None:
        """Ask for the address of a shared archive, and have it opened."""
        from briefpack.desktop.dialogs.shared import SharedArchiveDialog

        address = SharedArchiveDialog.ask(self._shared_before, self.window())
        if address is not None:
            self.another_wanted.emit(address)

    def add(self, paths: list[Path]) -> Job:
        """Add files and folders to the archive."""
        job = self._library.add(paths)
        job.succeeded.connect(self._added)
        job.failed.connect(self.failed)
        self.started.emit(job, "Adding documents")
        return job

    def _build_search(self) -> None:
        self.field = named(
            QLineEdit(placeholderText="Search the archive", clearButtonEnabled=True), "Search the archive"
        )
        self.filtering = Filtering()
        self.filtering.wanted.connect(self._ask_facets)
        self.filtering.changed.connect(self.search)
        self.timeline = TimelineStrip()
        self.timeline.narrowed.connect(self.filtering.set_days)
        self.timeline.widened.connect(self.filtering.widen_days)
        self.helped = Helped()
        self.helped.undone.connect(self._undo_help)
        self.kept = KeptSearches(self._library, self.field, self)
        self.kept.chosen.connect(self.ask)
        self.kept.failed.connect(self.failed)
        self.add_button = tool("Add documents", "add_documents", self.choose_documents, "Add documents to the archive")
        menu = QMenu(self)
        menu.addAction("Add files…", self.choose_documents)
        menu.addAction("Add a folder…", self.choose_folder)
        menu.addSeparator()
        self.watches = WatchedFolders(self._library, self)
        self.watches.said.connect(self.said)
        self.watches.failed.connect(self.failed)
        self.watches.started.connect(self.started)
        menu.addAction("Watch a folder…", self.watches.choose)
        menu.addAction("Look into watched folders", self.watches.refresh)
        menu.addMenu(self.watches.menu)
        self.add_button.setMenu(menu)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.whose = named(label("", "muted", wrap=True), "Which archive this is")
        self.whose.setContentsMargins(12, 0, 12, 8)
        self.notes = named(label("", "muted", wrap=True), "About the results")
        self.notes.setContentsMargins(12, 0, 12, 8)
        self.notes.hide()
        self.model = HitsModel(self)
        self.list = named(QListView(), "Documents found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setWordWrap(True)  # without it a list does not lay its rows out anew when its width changes
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.notice = Notice("", "", button("Add documents…", self.choose_documents, shape="add_documents"))
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(140)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.notice)
        self._pages.setCurrentIndex(1)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.search)
        self.field.textChanged.connect(self._timer.start)
        self.field.returnPressed.connect(self._to_list)
        self.list.selectionModel().currentChanged.connect(self._open)
        self.list.activated.connect(lambda _index: self.reader.setFocus())

    def _build_reading(self) -> None:
        self.reader = Reader(self._mime)
        self.title = label("", "heading", wrap=True)
        self.about = label("", "muted", wrap=True)
        self.position = named(label("", "muted"), "Place among the hits")
        self.insert = named(QToolButton(), "Insert as line", "Put what is selected into the pack at the cursor")
        self.insert.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.insert.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.insert.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        previous = tool("Previous hit", "previous", lambda: self.step(-1))
        following = tool("Next hit", "next", lambda: self.step(1))
        self.details = tool(
            "Document details", "information", self.edit_details, "Correct what is known of this document"
        )
        close = tool("Close the document", "close", self.close_document)
        self.flags = named(label("", "muted", wrap=True), "What is odd about the document")
        head = column(row(self.title, self.details, close, spacing=4), self.about, self.flags, spacing=4)
        head.setContentsMargins(12, 12, 8, 4)
        tools = row(previous, following, self.position, None, self.insert, spacing=4)
        tools.setContentsMargins(8, 0, 8, 4)
        self.around = Lines("About this document")
        self.around.chosen.connect(self.open_document)
        self.uses = Lines("Where the pack uses this document")
        self.uses.chosen.connect(self.block_chosen)
        foot = column(self.around, self.uses, spacing=4)
        foot.setContentsMargins(0, 8, 0, 8)
        self.reading = holding(column(holding(head), holding(tools), self.reader, holding(foot), spacing=0))
        self.reader.cursorPositionChanged.connect(self._show_position)
        self.reading.setMinimumHeight(240)
        self.title.setSizePolicy(
            self.title.sizePolicy().horizontalPolicy().Expanding, self.title.sizePolicy().verticalPolicy()
        )

    def set_insert_actions(self, main: QAction, others: list[QAction]) -> None:
        """What the Insert button and its menu do."""
        self.insert.setDefaultAction(main)
        menu = QMenu(self)
        menu.addActions([main, *others])
        self.insert.setMenu(menu)

    def step(self, by: int) -> None:
        """Go to the next or the previous hit."""
        self.reader.step(by)
        self._show_position()

    def _show_position(self) -> None:
        hits, page = self.reader.hits, self.reader.page
        place = (f"{self.reader.hit + 1} of {hits}" if hits else "", f"page {page}" if page else "")
        self.position.setText(" · ".join(filter(None, place)))

    def _mime(self, document: Document, pieces: tuple[Taken, ...]) -> QMimeData:
        clips = tuple(clip_of(document, *piece, self._archive) for piece in pieces)
        data = clips_mime(clips, ClipForm.LINE, self._speaker())
        words = "\n".join(clip.words for clip in clips)
        data.setText(f"{words}\n({document.title}, {shown(document.date)})")
        return data

    def selected(self) -> tuple[tuple[Clip, ...], str]:
        """What is selected in the reading pane as clips, and whose words they are where that is one person."""
        return self._clips(), self._speaker()

    def _clips(self) -> tuple[Clip, ...]:
        document = self.reader.shown
        if document is None:
            return ()
        return tuple(clip_of(document, *piece, self._archive) for piece in self.reader.taken())

    def _speaker(self) -> str:
        speakers = {piece.passage.speaker for piece in self.reader.taken()}
        return speakers.pop() if len(speakers) == 1 else ""

    def _ask_stats(self) -> None:
        job = self._library.stats()
        job.succeeded.connect(self._show_stats)
        job.failed.connect(self._search_failed)

    def _is_asking(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.field.text().strip()) or self.filtering.filters != Filters()

    def _ask_facets(self) -> None:
        job = self._library.facets(self.field.text().strip(), self.filtering.filters, self._exactly)
        job.succeeded.connect(self.filtering.offer)
        job.failed.connect(self._search_failed)

    def _ask_timeline(self) -> None:
        """Have it shown where in time the results lie, unless others are searched for by then."""
        job = self._library.timeline(self.field.text().strip(), self.filtering.filters, self._exactly)
        job.succeeded.connect(self._show_timeline)
        job.failed.connect(self._search_failed)

    def _show_timeline(self, timeline: Timeline) -> None:
        if self._is_asking():
            self.timeline.show_timeline(timeline, narrowed=self.filtering.narrows_days)

    def _undo_help(self, typed: str) -> None:
        """Search again with a word as it was typed."""
        self._exactly |= {as_typed(typed)}
        self.search()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_stats(self, stats: Stats) -> None:
        if self._is_asking():
            return
        self._pages.setCurrentIndex(1)
        if stats.documents:
            count = f"{stats.documents:,} document{'' if stats.documents == 1 else 's'}"
            self.notice.say(f"Search {count}", "Type words, “a phrase” in quotation marks, or -word to leave one out.")
        else:
            self.notice.say("The archive is empty", "Add what the other side has published, and old briefings.")

    def _show_results(self, results: Results) -> None:
        self.answered = results.query
        self.model.show(results.hits)
        count = f"{results.total:,} document{'' if results.total == 1 else 's'}"
        told = {*(each.sentence for each in results.repairs), *(each.sentence for each in results.widened)}
        notes = [note for note in results.notes if note not in told]
        self.notes.setText("\n".join((count, *notes)))
        self.notes.setVisible(bool(results.hits))
        self.helped.show_results(results)
        self._ask_timeline()
        self._pages.setCurrentIndex(0 if results.hits else 1)
        if not results.hits:
            narrowed = self.filtering.filters != Filters()
            what = f"Nothing found for “{results.query}”" if results.query else "Nothing found"
            hint = "Try fewer filters." if narrowed else "Try fewer or other words."
            self.notice.say(what, "\n".join(f"{note}." for note in notes) or hint)
        self.list.scrollToTop()

    def _show_standing(self, offline: str, read_only: bool) -> None:
        """Say which archive it is, where it is not the user's own, and what of it can be used now."""
        more = f"{offline}." if offline else "You may search and quote it, not add to it." if read_only else ""
        self.whose.setText(f"Shared archive: {self._library.shared}" + (f". {more}" if more else ""))
        self.whose.setVisible(bool(self._library.shared))
        self.add_button.setEnabled(not read_only)

    def _search_failed(self, error: UserError) -> None:
        self.model.show(())
        self._pages.setCurrentIndex(1)
        self.notice.say(f"{error.what}.", f"{error.do}." if error.do else "")

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            hit: Hit = index.data(HIT)
            self.kept.remember()
            self.open_document(hit.id, hit)

    def _to_list(self) -> None:
        """Enter in the field goes to the first hit."""
        self.kept.remember()
        if self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.setCurrentIndex(self.model.index(0))

    def _show_document(self, document: Document, archive: str, hit: Hit | None) -> None:
        before, again = self.reader.shown, hit is self._hit
        self._archive, self._hit = archive, hit
        self.title.setText(document.title)
        self.about.setText(described(document))
        self.flags.setText("\n".join(f"Note: {flag}." for flag in document.flags))
        self.flags.setVisible(bool(document.flags))
        self._ask_around(document.id)
        self.reading.show()
        if again and before is not None and before.passages == document.passages:
            self.reader.describe(document)
        else:
            self.reader.show_document(document, hit)
        self._show_position()
        self.reading_changed.emit()

    def _ask_around(self, document: str) -> None:
        """Have the lines about a document shown, unless another is being read by then."""
        if self._asking_around is not None and not self._asking_around.over:
            self._asking_around.cancel()
        self._asking_around = job = self._library.ask(lambda archive: lines_about(archive, document))
        job.succeeded.connect(self.around.show_lines)
        job.failed.connect(self.failed)

    def _ask_details(self, details: Details) -> None:
        change = DocumentForm.ask(details, self)
        if change is None:
            return
        job = self._library.change(lambda archive: _apply(archive, details, change))
        job.succeeded.connect(lambda _done: self._read_again(details.document.id))
        job.failed.connect(self.failed)

    def _read_again(self, document: str) -> None:
        """Show a document that was corrected, where it is still being read."""
        self.said.emit("Saved")
        if self.reader.shown is not None and self.reader.shown.id == document:
            self.open_document(document, self._hit)

    def _added(self, added: Added) -> None:
        count = added.added + added.updated
        parts = [f"{count} document{'' if count == 1 else 's'} added"]
        if added.unchanged:
            parts.append(f"{added.unchanged} already there")
        self.said.emit(", ".join(parts))
        if added.refused:
            lines = "\n".join(f"{Path(each.path).name}: {each.why}" for each in added.refused[:8])
            more = len(added.refused) - 8
            lines += f"\nand {more} more" if more > 0 else ""
            count = len(added.refused)
            self.failed.emit(UserError(f"{count} file{' was' if count == 1 else 's were'} not added", where=lines))


def _apply(archive: Archive, details: Details, change: Change) -> None:
    """Write what the user changed; on the archive's thread."""
    document = details.document.id
    if change.back:
        archive.uncorrect(document, *change.back)
    if change.corrections:
        archive.correct(document, **change.corrections)
    if change.publisher is not None:
        archive.name_source(details.file, change.publisher)
