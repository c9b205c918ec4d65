"""E-mails and mailboxes in the archive: date, sender, text, earlier mails as quotations, attachments in their turn."""

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefpack.archive import UNDATED, Archive, DateOrigin, DateSpan, PassageKind, Precision
from briefpack.archive.readers import mail
from briefpack.archive.readers.base import Found, Reading
from briefpack.archive.structure import Sign
from briefpack.errors import UserError
from tests.helpers.pdfs import PICTURE, pdf

DAY = dt.date(2018, 3, 6)
REPLY = """\
Dear all,

Thanks for this. The society will write to every municipality in the north
about the provision of shade, and asks for your comments.

- shade
- water

On Mon, 5 Mar 2018 at 09:12, Bo Reed <bo@moss.example> wrote:

> Ada, what do you think? Moss is as important as
> ferns are, and must not be forgotten here.
>
> - moss
>
> On Sun, 4 Mar 2018 Cleo Ash wrote:
>> It began with lichen.
> I agree.

--
Ada Marsh
Chair, Fern Society
"""


THANKS = (
    "Thanks for this. The society will write to every municipality in the north about the provision of shade, and asks for"
    " your comments."
)


def message(text: str = REPLY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.get("sender", "Ada Marsh <ada@ferns.example>")
    made["To"] = "bo@moss.example"
    made["Subject"] = headers.get("subject", "Ferns – next steps")
    made["Date"] = headers.get("date", "Tue, 06 Mar 2018 23:30:00 -0500")
    made.set_content(text)
    return made


def reading(data: EmailMessage | bytes) -> Reading:
    return mail.read(bytes(data), "mail")


def only(data: EmailMessage | bytes) -> Found:
    (document,) = reading(data).documents
    return document


def test_a_mail_is_a_document_of_its_day_and_sender():
    document = only(message())
    assert (document.title, document.people) == ("Ferns – next steps", ("Ada Marsh",))
    assert document.stated == DateSpan(DAY, DAY, Precision.DAY, DateOrigin.STATED, "Tue, 06 Mar 2018 23:30:00 -0500")


def test_earlier_mails_are_quotations_of_whom_they_name():
    assert [(row.sign, row.line.text, row.speaker.name) for row in only(message()).rows] == [
        (Sign.UNKNOWN, "Dear all,", ""),
        (
            Sign.UNKNOWN,
            THANKS,
            "",
        ),
        (Sign.UNKNOWN, "- shade", ""),
        (Sign.UNKNOWN, "- water", ""),
        (Sign.UNKNOWN, "On Mon, 5 Mar 2018 at 09:12, Bo Reed <bo@moss.example> wrote:", ""),
        (
            Sign.QUOTATION,
            "Ada, what do you think? Moss is as important as ferns are, and must not be forgotten here.",
            "Bo Reed",
        ),
        (Sign.QUOTATION, "- moss", "Bo Reed"),
        (Sign.QUOTATION, "On Sun, 4 Mar 2018 Cleo Ash wrote:", "Bo Reed"),
        (Sign.QUOTATION, "It began with lichen.", "Cleo Ash"),
        (Sign.QUOTATION, "I agree.", "Bo Reed"),
        (Sign.BOILERPLATE, "--", ""),
        (Sign.BOILERPLATE, "Ada Marsh", ""),
        (Sign.BOILERPLATE, "Chair, Fern Society", ""),
    ]


FORWARDED = """\
For information.

-----Original Message-----
From: Bo Reed [mailto:bo@moss.example]
Sent: 5 March 2018 09:12
To: Ada Marsh
Subject: Moss

Moss is as important as ferns.
"""


def test_what_stands_below_the_header_of_an_earlier_mail_is_its_senders():
    rows = only(message(FORWARDED)).rows
    assert [(row.sign, row.speaker.name) for row in rows] == [
        (Sign.UNKNOWN, ""),
        *[(Sign.BOILERPLATE, "")] * 5,
        (Sign.QUOTATION, "Bo Reed"),
    ]


def test_a_line_from_somebody_is_no_header():
    rows = only(message("From: the archive\n\nFerns are old.\n\nTo: be watered\n")).rows
    assert {row.sign for row in rows} == {Sign.UNKNOWN}


PAGE = """<html><body><p>Shade is what matters in parks.</p><div>On 5 March 2018 Bo Reed wrote:<br></div>
<blockquote type="cite"><p>Moss is as important.</p><ul><li>moss</li></ul></blockquote><p>Yours</p></body></html>"""


def test_a_mail_that_is_a_page():
    made = message()
    made.set_content(PAGE, subtype="html")
    assert [(row.sign, row.line.text, row.speaker.name) for row in only(made).rows] == [
        (Sign.UNKNOWN, "Shade is what matters in parks.", ""),
        (Sign.UNKNOWN, "On 5 March 2018 Bo Reed wrote:", ""),
        (Sign.QUOTATION, "Moss is as important.", "Bo Reed"),
        (Sign.BULLET, "moss", "Bo Reed"),
        (Sign.UNKNOWN, "Yours", ""),
    ]


@pytest.mark.parametrize(
    ("plain", "read"),
    [("Shade is what matters in parks.", "Shade is what matters in parks."), ("No HTML?", "Page " * 20)],
)
def test_the_plain_form_is_read_unless_it_is_an_excuse(plain, read):
    made = message(plain)
    made.add_alternative("<p>" + "Page " * 20 + "</p>", subtype="html")
    assert [row.line.text for row in only(made).rows] == [read.strip()]


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary=b", "multipart/alternative"])
def test_a_text_that_says_it_has_parts_and_has_none_is_a_text(kind):
    data = f"Subject: x\nContent-Type: {kind}\n\nFerns are old.\n"
    assert [row.line.text for row in only(data.encode()).rows] == ["Ferns are old."]


def test_pictures_in_the_text_are_no_attachments():
    made = message("Shade.")
    made.add_alternative("<p>Shade.</p>", subtype="html")
    made.get_payload()[1].add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    assert reading(made).attached == ()


def with_attachments() -> EmailMessage:
    made = message("See attached.")
    made.add_attachment("A plan\n\nFerns in every park.\n", filename="plan.txt")
    made.add_attachment("<article><h1>A page</h1><p>Moss matters.</p></article>", subtype="html", filename="page.html")
    made.add_attachment(pdf(PICTURE), maintype="application", subtype="pdf", filename="../scan.pdf")
    made.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    inner = message("Within.", subject="Inner", date="Mon, 05 Mar 2018 10:00:00 +0000")
    inner.add_attachment("# Deeper\n\nLichen.\n", filename="deeper.md")
    made.add_attachment(inner)
    return made


def test_attachments_are_documents_in_their_turn_and_those_that_cannot_be_read_are_told(tmp_path: Path):
    (tmp_path / "mail.eml").write_bytes(bytes(with_attachments()))
    with Archive.open(tmp_path / "archive") as archive:
        added = archive.add([tmp_path / "mail.eml"])
        documents = {each.title: each for each in archive.documents()}
        again = archive.add([tmp_path / "mail.eml"])
    assert (added.added, again.added, again.unchanged) == (5, 0, 5)
    assert set(documents) == {"Ferns – next steps", "A plan", "A page", "Inner", "Deeper"}
    assert documents["A plan"].date == DateSpan(None, DAY, Precision.RANGE, DateOrigin.BOUNDED)
    assert documents["Deeper"].date.end == documents["Inner"].date.end == dt.date(2018, 3, 5)
    place = (tmp_path / "mail.eml").resolve()
    assert [each.path for each in added.refused] == [f"{place} ▸ scan.pdf", f"{place} ▸ all.zip"]
    assert "scan" in added.refused[0].why
    assert added.refused[1].why == "The archive does not read .zip files. Unpack it and add what is in it."


def test_a_mail_of_which_nothing_can_be_read_says_why(tmp_path: Path):
    made = message("")
    made.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    (tmp_path / "mail.eml").write_bytes(bytes(made))
    with Archive.open(tmp_path / "archive") as archive:
        (refused,) = archive.add([tmp_path / "mail.eml"]).refused
    assert "all.zip" in refused.why


def mailbox(*messages: EmailMessage) -> bytes:
    return b"".join(b"From x Tue Mar  6 10:00:00 2018\n" + bytes(each) + b"\n" for each in messages)


def test_a_mailbox_holds_many():
    data = mailbox(message("One.\n\n>From here on."), message("Two.", subject="Two"))
    documents = mail.read_mailbox(data, "box").documents
    assert [each.title for each in documents] == ["Ferns – next steps", "Two"]
    assert documents[0].rows[1].line.text == "From here on."


def test_one_bad_message_does_not_spoil_a_mailbox():
    bad = b"From x\nSubject: " + b"a" * 70_000 + b"\n\nNot read.\n\n"
    found = mail.read_mailbox(mailbox(message("One.")) + bad + mailbox(message("Three.")), "box")
    assert len(found.documents) == 2
    assert [(each.part, "64 KB" in each.why) for each in found.unread] == [("message 2", True)]


def test_what_is_no_mailbox_is_refused():
    with pytest.raises(UserError, match="not a mailbox"):
        mail.read_mailbox(b"Ferns are old.", "box")


@pytest.mark.parametrize("charset", ["x-none", "zip", "punycode", "utf-8'", "a" * 4000])
def test_an_unknown_encoding_is_told(charset):
    data = b"Subject: x\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\nIt costs \xa35 in caf\xe9s.\n"
    document = only(data)
    assert [row.line.text for row in document.rows] == ["It costs £5 in cafés."]
    assert any("Windows-1252" in flag for flag in document.flags)


def test_a_known_encoding_is_not_told():
    document = only("Subject: x\nContent-Type: text/plain; charset=iso-8859-1\n\nIt costs £5.\n".encode("latin-1"))
    assert ([row.line.text for row in document.rows], document.flags) == (["It costs £5."], ())


@pytest.mark.parametrize(
    "header",
    [
        b"To: " + b"(" * 50_000,
        b"From: " + b"(" * 50_000,
        b"From: " + b", ".join(b"a%d@x.example" % n for n in range(3000)),
        b"Date: Thu, 99 Foo 99999 00:00:00 +9999",
        b"Date: Thu, 01 Jan 1970 00:00:00 +0000",
        b"Date: Thu, 06 Mar 2018 00:00:00 +99999999999999999999",
        b"From: =?utf-8?q?=FF=FE?=",
        b"Message-ID: <[",
        b"Content-Disposition: ;;;=",
        b"Content-Transfer-Encoding: " + b"(" * 20_000,
        b"From: \xff\xfe\x00",
    ],
)
def test_a_mail_is_read_whatever_one_header_is(header):
    document = only(b"Subject: Ferns\n" + header + b"\n\nFerns are old.\n")
    assert document.title == "Ferns"
    assert document.stated == UNDATED
    assert [row.line.text for row in document.rows] == ["Ferns are old."]


def nested(depth: int) -> bytes:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return b"Subject: x\n" + parts + b"Content-Type: text/plain\n\nFerns are old.\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(nested(60), id="60 parts deep"),
        pytest.param(nested(5000), id="5,000 parts deep"),
        pytest.param(b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 5000 + b"\nx", id="5,000 messages deep"),
        pytest.param(b"Subject: x\nContent-Type: " + b"(" * 50_000 + b"\n\nx\n", id="brackets in its type"),
        pytest.param(
            b"To: " + b", ".join(b"a%d@x.example" % n for n in range(60_000)) + b"\n\nx\n", id="60,000 addresses"
        ),
        pytest.param(b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 3000, id="3,000 parts"),
        pytest.param(
            b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nX: ' + b"a" * 70_000 + b"\n\nx\n--b--",
            id="header of a part",
        ),
    ],
)
def test_what_goes_beyond_a_limit_is_refused(data):
    with pytest.raises(UserError, match="not read, because"):
        reading(data)


def test_what_stays_within_the_limits_is_read():
    assert [row.line.text for row in only(nested(45)).rows] == ["Ferns are old."]
    assert len(only(b"To: " + b", ".join(b"a%d@x.example" % n for n in range(3000)) + b"\n\nx\n").rows) == 1


def test_in_the_archive_quotations_have_their_speakers(tmp_path: Path):
    (tmp_path / "mail.eml").write_bytes(bytes(message()))
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.add([tmp_path / "mail.eml"]).added == 1
        document = archive.document(next(archive.documents()).id)
    assert document.people == ("Ada Marsh", "Bo Reed", "Cleo Ash")
    assert [each.text for each in document.passages if each.kind is PassageKind.BULLET] == ["shade", "water", "moss"]
    assert {each.speaker for each in document.passages if each.kind is PassageKind.QUOTATION} == {"Bo Reed", "Cleo Ash"}
