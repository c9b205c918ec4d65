"""A screen of its own for a real program: a display, a window manager, and the buses that a screen reader uses."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
_PATIENCE = 30
_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def missing():
    """The programs that a screen needs and that are not installed."""
    absent = [name for name in PROGRAMS if not shutil.which(name)]
    if not any(map(os.path.exists, _LAUNCHERS)):
        absent.append("at-spi2-core")
    return absent


class Screen:
    """A display of 1366 by 768 with a window manager, a session bus and an accessibility bus; to be used with ``with``.

    Args:
        folder: a new folder for sockets, settings and data of the programs that run on it.
    """

    def __init__(self, folder):
        self._folder = Path(folder)
        self._running = []
        self._program = None
        self.environment = {}

    def __enter__(self):
        own = {name: str(self._folder / name.lower()) for name in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
                                                                   "XDG_STATE_HOME", "XDG_CACHE_HOME")}  # fmt: skip
        for path in own.values():
            Path(path).mkdir(mode=0o700)
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
        self.environment = {
            **inherited,
            **own,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONUNBUFFERED": "1",
            "LC_ALL": "C.UTF-8",
        }
        try:
            self.environment["DISPLAY"] = f":{self._display()}"
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus()
            self.start(["openbox", "--sm-disable"])
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception):
        for process in reversed(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
            if process.stdout:
                process.stdout.close()

    def start(self, command, **more):
        """Start a program on this screen; it ends with the screen."""
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        options = {**quiet, **more}
        process = subprocess.Popen(command, env=self.environment, start_new_session=True, **options)
        self._running.append(process)
        return process

    def start_briefpack(self, *arguments):
        """Start the program itself; what it says on standard error goes to ``said``."""
        with (self._folder / "said").open("wb") as said:
            self._program = self.start([sys.executable, "-m", "briefpack", *map(str, arguments)], stderr=said)

    @property
    def said(self):
        """What the program wrote on standard error."""
        return (self._folder / "said").read_text(encoding="utf-8")

    @property
    def complaints(self):
        """What it wrote there but for Qt's own remarks on the bus."""
        return [line for line in self.said.splitlines() if line and "qt.accessibility" not in line]

    def press(self, *keys):
        """Press keys as ``xdotool`` names them, such as ``ctrl+alt+m``, in whatever has the keyboard."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, words):
        """Type words."""
        self._xdotool("type", "--delay", "15", words)

    def wait_for_window(self, name):
        """Wait until a window of this title has come, and give it the keyboard."""
        until(lambda: self._activated(name), f"no window called {name} came to the front: {self.said}")

    def settle(self):
        """Wait until some window has the keyboard."""
        until(lambda: self._xdotool("getwindowfocus").strip() not in ("", "1"), "nothing has the keyboard")

    def _activated(self, name):
        if self._program is not None and self._program.poll() is not None:
            raise AssertionError(f"the program ended: {self.said}")
        if (found := self._xdotool("search", "--onlyvisible", "--name", name)) == "":
            return False
        window = found.split()[-1]
        self._xdotool("windowactivate", window)
        return self._xdotool("getactivewindow").strip() == window

    def _xdotool(self, *arguments):
        """What xdotool prints. It fails where there is no such window yet, which is nothing to report."""
        options = {"env": self.environment, "timeout": _PATIENCE, "capture_output": True, "encoding": "utf-8"}
        return subprocess.run(["xdotool", *arguments], check=False, **options).stdout

    def _display(self):
        """A display with a number that was free."""
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        process = self.start(command, stdout=subprocess.PIPE)
        number = process.stdout.readline().decode().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        return number

    def _bus(self):
        """A session bus; the accessibility bus is started by it when it is first asked for."""
        process = self.start(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE)
        address = process.stdout.readline().decode().strip()
        if not address:
            raise AssertionError("the session bus did not start")
        return address


def until(so, what, patience=_PATIENCE):
    """Wait until something is so and give what it gives; AssertionError with ``what`` where it is not in time."""
    end = time.monotonic() + patience
    while True:
        if found := so():
            return found
        if time.monotonic() > end:
            raise AssertionError(what)
        time.sleep(0.1)
