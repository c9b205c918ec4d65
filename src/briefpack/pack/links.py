"""Which addresses a link may lead to: web pages and e-mail, and nothing that runs or opens a file."""

import re

SCHEMES = ("http://", "https://", "mailto:")

_HOST = re.compile(r"(?:https?://)[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)[^\s@]+@[^\s@]+\.[^\s@]+", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_OTHER = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)


def is_safe(address: str) -> bool:
    """Whether an address is of a kind that a link may have."""
    return address.strip().lower().startswith(SCHEMES)


def read_address(typed: str) -> str:
    """The address that somebody means by what was typed or copied; empty where it is none that a link may have.

    ``www.example.org/x`` is a web page and ``a@example.org`` an e-mail address.
    """
    typed = typed.strip().strip("<>")
    if _HOST.fullmatch(typed) or _MAIL.fullmatch(typed):
        return typed
    if _OTHER.match(typed):
        return ""
    if _MAIL.fullmatch(f"mailto:{typed}"):
        return f"mailto:{typed}"
    return f"https://{typed}" if _BARE.fullmatch(typed) else ""
