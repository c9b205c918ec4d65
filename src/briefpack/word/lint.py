"""Faults in a Word file that Microsoft's own Open XML SDK validator passes, and that Word or a reader stumbles over.

Each rule looks for one fault. The SDK's validator finds what breaks the schema; the two together found every fault that
was planted in tests. Rules are cheap: a file of 300 pages is looked over in a fraction of the time it takes to write it.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml import etree
from msgspec import Struct

from briefpack.safety.xml import parse_xml
from briefpack.word.wml import qn

DOCUMENT = "word/document.xml"
COMMENTS = "word/comments.xml"
EXTENDED = "word/commentsExtended.xml"
FOOTNOTES = "word/footnotes.xml"
NUMBERING = "word/numbering.xml"
STYLES = "word/styles.xml"

_CHANGES = (
    "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:trPrChange",
    "w:tcPrChange", "w:sectPrChange", "w:tblGridChange", "w:tblPrExChange", "w:cellIns", "w:cellDel", "w:cellMerge",
    "w:numberingChange",
)  # fmt: skip
_STYLED = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")


class Fault(Struct, frozen=True):
    """One fault: the rule that found it, the part of the file it is in, and what is wrong there."""

    rule: str
    part: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}: {self.what} ({self.rule})"


class _File(Struct, frozen=True):
    """The XML parts of a Word file by name."""

    parts: dict[str, etree._Element]

    def each(self, *tags: str) -> Iterator[tuple[str, etree._Element]]:
        """Every element of these names in the parts that hold text, with its part."""
        names = [qn(tag) for tag in tags]
        for part, tree in self.stories():
            for element in tree.iter(*names):
                yield part, element

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """The parts that hold text: document, headers, footers, notes and comments."""
        tags = {qn(f"w:{tag}") for tag in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")}
        return ((part, tree) for part, tree in self.parts.items() if tree.tag in tags)

    def values(self, part: str, tag: str, attribute: str) -> set[str]:
        """The values of an attribute of the elements of a name in one part."""
        tree = self.parts.get(part)
        return set() if tree is None else {each.get(qn(attribute), "") for each in tree.iter(qn(tag))}


def lint(docx: bytes) -> list[Fault]:
    """Every fault that the rules find in a Word file; an empty list where there is none.

    Raises:
        UserError: a part is not readable XML.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as container:
        names = [name for name in container.namelist() if name.endswith(".xml") and name.startswith("word/")]
        file = _File({name: parse_xml(container.read(name), where=name) for name in names})
    return [
        Fault(rule.__name__.strip("_").replace("_", "-"), part, what) for rule in _RULES for part, what in rule(file)
    ]


_Found = Iterator[tuple[str, str]]


def _comment_without_anchor(file: _File) -> _Found:
    anchored = {each.get(qn("w:id")) for _, each in file.each("w:commentReference")}
    for number in sorted(file.values(COMMENTS, "w:comment", "w:id") - anchored):
        yield COMMENTS, f"comment {number} is referred to nowhere"


def _comment_range_unpaired(file: _File) -> _Found:
    yield from _unpaired(file, "w:commentRangeStart", "w:commentRangeEnd", "comment range")


def _comment_without_paragraph(file: _File) -> _Found:
    for part, comment in file.each("w:comment"):
        if comment.find(qn("w:p")) is None:
            yield part, f"comment {comment.get(qn('w:id'))} has no paragraph"


def _change_id_repeated(file: _File) -> _Found:
    for part, tree in file.stories():
        numbers = (each.get(qn("w:id")) for each in tree.iter(*map(qn, _CHANGES)))
        yield from ((part, f"two tracked changes have the id {number}") for number in _repeated(numbers))


def _bookmark_name_repeated(file: _File) -> _Found:
    names = (each.get(qn("w:name"), "").lower() for _, each in file.each("w:bookmarkStart"))
    yield from ((DOCUMENT, f"two bookmarks are called {name}") for name in _repeated(names))


def _bookmark_unpaired(file: _File) -> _Found:
    yield from _unpaired(file, "w:bookmarkStart", "w:bookmarkEnd", "bookmark")


def _text_in_deletion(file: _File) -> _Found:
    for part, text in file.each("w:t"):
        if next(text.iterancestors(qn("w:del"), qn("w:txbxContent")), text).tag == qn("w:del"):
            yield part, f"“{text.text}” is deleted, and yet text (w:t, not w:delText)"


def _insertion_in_insertion(file: _File) -> _Found:
    for part, change in file.each("w:ins"):
        if change.getparent().tag == qn("w:ins"):
            yield part, "an insertion stands directly in an insertion"


def _move_unpaired(file: _File) -> _Found:
    for tags in (("w:moveFromRangeStart", "w:moveFromRangeEnd"), ("w:moveToRangeStart", "w:moveToRangeEnd")):
        yield from _unpaired(file, *tags, "move")
    sources = {each.get(qn("w:name")) for _, each in file.each("w:moveFromRangeStart")}
    targets = {each.get(qn("w:name")) for _, each in file.each("w:moveToRangeStart")}
    for name in sorted(map(str, sources ^ targets)):
        yield DOCUMENT, f"the move {name} has only one end"


def _paragraph_id_repeated(file: _File) -> _Found:
    for part, tree in file.stories():
        ids = (each.get(qn("w14:paraId")) for each in tree.iter(qn("w:p")) if not _is_fallback(each))
        yield from ((part, f"two paragraphs have the id {each}") for each in _repeated(ids))


def _thread_of_unknown_comment(file: _File) -> _Found:
    known = file.values(COMMENTS, "w:p", "w14:paraId")
    for unknown in sorted(file.values(EXTENDED, "w15:commentEx", "w15:paraId") - known):
        yield EXTENDED, f"no paragraph of a comment has the id {unknown}"


def _answer_to_unknown_comment(file: _File) -> _Found:
    known = file.values(EXTENDED, "w15:commentEx", "w15:paraId")
    for unknown in sorted(file.values(EXTENDED, "w15:commentEx", "w15:paraIdParent") - known - {""}):
        yield EXTENDED, f"a reply answers {unknown}, which is not there"


def _cell_without_paragraph(file: _File) -> _Found:
    for part, cell in file.each("w:tc"):
        last = next((each for each in reversed(cell) if each.tag not in _MARKUP), None)
        if last is None or last.tag not in _ENDS_A_CELL:
            yield part, "a table cell does not end with a paragraph"


def _control_id_repeated(file: _File) -> _Found:
    ids = (each.get(qn("w:val")) for _, each in file.each("w:id") if each.getparent().tag == qn("w:sdtPr"))
    yield from ((DOCUMENT, f"two content controls have the id {each}") for each in _repeated(ids))


def _footnotes_without_separators(file: _File) -> _Found:
    if FOOTNOTES in file.parts:
        missing = {"separator", "continuationSeparator"} - file.values(FOOTNOTES, "w:footnote", "w:type")
        yield from ((FOOTNOTES, f"there is no {each}") for each in sorted(missing))


def _field_unbalanced(file: _File) -> _Found:
    for part, tree in file.stories():
        open_fields = 0
        for sign in tree.iter(qn("w:fldChar")):
            open_fields += {"begin": 1, "end": -1}.get(sign.get(qn("w:fldCharType")), 0)
            if open_fields < 0:
                break
        if open_fields:
            yield part, "a field has only one end"


def _list_unknown(file: _File) -> _Found:
    known = file.values(NUMBERING, "w:num", "w:numId") | {"0"}
    styled = ((STYLES, each) for each in file.parts[STYLES].iter(qn("w:numId"))) if STYLES in file.parts else ()
    for part, number in (*file.each("w:numId"), *styled):
        if number.get(qn("w:val")) not in known:
            yield part, f"there is no list {number.get(qn('w:val'))}"


def _style_unknown(file: _File) -> _Found:
    known = file.values(STYLES, "w:style", "w:styleId")
    tags = [qn(tag) for tag in _STYLED]
    for part, tree in (
        *file.stories(),
        *((part, file.parts[part]) for part in (STYLES, NUMBERING) if part in file.parts),
    ):
        unknown = {each.get(qn("w:val"), "") for each in tree.iter(*tags)} - known
        yield from ((part, f"there is no style {style}") for style in sorted(unknown))


_RULES: tuple[Callable[[_File], _Found], ...] = (
    _comment_without_anchor,
    _comment_range_unpaired,
    _comment_without_paragraph,
    _change_id_repeated,
    _bookmark_name_repeated,
    _bookmark_unpaired,
    _text_in_deletion,
    _insertion_in_insertion,
    _move_unpaired,
    _paragraph_id_repeated,
    _thread_of_unknown_comment,
    _answer_to_unknown_comment,
    _cell_without_paragraph,
    _control_id_repeated,
    _footnotes_without_separators,
    _field_unbalanced,
    _list_unknown,
    _style_unknown,
)

_MARKUP = frozenset(map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd")))
_ENDS_A_CELL = frozenset(map(qn, ("w:p", "w:sdt", "w:customXml")))


def _unpaired(file: _File, start: str, end: str, what: str) -> _Found:
    for part, tree in file.stories():
        starts = Counter(each.get(qn("w:id")) for each in tree.iter(qn(start)))
        ends = Counter(each.get(qn("w:id")) for each in tree.iter(qn(end)))
        for number in sorted(map(str, (starts - ends) + (ends - starts))):
            yield part, f"the {what} {number} has only one end"


def _repeated(values: Iterable[str | None]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if value is not None and count > 1)


def _is_fallback(element: etree._Element) -> bool:
    """Whether an element stands in the second telling of something, whose ids are those of the first."""
    return next(element.iterancestors(qn("mc:Fallback")), None) is not None
