"""Passages of the archive in a pack: placed there, and proved again later."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from briefpack.archive import Reader, Verdict
from briefpack.archive.origins import Difference, differences
from briefpack.errors import UserError
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.edits import ClipForm, end_of, place_clips
from briefpack.pack.model import Clip, ListItem, Pack
from briefpack.pack.outline import Section, lines, outline
from briefpack.pack.roles import HOLDS_LINES
from briefpack.pack.text import MarkKind


def clip_under(pack: Pack, archive: Reader, passage: str, under: str | None) -> tuple[Pack, Clip]:
    """The pack with a whole passage placed at the end of a section, and the clip.

    It is placed as a line to take where the section holds lines or ends in a list, else as a paragraph.

    Args:
        pack: the pack to place it in.
        archive: where the passage is.
        passage: the passage's id.
        under: the words of the section's heading, whole or their beginning, in any case, where need be behind those of a
            heading over it ("Dredging / Lines to take"); None is the end of the pack.

    Raises:
        UserError: there is no such passage or heading, or several headings fit.
    """
    clip = archive.clip(passage)
    section = _section(pack, under) if under is not None else None
    last = pack.body[(section.end if section else len(pack.body)) - 1]
    under_lines = last.id in {placed.block.id for placed in lines(pack)} or (
        section is not None and section.heading.role in HOLDS_LINES
    )
    form = ClipForm.LINE if under_lines or isinstance(last, ListItem) else ClipForm.PARAGRAPH
    at = end_of(last)
    return place_clips(pack, at, at, (clip,), form).pack, clip


def _section(pack: Pack, words: str) -> Section:
    """The section that is meant, up to its first subsection: what is placed under a heading goes there."""
    wanted = words.strip().casefold()
    trails = list(_trails(outline(pack.body)))
    found = [trail for trail in trails if _title(trail[-1]) == wanted]
    found = found or [trail for trail in trails if wanted and _title(trail[-1]).startswith(wanted)]
    found = found or [trail for trail in trails if _leads(trail, wanted)]
    if not found:
        raise UserError(f"The pack has no heading “{words}”", do="See its headings with briefpack show PACK")
    if len(found) > 1:
        choice = ", ".join(f"“{' / '.join(each.heading.text.string for each in trail[-2:])}”" for trail in found)
        raise UserError(f"The pack has {len(found)} headings that begin with “{words}”", do=f"Write one of {choice}")
    section = found[0][-1]
    return Section(section.heading, section.start, section.children[0].start if section.children else section.end)


def _trails(roots: Iterable[Section], above: tuple[Section, ...] = ()) -> Iterator[tuple[Section, ...]]:
    """Each section behind all that it stands under."""
    for section in roots:
        trail = (*above, section)
        yield trail
        yield from _trails(section.children, trail)


def _title(section: Section) -> str:
    return section.heading.text.string.strip().casefold()


def _leads(trail: tuple[Section, ...], wanted: str) -> bool:
    """Whether words such as "dredging / lines to take" name the last section of a trail by what it stands under."""
    above, _, last = "/".join(part.strip() for part in wanted.split("/")).rpartition("/")
    over = "/".join(part.strip() for section in trail[:-1] for part in _title(section).split("/"))
    return bool(above and last) and _title(trail[-1]).startswith(last) and above in over


class ProvedClip(Struct, frozen=True):
    """What has become of a clip: the block that it stands in (None where its words were deleted), its words then and now.

    ``differences`` lead from the one to the other, word by word; there are none where the words are the same.
    """

    id: str
    block: str | None
    document: str
    verdict: Verdict
    words: str
    now: str
    differences: tuple[Difference, ...] = ()


def verdicts(pack: Pack, archive: Reader) -> list[ProvedClip]:
    """A verdict on each clip of a pack, in the order in which they were placed."""
    places = spans(pack, MarkKind.CLIP)
    found = []
    for clip in pack.clips:
        verdict = archive.verdict(clip)
        block = places[clip.id][0].block if clip.id in places else None
        changes = differences(clip.words, verdict.now) if verdict.verdict is Verdict.CHANGED else ()
        found.append(ProvedClip(clip.id, block, clip.document, verdict.verdict, clip.words, verdict.now, changes))
    return found


def taken_anew(clip: Clip, archive: Reader) -> Clip | None:
    """The clip as it would be taken today: of the words that stand in its place now. None where they are gone."""
    verdict = archive.verdict(clip)
    if verdict.verdict is Verdict.GONE:
        return None
    return replace(archive.clip(verdict.passage, verdict.start, verdict.end), id=clip.id)


class Use(Struct, frozen=True):
    """A clip of a document that stands in a pack: the block that it is in, and its words there."""

    clip: str
    block: str
    passage: str
    words: str


def used_in(pack: Pack, document: str) -> tuple[Use, ...]:
    """Where a pack uses words of an archived document, in reading order."""
    clips = {clip.id: clip for clip in pack.clips if clip.document == document}
    return tuple(
        Use(value, pieces[0].block, clips[value].passage, words_at(pack, pieces))
        for value, pieces in spans(pack, MarkKind.CLIP).items()
        if value in clips
    )
