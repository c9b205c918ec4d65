"""The versions of the format, and how a pack of an older one becomes one of the newest.

The version is raised only where a program that knows the old one would misread the new: new keys and new parts do not
raise it, since they are kept by programs that do not know them.
"""

from collections.abc import Callable, Mapping

FORMAT = 1
"""The version that is written."""

Raw = dict[str, object]
"""A pack as it stands in JSON."""

UPGRADES: Mapping[int, Callable[[Raw], Raw]] = {}
"""For each older version, the function that makes of its pack one of the next version."""


def upgraded(raw: Raw, version: int) -> Raw:
    """A pack of an older version as one of the newest; one of the newest, or newer still, as it is."""
    while version < FORMAT:
        raw = UPGRADES[version](raw)
        version += 1
    return raw
