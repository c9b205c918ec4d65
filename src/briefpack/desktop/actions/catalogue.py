"""Every action of the window."""

from briefpack.desktop.actions.spec import CHANGE, OPEN, WRITE, ActionSpec, Fact, Menu

FILE = (
    ActionSpec("file.new", "New pack…", "new", Menu.FILE, 1, "Ctrl+N"),
    ActionSpec("file.open", "Open…", "open", Menu.FILE, 1, "Ctrl+O"),
    ActionSpec("file.import", "Import a briefing…", "paste", Menu.FILE, 1, "Ctrl+Shift+O",
               tip="Make a pack of a briefing written in Word or as plain text"),
    ActionSpec("file.sample", "Open the sample", "sample", Menu.FILE, 1),
    ActionSpec("file.save", "Save", "save", Menu.FILE, 2, "Ctrl+S", CHANGE),
    ActionSpec("file.save_as", "Save as…", "save", Menu.FILE, 2, "Ctrl+Shift+S", OPEN),
    ActionSpec("file.export", "Export…", "export", Menu.FILE, 3, "Ctrl+E", OPEN,
               tip="Write the pack as a Word file, a web page, Markdown or plain text"),
    ActionSpec("file.compare", "Compare two documents…", "compare", Menu.FILE, 3,
               tip="See what became of one version of a briefing in another, and write a Word redline of it"),
    ActionSpec("file.keep", "Keep a version…", "saved", Menu.FILE, 4, "Ctrl+Alt+S", CHANGE,
               tip="Keep the pack as it is now under a name, so that it can be compared and gone back to"),
    ActionSpec("file.versions", "Versions…", "recent", Menu.FILE, 4, "Ctrl+Alt+V", OPEN,
               tip="Earlier saves and versions with a name: what changed since, and the way back"),
    ActionSpec("file.close", "Close the pack", "close", Menu.FILE, 6, "Ctrl+W", OPEN),
    ActionSpec("file.quit", "Quit", "close", Menu.FILE, 6, "Ctrl+Q"),
)  # fmt: skip

EDIT = (
    ActionSpec("edit.undo", "Undo", "undo", Menu.EDIT, 1, "Ctrl+Z", CHANGE | {Fact.UNDO}),
    ActionSpec("edit.redo", "Redo", "redo", Menu.EDIT, 1, "Ctrl+Y | Ctrl+Shift+Z", CHANGE | {Fact.REDO}),
    ActionSpec("edit.cut", "Cut", "cut", Menu.EDIT, 2, "Ctrl+X", CHANGE),
    ActionSpec("edit.copy", "Copy", "copy", Menu.EDIT, 2, "Ctrl+C", OPEN),
    ActionSpec("edit.paste", "Paste", "paste", Menu.EDIT, 2, "Ctrl+V", CHANGE),
    ActionSpec("edit.paste_text", "Paste as plain text", "text", Menu.EDIT, 2, "Ctrl+Shift+V", WRITE,
               tip="Paste the words alone, as part of the paragraph at the caret and its lists"),
    ActionSpec("edit.find", "Find…", "search", Menu.EDIT, 3, "Ctrl+F", OPEN, tip="Look for words in the whole pack"),
    ActionSpec("edit.replace", "Replace…", "replace", Menu.EDIT, 3, "Ctrl+H", CHANGE,
               tip="Look for words in the whole pack, and put others in their place"),
    ActionSpec("edit.find_next", "Find next", "next", Menu.EDIT, 3, "F3", OPEN,
               tip="The next hit of the find bar, or of the archive where that is being read"),
    ActionSpec("edit.find_previous", "Find previous", "previous", Menu.EDIT, 3, "Shift+F3", OPEN),
    ActionSpec("edit.go_to", "Go to…", "go_to", Menu.EDIT, 3, "Ctrl+G", OPEN,
               tip="Go to a heading, a line, a table or a card by a few letters of its name"),
    ActionSpec("edit.move_up", "Move paragraph up", "up", Menu.EDIT, 4, "Alt+Shift+Up", WRITE),
    ActionSpec("edit.move_down", "Move paragraph down", "down", Menu.EDIT, 4, "Alt+Shift+Down", WRITE),
    ActionSpec("edit.section_up", "Move section up", "up", Menu.EDIT, 4, "Ctrl+Alt+Up", WRITE | {Fact.HEADING},
               tip="Move the heading at the caret, with all under it, before the section above"),
    ActionSpec("edit.section_down", "Move section down", "down", Menu.EDIT, 4, "Ctrl+Alt+Down", WRITE | {Fact.HEADING},
               tip="Move the heading at the caret, with all under it, behind the section below"),
    ActionSpec("edit.details", "Meeting details…", "details", Menu.EDIT, 5, "Ctrl+D", CHANGE,
               tip="Title, date, place, attendees, purpose and marking"),
)  # fmt: skip

FORMAT = (
    ActionSpec("format.bold", "Bold", "bold", Menu.FORMAT, 1, "Ctrl+B", WRITE, checkable=True),
    ActionSpec("format.italic", "Italic", "italic", Menu.FORMAT, 1, "Ctrl+I", WRITE, checkable=True),
    ActionSpec("format.underline", "Underline", "underline", Menu.FORMAT, 1, "Ctrl+U", WRITE, checkable=True),
    ActionSpec("format.strike", "Strike through", "strike", Menu.FORMAT, 1, "Ctrl+Shift+X", WRITE, checkable=True),
    ActionSpec("format.highlight", "Highlight", "highlight", Menu.FORMAT, 1, "Ctrl+Shift+H", WRITE, checkable=True),
    ActionSpec("format.clear", "Clear formatting", "clear", Menu.FORMAT, 1, "Ctrl+Space", WRITE),
    ActionSpec("format.paragraph", "Paragraph", "paragraph", Menu.FORMAT, 2, "Ctrl+Alt+0", WRITE),
    ActionSpec("format.heading1", "Heading 1", "heading1", Menu.FORMAT, 2, "Ctrl+Alt+1", WRITE),
    ActionSpec("format.heading2", "Heading 2", "heading2", Menu.FORMAT, 2, "Ctrl+Alt+2", WRITE),
    ActionSpec("format.heading3", "Heading 3", "heading3", Menu.FORMAT, 2, "Ctrl+Alt+3", WRITE),
    ActionSpec("format.quote", "Quotation", "quote", Menu.FORMAT, 2, "Ctrl+Alt+Q", WRITE),
    ActionSpec("format.bullets", "Bullets", "bullets", Menu.FORMAT, 3, "Ctrl+Shift+L", WRITE),
    ActionSpec("format.numbers", "Numbers", "numbers", Menu.FORMAT, 3, "Ctrl+Shift+N", WRITE),
    ActionSpec("format.indent", "Indent", "indent", Menu.FORMAT, 3, "Ctrl+]", WRITE),
    ActionSpec("format.outdent", "Outdent", "outdent", Menu.FORMAT, 3, "Ctrl+[", WRITE),
    ActionSpec("format.smart", "Smart quotes and dashes as you type", "quote", Menu.FORMAT, 4, checkable=True,
               tip="Straight quotation marks become curly, a hyphen between spaces a dash; Ctrl+Z takes just that back"),
    ActionSpec("format.shapes", "Lists and headings as you type", "bullets", Menu.FORMAT, 4, checkable=True,
               tip="At the start of a paragraph “- ” makes a bullet, “1. ” a number, “# ” a heading, “> ” a quotation"),
)  # fmt: skip

INSERT = (
    ActionSpec("insert.table", "Table…", "table", Menu.INSERT, 1, "", WRITE),
    ActionSpec("insert.image", "Picture…", "image", Menu.INSERT, 1, "", WRITE),
    ActionSpec("insert.biography", "Biography…", "biography", Menu.INSERT, 1, "", WRITE),
    ActionSpec("insert.link", "Link…", "link", Menu.INSERT, 1, "Ctrl+Shift+K", WRITE,
               tip="Let the selected words lead to a web page or an e-mail address"),
    ActionSpec("insert.page_break", "Page break", "page_break", Menu.INSERT, 2, "", WRITE),
)

REVIEW = (
    ActionSpec("review.comment", "Comment…", "add_comment", Menu.REVIEW, 1, "Ctrl+Alt+M", WRITE,
               tip="Put a comment on the selected words"),
    ActionSpec("review.next", "Next comment", "next", Menu.REVIEW, 2, "F8", OPEN),
    ActionSpec("review.previous", "Previous comment", "previous", Menu.REVIEW, 2, "Shift+F8", OPEN),
    ActionSpec("review.reply", "Reply to the comment", "reply", Menu.REVIEW, 3, "Ctrl+Alt+R", CHANGE | {Fact.COMMENT}),
    ActionSpec("review.resolve", "Resolve the comment", "resolve", Menu.REVIEW, 3, "Ctrl+Alt+Return",
               CHANGE | {Fact.COMMENT}),
    ActionSpec("review.delete", "Delete the comment", "delete", Menu.REVIEW, 3, "", CHANGE | {Fact.COMMENT}),
    ActionSpec("review.line", "Line…", "line", Menu.REVIEW, 4, "Ctrl+L", WRITE | {Fact.LINE},
               tip="Who owns the selected lines to take, how far they have come, and when they go off"),
    ActionSpec("review.cleared", "Line is cleared", "resolve", Menu.REVIEW, 4, "F9", WRITE | {Fact.LINE}, checkable=True,
               tip="Mark the selected lines to take as cleared, or as drafts again"),
    ActionSpec("review.line_owner", "Owner of the line…", "person", Menu.REVIEW, 4, "Ctrl+Alt+O", WRITE | {Fact.LINE},
               tip="Say who answers for the selected lines to take"),
    ActionSpec("review.line_now", "Right as at now", "recent", Menu.REVIEW, 4, "Ctrl+Alt+N", WRITE | {Fact.LINE},
               tip="The words of the selected lines to take are right at this minute"),
    ActionSpec("review.line_until", "Good until…", "details", Menu.REVIEW, 4, "Ctrl+Alt+U", WRITE | {Fact.LINE},
               tip="Say at what time the selected lines to take go off"),
    ActionSpec("review.line_event", "Changes when…", "warning", Menu.REVIEW, 4, "Ctrl+Alt+E", WRITE | {Fact.LINE},
               tip="Say with what event the selected lines to take go off"),
    ActionSpec("review.misspelling", "Next misspelling", "spelling", Menu.REVIEW, 5, "F7", OPEN,
               tip="Go to the next misspelt word of the pack, and show what may have been meant"),
    ActionSpec("review.misspelling_before", "Previous misspelling", "previous", Menu.REVIEW, 5, "Shift+F7", OPEN),
    ActionSpec("review.spelling", "Check spelling as you type", "underline", Menu.REVIEW, 5, checkable=True,
               tip="Underline misspelt words"),
)  # fmt: skip

_DECIDE = CHANGE | {Fact.ITEM}

RETURNS = (
    ActionSpec("returns.take", "Take back returns…", "returns", Menu.REVIEW, 6, "Ctrl+Alt+T", CHANGE,
               tip="Read the Word files that reviewers sent back; they can be dropped on the window, too"),
    ActionSpec("returns.next", "Next item of the returns", "next", Menu.REVIEW, 6, "F4", OPEN | {Fact.RETURNS}),
    ActionSpec("returns.previous", "Previous item of the returns", "previous", Menu.REVIEW, 6, "Shift+F4",
               OPEN | {Fact.RETURNS}),
    ActionSpec("returns.accept", "Accept", "resolve", Menu.REVIEW, 7, "", _DECIDE,
               tip="Make the chosen change in the pack, or settle the chosen comment: A in the list of returns"),
    ActionSpec("returns.reject", "Reject", "close", Menu.REVIEW, 7, "", _DECIDE,
               tip="Leave the pack as it is: R in the list of returns"),
    ActionSpec("returns.edit", "Accept in other words…", "edit", Menu.REVIEW, 7, "", _DECIDE,
               tip="Put words of your own where the change stands: E in the list of returns"),
    ActionSpec("returns.reply", "Reply to the reviewer", "reply", Menu.REVIEW, 7, "", _DECIDE,
               tip="Write what the reviewer is told: Enter in the list of returns"),
    ActionSpec("returns.send", "Send the reply", "reply", Menu.REVIEW, 7, "", _DECIDE,
               tip="Answer the chosen comment and leave its thread open: Ctrl+Enter in the reply"),
    ActionSpec("returns.accept_person", "Accept all of this person", "accept_all", Menu.REVIEW, 8, "", _DECIDE,
               tip="Shift+P in the list of returns"),
    ActionSpec("returns.accept_section", "Accept all in this section", "accept_all", Menu.REVIEW, 8, "", _DECIDE,
               tip="Shift+S in the list of returns"),
    ActionSpec("returns.undo", "Take the decision back", "undo", Menu.REVIEW, 8, "", CHANGE | {Fact.RETURNS},
               tip="Undo what was decided on the chosen item, or what was done last: Z in the list of returns"),
    ActionSpec("returns.answer", "Answer the reviewers…", "export", Menu.REVIEW, 8, "", OPEN | {Fact.RETURNS},
               tip="Write “you said, we did” in Word, with your replies in their threads, and a decision record"),
    ActionSpec("returns.write", "Back to writing", "edit", Menu.REVIEW, 8, "", OPEN | {Fact.REVIEWING},
               tip="Leave the document with the changes in it: Esc in the list of returns"),
    ActionSpec("review.next_change", "Next tracked change", "next", Menu.REVIEW, 9, "Ctrl+F8", OPEN | {Fact.WRITING},
               tip="Go to the next insertion or deletion that somebody proposes in the text"),
    ActionSpec("review.previous_change", "Previous tracked change", "previous", Menu.REVIEW, 9, "Ctrl+Shift+F8",
               OPEN | {Fact.WRITING}),
    ActionSpec("review.accept_change", "Accept the tracked change", "resolve", Menu.REVIEW, 9, "Ctrl+Alt+A",
               WRITE | {Fact.CHANGED}, tip="Make the change at the caret, and go to the next"),
    ActionSpec("review.reject_change", "Reject the tracked change", "close", Menu.REVIEW, 9, "Ctrl+Alt+X",
               WRITE | {Fact.CHANGED}, tip="Leave the words at the caret as they were, and go to the next"),
    ActionSpec("review.accept_changes", "Accept all tracked changes", "accept_all", Menu.REVIEW, 9, "", WRITE),
    ActionSpec("review.reject_changes", "Reject all tracked changes", "close", Menu.REVIEW, 9, "", WRITE),
    ActionSpec("review.changes", "List of tracked changes…", "numbers", Menu.REVIEW, 9, "", OPEN | {Fact.WRITING}),
)  # fmt: skip

_PLACE = WRITE | {Fact.READING}

ARCHIVE = (
    ActionSpec("archive.search", "Search the archive", "search", Menu.ARCHIVE, 1, "Ctrl+Shift+F"),
    ActionSpec("archive.add", "Add documents…", "add_documents", Menu.ARCHIVE, 1),
    ActionSpec("archive.watch", "Watch a folder…", "recent", Menu.ARCHIVE, 1,
               tip="Add what is in a folder now, and whatever comes into it later"),
    ActionSpec("archive.refresh", "Look into watched folders", "reopen", Menu.ARCHIVE, 1, "F5",
               tip="Add what is new or changed in the watched folders"),
    ActionSpec("archive.open_shared", "Open shared archive…", "shared", Menu.ARCHIVE, 1,
               tip="Search the archive of your department, which is on a server"),
    ActionSpec("archive.open_own", "Open your own archive", "archive", Menu.ARCHIVE, 1,
               tip="Search the archive on this computer"),
    ActionSpec("archive.next_hit", "Next hit", "next", Menu.ARCHIVE, 2, "Ctrl+F3", frozenset({Fact.READING})),
    ActionSpec("archive.previous_hit", "Previous hit", "previous", Menu.ARCHIVE, 2, "Ctrl+Shift+F3",
               frozenset({Fact.READING})),
    ActionSpec("archive.sentences", "Select whole sentences", "text", Menu.ARCHIVE, 2, "Ctrl+Shift+E",
               frozenset({Fact.READING}), tip="Widen the selection in the reading pane to whole sentences"),
    ActionSpec("archive.as_line", "Insert as line", "line", Menu.ARCHIVE, 3, "Ctrl+Return", _PLACE,
               tip="Put what is selected in the reading pane into the pack as a line to take, with its source"),
    ActionSpec("archive.as_quote", "Insert as quotation", "quote", Menu.ARCHIVE, 3, "Ctrl+Shift+Return", _PLACE),
    ActionSpec("archive.as_paragraph", "Insert as background paragraph", "paragraph", Menu.ARCHIVE, 3, "", _PLACE),
    ActionSpec("archive.inline", "Insert in the sentence", "inline", Menu.ARCHIVE, 3, "", _PLACE),
    ActionSpec("archive.pick", "Pick for the board…", "saved", Menu.ARCHIVE, 3, "Ctrl+Alt+P", _PLACE,
               tip="Keep what is selected in the reading pane as their words on a topic of the board"),
    ActionSpec("archive.copy", "Copy with source", "copy", Menu.ARCHIVE, 4, "Ctrl+Shift+C", frozenset({Fact.READING})),
    ActionSpec("archive.details", "Document details…", "information", Menu.ARCHIVE, 4, "Ctrl+Alt+D",
               frozenset({Fact.READING}), tip="Correct what is known of the document in the reading pane"),
    ActionSpec("archive.board", "What they said, and when…", "board", Menu.ARCHIVE, 5, "Ctrl+Alt+B", OPEN,
               tip="Their words by topic and time, our line beside them, and what is newer and was not read"),
    ActionSpec("archive.origin", "Where is this from?", "origin", Menu.ARCHIVE, 5, "Ctrl+Alt+W", OPEN | {Fact.SELECTION},
               tip="Look in the archive for the words that are selected in the document"),
    ActionSpec("archive.check", "Check clips…", "proved", Menu.ARCHIVE, 5, "", OPEN,
               tip="See whether the archive still holds the words that were taken from it"),
    ActionSpec("archive.acronyms", "Acronyms…", "text", Menu.ARCHIVE, 6,
               tip="Short forms that a search finds with their long ones: add your own, or switch some off"),
    ActionSpec("archive.tag_rules", "Tag rules…", "filter", Menu.ARCHIVE, 6,
               tip="The words by which documents are tagged"),
)  # fmt: skip

VIEW = (
    ActionSpec("view.outline", "Outline", "outline", Menu.VIEW, 1, "Ctrl+1", OPEN),
    ActionSpec("view.document", "Document", "paragraph", Menu.VIEW, 1, "Ctrl+2", OPEN),
    ActionSpec("view.archive", "Archive", "archive", Menu.VIEW, 1, "Ctrl+3"),
    ActionSpec("view.comments", "Comments", "comment", Menu.VIEW, 1, "Ctrl+4", OPEN),
    ActionSpec("view.people", "People", "people", Menu.VIEW, 1, "Ctrl+5", OPEN),
    ActionSpec("view.objects", "Tables, pictures and cards", "objects", Menu.VIEW, 1, "Ctrl+6", OPEN),
    ActionSpec("view.lines", "Lines to take", "line", Menu.VIEW, 1, "Ctrl+7", OPEN),
    ActionSpec("view.returns", "Returns", "returns", Menu.VIEW, 1, "Ctrl+8", OPEN),
    ActionSpec("view.float", "Archive in a window of its own", "archive", Menu.VIEW, 2, checkable=True),
    ActionSpec("view.next_pane", "Next pane", "next", Menu.VIEW, 2, "F6"),
    ActionSpec("view.previous_pane", "Previous pane", "previous", Menu.VIEW, 2, "Shift+F6"),
    ActionSpec("view.fold", "Fold the section", "fold", Menu.VIEW, 3, "Ctrl+.", OPEN | {Fact.WRITING, Fact.HEADING},
               tip="Fold away what is under the heading at the caret, or show it again"),
    ActionSpec("view.fold_all", "Fold every section", "fold_all", Menu.VIEW, 3, "Ctrl+Shift+.", OPEN | {Fact.WRITING}),
    ActionSpec("view.unfold_all", "Unfold everything", "unfold_all", Menu.VIEW, 3, "Ctrl+Alt+.", OPEN | {Fact.WRITING}),
    ActionSpec("view.focus", "Show only this section", "focus", Menu.VIEW, 3, "F11",
               OPEN | {Fact.WRITING, Fact.HEADING}, tip="Hide everything but the section at the caret; Esc shows it again"),
    ActionSpec("view.zoom_in", "Larger text", "zoom_in", Menu.VIEW, 4, "Ctrl++ | Ctrl+=", OPEN),
    ActionSpec("view.zoom_out", "Smaller text", "zoom_out", Menu.VIEW, 4, "Ctrl+-", OPEN),
    ActionSpec("view.zoom_reset", "Text at 100 %", "zoom_in", Menu.VIEW, 4, "Ctrl+0", OPEN),
    ActionSpec(
        "view.system", "Light or dark as the system is", "system", Menu.VIEW, 5, checkable=True, choice="scheme"
    ),
    ActionSpec("view.light", "Light", "light", Menu.VIEW, 5, checkable=True, choice="scheme"),
    ActionSpec("view.dark", "Dark", "dark", Menu.VIEW, 5, checkable=True, choice="scheme"),
)

HELP = (
    ActionSpec("help.palette", "Find a command…", "palette", Menu.HELP, 1, "Ctrl+K"),
    ActionSpec("help.shortcuts", "Keyboard shortcuts", "keyboard", Menu.HELP, 1, "Ctrl+/"),
    ActionSpec("help.about", "About Briefpack", "information", Menu.HELP, 2),
)

ALL: tuple[ActionSpec, ...] = (*FILE, *EDIT, *FORMAT, *INSERT, *REVIEW, *RETURNS, *ARCHIVE, *VIEW, *HELP)

STYLES = ("format.paragraph", "format.heading1", "format.heading2", "format.heading3", "format.quote")
INSERTS = ("insert.table", "insert.image", "insert.biography", "insert.link", "insert.page_break")

TOOLBAR: tuple[str | tuple[str, ...], ...] = (
    ("file.open", "file.save"),
    ("edit.undo", "edit.redo"),
    "styles",
    ("format.bold", "format.italic", "format.underline", "format.highlight"),
    ("format.bullets", "format.numbers", "format.outdent", "format.indent"),
    "inserts",
    ("review.comment",),
    "space",
    ("edit.details", "file.export"),
)
"""What is on the toolbar: groups of actions, and by name the two menus and the space that pushes the rest to the right."""

WITH_TEXT = frozenset({"review.comment", "edit.details", "file.export"})
"""The actions whose text stands on the toolbar beside the icon."""
