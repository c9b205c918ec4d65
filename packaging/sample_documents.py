"""The two Word files of the sample archive."""

# ruff: noqa: E501, ISC004 - prose; each pair is a kind and its words

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document

_STAMP = (2027, 5, 14, 9, 0, 0)
_MADE = dt.datetime(*_STAMP, tzinfo=dt.UTC)

POSITION_PAPER = (
    ("title", "AHWM position paper: a dredging settlement that lasts"),
    ("text", "February 2027"),
    ("heading", "Summary"),
    (
        "text",
        "The Association of Harbour and Waterway Managers (AHWM) asks the government to replace the annual dredging grant"
        " with a settlement of five years from April 2028. We do not ask for a larger sum in the first year. We ask for the"
        " same £46m to be known five years ahead.",
    ),
    ("heading", "What a year at a time costs"),
    (
        "text",
        "Members were asked to compare contracts let within one year with contracts that ran over several. In the 22 cases"
        " where both exist for the same channel, a cubic metre cost £21.40 under an annual contract and £14.90 under a"
        " longer one. The difference has four causes:",
    ),
    ("bullet", "mobilisation, which is paid each time that a dredger comes and is a fifth of the price"),
    ("bullet", "tenders let in the same three weeks of spring, when every other board is letting one"),
    ("bullet", "licences for disposal that run out between one grant and the next"),
    ("bullet", "work that stops at the end of March, part of the way along a channel"),
    ("heading", "What five years would buy"),
    (
        "text",
        "On those prices a settlement of £230m over five years would remove 15.4 million cubic metres, against 10.7 million"
        " under annual grants. That is enough to hold the backlog where it is and to bring it down by about a quarter.",
    ),
    ("heading", "What we offer in return"),
    ("bullet", "a published programme for each waterway, with a depth that users can hold us to"),
    ("bullet", "open books: prices paid, by contract, within a month of completion"),
    ("bullet", "a pooled fleet wherever boards share a coast, starting with the five estuaries of the South West"),
    ("heading", "Contact"),
    ("text", "Rosalind Kettleby, Chair, Infrastructure & Sustainability Policy Committee, policy@ahwm.example"),
)

FREIGHT_EVIDENCE = (
    ("title", "Evidence to the Waterborne Freight Review: response to the call for evidence"),
    ("text", "Submitted by the Association of Harbour and Waterway Managers (AHWM) on 30 April 2027"),
    ("heading", "About this response"),
    (
        "text",
        "This response draws on returns from 71 members and on an evidence session that was held on 14 April. It is made"
        " before the appointment of a lead reviewer, and we may wish to add to it once the terms of reference are known.",
    ),
    ("heading", "What has grown, and why"),
    (
        "text",
        "Freight on harbours and inland waterways reached 19.2 million tonnes in 2026. Aggregates, timber and recycled glass"
        " account for nine tenths of the growth since 2023. All three are heavy, none is urgent and each begins or ends its"
        " journey within two miles of a wharf.",
    ),
    ("heading", "What stands in the way"),
    ("bullet", "wharves: 61 have been lost in ten years, and only 9 of 64 planning areas safeguard those that remain"),
    ("bullet", "depth: one cargo in six was part-loaded in 2026 for want of water under the keel"),
    ("bullet", "certainty: operators were given less than a week’s notice of four closures in ten"),
    ("bullet", "crews: the average age of a barge master is 57"),
    ("heading", "What the review should recommend"),
    (
        "text",
        "We ask the review to recommend a national target for freight by water, a duty on planning authorities to safeguard"
        " working wharves, and a grant for first-time users to meet the cost of changing from the road. We ask that it should"
        " report within twelve months, and that government should be bound to answer within six.",
    ),
)


def write_documents(folder: Path) -> None:
    """Write both Word files; the same bytes each time."""
    for name, content in (
        ("2027-02-dredging-position-paper.docx", POSITION_PAPER),
        ("2027-04-freight-review-evidence.docx", FREIGHT_EVIDENCE),
    ):
        (folder / name).write_bytes(_fixed(_document(content)))


def _document(content: tuple[tuple[str, str], ...]) -> Document:
    styles = {"title": "Title", "heading": "Heading 1", "bullet": "List Bullet", "text": "Normal"}
    made = docx.Document()
    for kind, words in content:
        made.add_paragraph(words, style=styles[kind])
    properties = made.core_properties
    properties.title, properties.author = content[0][1], "Association of Harbour and Waterway Managers"
    properties.comments, properties.created, properties.modified, properties.revision = "", _MADE, _MADE, 1
    return made


def _fixed(document: Document) -> bytes:
    """A document's bytes with the times of its parts set, so that they do not depend on the clock."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, _STAMP), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
