"""Answering a query: documents ranked, and the best passages inside each.

Documents that have all that is asked for come first, then, where there is room, those that have some of it. Why documents
are ranked and not passages: measured, it finds better.
"""

from collections.abc import Sequence

from briefpack.archive import rows
from briefpack.archive.asking import Asked, Engine
from briefpack.archive.database import Database
from briefpack.archive.emptiness import emptied
from briefpack.archive.model import Document, Hit, Results
from briefpack.archive.picking import Picked, Picker
from briefpack.archive.tokens import Tokenizer


def search(connection: Database, tokenizer: Tokenizer, asked: Asked, *, limit: int = 20) -> Results:
    """The answer to a question."""
    query, engine = asked.query, Engine(connection, asked.match, asked.filters, asked.depth)
    full = engine.full(limit)
    helped = (*(each.sentence for each in asked.repairs), *(each.sentence for each in asked.widened))
    notes = [*query.notes, *helped]
    total, hits = full.total, [(row, rank, True) for row, rank in full.ranked]
    bounded = full
    if engine.match.partial:
        some = engine.partial(limit + len(hits) if len(hits) < limit else 0)
        seen = {row for row, _, _ in hits}
        hits += [(row, rank, False) for row, rank in some.ranked if row not in seen][: limit - len(hits)]
        total, bounded = some.total, max(full, some, key=lambda found: found.bounded)
    if bounded.bounded:
        notes.append(f"Ranked among the newest {asked.depth:,} of {bounded.total:,} documents")
    if not full.total:
        notes += emptied(connection, asked)
    return Results(
        query=query.text,
        filters=asked.filters,
        total=total,
        complete=full.total,
        notes=tuple(dict.fromkeys(notes)),
        hits=_shown(connection, Picker(connection, tokenizer, engine.match), hits),
        repairs=asked.repairs,
        widened=asked.widened,
    )


def _shown(connection: Database, picker: Picker, hits: Sequence[tuple[int, float, bool]]) -> tuple[Hit, ...]:
    """Documents by row, rank, and whether they have all that is asked for, as hits with their passages."""
    found = rows.stored_in(connection, [row for row, _, _ in hits])
    picked = picker.picked(list(found.values()))
    return tuple(
        _hit(found[row].head, rank, picked.get(row, Picked()), complete=complete) for row, rank, complete in hits
    )


def _hit(head: Document, rank: float, picked: Picked, *, complete: bool) -> Hit:
    return Hit(
        id=head.id,
        title=head.title,
        ordinal=head.ordinal,
        date=head.date,
        kind=head.kind,
        region=head.region,
        source=head.source,
        score=round(-rank, 4) or 0.0,
        passages=picked.passages,
        more=picked.more,
        complete=complete,
    )
