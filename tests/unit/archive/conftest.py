"""A small archive of invented bodies, in either of the stores.

A module marked ``both_stores`` is the conformance suite's: each of its tests that takes an archive from here passes on
SQLite and on PostgreSQL. What may differ between the two is said where a test makes a difference.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from briefpack.archive import Archive
from briefpack.archive.opening import open_archive

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


Opener = Callable[[str], Archive]
"""Opens the archive of a name; one that was opened before is the same archive again."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of the conformance suite on both stores."""
    marked = metafunc.definition.get_closest_marker
    if "opener" in metafunc.fixturenames and marked("both_stores") and not marked("sqlite_only"):
        metafunc.parametrize("opener", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Archives of one test by name, in the store that the test is run on."""
    shared = getattr(request, "param", "sqlite") == "postgresql"
    addresses: dict[str, str] = {}
    with ExitStack() as stack:

        def opened(name: str) -> Archive:
            if not shared:
                return stack.enter_context(open_archive(tmp_path / name))
            if name not in addresses:
                server = request.getfixturevalue("postgres")
                addresses[name] = stack.enter_context(server.archive())
            return stack.enter_context(open_archive(addresses[name], make=True))

        yield opened


@pytest.fixture
def archive(opener: Opener, dump_file: Path) -> Archive:
    opened = opener("archive")
    opened.add([dump_file])
    return opened
