"""Names for copies that are put beside a pack, each of which nothing has yet."""

import os
import re
from pathlib import Path

_LONGEST = 255
"""The bytes that a name may have on any usual file system."""


def free_name(target: Path, remark: str) -> Path:
    """A name beside a file that nothing has yet: its own with a remark, and a number where that is taken."""
    remark = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", remark)
    stem, number = target.stem, 1
    while True:
        again = f" {number}" if number > 1 else ""
        name = f"{stem} ({remark[:100]}){again}{target.suffix}"
        if len(os.fsencode(name)) > _LONGEST and len(stem) > 1:
            stem = stem[:-1]
        elif os.path.lexists(target.with_name(name)):
            number += 1
        else:
            return target.with_name(name)
