"""Names for copies that are put beside a pack, each of which nothing has yet."""

import os
import re
from pathlib import Path


def free_name(target: Path, remark: str) -> Path:
    """A name beside a file that nothing has yet: its own with a remark, and a number where that is taken."""
    remark = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", remark)
    number = 1
    while True:
        again = f" {number}" if number > 1 else ""
        found = target.with_name(f"{target.stem[:120]} ({remark[:100]}){again}{target.suffix}")
        if not os.path.lexists(found):
            return found
        number += 1
