"""What must hold between a pack and the document after every step."""

from PySide6.QtGui import QTextBlock

from briefpack.desktop.editor import utf16
from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.editor.folding import hidden_ranges
from briefpack.desktop.editor.projection import project, read
from briefpack.pack.model import TextBlock
from tests.helpers.invariants import check_pack


def blocks_of(editor: PackEditor) -> list[QTextBlock]:
    document = editor.document()
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


def _folds(editor: PackEditor) -> tuple[frozenset[str], str]:
    return editor.folding.folded, editor.folding.focused


def assert_agrees(editor: PackEditor) -> None:
    """The document is the projection of the pack to the last format, reads back as the pack, and hides what is folded."""
    pack = editor.workspace.pack
    assert editor.pack() is pack
    check_pack(pack)
    laid = blocks_of(editor)
    assert len(laid) == len(pack.body)
    ids = [block.id for block in pack.body]
    assert len(set(ids)) == len(ids)
    for block, shown in zip(pack.body, laid, strict=True):
        back = read(shown)
        assert back.id == block.id
        assert back.card == (not isinstance(block, TextBlock))
        if isinstance(block, TextBlock):
            assert back.text == block.text
        target = project(pack, block, editor.formats)
        assert shown.blockFormat() == target.format
        assert shown.charFormat() == target.base
        runs = []
        iterator = shown.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            runs.append((fragment.text(), fragment.charFormat()))
            iterator += 1
        assert len(runs) == len(target.runs)
        for (string, format_), (wanted, wanted_format) in zip(runs, target.runs, strict=True):
            assert string == wanted
            assert format_ == wanted_format
        assert shown.length() - 1 == utf16.length(target.string)
    hidden = {at for start, stop in hidden_ranges(pack.body, *_folds(editor)) for at in range(start, stop)}
    assert [not shown.isVisible() for shown in laid] == [at in hidden for at in range(len(laid))]
    cursor = editor.textCursor()
    first, last = (
        editor.document().findBlock(at).blockNumber() for at in (cursor.selectionStart(), cursor.selectionEnd())
    )
    assert hidden.isdisjoint(range(first, last + 1)), "what is selected is seen"
    at = cursor.position()
    assert editor.position_of(editor.place_at(at)) <= at
