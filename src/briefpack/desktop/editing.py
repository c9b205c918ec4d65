"""What the Edit, Format, Insert and Review menus do to the document.

Forms are loaded when they are asked for, so that the window is there sooner.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from briefpack.desktop.dialogs.message import ask_which
from briefpack.desktop.documents import Documents
from briefpack.desktop.editor.autoformat import Options
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.outline.panel import OutlinePanel
from briefpack.desktop.settings import Author, Settings
from briefpack.desktop.side import SidePanels
from briefpack.desktop.workspace import Workspace
from briefpack.pack.edits import add_biography, put_person, replace_block
from briefpack.pack.links import is_safe
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Heading,
    Image,
    ListItem,
    MeetingDetails,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)
from briefpack.pack.outline import section_of
from briefpack.pack.text import MarkKind

HIGHLIGHT = "yellow"


class EditCommands(QObject):
    """Edits of the open pack; forms where one is needed.

    Args:
        workspace: the pack.
        documents: where its pictures are.
        editor: the document.
        outline: the tree of headings.
        side: the panels at the right: of the comments, the chosen one is answered, resolved and deleted.
        settings: as whom the user comments.
        window: what dialogs stand over.
    """

    said = Signal(str, str, object)

    def __init__(
        self,
        workspace: Workspace,
        documents: Documents,
        editor: PackEditor,
        outline: OutlinePanel,
        side: SidePanels,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._documents = documents
        self._editor = editor
        self._outline, self._side = outline, side
        self._settings = settings
        self._window = window
        editor.automatic = Options(settings.smart, settings.shapes)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        editor, side = self._editor, self._side
        return {
            "edit.undo": editor.undo,
            "edit.redo": editor.redo,
            "edit.cut": lambda: _at_focus(editor).cut(),
            "edit.copy": lambda: _at_focus(editor).copy(),
            "edit.paste": lambda: _at_focus(editor).paste(),
            "edit.paste_text": self.paste_text,
            "edit.move_up": lambda: editor.move_block(-1),
            "edit.move_down": lambda: editor.move_block(1),
            "edit.section_up": lambda: self.move_section(-1),
            "edit.section_down": lambda: self.move_section(1),
            "edit.details": self.details,
            "format.bold": lambda _on: editor.toggle_mark(MarkKind.BOLD),
            "format.italic": lambda _on: editor.toggle_mark(MarkKind.ITALIC),
            "format.underline": lambda _on: editor.toggle_mark(MarkKind.UNDERLINE),
            "format.strike": lambda _on: editor.toggle_mark(MarkKind.STRIKE),
            "format.highlight": lambda on: editor.set_highlight(HIGHLIGHT if on else ""),
            "format.clear": editor.clear_formats,
            "format.paragraph": editor.make_paragraph,
            "format.heading1": lambda: editor.make_heading(1),
            "format.heading2": lambda: editor.make_heading(2),
            "format.heading3": lambda: editor.make_heading(3),
            "format.quote": editor.make_quote,
            "format.bullets": lambda: editor.make_list(False),
            "format.numbers": lambda: editor.make_list(True),
            "format.indent": lambda: editor.indent(1),
            "format.outdent": lambda: editor.indent(-1),
            "format.smart": lambda on: self._type_with(smart=on),
            "format.shapes": lambda on: self._type_with(shapes=on),
            "insert.table": self.insert_table,
            "insert.image": self.insert_image,
            "insert.biography": lambda: self.biography_of(""),
            "insert.link": self.link,
            "insert.page_break": lambda: editor.insert_block(PageBreak()),
            "view.margin": self._show_margin,
            "review.comment": self.comment,
            "review.next": lambda: side.comments.step(1),
            "review.previous": lambda: side.comments.step(-1),
            "review.reply": self.reply,
            "review.resolve": self.resolve,
            "review.delete": self.delete_comment,
        }

    def _type_with(self, **chosen: bool) -> None:
        """What is done while the user types, from now on."""
        made = self._editor.automatic = self._editor.automatic._replace(**chosen)
        self._settings.smart, self._settings.shapes = made

    def _show_margin(self, on: bool) -> None:
        """What stands beside the sheet, or nothing."""
        self._settings.margin = on
        self._editor.show_margin(on)

    def details(self) -> None:
        """The meeting's details, all of them one step of the history."""
        from briefpack.desktop.dialogs.meeting import MeetingDialog, apply_details

        details = MeetingDialog.ask(self._workspace.pack, self._window)
        if details is not None:
            self._workspace.apply(apply_details(self._workspace.pack, details), "Meeting details")

    def comment(self) -> None:
        """A comment on the selected words, or the word at the caret."""
        from briefpack.desktop.dialogs.comment import CommentDialog

        words = self._editor.selected_text() or "the word at the cursor"
        comment = CommentDialog.ask(words, self._settings.author, self._window)
        if comment is None:
            return
        self._settings.author = Author(comment.author, comment.initials)
        if self._editor.comment_on_selection(comment):
            self._side.comments.choose(comment.id)
        else:
            self.said.emit("Select words of the document to comment on", "", None)

    def reply(self) -> None:
        """Let the user answer the chosen comment."""
        self._choose_at_caret()
        self._side.comments.focus_reply()

    def resolve(self) -> None:
        """The chosen comment's thread closed, or opened again."""
        self._choose_at_caret()
        self._side.comments.toggle_resolved()

    def delete_comment(self) -> None:
        """The chosen comment gone."""
        self._choose_at_caret()
        self._side.comments.delete()

    def _choose_at_caret(self) -> None:
        """While the document is written in, the comment at the caret is meant, whichever was chosen before."""
        comment = self._editor.comment_here() if self._editor.hasFocus() else None
        if comment is not None:
            self._editor.comment_clicked.emit(comment)

    def insert_table(self) -> None:
        """A new table at the caret."""
        from briefpack.desktop.dialogs.table import TableDialog

        table = TableDialog.ask(None, self._window, smart=self._editor.automatic.smart)
        if table is not None:
            self._editor.insert_block(table)

    def insert_image(self) -> None:
        """A new picture at the caret."""
        from briefpack.desktop.dialogs.image import ImageDialog

        answer = ImageDialog.ask(None, None, self._window)
        if answer is not None:
            self._documents.add_picture(*answer.picture)
            self._editor.insert_block(answer.block)

    def paste_text(self) -> None:
        """The clipboard's words alone; a field that is typed into takes no more than them anyway."""
        focus = _at_focus(self._editor)
        self._editor.paste_text() if focus is self._editor else focus.paste()

    def place_pictures(self, sources: Sequence[Path | bytes]) -> None:
        """Pictures that were pasted or dropped: each goes in at the caret once it is said what it shows."""
        from briefpack.desktop.dialogs.image import ImageDialog

        for source in sources:
            answer = ImageDialog.ask_about(source, self._window)
            if answer is None:
                return
            self._documents.add_picture(*answer.picture)
            self._editor.insert_block(answer.block)

    def link(self) -> None:
        """The selected words, or the link at the caret, lead to an address; or words that do are put in."""
        from briefpack.desktop.dialogs.link import LinkDialog

        editor, here = self._editor, self._editor.link_here()
        words = editor.words_between(*here.places) if here else editor.selected_text()
        answer = LinkDialog.ask(words, here.value if here else "", self._window)
        if answer is not None:
            editor.put_link(*answer)

    def follow_link(self, address: str) -> None:
        """Open a link outside, once the user has seen where it leads."""
        if not is_safe(address):
            self.said.emit("This link leads to no web page or e-mail address, and is not opened", "", None)
        elif ask_which(self._window, "Open this link?", address, "Open") == 0:
            QDesktopServices.openUrl(QUrl(address))

    def biography_of(self, person: str) -> None:
        """A person's card: opened where there is one, else made behind the caret. An empty id stands for a new person."""
        from briefpack.desktop.dialogs.biography import BiographyDialog

        pack = self._workspace.pack
        card = next((b for b in pack.body if isinstance(b, Biography) and b.person == person), None) if person else None
        photo = self._documents.picture(card.photo) if card and card.photo else None
        answer = BiographyDialog.ask(pack.person(person) if person else None, card, photo, self._window)
        if answer is None:
            return
        if answer.photo is not None:
            self._documents.add_picture(*answer.photo)
        pack = self._workspace.pack
        if card is not None:
            self._workspace.apply(replace_block(put_person(pack, answer.person), answer.card), "Biography")
            return
        here = self._editor.current_block()
        index = pack.index(here) + 1 if here else len(pack.body)
        self._workspace.apply(add_biography(pack, index, answer.person, answer.card), "Insert biography")
        self._editor.go_to_block(answer.card.id)

    def open_object(self, block: str) -> None:
        """The form of a table, picture, card or the meeting's details."""
        from briefpack.desktop.dialogs.image import ImageDialog
        from briefpack.desktop.dialogs.table import TableDialog

        found = self._workspace.pack.block(block)
        if not self._documents.writable:
            return
        match found:
            case MeetingDetails():
                self.details()
            case Biography():
                self.biography_of(found.person)
            case Table():
                table = TableDialog.ask(found, self._window, smart=self._editor.automatic.smart)
                if table is not None:
                    self._workspace.apply(replace_block(self._workspace.pack, table), "Table")
            case Image():
                answer = ImageDialog.ask(found, self._documents.picture(found.media), self._window)
                if answer is not None:
                    self._documents.add_picture(*answer.picture)
                    self._workspace.apply(replace_block(self._workspace.pack, answer.block), "Picture")

    def move_section(self, by: int) -> None:
        """The section that the caret is in, one place up or down."""
        here = self._editor.current_block()
        section = section_of(self._workspace.pack, here) if here else None
        if section is not None:
            self._outline.move_by(by, section.heading.id)


def _at_focus(editor: PackEditor) -> QLineEdit | QTextEdit | QPlainTextEdit:
    """What the clipboard's commands are about: the field that is being typed into, else the document."""
    focus = QApplication.focusWidget()
    return focus if isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit) else editor


def kind_of(block: AnyBlock) -> str:
    """What kind of paragraph a block is, as the toolbar names it."""
    match block:
        case Heading():
            return f"Heading {block.level}"
        case ListItem():
            return "Numbers" if block.ordered else "Bullets"
        case Quote():
            return "Quotation"
        case Paragraph():
            return "Paragraph"
        case _:
            return "Object"
