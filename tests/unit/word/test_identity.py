from lxml import etree

from briefpack.ooxml.names import qn
from briefpack.pack.model import Heading, Pack, Paragraph
from briefpack.pack.text import Text
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.identity import NAMESPACE, block_fingerprint, from_xml
from tests.helpers.packs import NOW, rich_pack
from tests.helpers.word import parts, words_of, xpath


def exported(copy="working", issue=""):
    return parts(export_docx(*rich_pack(), ExportOptions(now=NOW, copy=copy, issue=issue)))


def test_every_block_has_one_hidden_bookmark_over_its_words():
    pack, _ = rich_pack()
    body = exported()["word/document.xml"]
    names = xpath(body, "//w:bookmarkStart/@w:name")
    assert sorted(names) == sorted(f"_bp_{block.id}" for block in pack.body)
    for block in pack.body:
        if isinstance(block, Heading | Paragraph):
            start = xpath(body, f"//w:bookmarkStart[@w:name='_bp_{block.id}']")[0]
            paragraph = start.getparent()
            assert (paragraph[1], paragraph[-1].tag) == (start, qn("w:bookmarkEnd"))
            assert words_of(paragraph).replace("[1]", "") == block.text.string


def test_the_custom_xml_says_what_was_sent():
    pack, _ = rich_pack()
    found = exported(issue="1.2")
    identity = from_xml(found["customXml/item1.xml"])
    assert (identity.pack, identity.issue) == (pack.id, "1.2")
    assert [(each.id, each.fingerprint) for each in identity.blocks] == [
        (b.id, block_fingerprint(b)) for b in pack.body
    ]
    assert {each.kind for each in identity.blocks} >= {"meeting_details", "heading", "list_item", "table", "biography"}
    assert pack.id in "".join(found["docProps/custom.xml"].itertext())


def test_comments_are_found_again_by_their_numbers():
    pack, _ = rich_pack()
    found = exported()
    identity = from_xml(found["customXml/item1.xml"])
    said = {int(each.get(qn("w:id"))): "".join(each.itertext()) for each in found["word/comments.xml"]}
    ids = {each.id: each for each in identity.comments}
    for comment in pack.comments:
        assert comment.text.replace("\n", "") in said[ids[comment.id].number]
        assert ids[comment.id].placed == (not comment.text.startswith("Likely to be"))
        for reply in comment.replies:
            assert reply.text in said[ids[reply.id].number]
            assert ids[reply.id].parent == comment.id


def test_a_part_of_somebody_else_s_is_none_of_ours():
    assert from_xml(etree.fromstring("<pack id='x'/>")) is None


def test_entries_without_sense_are_left_out():
    broken = etree.fromstring(
        f"<pack xmlns='{NAMESPACE}'><comment id='a' number='x'/><comment id='b' number='3'/></pack>"
    )
    assert [each.id for each in from_xml(broken).comments] == ["b"]


def test_the_same_words_have_the_same_fingerprint_whatever_their_typography():
    assert block_fingerprint(Paragraph(text=Text("It’s  so"))) == block_fingerprint(Paragraph(text=Text("It's so")))
    assert block_fingerprint(Paragraph(text=Text("It is so"))) != block_fingerprint(Paragraph(text=Text("It was so")))


def test_an_empty_pack_has_an_identity():
    pack = Pack()
    found = parts(export_docx(pack, {}, ExportOptions(now=NOW)))
    assert from_xml(found["customXml/item1.xml"]).pack == pack.id
