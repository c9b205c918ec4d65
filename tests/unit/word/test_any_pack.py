"""Whatever is in a pack, it can be written, has no fault, and loses no word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.pack.copies import reader_copy
from briefpack.pack.model import texts_of
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.lint import lint
from tests.helpers.packs import NOW, chart_png, portrait_jpg
from tests.helpers.strategies import packs
from tests.helpers.word import paragraphs

MEDIA = {f"{'0' * 64}.png": chart_png(300, 140), f"{'f' * 64}.jpg": portrait_jpg()}
OPTIONS = st.builds(
    ExportOptions,
    now=st.just(NOW),
    copy=st.sampled_from(("working", "reviewers", "reader")),
    sources=st.sampled_from(("footnotes", "none")),
    contents=st.booleans(),
)


@settings(max_examples=30)
@given(packs(), OPTIONS)
def test_any_pack_is_written_whole_and_without_a_fault(pack, options):
    docx = export_docx(pack, MEDIA, options)
    assert lint(docx) == []
    written = set(paragraphs(docx))
    seen = reader_copy(pack) if options.copy == "reader" else pack
    for block in seen.body:
        for text in texts_of(block):
            assert text.string in written or not text
