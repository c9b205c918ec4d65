"""Where everything that came back stands in the pack as it is now: worked out off the GUI thread."""

from typing import NamedTuple

from briefpack.pack.model import Pack
from briefpack.review.model import Review
from briefpack.review.showing import Shown, shown


class Standing(NamedTuple):
    """What is shown of a review in a pack, and the two that it was worked out from."""

    review: Review
    pack: Pack
    shown: Shown


def stand(review: Review, pack: Pack) -> Standing:
    """Where the open items of a review stand in a pack."""
    return Standing(review, pack, shown(pack, review))
