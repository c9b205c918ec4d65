"""Where the files that ship with Briefpack are: ``resources/`` and ``templates/``.

In an installed wheel both lie inside the package; in a checkout they lie at its top.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def resource(*parts: str) -> Path:
    """The path of a file or folder below ``resources/``."""
    return _folder("resources").joinpath(*parts)


def template(*parts: str) -> Path:
    """The path of a file or folder below ``templates/``."""
    return _folder("templates").joinpath(*parts)
