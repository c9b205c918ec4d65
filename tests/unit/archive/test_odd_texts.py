"""Texts in the encodings of old programs, and dates that are stated and are none."""

from pathlib import Path

import pytest

from briefpack.archive import Archive, DateOrigin, Document
from tests.unit.archive.conftest import Opener


@pytest.fixture
def read(opener: Opener, tmp_path: Path):
    def of(name: str, data: bytes) -> Document | str:
        (tmp_path / name).write_bytes(data)
        archive: Archive = opener("odd-texts")
        added = archive.add([tmp_path / name])
        if added.refused:
            return added.refused[0].why
        return next(archive.document(each.id) for each in archive.documents() if each.source == name)

    return of


WORDS = "Ferns\n\nThe county’s “fern” costs £5m – naïve, or not."


@pytest.mark.parametrize("name", ["ferns.txt", "ferns.md"])
def test_windows_1252_is_read_and_told(read, name: str) -> None:
    document = read(name, WORDS.encode("cp1252"))
    assert "The county’s “fern” costs £5m – naïve, or not." in [each.text for each in document.passages]
    assert "Windows-1252" in " ".join(document.flags)
    assert not [
        each for each in read("plain-" + name, WORDS.replace("Ferns", "Moss").encode()).flags if "Windows" in each
    ]


def test_a_dump_in_windows_1252_is_told_with_each_article(read) -> None:
    page = (
        f"{WORDS}\n\nTags assigned to this article:\nThere are no tags assigned to this article!\n\nRelated Articles\n"
    )
    assert "Windows-1252" in " ".join(read("dump.txt", page.encode("cp1252")).flags)


def test_utf_8_that_is_damaged_and_what_is_no_text_are_refused(read) -> None:
    assert "not UTF-8" in read("damaged.txt", (WORDS * 3).encode() + b"\xff\xfe moss")
    assert "not UTF-8" in read("neither.txt", "Caf\xe9 \x81\x8d briefing".encode("latin-1"))
    assert "not UTF-8" in read("binary.txt", bytes([200, 3, 255, 7, 130]) * 50)


@pytest.mark.parametrize("line", ["Date: 18/03/2020", "Dated 18 March 2020", "18.3.2020"])
def test_a_first_line_that_is_a_date_dates_the_document(read, line: str) -> None:
    date = read("minutes.txt", f"{line}\nFrom: AB\n\nFerns were discussed at length.".encode()).date
    assert (str(date.start), date.precision, date.origin is DateOrigin.USER) == ("2020-03-18", "day", False)


def test_a_stated_date_that_is_none_is_told_in_its_words(read) -> None:
    page = read("front.md", b"---\ndate: 2022-02-30\n---\n\nFerns grew.")
    assert page.date.start is None
    assert "2022-02-30" in " ".join(page.flags)
    assert not read("good.md", b"---\ndate: 2022-02-28\n---\n\nMoss grew.").flags


def test_a_mail_with_a_date_that_is_none_is_told(read) -> None:
    mail = b"Subject: Ferns\nFrom: ada@ferns.example\nDate: Thu, 31 Feb 2022 10:00:00 +0000\n\nFerns grew.\n"
    assert "31 Feb 2022" in " ".join(read("ferns.eml", mail).flags)


def test_a_day_in_figures_that_the_calendar_does_not_have_is_told(read) -> None:
    flags = " ".join(
        read("figures.txt", b"Ferns\n\nMeetings on 31/11/2016, 2017-02-30 and 04/25/2017 and 1/2/2017.").flags
    )
    assert "31/11/2016" in flags
    assert "2017-02-30" in flags
    assert "04/25" not in flags
    assert "1/2/2017" not in flags


def test_a_soft_hyphen_does_not_cut_a_word(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<h1>Ferns</h1><p>Their accredi&shy;tation is voluntary and has been so for long.</p>"
    )
    archive = opener("odd-texts")
    archive.add([tmp_path / "page.html"])
    assert archive.search('"accreditation"').total == 1


def test_the_head_of_a_letter_is_no_title(read) -> None:
    note = read(
        "note.txt", b"Date: 18/03/2020\nFrom: AB\n**Subject**: none\n\n**MEETING ON FERNS**\n\nFerns were discussed."
    )
    assert note.title == "MEETING ON FERNS"
    assert [each.text for each in note.passages][:2] == ["Date: 18/03/2020", "From: AB"]
    assert read("head.txt", b"Date: 18/03/2020\nFrom: AB").title == "Date: 18/03/2020"
