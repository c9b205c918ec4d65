"""What the user can do to the pack at the caret: each is an edit, applied and patched into the document."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QTextCursor

from briefpack.desktop.editor import autoformat, pairs, wording
from briefpack.desktop.editor.pointing import Found, mark_at
from briefpack.desktop.editor.readback import TypedView
from briefpack.desktop.editor.tidy import Change, type_text
from briefpack.desktop.workspace import Selection
from briefpack.pack import edits
from briefpack.pack.edits import ClipForm, Edited, Fragment, Place
from briefpack.pack.edits.places import length
from briefpack.pack.model import OBJECTS, AnyBlock, Clip, Comment, ListItem, Pack, Table, TextBlock
from briefpack.pack.roles import Role
from briefpack.pack.text import FORMATS, MarkKind, clean


class Commands(TypedView):
    """A typed view with everything that actions, keys and drops do."""

    object_opened = Signal(str)
    """The id of an object whose form the user wants."""

    automatic = autoformat.Options()
    """What is done while the user types."""

    def _typed(self, change: Change, edited: Edited) -> None:
        """Hand on what was typed, and do what follows from it as a step of its own."""
        super()._typed(change, edited)
        if found := autoformat.follows(self._shown, edited.caret, change.string, self.automatic):
            self.edit(found.label, found.pack, found.caret)

    def edit(self, label: str, pack: Pack, caret: Place | None = None, anchor: Place | None = None) -> bool:
        """Show and apply an edit's result with the caret, and the anchor where something is selected, at places of it.

        Without a caret the selection stays with its words. Returns whether anything changed.
        """
        if self.isReadOnly():
            return False
        if pack == self._shown:
            if caret is not None and caret != self.selection()[1]:
                self.select(anchor or caret, caret)
            return False
        self._run.end()
        self._pending = None
        before = self._selection()
        self.show_pack(pack)
        if caret is not None:
            with self.writing():
                self._set_selection(Selection(self.position_of(anchor or caret), self.position_of(caret)))
        self.ensureCursorVisible()
        changed = self.workspace.apply(pack, label, place_before=before, place_after=self._selection())
        self._moved()
        return changed

    def _range(self) -> tuple[Place, Place]:
        """The selection in reading order."""
        cursor = self.textCursor()
        return self.place_at(cursor.selectionStart()), self.place_at(cursor.selectionEnd())

    def _edit_in_place(self, label: str, pack: Pack) -> bool:
        """Apply an edit that keeps every block and character, and the selection with them."""
        anchor, caret = self.selection()
        return self.edit(label, pack, caret, anchor)

    def selected_blocks(self) -> list[str]:
        """The ids of the blocks that the selection reaches into; the caret's where nothing is selected."""
        pack = self._shown
        start, stop = self._range()
        first, last = pack.index(start.block), pack.index(stop.block)
        if last > first and stop.offset == 0:
            last -= 1
        return [block.id for block in pack.body[first : last + 1]]

    def selected_text(self) -> str:
        """The selected words; objects in words of their own."""
        return self.words_between(*self._range()) if self.has_selection() else ""

    def words_between(self, start: Place, stop: Place) -> str:
        """The words between two places; objects in words of their own."""
        return wording.as_text(edits.cut_out(self._shown, start, stop))

    # Formats

    def toggle_mark(self, kind: MarkKind) -> None:
        """Bold and the like on or off for the selection, or for what is typed next."""
        pack, (start, stop) = self._shown, self._range()
        if start == stop:
            self._choose(kind)
            return
        off = edits.covered(pack, start, stop, kind)
        changed = edits.unset_mark(pack, start, stop, kind) if off else edits.set_mark(pack, start, stop, kind)
        self._edit_in_place(f"{'No ' if off else ''}{kind.value}".capitalize(), changed)

    def _choose(self, kind: MarkKind) -> None:
        """A format for what is typed next at the caret."""
        place = self.selection()[1]
        current = set(self.marks_here())
        current ^= {(kind, "")}
        self._pending = (place, tuple(sorted(current)))
        self.place_changed.emit()

    def marks_here(self) -> tuple[tuple[MarkKind, str], ...]:
        """The marks that a character typed at the caret takes on; of a selection, those that cover all of it."""
        start, stop = self._range()
        block = self.block_of(start.block)
        if start != stop:
            kinds = (kind for kind in FORMATS if edits.covered(self._shown, start, stop, kind))
            return tuple(sorted((kind, "") for kind in kinds))
        if self._pending and self._pending[0] == start:
            return self._pending[1]
        return block.text.marks_typed_at(start.offset) if isinstance(block, TextBlock) else ()

    def set_highlight(self, colour: str) -> None:
        """A highlight of a named colour on the selection; none where the name is empty."""
        pack, (start, stop) = self._shown, self._range()
        if colour:
            changed = edits.set_mark(pack, start, stop, MarkKind.HIGHLIGHT, colour)
        else:
            changed = edits.unset_mark(pack, start, stop, MarkKind.HIGHLIGHT)
        self._edit_in_place("Highlight", changed)

    def set_link(self, address: str) -> None:
        """The selection made a link to an address; no link where it is empty."""
        pack, (start, stop) = self._shown, self._range()
        if address:
            changed = edits.set_mark(pack, start, stop, MarkKind.LINK, address)
        else:
            changed = edits.unset_mark(pack, start, stop, MarkKind.LINK)
        self._edit_in_place("Link", changed)

    def put_link(self, address: str, words: str = "") -> None:
        """The selection, or the link at the caret, made to lead to an address; or words put in that do."""
        if words and not self.has_selection():
            pack, place = self._shown, self.selection()[1]
            marks = {*self.marks_here(), (MarkKind.LINK, address)}
            self.edit("Link", *type_text(pack, place, clean(words), tuple(sorted(marks))))
            return
        if found := self.link_here():
            self.select(*found.places)
        self.set_link(address)

    def link_here(self) -> Found | None:
        """The link that the caret is in, or the selection lies in."""
        start, stop = self._range()
        found = mark_at(self, start, MarkKind.LINK)
        return found if found and stop.block == found.block and stop.offset <= found.mark.end else None

    def clear_formats(self) -> None:
        """Bold, italic and the like off for the selection."""
        self._edit_in_place("Clear formatting", edits.clear_formats(self._shown, *self._range()))

    # Blocks

    def make_heading(self, level: int, role: Role | None = None) -> None:
        """The selected blocks made headings."""
        self._edit_in_place("Heading", edits.as_heading(self._shown, self.selected_blocks(), level, role))

    def make_paragraph(self) -> None:
        """The selected blocks made paragraphs."""
        self._edit_in_place("Paragraph", edits.as_paragraph(self._shown, self.selected_blocks()))

    def make_list(self, ordered: bool = False) -> None:
        """The selected blocks made bullets, or numbered items; where all are that already, paragraphs again."""
        blocks = [self.block_of(block) for block in self.selected_blocks()]
        if all(isinstance(block, ListItem) and block.ordered == ordered for block in blocks):
            self.make_paragraph()
            return
        label = "Numbered list" if ordered else "Bullets"
        self._edit_in_place(label, edits.as_list(self._shown, self.selected_blocks(), ordered=ordered))

    def make_quote(self) -> None:
        """The selected blocks made quotations."""
        self._edit_in_place("Quotation", edits.as_quote(self._shown, self.selected_blocks()))

    def indent(self, by: int) -> None:
        """The selected list items and headings moved in or out."""
        label = "Indent" if by > 0 else "Outdent"
        self._edit_in_place(label, edits.indent(self._shown, self.selected_blocks(), by))

    def move_block(self, by: int) -> None:
        """The selected blocks moved up (-1) or down (+1) past their neighbour."""
        pack, blocks = self._shown, self.selected_blocks()
        first = pack.index(blocks[0])
        stop = first + len(blocks)
        to = first - 1 if by < 0 else stop + 1
        if 0 <= to <= len(pack.body):
            label = "Move up" if by < 0 else "Move down"
            self._edit_in_place(label, edits.move_blocks(pack, first, stop, to))

    # Putting in

    def insert_fragment(self, fragment: Fragment, label: str = "Paste") -> None:
        """A fragment in place of the selection."""
        changed, caret = edits.paste(self._shown, *self._range(), fragment)
        self.edit(label, changed, caret)

    def insert_block(self, block: AnyBlock, clips: Sequence[Clip] = ()) -> None:
        """A block of its own behind the caret's, in place of an empty one, or before one at whose start the caret is.

        Words of a table may be marked with ``clips``, which come with it.
        """
        pack, place = self._shown, self.selection()[1]
        index = self.index_of(place.block)
        here = pack.body[index]
        where = index + (place.offset > 0 or isinstance(here, OBJECTS))
        if isinstance(block, Table):
            changed = edits.insert_table(pack, where, block, clips)
        else:
            changed = edits.insert_blocks(pack, where, (block,))
        placed = changed.body[where]
        if isinstance(here, TextBlock) and not here.text:
            changed = edits.remove_blocks(changed, (here.id,))
        self.edit("Insert", changed, Place(placed.id, length(placed)))

    def place_clips(self, clips: Iterable[Clip], form: ClipForm = ClipForm.LINE, speaker: str = "") -> None:
        """Clips from the archive at the caret, with their sources."""
        changed, caret = edits.place_clips(self._shown, *self._range(), clips, form, speaker=speaker)
        self.edit("Clip", changed, caret)

    def mark_clip(self, clip: Clip) -> bool:
        """The selected words marked as coming from a source; False where none are selected."""
        return self._edit_in_place("Source", edits.mark_clip(self._shown, *self._range(), clip))

    def take_words(self, clip: str, now: Clip) -> bool:
        """A clip's words as its source has them now. UserError where they were changed in the pack."""
        return self.edit("Take the new words", edits.take_words(self._shown, clip, now))

    def comment_on_selection(self, comment: Comment) -> bool:
        """A comment on the selected words, or on the word or block that the caret is in; False where there are no words."""
        start, stop = self._words_here()
        found = edits.cut_out(self._shown, start, stop).blocks
        if not any(isinstance(block, TextBlock) and block.text for block in found):
            return False
        return self._edit_in_place("Comment", edits.add_comment(self._shown, start, stop, comment))

    def _words_here(self) -> tuple[Place, Place]:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        start, stop = self.place_at(cursor.selectionStart()), self.place_at(cursor.selectionEnd())
        if start.block != stop.block and not self.textCursor().hasSelection():
            start = Place(stop.block, 0)
        return start, stop

    def delete_selection(self, label: str = "Delete") -> None:
        """What is selected, gone."""
        changed, caret = edits.delete(self._shown, *self._range())
        self.edit(label, changed, caret)

    def new_line(self, *, within: bool = False) -> None:
        """Enter: the block cut in two at the caret, or where ``within`` a line break in it."""
        pack, (start, stop) = self._shown, self._range()
        caret = start
        if start != stop:
            pack, caret = edits.delete(pack, start, stop)
        new = type_text(pack, caret, "\n") if within else pairs.next_line(pack, caret) or edits.split(pack, caret)
        self.edit("New line" if within else "New paragraph", new.pack, new.caret)

    def insert_text(self, string: str) -> None:
        """Words in place of the selection, as if typed in one go."""
        pack, (start, stop) = self._shown, self._range()
        if start != stop:
            pack, start = edits.delete(pack, start, stop)
        self.edit("Insert", *type_text(pack, start, clean(string)))

    # History

    def undo(self) -> None:
        """Take the last change of the pack back."""
        self._leave_typing()
        self.workspace.undo()

    def redo(self) -> None:
        """Do what was undone last again."""
        self._leave_typing()
        self.workspace.redo()

    def _leave_typing(self) -> None:
        if self.hasFocus():
            QGuiApplication.inputMethod().reset()
        self._run.end()
        self._pending = None
