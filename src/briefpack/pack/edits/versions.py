"""Going back to a pack as it was."""

from msgspec.structs import replace

from briefpack.pack.model import Pack


def restored(pack: Pack, version: Pack) -> Pack:
    """The pack as an earlier version of it was; what was sent, came back and was decided since stays on record."""
    return replace(version, id=pack.id, issues=pack.issues, returns=pack.returns, decisions=pack.decisions)
