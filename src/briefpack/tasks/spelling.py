"""The misspelt words of a pack in plain values, as ``briefpack spell --json`` prints them."""

from typing import Any

from briefpack.pack.finding import Found, shown_at
from briefpack.pack.model import Pack
from briefpack.spelling import Misspelling, Speller, is_british, known_in, load, misspellings
from briefpack.spelling.own import OwnDictionary

Plain = dict[str, Any]

_ROUND = 36
"""How many characters on either side of a word are shown with it."""


def spelling_of(pack: Pack, own: OwnDictionary, *, suggest: bool = False) -> Plain:
    """Each misspelt word with its block and what stands round it, in reading order; None for a block that is not shown.

    A pack in another language than British English is not checked, and ``checked`` says so.

    Raises:
        UserError: there is no spelling engine on this computer, or the user's own dictionary cannot be read.
    """
    if not is_british(pack.language):
        return _report(pack, checked=False, found=[])
    speller = Speller(load())
    known = known_in(pack).with_words(own.words())
    found = []
    for each in misspellings(pack, speller, known):
        plain = _plain(pack, each)
        if suggest:
            plain["suggestions"] = list(speller.suggestions(each.word, known))
        found.append(plain)
    return _report(pack, checked=True, found=found)


def _report(pack: Pack, *, checked: bool, found: list[Plain]) -> Plain:
    counts = {"misspelt": len(found), "words": len({each["word"] for each in found})}
    return {"language": pack.language, "checked": checked, "misspelt": found, "counts": counts}


def _plain(pack: Pack, each: Misspelling) -> Plain:
    string, start, end = each.text.string, each.start, each.end
    before = string[max(0, start - _ROUND) : start]
    after = string[end : end + _ROUND]
    context = ("…" if start > _ROUND else "") + before + each.word + after + ("…" if end + _ROUND < len(string) else "")
    return {
        "word": each.word,
        "part": each.seat.part,
        "block": shown_at(pack, Found(each.seat, start, end)),
        "start": start,
        "end": end,
        "context": " ".join(context.split()),
    }
