"""A small archive of invented bodies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefpack.archive import Archive

TRAILER = "\n\n\nTags assigned to this article:\n{tags}\n\nRelated Articles\n\n"
NO_TAGS = "There are no tags assigned to this article!"

ARTICLES = (
    (
        "Fern Strategy - Comment",
        (
            "Ada Marsh, President of the Fern Society, said:\n\n“We welcome the fern strategy. It must be fully funded, and"
            " it must be mandatory for every park. Off-rolling ferns helps nobody.”\n\nENDS"
        ),
    ),
    (
        "North West Region Update - November 2017",
        (
            "Peer challenge\n\nTwo parks were visited. The programme covers:\n\n  • Moss and lichen surveys\n  • Training"
            " for wardens\n\nFunding\n\nCo-operation with the county’s council continues."
        ),
    ),
    (
        "Consultation response on park byelaws",
        (
            "Responding to the consultation Bo Reed, Chair of the Moss Committee, said:\n\n“Byelaws should protect moss. The"
            " accreditation of wardens remains voluntary.”"
        ),
    ),
    ("Warden of the year", "Cleo Ash was named warden of the year on a wet day in Oldham."),
    ("Yorkshire & Humber Update September 2017", "Wardens met in Leeds (as at 31 September 2017) to discuss moss."),
)


def dump(articles: tuple[tuple[str, str], ...] = ARTICLES, tags: str = NO_TAGS) -> str:
    """Articles as a site saves them."""
    return "".join(f"{title}\n\n{body}{TRAILER.format(tags=tags)}" for title, body in articles)


@pytest.fixture
def dump_file(tmp_path: Path) -> Path:
    path = tmp_path / "site.txt"
    path.write_text(dump(), encoding="utf-8")
    return path


@pytest.fixture
def archive(tmp_path: Path, dump_file: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        opened.add([dump_file])
        yield opened
