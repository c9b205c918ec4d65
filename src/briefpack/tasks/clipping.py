"""A passage of the archive placed in a pack."""

from briefpack.archive import Archive, clip_of
from briefpack.errors import UserError
from briefpack.pack.edits import ClipForm, Place, end_of, place_clips
from briefpack.pack.model import Clip, ListItem, Pack
from briefpack.pack.outline import Section, lines, sections
from briefpack.pack.roles import HOLDS_LINES


def clip_under(pack: Pack, archive: Archive, passage: str, under: str | None) -> tuple[Pack, Clip]:
    """The pack with a whole passage placed at the end of a section, and the clip.

    It is placed as a line to take where the section holds lines or ends in a list, else as a paragraph.

    Args:
        pack: the pack to place it in.
        archive: where the passage is.
        passage: the passage's id.
        under: the words of the section's heading, whole or their beginning, in any case; None is the end of the pack.

    Raises:
        UserError: there is no such passage or heading, or several headings fit.
    """
    clip = clip_of(archive, passage)
    section = _section(pack, under) if under is not None else None
    end = section.end if section else len(pack.body)
    last = pack.body[end - 1]
    held = {placed.block.id for placed in lines(pack)}
    as_line = isinstance(last, ListItem) or last.id in held or (section and section.heading.role in HOLDS_LINES)
    at: Place = end_of(last)
    form = ClipForm.LINE if as_line else ClipForm.PARAGRAPH
    return place_clips(pack, at, at, (clip,), form).pack, clip


def _section(pack: Pack, words: str) -> Section:
    wanted = words.strip().casefold()
    found = [s for s in sections(pack) if s.heading.text.string.strip().casefold() == wanted]
    found = found or [s for s in sections(pack) if s.heading.text.string.strip().casefold().startswith(wanted)]
    if not found:
        raise UserError(f"The pack has no heading '{words}'", do="See its headings with briefpack show PACK")
    if len(found) > 1:
        raise UserError(
            f"The pack has {len(found)} headings '{words}'", do="Give one that is there once: " + _names(found)
        )
    return _innermost_start(found[0])


def _innermost_start(section: Section) -> Section:
    """The part of a section before its first subsection: what is placed under a heading goes there."""
    if not section.children:
        return section
    return Section(section.heading, section.start, section.children[0].start)


def _names(found: list[Section]) -> str:
    return ", ".join(f"“{section.heading.text.string}”" for section in found)
