"""A plain-text briefing laid out as officials lay it out in Word, by python-docx: another hand than the program's own."""

import io
import re

import docx
from docx.shared import Mm

from tests.helpers.packs import portrait_jpg

_COMMENT = re.compile(r"Commented \[([A-Z]+)\d+\]: (.*)")


def laid_out(source, levels=None, anchors=None):
    """A .docx of a text in the manner of the real briefing: ``- `` bullets, ``**bold**``, "Commented [GM1]:" margin notes.

    Args:
        source: the text.
        levels: the heading level of each line that is a heading, by its words; without it there are no heading styles,
            only what the text has in bold.
        anchors: for each margin note in turn the words in one paragraph that it is set on, or a pair of words in two
            paragraphs between which it reaches.

    The two last lines of the text, a biography each with its points after "•", become a table with a photograph.
    """
    document = docx.Document()
    runs = []
    notes = []
    for line in _joined(source):
        words = line.replace("*", "").strip("- ").strip()
        if note := _COMMENT.fullmatch(line):
            notes.append(note)
        elif "•" in line:
            _biography(document, line)
        elif levels and words in levels:
            runs += _runs(document.add_heading(level=levels[words]), line.strip("- ").replace("**", ""))
        elif line.startswith(" - "):
            runs += _runs(document.add_paragraph(style="List Bullet 2"), line[3:])
        elif line.startswith("- "):
            runs += _runs(document.add_paragraph(style="List Bullet"), line[2:])
        elif line or not levels:
            runs += _runs(document.add_paragraph(), line)
    for note, words in zip(notes, anchors or [], strict=bool(anchors)):
        pair = (words, words) if isinstance(words, str) else words
        first, last = (next(run for run in runs if each in run.text) for each in pair)
        document.add_comment([first, last], text=note[2], author=f"Reviewer {note[1]}", initials=note[1])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _joined(source):
    """The lines of a text, one that opens bold text which the next one ends being one with it."""
    waiting = ""
    for read in source.split("\n"):
        line = f"{waiting} {read}" if waiting else read
        waiting = line if line.count("**") % 2 else ""
        if not waiting:
            yield line.rstrip()


def _runs(paragraph, line):
    """The words of a line as runs, those between ``**`` in bold; each run is returned."""
    made = []
    for number, piece in enumerate(line.split("**")):
        for part in re.findall(r"[^.,]*[.,]?\s*", piece):
            if part:
                made.append(paragraph.add_run(part))
                made[-1].bold = True if number % 2 else None
    return made


def _biography(document, line):
    if not document.tables:
        document.add_table(0, 2)
    row = document.tables[0].add_row()
    row.cells[0].paragraphs[0].add_run().add_picture(io.BytesIO(portrait_jpg()), width=Mm(25))
    first, *points = (part.strip() for part in re.sub("<[^<>]*>", "", line).split("•") if part.strip())
    row.cells[1].paragraphs[0].add_run(first).underline = True
    for point in points:
        row.cells[1].add_paragraph(point, style="List Bullet")
