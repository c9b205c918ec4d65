"""What kind of document a text is, and which region's update."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.archive.kinds import Evidence, kind_of
from briefpack.archive.model import Kind
from briefpack.archive.regions import REGIONS, named, region_of

SAID = [
    "Ada Marsh, President of the Fern Society, said:",
    "“We welcome the plan with all our heart and soul, as ever.”",
]


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (Evidence("Fern plan - Comment", []), Kind.PRESS_COMMENT),
        (Evidence("Comment on the fern plan", []), Kind.PRESS_COMMENT),
        (Evidence("Response to the Queen’s speech", SAID), Kind.PRESS_COMMENT),
        (Evidence("Moss prices", SAID, ends=True), Kind.PRESS_COMMENT),
        (Evidence("Annual speech - Press Release", SAID), Kind.PRESS_RELEASE),
        (Evidence("PR President’s Speech", []), Kind.PRESS_RELEASE),
        (Evidence("Fern census", ["The society today publishes its census."], ends=True), Kind.PRESS_RELEASE),
        (Evidence("Fern consultation response", SAID), Kind.CONSULTATION_RESPONSE),
        (Evidence("Update: Moss Policy Committee - Nov 2017", []), Kind.COMMITTEE_UPDATE),
        (Evidence("MPC Update", ["The committee met four times."]), Kind.COMMITTEE_UPDATE),
        (Evidence("NE Update April 2017", []), Kind.REGIONAL_UPDATE),
        (Evidence("News", ["Update from the South West region for the council."]), Kind.REGIONAL_UPDATE),
        (Evidence("Presidential Address", []), Kind.SPEECH),
        (Evidence("Ferns", ["All about ferns."], links=["speech"]), Kind.SPEECH),
        (Evidence("Ferns", ["All about ferns."], links=["position paper"]), Kind.POSITION_PAPER),
        (Evidence("Ferns", ["All about ferns."], links=["report"]), Kind.REPORT),
        (Evidence("Annual Conference 2017", []), Kind.CONFERENCE_PAPERS),
        (Evidence("Video of ferns", []), Kind.FILM),
        (Evidence("Minutes of the fern meeting", []), Kind.MINUTES),
        (Evidence("Letter to the warden", []), Kind.LETTER),
        (Evidence("Ferns", ["All about ferns."]), None),
    ],
    ids=lambda value: getattr(value, "title", value),
)
def test_kinds(evidence: Evidence, kind: Kind | None) -> None:
    assert kind_of(evidence) == kind


@pytest.mark.parametrize(
    ("title", "opening", "region"),
    [
        ("Eastern Region Update - November 2017", "", "Eastern"),
        ("NW Region Update Nov 2017 - Improving...", "", "North West"),
        ("Yorkshire & Humber update", "", "Yorkshire and Humber"),
        ("News", "Update from the Greater London region for the council", "Greater London"),
        ("A conference in the South West", "Two hundred came to London.", None),
        ("The west side update", "", None),
    ],
)
def test_the_region_whose_update_it_is(title: str, opening: str, region: str | None) -> None:
    assert region_of(title, opening) == region


@pytest.mark.parametrize("region", REGIONS)
def test_every_name_of_a_region_means_it(region: str) -> None:
    for name in (region, *REGIONS[region]):
        assert named(name.upper()) == region
    assert named("Y&H") == "Yorkshire and Humber"
    assert named("North") is None


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_has_a_kind_or_none(title: str, paragraphs: list[str]) -> None:
    assert kind_of(Evidence(title, paragraphs)) in (None, *Kind)
