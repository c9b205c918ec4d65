"""PDF files in the archive: reading order, paragraphs, pages, running heads; scans and locked files are said to be such."""

import io
import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from briefpack.archive import Archive
from briefpack.archive.readers import pdf as reader
from briefpack.archive.readers.base import Found
from briefpack.archive.structure import Sign
from briefpack.errors import UserError
from tests.helpers.office import convert
from tests.helpers.pdfs import ENCRYPTED, PICTURE, Word, drawn, pdf

LONG = (
    "The Society of Wardens has considered the arrangements for fern collections in the northern counties, and concludes"
    " that they are to be shared between councils and the voluntary bodies that look after them."
)
OTHER = (
    "Guidance that was published in the spring recommended more of the same; the well-known difficulties remain, as every"
    " warden in every park will confirm to those who ask."
)


def set_in(text: str, x: float, y: float, width: int = 60, size: float = 11) -> list[Word]:
    """A paragraph in lines of at most ``width`` characters, from a place down."""
    return [Word(x, y - 14 * n, line, size) for n, line in enumerate(textwrap.wrap(text, width))]


def found(data: bytes) -> Found:
    (document,) = reader.read(data, "name").documents
    return document


def rows(data: bytes) -> list[tuple[Sign, int, str]]:
    return [(row.sign, row.level, row.line.text) for row in found(data).rows]


def texts(data: bytes) -> list[str]:
    return [row.line.text for row in found(data).rows]


PAGE = [
    Word(72, 780, "Ferns in public parks:", 22),
    Word(72, 754, "a review", 22),
    Word(72, 720, "Background", 14, bold=True),
    *set_in(LONG, 72, 690),
    *set_in(OTHER, 72, 620),
    Word(72, 560, "The society asks for:"),
    Word(80, 540, "\N{BULLET}"),
    *set_in("shade for the collections in the summer months, also where trees have been felled or ail", 94, 540, 57),
    Word(80, 505, "\N{BULLET}"),
    Word(94, 505, "water"),
    Word(104, 490, "\N{BULLET} every day"),
    Word(72, 460, "Numbers", 11, bold=True),
    Word(72, 440, "Park"),
    Word(250, 440, "Ferns"),
    Word(72, 425, "Oldham"),
    Word(250, 425, "12"),
]


def test_a_page_is_its_title_paragraphs_headings_bullets_and_rows():
    document = found(pdf(drawn(PAGE)))
    assert document.title == "Ferns in public parks: a review"
    assert rows(pdf(drawn(PAGE))) == [
        (Sign.HEADING, 0, "Background"),
        (Sign.TEXT, 0, LONG),
        (Sign.TEXT, 0, OTHER),
        (Sign.TEXT, 0, "The society asks for:"),
        (Sign.BULLET, 0, "shade for the collections in the summer months, also where trees have been felled or ail"),
        (Sign.BULLET, 0, "water"),
        (Sign.BULLET, 1, "every day"),
        (Sign.HEADING, 0, "Numbers"),
        (Sign.TEXT, 0, "Park | Ferns"),
        (Sign.TEXT, 0, "Oldham | 12"),
    ]


def turned(words: Iterable[Word], rotation: int) -> bytes:
    """A page whose text stands upright only when it is turned, as it says it is to be."""
    matrix = {90: b"0 1 -1 0 595 0 cm ", 180: b"-1 0 0 -1 595 842 cm ", 270: b"0 -1 1 0 0 842 cm "}[rotation]
    return pdf(b"q " + matrix + drawn(words) + b" Q", rotate=rotation)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(rotation):
    words = [Word(40, 500, "A title", 20), *set_in(LONG, 40, 450)]
    assert texts(turned(words, rotation)) == [LONG]


def test_a_paragraph_goes_on_across_pages():
    lines = set_in(LONG, 72, 500)
    first = [Word(72, 760, "A title", 20), *lines[:2]]
    second = [*(Word(72, 774 - 14 * n, line.text) for n, line in enumerate(lines[2:])), Word(72, 650, "Short.")]
    document = found(pdf(drawn(first), drawn(second)))
    assert [(row.page, row.line.text) for row in document.rows] == [(1, LONG), (2, "Short.")]


def test_two_columns_are_read_one_after_the_other_even_where_the_file_goes_across():
    left, right = set_in(LONG + " " + OTHER, 60, 700, 36), set_in(OTHER + " " + LONG, 320, 700, 36)
    title = Word(60, 760, "A title", 20)
    across = [word for pair in zip(left, right, strict=False) for word in pair]
    for order in (left + right, across + [word for word in left + right if word not in across]):
        assert " ".join(texts(pdf(drawn([title, *order])))) == f"{LONG} {OTHER} {OTHER} {LONG}"


def test_a_table_is_not_taken_for_columns():
    cells = [
        word for n in range(12) for word in (Word(60, 700 - 14 * n, f"Park {n}"), Word(320, 700 - 14 * n, f"{n} ferns"))
    ]
    assert texts(pdf(drawn([Word(60, 760, "A title", 20), *cells]))) == [f"Park {n} | {n} ferns" for n in range(12)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The arrangements for coordi-", "nation are old."], "The arrangements for coordination are old."),
        (["Coordi-nation is old, and coordi-", "nation is."], "Coordi-nation is old, and coordi-nation is."),
        (["Known is well known, as a well-", "known fern is."], "Known is well known, as a well-known fern is."),
        (["The arrangements for co\xad", "ordination are old."], "The arrangements for coordination are old."),
        (["This is what is OPTIO-", "NAL in a park."], "This is what is OPTIONAL in a park."),
        (["Ferns of Wales and of the Wales-", "England border."], "Ferns of Wales and of the Wales-England border."),
        (["What is needed in the short-", "and the long-term."], "What is needed in the short- and the long-term."),
        (["Between 2017-", "2018 it was dry."], "Between 2017-2018 it was dry."),
    ],
)
def test_words_parted_by_a_hyphen(lines, text):
    words = [Word(72, 700 - 14 * n, line) for n, line in enumerate(lines)]
    longest = Word(72, 600, max(lines, key=len))
    assert texts(pdf(drawn([Word(72, 760, "A title", 20), *words, longest])))[0] == text


def numbered(pages: int, *, head: str = "Society of Wardens", foot: str = "{}") -> bytes:
    return pdf(
        *(
            drawn([
                Word(72, 810, head),
                *([Word(72, 760, "A title", 20)] if n == 1 else []),
                *set_in(f"Page by page there is {n} more. {LONG}", 72, 700 - n),
                Word(290, 30, foot.format(n)),
            ])
            for n in range(1, pages + 1)
        )
    )  # fmt: skip


def test_running_heads_are_kept_once_and_page_numbers_dropped():
    document = found(numbered(4))
    assert [row.line.text for row in document.rows if row.sign is Sign.BOILERPLATE] == ["Society of Wardens"]
    assert [row.line.text for row in document.rows if row.sign is not Sign.BOILERPLATE] == [
        f"Page by page there is {n} more. {LONG}" for n in range(1, 5)
    ]


def test_a_foot_with_the_page_in_it_is_kept_once():
    assert Counter(texts(numbered(4, foot="Page {} of the review")))["Page 1 of the review"] == 1
    assert "Page 2 of the review" not in texts(numbered(4, foot="Page {} of the review"))


def test_what_only_stands_at_the_edge_is_kept():
    assert [text for text in texts(numbered(2)) if text == "Society of Wardens"] == ["Society of Wardens"] * 2
    feet = [text for text in texts(numbered(4, foot="1947")) if text == "1947"]
    assert feet == ["1947"]
    rows_of_numbers = pdf(
        *(drawn([Word(72, 700, "Ferns and moss"), Word(72, 60, f"Oldham {n * n}")]) for n in range(1, 9))
    )
    assert [text for text in texts(rows_of_numbers) if "Oldham" in text] == [f"Oldham {n * n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Ferns are old", "Ferns are old"),
        ("Microsoft Word - ferns.doc", "Ferns are old"),
        ("Nowhere said", "Ferns are old"),
    ],
)
def test_a_title_without_large_letters(stated, title):
    data = pdf(drawn([Word(72, 700, "Ferns are old"), *set_in(LONG, 72, 660)]), title=stated)
    assert (found(data).title, texts(data)) == (title, [LONG])


def test_a_title_of_no_words_is_the_files_name():
    assert found(pdf(drawn(set_in(LONG, 72, 700)))).title == "name"


def test_a_scan_is_said_to_be_one():
    with pytest.raises(UserError, match="scan: its 2 pages are pictures without text") as caught:
        reader.read(pdf(PICTURE, PICTURE), "name")
    assert "OCR" in caught.value.do
    assert texts(pdf(PICTURE + b"\n" + drawn([Word(72, 700, "Ferns are old")]))) == ["Ferns are old"]


def test_pages_that_are_pictures_are_told():
    data = pdf(drawn([Word(72, 700, "A title", 20), *set_in(LONG, 72, 660)]), PICTURE, b"", PICTURE)
    assert found(data).flags == ("pages 2, 4: pictures without text, not read",)


def test_damaged_pages_are_told():
    data = pdf(drawn([Word(72, 700, "A title", 20), *set_in(LONG, 72, 660)]), drawn([Word(72, 700, "Lost")]))
    second = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 0/Contents 13 0 R"
    assert second in data
    assert found(data.replace(second, b"<</Type/Fern" + second[12:])).flags == ("page 2: damaged, not read",)


def test_an_empty_one_is_told():
    with pytest.raises(UserError, match="no text in this PDF"):
        reader.read(pdf(b"", b""), "name")


def test_one_with_a_password_is_said_to_be_such():
    with pytest.raises(UserError, match="password"):
        reader.read(pdf(drawn(PAGE), trailer=ENCRYPTED), "name")


@pytest.mark.parametrize("data", [b"%PDF-1.4 junk", b"junk", b"\0" * 1000, pdf(drawn(PAGE))[:400]])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(UserError, match="not a PDF"):
        reader.read(data, "name")


def test_one_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    assert texts(pdf(*[drawn([Word(72, 700, "Ferns are old")])] * 2))
    with pytest.raises(UserError, match="more than 2 pages"):
        reader.read(pdf(*[drawn([Word(72, 700, "Ferns are old")])] * 3), "name")


def test_one_of_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 100)
    with pytest.raises(UserError, match="more text"):
        reader.read(pdf(drawn(PAGE)), "name")


def unmapped(known: str, unknown: int) -> bytes:
    """A page in two fonts: one of them does not say what its signs mean."""
    data = pdf(drawn([Word(72, 700, known)]) + b" BT /B 11 Tf 1 0 0 1 72 600 Tm <%s> Tj ET" % (b"0102" * unknown))
    old = b"<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold/Encoding/WinAnsiEncoding>>"
    new = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor"
        b"/FontName/X/Flags 4>>>>]>>"
    )
    assert old in data
    return data.replace(old, new)


def test_letters_that_cannot_be_told_are_told():
    with pytest.raises(UserError, match="letters of this PDF"):
        reader.read(unmapped("Fern", 40), "name")
    assert "letters are not known" in found(unmapped("Ferns are old " * 5, 8)).flags[0]
    assert found(unmapped("Ferns are old " * 5, 0)).flags == ()


def test_bytes_of_streams_count_for_nothing_until_they_are_text():
    data = pdf(b" " * 50_000_000 + drawn([Word(72, 700, "Ferns are old")]), packed=True)
    assert len(data) < 100_000
    assert texts(data) == ["Ferns are old"]


def test_pages_are_kept_in_the_archive(tmp_path: Path):
    (tmp_path / "review.pdf").write_bytes(numbered(3))
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.add([tmp_path / "review.pdf"]).added == 1
        document = archive.document(next(archive.documents()).id)
    assert document.title == "A title"
    assert [each.page for each in document.passages] == [1, 1, 2, 3]


def printed(columns: int) -> bytes:
    """A paper of headings, bullets, head and foot, as LibreOffice prints it."""
    made = docx.Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = "Society of Wardens – Annual review"
    foot = section.footer.paragraphs[0].add_run("Page ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        part.text = words or None
        if kind:
            part.set(qn("w:fldCharType"), kind)
        foot._r.append(part)
    section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(columns))
    made.add_paragraph("Ferns in public parks: a review, 3 March 2018", style="Title")
    for part in range(4):
        made.add_heading(f"Part {part}", 1)
        made.add_paragraph(f"In part {part} there is much to say. {LONG * 3}")
        made.add_paragraph("The society asks for:")
        made.add_paragraph(
            f"shade, {part} times over, for the collections in summer where trees have been felled", "List Bullet"
        )
        made.add_paragraph("water", "List Bullet")
        made.add_paragraph("every day", "List Bullet 2")
        made.add_paragraph(f"So much for part {part}. {OTHER * 4}")
    file = io.BytesIO()
    made.save(file)
    return convert(file.getvalue(), ".docx", "pdf")


@pytest.mark.office
@pytest.mark.parametrize("columns", [1, 2])
def test_a_printed_paper_comes_back_whole(columns):
    document = found(printed(columns))
    expected: list[tuple[Sign, int, str]] = []
    for part in range(4):
        expected += [
            (Sign.HEADING, 0, f"Part {part}"),
            (Sign.TEXT, 0, f"In part {part} there is much to say. {LONG * 3}"),
            (Sign.TEXT, 0, "The society asks for:"),
            (Sign.BULLET, 0, f"shade, {part} times over, for the collections in summer where trees have been felled"),
            (Sign.BULLET, 0, "water"),
            (Sign.BULLET, 1, "every day"),
            (Sign.TEXT, 0, f"So much for part {part}. {OTHER * 4}"),
        ]
    assert document.title == "Ferns in public parks: a review, 3 March 2018"
    assert [
        (row.sign, row.level, row.line.text) for row in document.rows if row.sign is not Sign.BOILERPLATE
    ] == expected
    heads = [row.line.text for row in document.rows if row.sign is Sign.BOILERPLATE]
    assert heads == ["Society of Wardens – Annual review", "Page 1"] or heads == ["Society of Wardens – Annual review"]
    assert document.rows[-1].page == max(row.page or 0 for row in document.rows) > 1
