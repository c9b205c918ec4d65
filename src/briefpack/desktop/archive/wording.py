"""What is said of an archived document in one line."""

from pathlib import PurePath

from briefpack.archive import Document, Hit, shown


def described(document: Hit | Document) -> str:
    """When, what, and from which file."""
    parts = (
        shown(document.date),
        document.kind.value if document.kind else "",
        document.region or "",
        PurePath(document.source).name,
    )
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]
