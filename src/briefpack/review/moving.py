"""What one person took out here and put in there: one move."""

from collections.abc import Iterable

from msgspec.structs import replace

from briefpack.review.drafts import Draft, drafted, key_in
from briefpack.review.model import Drop, Item, ItemKind, Move, Put, Reword, Split, Step

_MOVED = 12
"""Characters from which on a paragraph that one person took out here and put in there was moved."""

_Renamed = dict[str, tuple[str, str, str]]
"""By the key of an item that became part of a move: the move's key, the block that was moved, and what stood for it."""


def with_moves(made: list[Draft], issue: str) -> list[Draft]:
    """The items, in which what was taken out here and put in there is one move."""
    renamed: _Renamed = {}
    groups: dict[int, list[Draft]] = {}
    able = [each for each in made if each.edit.who.move or each.dropped or each.put_behind is not None]
    by_hand: dict[tuple[str, str, bool], list[Draft]] = {}
    for each in able:
        by_hand.setdefault(each.edit.who.hand, []).append(each)
    for draft in able:
        if id(draft) not in groups:
            others = [other for other in by_hand[draft.edit.who.hand] if id(other) not in groups]
            if partners := _partners(draft, [other for other in others if other is not draft]):
                sides = [each for each in others if each is draft or any(each is other for other in partners)]
                groups |= dict.fromkeys(map(id, sides), sides)
    done: list[Draft] = []
    for draft in made:
        group = groups.get(id(draft))
        if group is None:
            done.append(draft)
        elif draft is next((each for each in group if each.item.after), group[0]):
            done.append(_moved(group, issue, renamed))  # where the words came to
    for draft in done:
        draft.item = _inside_move(draft.item, renamed)
    return done


def _inside_move(item: Item, renamed: _Renamed) -> Item:
    """An item as it is where the new words that it changes turned out to be moved ones."""
    if item.inside not in renamed:
        return item
    key, moved, stood = renamed[item.inside]
    new = moved or (key if stood == item.inside else stood)

    def moved_along(step: Step) -> Step:
        if isinstance(step, Reword | Split) and step.span.block == stood:
            return replace(step, span=replace(step.span, block=new))
        if isinstance(step, Drop):
            return Drop(tuple(new if block == stood else block for block in step.blocks))
        return step

    return replace(item, inside=key, steps=tuple(map(moved_along, item.steps)))


def _partners(draft: Draft, others: list[Draft]) -> list[Draft]:
    """Of other items of the same hand those that are the rest of one move; none where it is no move."""
    if draft.edit.who.move:
        sides = [draft, *others]
        both = any(each.item.before for each in sides) and any(each.item.after for each in sides)
        return others if both else []
    words = draft.item.before or draft.item.after
    if len(words) < _MOVED or draft.edit.inside is not None:
        return []
    for each in others:
        opposite = bool(each.dropped) != bool(draft.dropped) and each.edit.inside is None
        if (
            opposite
            and (each.item.before or each.item.after) == words
            and (each.dropped or each.put_behind is not None)
        ):
            return [each]
    return []


def _moved(sides: list[Draft], issue: str, renamed: _Renamed) -> Draft:
    """One move of its two sides; each may be several paragraphs."""
    gone = [each for each in sides if each.item.before and not each.item.after]
    come = [each for each in sides if each.item.after and not each.item.before]
    edit, here = (gone or come or sides)[0].edit, (come or sides)[0].edit
    taken = "\n".join(each.item.before for each in gone)
    first = come[0] if come else sides[0]
    block = gone[0].item.block if gone else None
    key = key_in(issue, edit, block, "moved", taken, first.item.block)
    item = drafted(edit, issue, key, block, taken, "\n".join(each.item.after for each in come))
    kind = ItemKind.SILENT if edit.who.silent else ItemKind.MOVE
    item = replace(item, kind=kind, words=taken, span=gone[0].item.span if gone else None, text="Moves this")
    blocks = tuple(block for each in gone for block in each.dropped)
    behind = first.put_behind
    plain = gone and come and len(gone) == len(come) == len(blocks) and behind is not None
    if plain and all(a.item.before == b.item.after for a, b in zip(gone, come, strict=True)):
        made = Draft(here, replace(item, steps=(Move(blocks, behind or ""),)), [])
        _retarget(come, blocks, key, renamed)
    else:
        whole = all(each.item.steps for each in sides)
        steps = _side_by_side(step for each in sides for step in each.item.steps) if whole else ()
        made = Draft(here, replace(item, steps=steps), [])
        _retarget(come, (), key, renamed)
    return made


def _retarget(come: list[Draft], blocks: tuple[str, ...], key: str, renamed: _Renamed) -> None:
    """Remember that what others changed in moved words is inside the move."""
    for number, each in enumerate(come):
        new = blocks[number] if blocks else ""
        renamed[each.item.key] = (key, new, each.targets[0].block if each.targets else "")


def _side_by_side(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps in which what is put in behind one block is put in at once, so that it stays in its order."""
    done: list[Step] = []
    for step in steps:
        last = done[-1] if done else None
        if isinstance(step, Put) and isinstance(last, Put) and last.after == step.after:
            done[-1] = Put(last.after, (*last.blocks, *step.blocks))
        else:
            done.append(step)
    return tuple(done)
