"""Which part of a briefing a heading's own words state."""

import pytest

from briefpack.pack.roles import Role, role_of_title


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Annotated agenda", Role.AGENDA),
        ("Background - lines to take", Role.LINES),
        ("Annex A: Biographies", Role.BIOGRAPHIES),
        ("Their main steers", Role.STEER),
        ("Our steer", Role.STEER),
        ("If pressed on cost", Role.IF_PRESSED),
        ("Steering group", None),
        ("Regional Improvement", None),
    ],
)
def test_roles(title, role):
    assert role_of_title(title) is role
