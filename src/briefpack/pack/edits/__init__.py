"""Every way a pack changes, as plain functions that give a new pack and share all that did not change.

:mod:`.writing` is typing, deleting, formatting, pasting; :mod:`.moving` dragging; :mod:`.blocks` the kind, level and
order of whole blocks; :mod:`.boards` the board; :mod:`.annotations` comments, clips and lines; :mod:`.proposals` tracked
changes; :mod:`.details` the meeting and its people; :mod:`.vocabulary` the words that are spelt right; :mod:`.versions`
going back to what was.
"""

from briefpack.pack.edits.annotations import (
    ClipForm,
    add_comment,
    delete_comment,
    delete_reply,
    edit_comment,
    mark_clip,
    place_clips,
    reply_to,
    resolve,
    set_line,
    take_words,
)
from briefpack.pack.edits.blocks import (
    as_heading,
    as_list,
    as_paragraph,
    as_quote,
    indent,
    insert_blocks,
    move_blocks,
    move_section,
    remove_blocks,
    replace_block,
    set_role,
)
from briefpack.pack.edits.boards import (
    insert_table,
    mark_read,
    mark_unread,
    move_topic,
    pick_words,
    put_topic,
    remove_topic,
    set_board,
    unpick,
)
from briefpack.pack.edits.details import (
    add_biography,
    put_person,
    remove_person,
    set_meeting,
)
from briefpack.pack.edits.moving import move_range
from briefpack.pack.edits.places import Edited, Place, end_of, ordered, splice, start_of
from briefpack.pack.edits.proposals import accept_all_changes, accept_changes, reject_all_changes, reject_changes
from briefpack.pack.edits.versions import restored
from briefpack.pack.edits.vocabulary import as_word, forget_word, learn_word
from briefpack.pack.edits.writing import (
    Fragment,
    clear_formats,
    covered,
    cut_out,
    delete,
    insert_text,
    paste,
    set_mark,
    split,
    unset_mark,
)

__all__ = [
    "ClipForm",
    "Edited",
    "Fragment",
    "Place",
    "accept_all_changes",
    "accept_changes",
    "add_biography",
    "add_comment",
    "as_heading",
    "as_list",
    "as_paragraph",
    "as_quote",
    "as_word",
    "clear_formats",
    "covered",
    "cut_out",
    "delete",
    "delete_comment",
    "delete_reply",
    "edit_comment",
    "end_of",
    "forget_word",
    "indent",
    "insert_blocks",
    "insert_table",
    "insert_text",
    "learn_word",
    "mark_clip",
    "mark_read",
    "mark_unread",
    "move_blocks",
    "move_range",
    "move_section",
    "move_topic",
    "ordered",
    "paste",
    "pick_words",
    "place_clips",
    "put_person",
    "put_topic",
    "reject_all_changes",
    "reject_changes",
    "remove_blocks",
    "remove_person",
    "remove_topic",
    "replace_block",
    "reply_to",
    "resolve",
    "restored",
    "set_board",
    "set_line",
    "set_mark",
    "set_meeting",
    "set_role",
    "splice",
    "split",
    "start_of",
    "take_words",
    "unpick",
    "unset_mark",
]
