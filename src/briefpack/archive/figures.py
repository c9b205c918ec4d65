"""Figures as others write them: "£320m" is also "£320 million", and "3330" is "3,330"."""

import re
from collections.abc import Sequence

_SIZES = (("m", "mn", "million"), ("bn", "billion"), ("tn", "trillion"), ("k", "thousand"))
_SIZED = re.compile(
    rf"[£$€]?(?P<number>\d+(?:[.,]\d+)*)\s?(?P<size>{'|'.join(size for sizes in _SIZES for size in sizes)})",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[£$€]?(?P<number>\d{4,12}|\d{1,3}(?:,\d{3})+)")


def otherwise(words: Sequence[str]) -> list[str]:
    """The other ways of writing a figure that stands in one word or in two; empty where they are none."""
    typed = " ".join(words)
    if sized := _SIZED.fullmatch(typed):
        size = sized["size"].casefold()
        sizes = next(each for each in _SIZES if size in each)
        return [f"{sized['number']}{' ' * (len(each) > 2)}{each}" for each in sizes if each != size]
    if whole := _WHOLE.fullmatch(typed):
        number = whole["number"]
        return [number.replace(",", "") if "," in number else f"{int(number):,}"]
    return []
