"""What a fragment of a pack says in plain words and in HTML: for the clipboard, and for those who listen. No Qt here."""

import html
from collections.abc import Iterable

from briefpack.pack.edits import Fragment
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Heading,
    Image,
    ListItem,
    MeetingDetails,
    PageBreak,
    Person,
    Quote,
    Table,
    TextBlock,
)
from briefpack.pack.text import Mark, MarkKind, Text


def object_words(block: AnyBlock, people: Iterable[Person]) -> str:
    """An object in a few words: what a screen reader says, and what a copy as text holds in its place."""
    match block:
        case Biography():
            name = next((person.name for person in people if person.id == block.person), "")
            return f"Biography: {name or 'unnamed'}"
        case Table():
            columns = len(block.rows[0]) if block.rows else 0
            return f"Table: {_count(len(block.rows), 'row')}, {_count(columns, 'column')}"
        case Image():
            return f"Picture: {block.alt or block.caption.string or 'no description'}"
        case MeetingDetails():
            return "Meeting details"
        case PageBreak():
            return "Page break"
        case _:
            return ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def as_text(fragment: Fragment) -> str:
    """A fragment as plain text: a paragraph a line, bullets as bullets, objects in words."""
    return "\n".join(_line(block, fragment) for block in fragment.blocks)


def _line(block: AnyBlock, fragment: Fragment) -> str:
    match block:
        case ListItem() if len(fragment.blocks) > 1:
            return "\t" * block.level + ("• " if not block.ordered else "") + block.text.string
        case TextBlock():
            return block.text.string
        case Biography():
            return "\n".join([f"[{object_words(block, fragment.people)}]", *(f"• {point}" for point in block.points)])
        case Table():
            return "\n".join("\t".join(cell.string.replace("\n", " ") for cell in row) for row in block.rows)
        case _:
            return f"[{object_words(block, fragment.people)}]"


_TAGS = {
    MarkKind.BOLD: "b",
    MarkKind.ITALIC: "i",
    MarkKind.UNDERLINE: "u",
    MarkKind.STRIKE: "s",
    MarkKind.INSERTION: "ins",
    MarkKind.DELETION: "del",
}


def as_html(fragment: Fragment) -> str:
    """A fragment as HTML that Word takes in with its headings, lists, bold and links."""
    out: list[str] = []
    open_lists: list[str] = []
    for block in fragment.blocks:
        if isinstance(block, ListItem):
            _open_lists(out, open_lists, block)
            out.append(f"<li>{rich(block.text)}</li>")
            continue
        _close_lists(out, open_lists, 0)
        out.append(_html_block(block, fragment))
    _close_lists(out, open_lists, 0)
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(out)}</body></html>'


def _open_lists(out: list[str], open_lists: list[str], item: ListItem) -> None:
    tag = "ol" if item.ordered else "ul"
    _close_lists(out, open_lists, item.level + 1)
    if len(open_lists) == item.level + 1 and open_lists[-1] != tag:
        _close_lists(out, open_lists, item.level)
    while len(open_lists) <= item.level:
        out.append(f"<{tag}>")
        open_lists.append(tag)


def _close_lists(out: list[str], open_lists: list[str], depth: int) -> None:
    while len(open_lists) > depth:
        out.append(f"</{open_lists.pop()}>")


def _html_block(block: AnyBlock, fragment: Fragment) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{rich(block.text)}</h{block.level}>"
        case Quote():
            return f"<blockquote>{rich(block.text)}</blockquote>"
        case TextBlock():
            return f"<p>{rich(block.text)}</p>"
        case Table():
            return _html_table(block)
        case PageBreak():
            return '<br style="page-break-before:always">'
        case Biography():
            points = "".join(f"<li>{rich(point)}</li>" for point in block.points)
            return f"<p><b>{html.escape(object_words(block, fragment.people))}</b></p><ul>{points}</ul>"
        case _:
            return f"<p>[{html.escape(object_words(block, fragment.people))}]</p>"


def _html_table(table: Table) -> str:
    rows = []
    for index, row in enumerate(table.rows):
        tag = "th" if table.header and index == 0 else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{rich(cell)}</{tag}>" for cell in row) + "</tr>")
    return f'<table border="1" style="border-collapse:collapse">{"".join(rows)}</table>'


def rich(text: Text) -> str:
    """The runs of a text as inline HTML."""
    return "".join(_run(string, marks) for string, marks in text.runs())


def _run(string: str, marks: tuple[Mark, ...]) -> str:
    out = html.escape(string).replace("\n", "<br>")
    for mark in marks:
        if tag := _TAGS.get(mark.kind):
            out = f"<{tag}>{out}</{tag}>"
        elif mark.kind == MarkKind.HIGHLIGHT:
            colour = html.escape(mark.value or "yellow")
            out = f'<span style="background:{colour};mso-highlight:{colour}">{out}</span>'
        elif mark.kind == MarkKind.LINK:
            out = f'<a href="{html.escape(mark.value)}">{out}</a>'
    return out
