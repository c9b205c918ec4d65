"""Any Word file as a report: its comments with their words and threads, and its tracked changes.

The report is in plain values, as ``briefpack read --json`` prints it: keys may be added, never renamed.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from briefpack.ooxml.changes import Change
from briefpack.ooxml.comments import FileComment
from briefpack.ooxml.document import Document, read_document
from briefpack.ooxml.grouping import changes_of
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import paragraphs
from briefpack.pack.text import MarkKind
from briefpack.safety.files import read_input
from briefpack.safety.isolate import run_isolated

Plain = dict[str, Any]

SECONDS = 20
"""How long reading one file may take."""

MEMORY_MB = 1024
"""How much memory it may take."""


def read_word_file(path: Path, *, seconds: float = SECONDS) -> Plain:
    """The comments and changes of a Word file, read in a child process with limits of time and memory.

    Raises:
        UserError: it is not a Word file, or one that is protected, holds macros, is damaged or over the limits.
    """
    return run_isolated(report, read_input(path), str(path), seconds=seconds, memory_mb=MEMORY_MB, where=path)


def report(data: bytes, where: str) -> Plain:
    """The report on a file's bytes; what is unknown is None.

    Of a comment ``anchor`` are the words that it stands on, empty where it stands between two characters and None where
    it is in no place of the text; ``parent`` is the id of the comment that it answers.
    """
    document = read_document(open_package(data, where))
    anchors = anchors_of(document)
    return {
        "comments": [_comment(each, anchors) for each in document.comments],
        "changes": [_change(each) for each in changes_of(document.stories)],
        "problems": list(_problems(document, anchors)),
        "recovered": bool(document.recovered),
    }


def anchors_of(document: Document) -> dict[str, str]:
    """By the ids of the comments the words that they stand on, one line a paragraph; of those that have a place.

    A reply that has no place of its own has that of the comment that it answers.
    """
    found: dict[str, list[str]] = {}
    for story in document.stories:
        for paragraph in paragraphs(story.items):
            for mark in paragraph.text.marks:
                if mark.kind is MarkKind.COMMENT:
                    found.setdefault(mark.value, []).append(paragraph.text.string[mark.start : mark.end])
    anchors = {each.id: "" for each in document.comments if each.id in document.anchored}
    anchors |= {comment: "\n".join(said) for comment, said in found.items()}
    for each in document.comments:
        if each.parent in anchors:
            anchors.setdefault(each.id, anchors[each.parent])
    return anchors


def _comment(comment: FileComment, anchors: dict[str, str]) -> Plain:
    return {
        "id": comment.id,
        "author": comment.author or None,
        "initials": comment.initials or None,
        "time": comment.time,
        "text": comment.text,
        "anchor": anchors.get(comment.id),
        "resolved": comment.resolved,
        "parent": comment.parent,
    }


def _change(change: Change) -> Plain:
    return {
        "kind": change.kind.value,
        "author": change.author or None,
        "time": change.time,
        "before": change.before,
        "after": change.after,
        "about": change.about or None,
        "where": change.where or None,
    }


def _problems(document: Document, anchors: dict[str, str]) -> list[str]:
    """What the reader should know, sentence by sentence."""
    found = []
    if document.recovered:
        parts = ", ".join(document.recovered)
        found.append(f"The file is damaged: what could be read of it was recovered ({parts}). Check it.")
    found.extend(document.notes)
    found.extend(
        f"A comment is in no place of the text: “{_short(each.text)}”"
        for each in document.comments
        if each.id not in anchors
    )
    known = Counter(each.id for each in document.comments)
    lost = sorted(document.anchored - known.keys())
    found.extend(f"A comment that the text refers to is not in the file (its number is {each})." for each in lost)
    return found


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
