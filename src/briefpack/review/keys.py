"""Names that follow from what they name, so that they are the same whenever the list is derived."""

import hashlib


def key_of(*parts: object) -> str:
    """A name that follows from its parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


def id_of(key: str, number: int = 0) -> str:
    """An id of a block, comment or reply that follows from an item's key."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = int.from_bytes(hashlib.sha256(f"{key}/{number}".encode()).digest()[:16])
    return "".join(alphabet[(value >> shift) & (7 if shift == 125 else 31)] for shift in range(125, -5, -5))
