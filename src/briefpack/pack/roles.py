"""What a heading opens: the parts of a briefing, by their field names."""

import re
from enum import StrEnum


class Role(StrEnum):
    """The part of a briefing that a heading opens. It holds for all blocks up to the next heading of its level."""

    AGENDA = "agenda"
    ITEM = "item"
    LINES = "lines"
    STEER = "steer"
    BACKGROUND = "background"
    IF_PRESSED = "if_pressed"
    TO_NOTE = "to_note"
    KEY_FACTS = "key_facts"
    QA = "qa"
    ANNEX = "annex"
    BIOGRAPHIES = "biographies"


LABELS: dict[Role, str] = {
    Role.AGENDA: "Annotated agenda",
    Role.ITEM: "Agenda item",
    Role.LINES: "Lines to take",
    Role.STEER: "Steer",
    Role.BACKGROUND: "Background",
    Role.IF_PRESSED: "If pressed",
    Role.TO_NOTE: "To note",
    Role.KEY_FACTS: "Key facts",
    Role.QA: "Questions and answers",
    Role.ANNEX: "Annex",
    Role.BIOGRAPHIES: "Biographies",
}
"""What each role is called where a user reads it."""

HOLDS_LINES = frozenset({Role.LINES, Role.IF_PRESSED})
"""Blocks directly under these roles are lines to take: they have an owner, a status and a time at which they go off."""

_SIGNS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.LINES,
        re.compile(
            r"\blines?[ -]to[ -]take\b|\bpoints to make\b|\bspeaking points\b|\btalking points\b", re.IGNORECASE
        ),
    ),
    (Role.IF_PRESSED, re.compile(r"^if (?:pressed|asked|raised)\b|\bdefensive lines?\b", re.IGNORECASE)),
    (Role.AGENDA, re.compile(r"^(?:annotated )?agenda\b", re.IGNORECASE)),
    (Role.BIOGRAPHIES, re.compile(r"\bbiograph(?:y|ies)\b|^(?:bios?|attendees?' bios?)$", re.IGNORECASE)),
    (Role.QA, re.compile(r"^q ?(?:&|and) ?a\b|\bquestions and answers\b", re.IGNORECASE)),
    (Role.KEY_FACTS, re.compile(r"^key (?:facts|figures|data|messages)\b|^latest data\b", re.IGNORECASE)),
    (Role.STEER, re.compile(r"^(?:(?:our|their|main|suggested) )*steers?\b|^handling\b", re.IGNORECASE)),
    (Role.TO_NOTE, re.compile(r"^to note\b|^points to note\b", re.IGNORECASE)),
    (Role.BACKGROUND, re.compile(r"^background\b|^context\b", re.IGNORECASE)),
    (Role.ANNEX, re.compile(r"^annex(?:e|es)?\b|^appendix\b", re.IGNORECASE)),
)


def role_of_title(title: str) -> Role | None:
    """The role that a heading's own words state, or None where they state none.

    The first sign in a fixed order wins, so that "Annex A: Biographies" are biographies and "Background - lines to
    take" are lines.
    """
    for role, sign in _SIGNS:
        if sign.search(title.strip()):
            return role
    return None
