"""What holds for every test: nothing unexpected is said, nothing is left running, no folder of the user's is touched."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

import hypothesis
import pytest

from tests.helpers.leaks import ThreadWatch
from tests.helpers.logs import LogWatch

if TYPE_CHECKING:
    from tests.helpers.postgres import Postgres

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"

hypothesis.settings.register_profile("dev", max_examples=100, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("nightly", max_examples=5000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for this test alone, in which settings, journals and archives of "the user" land; none is read or written
    in the real ones."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("LOCAL_APPDATA", "APPDATA", "COMMON_APPDATA"):
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(home / name.lower()))
    if sys.platform == "darwin":
        monkeypatch.setenv("HOME", str(home))
    if core := sys.modules.get("PySide6.QtCore"):
        for form in (core.QSettings.Format.NativeFormat, core.QSettings.Format.IniFormat):
            core.QSettings.setPath(form, core.QSettings.Scope.UserScope, str(home / "settings"))
    return home


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[LogWatch]:
    """Fails the test that logs a warning or worse which it did not announce: ``expect_log(r"disk is full")``."""
    with LogWatch() as watch:
        yield watch
    watch.check()


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that leaves a thread or a Qt thread pool's job running, and says where it was started."""
    watch = ThreadWatch(qt="desktop" in request.path.parts or "qtbot" in request.fixturenames)
    with watch:
        yield
    watch.check()


@pytest.fixture(scope="session")
def postgres() -> Iterator["Postgres"]:
    """A PostgreSQL server for the whole run, started when it is first asked for."""
    from tests.helpers.postgres import Postgres, binaries

    programs = binaries()
    if programs is None:
        pytest.skip("there is no PostgreSQL here")
    with Postgres(programs) as server:
        yield server


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real briefings and articles that are not part of this repository."""
    if not SEEDS.is_dir():
        pytest.skip(f"there are no seeds at {SEEDS}")
    return SEEDS
