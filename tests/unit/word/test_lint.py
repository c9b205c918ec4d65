"""Each fault is planted into a sound file, and found; the sound file has none."""

import io
import zipfile

import pytest
from lxml import etree

from briefpack.errors import UserError
from briefpack.ooxml.names import NAMESPACES, qn
from briefpack.word import export
from briefpack.word.export import BrokenDocumentError, ExportOptions, export_docx
from briefpack.word.lint import lint
from tests.helpers.packs import NOW, rich_pack
from tests.helpers.word import parts, with_parts

_NAMESPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())


@pytest.fixture(scope="module")
def sound():
    pack, media = rich_pack()
    return export_docx(pack, media, ExportOptions(now=NOW))


def planted(docx, part, change):
    """The file with one part changed by a function of its root."""
    root = parts(docx)[f"word/{part}.xml"]
    change(root)
    return with_parts(docx, **{part: etree.tostring(root, encoding="UTF-8", xml_declaration=True)})


def remove(query, which=0):
    def change(root):
        found = root.xpath(query, namespaces=NAMESPACES)[which]
        found.getparent().remove(found)

    return change


def set_to(query, attribute, value):
    prefix, local = attribute.split(":")

    def change(root):
        root.xpath(query, namespaces=NAMESPACES)[0].set(f"{{{NAMESPACES[prefix]}}}{local}", value)

    return change


def add(query, xml):
    def change(root):
        made = etree.fromstring(f"<x {_NAMESPACES}>{xml}</x>")
        root.xpath(query, namespaces=NAMESPACES)[0].extend(list(made))

    return change


def same_paragraph_ids(root):
    first, second = root.xpath("//w:p[@w14:paraId]", namespaces=NAMESPACES)[:2]
    name = f"{{{NAMESPACES['w14']}}}paraId"
    second.set(name, first.get(name))


def same_bookmark_names(root):
    first, second = root.xpath("//w:bookmarkStart", namespaces=NAMESPACES)[:2]
    second.set(qn("w:name"), first.get(qn("w:name")).lower())


PARAGRAPH = "//w:body/w:p[w:r][2]"
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>'
INSERTED = '<w:ins w:id="901" w:author="a"><w:ins w:id="902" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins></w:ins>'
MOVED = '<w:moveFromRangeStart w:id="910" w:author="a" w:name="move1"/><w:moveFromRangeEnd w:id="910"/>'

FAULTS = {
    "comment-without-anchor": ("document", remove("//w:r[w:commentReference]")),
    "comment-range-unpaired": ("document", remove("//w:commentRangeEnd")),
    "comment-without-paragraph": ("comments", remove("//w:comment[count(w:p)=1]/w:p")),
    "change-id-repeated": ("document", set_to("//w:del", "w:id", "1")),
    "bookmark-name-repeated": ("document", same_bookmark_names),
    "bookmark-unpaired": ("document", remove("//w:bookmarkEnd", 3)),
    "text-in-deletion": ("document", add("//w:del/w:r", "<w:t>x</w:t>")),
    "insertion-in-insertion": ("document", add(PARAGRAPH, INSERTED)),
    "move-unpaired": ("document", add(PARAGRAPH, MOVED)),
    "paragraph-id-repeated": ("comments", same_paragraph_ids),
    "thread-of-unknown-comment": ("commentsExtended", set_to("//w15:commentEx", "w15:paraId", "7ABCDEF0")),
    "answer-to-unknown-comment": (
        "commentsExtended",
        set_to("//w15:commentEx[@w15:paraIdParent]", "w15:paraIdParent", "7ABCDEF0"),
    ),
    "cell-without-paragraph": ("document", remove("//w:tc/w:p")),
    "control-id-repeated": ("document", add(PARAGRAPH, CONTROL + CONTROL)),
    "footnotes-without-separators": ("footnotes", remove("//w:footnote[@w:type='separator']")),
    "field-unbalanced": ("document", add(PARAGRAPH, '<w:r><w:fldChar w:fldCharType="begin"/></w:r>')),
    "list-unknown": ("document", set_to("//w:numId", "w:val", "4711")),
    "style-unknown": ("document", set_to("//w:pStyle", "w:val", "Nowhere")),
}


def test_a_sound_file_has_no_fault(sound):
    assert lint(sound) == []


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_found(sound, rule):
    part, change = FAULTS[rule]
    found = lint(planted(sound, part, change))
    assert rule in {fault.rule for fault in found}
    assert all(rule in str(fault) for fault in found if fault.rule == rule)


def test_every_rule_has_a_fault_planted_for_it():
    from briefpack.word.lint import _RULES

    assert {rule.__name__.strip("_").replace("_", "-") for rule in _RULES} == set(FAULTS)


def test_a_part_that_is_no_xml_is_refused(sound):
    with pytest.raises(UserError, match="not readable XML"):
        lint(with_parts(sound, document=b"<w:document"))


def test_a_text_told_twice_may_repeat_its_ids(sound):
    box = "<w:p w14:paraId='00000001'/>"
    told_twice = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert lint(planted(sound, "document", add(PARAGRAPH, f"<w:r>{told_twice}</w:r>"))) == []


def test_an_export_with_a_fault_is_not_handed_over(monkeypatch):
    monkeypatch.setattr(export.Notes, "write", lambda self, body: body.append(etree.Element(qn("w:tc"))))
    with pytest.raises(BrokenDocumentError, match="cell-without-paragraph"):
        export_docx(*rich_pack(), ExportOptions(now=NOW))


def test_only_the_text_of_a_word_file_is_looked_at(sound):
    out = io.BytesIO(sound)
    with zipfile.ZipFile(out, "a") as container:
        container.writestr("other/document.xml", b"not xml")
    assert lint(out.getvalue()) == []
