"""The XML of one rich Word file, kept to the letter in ``tests/golden/word``.

Where a change of the output is meant, write it anew with ``python -m tests.helpers.golden_word`` and read the difference.
"""

from pathlib import Path

from lxml import etree

from briefpack.word.export import ExportOptions, export_docx
from tests.helpers.packs import NOW, rich_pack
from tests.helpers.word import parts

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "word"

KEPT = (
    "word/document.xml", "word/comments.xml", "word/commentsExtended.xml", "word/commentsIds.xml",
    "word/commentsExtensible.xml", "word/people.xml", "word/footnotes.xml", "word/settings.xml",
    "word/briefing_header_default.xml", "word/briefing_footer_default.xml", "docProps/core.xml", "docProps/custom.xml",
    "customXml/item1.xml", "[Content_Types].xml", "word/_rels/document.xml.rels",
)  # fmt: skip


def golden_parts():
    """Each part that is kept, as indented XML, by the name of its file."""
    pack, media = rich_pack()
    options = ExportOptions(now=NOW, copy="reviewers", author="Niamh Castellan", issue="0.1", contents=True)
    found = parts(export_docx(pack, media, options))
    return {_file_name(name): _indented(found[name]) for name in KEPT}


def _file_name(part):
    name = part.rpartition("/")[2].replace("[", "").replace("]", "")
    return f"{name}.xml" if name.endswith(".rels") else name


def _indented(root):
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.xml"):
        old.unlink()
    for name, xml in golden_parts().items():
        (FOLDER / name).write_text(xml, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
