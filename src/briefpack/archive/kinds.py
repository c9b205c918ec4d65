"""What kind of document a text is, by its title, by what it links to, and by how it opens and ends.

The first rule that fits decides; each is written for how press offices and associations title what they publish. No rule
fits: None.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from briefpack.archive.model import Kind
from briefpack.archive.regions import region_of


class Evidence(Struct, frozen=True):
    """What a document shows of its kind: title, paragraphs, what its dead links led to, whether it ends in ENDS."""

    title: str
    paragraphs: Sequence[str]
    links: Sequence[str] = ()
    ends: bool = False

    @property
    def opening(self) -> str:
        """The first paragraphs, in lower case."""
        return " ".join(self.paragraphs[:3]).lower()


def kind_of(evidence: Evidence) -> Kind | None:
    """The kind of a document; None where no rule fits."""
    return next((kind for kind, fits in _RULES if fits(evidence)), None)


_Rule = Callable[[Evidence], bool]


def _titled(pattern: str) -> _Rule:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda evidence: compiled.search(evidence.title) is not None


def _opening(pattern: str) -> _Rule:
    compiled = re.compile(pattern)
    return lambda evidence: compiled.search(evidence.opening) is not None


def _links_to(*words: str) -> _Rule:
    return lambda evidence: any(word in link for link in evidence.links for word in words)


def _is_regional(evidence: Evidence) -> bool:
    return region_of(evidence.title, evidence.opening) is not None


def _is_statement(evidence: Evidence) -> bool:
    """Somebody is introduced as saying, and nearly all that follows is what they say."""
    introduced = _SAID.search(" ".join(evidence.paragraphs[:2])) is not None
    spoken = sum(len(paragraph) for paragraph in evidence.paragraphs if paragraph.startswith(("“", '"', "‘")))
    return introduced and 2 * spoken > sum(map(len, evidence.paragraphs))


def _is_announcement(evidence: Evidence) -> bool:
    return (
        evidence.ends
        and re.search(r"\btoday\b|\bpublish|\blaunch|\bgave (?:his|her|their)\b", evidence.opening) is not None
    )


_SAID = re.compile(r"\bsaid\s*:")

_RULES: tuple[tuple[Kind, _Rule], ...] = (
    (Kind.PRESS_RELEASE, _titled(r"\bpress (?:release|notice)\b|^PR\b|^news release\b")),
    (Kind.FILM, _titled(r"^video\b|\bvideo$|^talking heads\b")),
    (
        Kind.CONSULTATION_RESPONSE,
        _titled(r"\bconsultation response\b|\bresponse to .*\b(?:consultation|call for evidence)\b"),
    ),
    (Kind.COMMITTEE_UPDATE, _titled(r"\bcommittees?\b.*\bupdates?\b|\bupdates?\b.*\bcommittees?\b")),
    (Kind.REGIONAL_UPDATE, _is_regional),
    (Kind.PRESS_COMMENT, _titled(r"^comment\b|\bcomment$")),
    (Kind.PRESS_COMMENT, _is_statement),
    (
        Kind.CONFERENCE_PAPERS,
        _titled(r"\bconference\b.*\b(?:presentations?|papers|slides)$|\bconference (?:19|20)\d\d$"),
    ),
    (Kind.SPEECH, _titled(r"\bspeech\b|\b(?:presidential|president’s|opening|keynote) address\b")),
    (Kind.MINUTES, _titled(r"\bminutes\b|\bnotes? of (?:the |a )?meeting\b")),
    (Kind.LETTER, _titled(r"^(?:open )?letter\b")),
    (Kind.GUIDANCE, _titled(r"\bguidance\b")),
    (Kind.BRIEFING, _titled(r"\bbriefing\b")),
    (Kind.POSITION_PAPER, _links_to("position paper")),
    (Kind.BRIEFING, _links_to("briefing")),
    (Kind.GUIDANCE, _links_to("guidance")),
    (Kind.REPORT, _links_to("report")),
    (Kind.SPEECH, _links_to("speech")),
    (Kind.PRESS_RELEASE, _is_announcement),
    (Kind.COMMITTEE_UPDATE, _opening(r"^the (?:committee|group) met\b")),
    (Kind.REPORT, _titled(r"\breport\b")),
    (Kind.POSITION_PAPER, _titled(r"\b(?:position|policy) paper\b")),
)
