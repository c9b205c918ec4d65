"""Making the document agree with the pack: only the blocks that differ, and of those only what differs."""

import difflib
from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from briefpack.desktop.editor import utf16
from briefpack.desktop.editor.formats import Formats, shape_of
from briefpack.desktop.editor.projection import Projected, is_whole, project
from briefpack.desktop.editor.tidy import common_end, common_start
from briefpack.pack.model import AnyBlock, Biography, MeetingDetails, Pack

Op = tuple[int, int, int, int]
"""Blocks [a, b) of the document become blocks [c, d) of the pack."""


def load(document: QTextDocument, pack: Pack, formats: Formats) -> None:
    """A pack shown in an emptied document."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for index, block in enumerate(pack.body):
        target = project(pack, block, formats)
        if index:
            cursor.insertBlock(target.format, target.base)
        else:
            cursor.setBlockFormat(target.format)
            cursor.setBlockCharFormat(target.base)
        _insert(cursor, target)
    cursor.endEditBlock()


def patch(document: QTextDocument, before: Pack, after: Pack, formats: Formats) -> bool:
    """A document that shows ``before`` made to show ``after``; returns whether blocks came, went or changed their kind.

    What lies apart is patched apart, from the end backwards: Qt lays out the whole stretch between the first and the
    last change of one edit block.
    """
    ops = differences(before, after)
    if not ops:
        return False
    grouped = sum(d - c for _, _, c, d in ops) * 2 > len(after.body)
    outer = QTextCursor(document)
    if grouped:
        outer.beginEditBlock()
    for start, stop, first, last in reversed(ops):
        targets = [project(after, block, formats) for block in after.body[first:last]]
        reshape(document, start, stop, targets)
    if grouped:
        outer.endEditBlock()
    return any(not _same_shape(before.body[a:b], after.body[c:d]) for a, b, c, d in ops)


def _same_shape(old: Sequence[AnyBlock], new: Sequence[AnyBlock]) -> bool:
    """Whether two stretches hold the same blocks, but for their words: then no number of a list beyond them changes."""
    return [(block.id, shape_of(block), getattr(block, "ordered", None)) for block in old] == [
        (block.id, shape_of(block), getattr(block, "ordered", None)) for block in new
    ]


def differences(before: Pack, after: Pack) -> list[Op]:
    """What has to be written, in order: stretches of blocks that are not the same value, found by identity and id."""
    old, new = before.body, after.body
    ops: list[Op] = []
    if old is not new:
        head = 0
        while head < len(old) and head < len(new) and old[head] is new[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(new)) - head and old[-1 - tail] is new[-1 - tail]:
            tail += 1
        ops = _middle(old, new, head, len(old) - tail, len(new) - tail)
    if before.meeting is not after.meeting or before.people is not after.people:
        ops = _with_cards(ops, after)
    return ops


def _middle(old: Sequence[AnyBlock], new: Sequence[AnyBlock], start: int, stop: int, last: int) -> list[Op]:
    old_ids = [block.id for block in old[start:stop]]
    new_ids = [block.id for block in new[start:last]]
    if old_ids == new_ids:
        codes: Sequence[tuple[str, int, int, int, int]] = [("equal", 0, len(old_ids), 0, len(new_ids))]
    else:
        codes = difflib.SequenceMatcher(None, old_ids, new_ids, autojunk=False).get_opcodes()
    ops: list[Op] = []
    for tag, a, b, c, d in codes:
        if tag != "equal":
            ops.append((start + a, start + b, start + c, start + d))
            continue
        for was, is_ in zip(range(start + a, start + b), range(start + c, start + d), strict=True):
            if old[was] is not new[is_]:
                ops.append((was, was + 1, is_, is_ + 1))
    return _contiguous(ops)


def _contiguous(ops: list[Op]) -> list[Op]:
    """Neighbouring one-for-one stretches as one."""
    joined: list[Op] = []
    for op in ops:
        if joined:
            a, b, c, d = joined[-1]
            if op[0] == b and op[2] == d and b - a == d - c and op[1] - op[0] == op[3] - op[2]:
                joined[-1] = (a, op[1], c, op[3])
                continue
        joined.append(op)
    return joined


def _with_cards(ops: list[Op], after: Pack) -> list[Op]:
    """The cards that show the meeting or people, which can change without their blocks doing so."""
    result: list[Op] = []
    old, new = 0, 0
    end = len(after.body)
    for op in [*ops, (end, end, end, end)]:
        cards = (at for at in range(new, op[2]) if isinstance(after.body[at], MeetingDetails | Biography))
        result.extend((at - new + old, at - new + old + 1, at, at + 1) for at in cards)
        result.append(op)
        old, new = op[1], op[3]
    return result[:-1]


def reshape(document: QTextDocument, start: int, stop: int, targets: Sequence[Projected]) -> None:
    """Blocks ``start`` up to ``stop`` of the document made to be ``targets``, in one edit block."""
    outer = QTextCursor(document)
    outer.beginEditBlock()
    both = min(stop - start, len(targets))
    for index in range(both):
        write_block(document.findBlockByNumber(start + index), targets[index])
    if stop - start > both:
        _delete_blocks(document, start + both, stop)
    elif len(targets) > both:
        _insert_blocks(document, start + both, targets[both:])
    outer.endEditBlock()


def _delete_blocks(document: QTextDocument, start: int, stop: int) -> None:
    first, last = document.findBlockByNumber(start), document.findBlockByNumber(stop - 1)
    cursor = QTextCursor(document)
    if last.next().isValid():
        cursor.setPosition(first.position())
        survivor, held = last.next(), QTextCursor(last.next())
        cursor.setPosition(survivor.position(), QTextCursor.MoveMode.KeepAnchor)
    else:
        survivor, held = first.previous(), QTextCursor(first.previous())
        cursor.setPosition(survivor.position() + survivor.length() - 1)
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    format_, base = survivor.blockFormat(), survivor.charFormat()
    cursor.removeSelectedText()
    held.setBlockFormat(format_)
    held.setBlockCharFormat(base)


def _insert_blocks(document: QTextDocument, index: int, targets: Sequence[Projected]) -> None:
    """New blocks before the one at ``index``, or at the end."""
    cursor = QTextCursor(document)
    block = document.findBlockByNumber(index)
    if block.isValid():
        cursor.setPosition(block.position())
        cursor.insertBlock(block.blockFormat(), block.charFormat())
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        first = targets[0]
        cursor.setBlockFormat(first.format)
        cursor.setBlockCharFormat(first.base)
        _insert(cursor, first)
        targets = targets[1:]
    else:
        cursor.movePosition(QTextCursor.MoveOperation.End)
    for target in targets:
        cursor.insertBlock(target.format, target.base)
        _insert(cursor, target)


def _insert(cursor: QTextCursor, target: Projected) -> None:
    for string, format_ in target.runs:
        cursor.insertText(string, format_)


def write_block(block: QTextBlock, target: Projected) -> bool:
    """A block of the document made to be ``target``, touching only what differs; returns whether anything did."""
    changed = False
    cursor = QTextCursor(block)
    if block.blockFormat() != target.format:
        cursor.setBlockFormat(target.format)
        changed = True
    if block.charFormat() != target.base:
        cursor.setBlockCharFormat(target.base)
        changed = True
    changed |= _write_characters(cursor, block, target)
    return _write_formats(cursor, block, target) or changed


def _write_characters(cursor: QTextCursor, block: QTextBlock, target: Projected) -> bool:
    """The characters that differ, replaced; positions of cursors in the rest stay."""
    is_, wanted = block.text(), target.string
    whole = is_whole(block, is_)
    if is_ == wanted and whole:
        return False
    head = common_start(is_, wanted) if whole else 0
    tail = common_end(is_, wanted, min(len(is_), len(wanted)) - head) if whole else 0
    start = block.position() + utf16.to_units(is_, head)
    stop = block.position() + block.length() - 1 - (utf16.length(is_[len(is_) - tail :]) if tail else 0)
    cursor.setPosition(start)
    cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
    new = wanted[head : len(wanted) - tail]
    cursor.insertText(new, _format_at(target, head)) if new else cursor.removeSelectedText()
    return True


def _format_at(target: Projected, offset: int) -> QTextCharFormat:
    for string, format_ in target.runs:
        if offset < len(string):
            return format_
        offset -= len(string)
    return target.base


def _write_formats(cursor: QTextCursor, block: QTextBlock, target: Projected) -> bool:
    """The character formats that differ, set run by run; the characters agree already."""
    actual = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        actual.append((fragment.length(), fragment.charFormat()))
        iterator += 1
    wanted = [(utf16.length(string), format_) for string, format_ in target.runs]
    if [size for size, _ in actual] == [size for size, _ in wanted]:
        stale = [(format_ != other) for (_, format_), (_, other) in zip(actual, wanted, strict=True)]
        if not any(stale):
            return False
    start = at = block.position()
    covered, index = at, 0
    changed = False
    for size, format_ in wanted:
        stop = at + size
        differs = False
        while index < len(actual) and covered < stop:
            differs |= actual[index][1] != format_
            if covered + actual[index][0] > stop:
                break
            covered += actual[index][0]
            index += 1
        if differs:
            cursor.setPosition(at)
            cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(format_)
            changed = True
        at = stop
    assert start <= at
    return changed
