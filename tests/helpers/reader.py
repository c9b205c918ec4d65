"""What a screen reader sees of a program: its tree of controls, asked for over AT-SPI.

The bindings (python3-gi, gir1.2-atspi-2.0) belong to the system's Python: this file is both what tests import and what that
Python runs, one request a line in JSON, one answer a line.
"""

import json
import subprocess
import sys
import time

SYSTEM_PYTHON = "/usr/bin/python3"
_NEEDS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
_APPLICATIONS = 40
"""Tries, a quarter of a second each, until the program is on the bus."""


def is_here():
    """Whether the system's Python can speak AT-SPI."""
    try:
        return subprocess.run([SYSTEM_PYTHON, "-c", _NEEDS], capture_output=True).returncode == 0
    except OSError:
        return False


class ScreenReader:
    """A screen reader that looks at one program.

    Args:
        environment: that of the program's session: its bus and its display.
    """

    def __init__(self, environment):
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, __file__],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def close(self):
        """Stop looking."""
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()
        self._process.stderr.close()

    def nodes(self):
        """Every control that is shown: a list of dicts of ``path`` (a list of numbers), ``role``, ``name``, ``description``,
        ``states`` (names) and ``text`` (None where it has none)."""
        return self._ask("nodes")

    def find(self, role, name=""):
        """The only shown control of a role whose name begins so."""
        found = [node for node in self.nodes() if node["role"] == role and node["name"].startswith(name)]
        assert len(found) == 1, (role, name, [(node["role"], node["name"]) for node in found or self.nodes()])
        return found[0]

    def type_into(self, path, at, words):
        """Put words into a control's text, as a speech recogniser or a switch user's keyboard does."""
        assert self._ask("insert", path, at, words), "the control takes no text"

    def _ask(self, *request):
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the screen reader failed: {self._process.stderr.read()[-2000:]}")
        return json.loads(line)


class _Looking:
    """The side that runs in the system's Python."""

    def __init__(self):
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        self._atspi, self._error = Atspi, GLib.Error
        Atspi.init()
        self._program = self._find_program()

    def answer(self, what, *arguments):
        return {"nodes": self._nodes, "insert": self._insert}[what](*arguments)

    def _find_program(self):
        for _ in range(_APPLICATIONS):
            desktop = self._atspi.get_desktop(0)
            for at in range(desktop.get_child_count()):
                program = desktop.get_child_at_index(at)
                if program is not None and program.get_name().lower() == "briefpack" and program.get_child_count():
                    return program
            time.sleep(0.25)
        raise SystemExit("the program is not on the accessibility bus")

    def _nodes(self):
        found = []
        self._walk(self._program, [], found)
        return found

    def _walk(self, node, path, found):
        """Take down a node with all in it. What goes while it is looked at is not there."""
        try:
            self._take_down(node, path, found)
        except self._error as error:
            if "No such object" not in error.message:
                raise

    def _take_down(self, node, path, found):
        node.clear_cache()
        states = [state.value_nick for state in node.get_state_set().get_states()]
        if path and "showing" not in states:
            return
        has_text = "Text" in node.get_interfaces()
        text = self._atspi.Text.get_text(node, 0, self._atspi.Text.get_character_count(node)) if has_text else None
        found.append(
            {
                "path": path,
                "role": node.get_role_name(),
                "name": node.get_name() or "",
                "description": node.get_description() or "",
                "states": states,
                "text": text,
            }
        )
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child is not None:
                self._walk(child, [*path, at], found)

    def _at(self, path):
        node = self._program
        for step in path:
            node = node.get_child_at_index(step)
        return node

    def _insert(self, path, at, words):
        node = self._at(path)
        return "EditableText" in node.get_interfaces() and self._atspi.EditableText.insert_text(
            node, at, words, len(words.encode())
        )


def _serve():
    looking = _Looking()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(looking.answer(*json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
