"""PDF files: one document each, in reading order, with the page of every passage. PDFium parses them, in a child process.

What stands on no page as text is not read: pictures, comments, the fields of forms. A creation date is not a date of
publication and is left alone.
"""

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from briefpack.archive.debris import folded
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.archive.readers.pdf_layout import Paragraph, paragraphs_of
from briefpack.archive.readers.pdf_lines import Printed
from briefpack.errors import UserError
from briefpack.pack.text import clean

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 5000
MOST_CHARACTERS = 20_000_000

_LONGEST_TITLE = 200
_TITLE_SIZE = 1.2
"""How much larger than the text the title at the top of the first page is set at the least."""

_UNREADABLE, _ODD = 0.5, 0.02
"""The shares of characters without a known letter from which on a file is not read, or is flagged."""

_NAMED = 20
_PASSWORD = 4
"""PDFium's number for a document that cannot be opened without its password."""

_NO_TITLE = re.compile(r"microsoft word|untitled|\.(?:docx?|odt|indd|qxd|pdf)\b|^\W*$", re.IGNORECASE)


class _Pages(Struct):
    """What is on the pages of a file: the pages that are pictures alone, and those that are damaged, by their numbers."""

    printed: list[list[Printed]] = []
    pictures: list[int] = []
    damaged: list[int] = []
    characters: int = 0
    unknown: int = 0


def read(data: bytes, name: str) -> Reading:
    """The one document of a file. UserError for a scan, and for what is encrypted, damaged or without any letters."""
    document = _opened(data, name)
    try:
        pages = _pages(document, name)
        stated_title = clean(document.get_metadata_value("Title")).strip()
    finally:
        document.close()
    paragraphs, body = paragraphs_of(pages.printed)
    title, rest = _titled(paragraphs, body, stated_title)
    return Reading((Found(title or name, tuple(each.row for each in rest), flags=_flags(pages)),))


def _opened(data: bytes, name: str) -> "pypdfium2.PdfDocument":
    import pypdfium2  # a library in C++: in the child process alone

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise UserError(
                "This PDF is protected with a password",
                where=name,
                do="Open it with its password and print it to a new PDF",
            ) from error
        raise _damaged(name) from error
    if pages > MOST_PAGES:
        raise UserError(f"This PDF has more than {MOST_PAGES:,} pages", where=name, do="Split it into smaller files")
    return document


def _pages(document: "pypdfium2.PdfDocument", name: str) -> _Pages:
    """What is on every page. UserError where there is no text on any, or too much, or none of its letters is known."""
    from pypdfium2 import PdfiumError

    from briefpack.archive.readers.pdf_page import has_picture, printed_on

    found = _Pages()
    for number in range(len(document)):
        printed: list[Printed] = []
        try:
            page = document[number]
            printed, characters, unknown = printed_on(page)
            if not printed and has_picture(page):
                found.pictures.append(number + 1)
            page.close()
        except PdfiumError:
            found.damaged.append(number + 1)
        else:
            found.characters += characters
            found.unknown += unknown
        found.printed.append(printed)
        if found.characters > MOST_CHARACTERS:
            raise UserError("This PDF has more text than any document", where=name, do="Split it into smaller files")
    if not any(found.printed):
        raise _without_text(found, name)
    if found.unknown > _UNREADABLE * found.characters:
        raise UserError(
            "The letters of this PDF cannot be told from its signs: it was made without saying what they mean",
            where=name,
            do="Ask for the document in another form, or have its text recognised (OCR)",
        )
    return found


def _without_text(found: _Pages, name: str) -> UserError:
    if found.pictures:
        count = len(found.printed)
        pages = "its page is a picture" if count == 1 else f"its {count} pages are pictures"
        return UserError(
            f"This PDF is a scan: {pages} without text",
            where=name,
            do="Have its text recognised (OCR) and add the result, or ask for the document itself",
        )
    if found.damaged:
        return _damaged(name)
    return UserError("There is no text in this PDF", where=name, do="Check that it is the right file")


def _damaged(name: str) -> UserError:
    return UserError("This is not a PDF, or it is damaged", where=name, do="Open it and print it to a new PDF")


def _flags(found: _Pages) -> tuple[str, ...]:
    flags = []
    for pages, why in ((found.pictures, "pictures without text, not read"), (found.damaged, "damaged, not read")):
        if pages:
            which = ", ".join(map(str, pages[:_NAMED])) + (" and more" if len(pages) > _NAMED else "")
            flags.append(f"page{'' if len(pages) == 1 else 's'} {which}: {why}")
    if found.unknown > _ODD * found.characters:
        flags.append("some of its letters are not known: compare with the file before quoting")
    return tuple(flags)


def _titled(paragraphs: list[Paragraph], body: float, stated: str) -> tuple[str, list[Paragraph]]:
    """The title, and the paragraphs without it.

    It is the largest line of the first page if that is larger than the text; else what the file states, if the first page
    says it too; else a short first line.
    """
    first = [each for each in paragraphs if each.row.page == 1 and not each.is_running]
    large = max((each.size for each in first), default=0.0)
    if large >= _TITLE_SIZE * body:
        for each in first:
            if each.size == large and len(each.row.line.text) <= _LONGEST_TITLE:
                return each.row.line.text, [one for one in paragraphs if one is not each]
    if stated and not _NO_TITLE.search(stated):
        same = [each for each in first if folded(each.row.line.text) == folded(stated)]
        if same:
            return stated, [each for each in paragraphs if each is not same[0]]
        if folded(stated) in folded(" ".join(each.row.line.text for each in first)):
            return stated[:_LONGEST_TITLE], paragraphs
    if len(first) > 1 and len(first[0].row.line.text) <= _LONGEST_TITLE:
        return first[0].row.line.text, [each for each in paragraphs if each is not first[0]]
    return "", paragraphs


READER = Reader("PDF", frozenset({".pdf"}), lambda _: True, read, isolated=True, seconds=60)
