"""Identifiers of blocks, comments, clips and people.

An id is a ULID (https://github.com/ulid/spec): 26 characters of Crockford's base 32, 48 bits of time and 80 bits of
chance. It sorts by the time it was made, needs no register, and fits into a Word bookmark name.
"""

import os
import re
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PATTERN = re.compile(rf"[0-7][{_ALPHABET}]{{25}}")

LENGTH = 26


def new_id() -> str:
    """A new identifier; two calls never give the same one."""
    number = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of an identifier."""
    return _PATTERN.fullmatch(text) is not None
