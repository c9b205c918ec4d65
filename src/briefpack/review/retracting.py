"""A decision taken back: its words come out of the pack again, whatever else was decided or written since."""

from msgspec.structs import replace

from briefpack.pack.decisions import Decision
from briefpack.pack.model import Pack


def without_decision(pack: Pack, decision: Decision) -> Pack:
    """The pack without a decision."""
    return replace(pack, decisions=tuple(each for each in pack.decisions if each is not decision))
