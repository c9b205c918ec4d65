"""The house as it is when it runs: what the import contracts say of the source, shown in a fresh interpreter."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_QT = (
    "errors",
    "assets",
    "pack",
    "safety",
    "briefing",
    "ooxml",
    "word",
    "archive",
    "packfile",
    "render",
    "spelling",
)
FRONTS = ("tasks", "cli")
QT = {"PySide6", "shiboken6", "qtawesome", "qtpy"}


def modules_after(statement: str) -> set[str]:
    """The top-level modules that are loaded once ``statement`` has run in an interpreter of its own."""
    script = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def every_module(package: str) -> str:
    """A statement that imports a module or a package with all that is in it."""
    return (
        f"import importlib, pkgutil\nfound = importlib.import_module('briefpack.{package}')\n"
        "for each in pkgutil.walk_packages(getattr(found, '__path__', ()), found.__name__ + '.'):\n"
        "    importlib.import_module(each.name)"
    )


@pytest.mark.parametrize("package", [*WITHOUT_QT, *FRONTS])
def test_loads_without_qt(package):
    assert not modules_after(every_module(package)) & QT


def test_the_window_does_load_qt():
    """The control: what the test above looks for can be seen."""
    assert "PySide6" in modules_after("import briefpack.desktop.workspace")


def test_the_pack_needs_nothing_but_msgspec():
    outside = modules_after(every_module("pack")) - modules_after("pass") - set(sys.stdlib_module_names)
    assert {name for name in outside if not name.startswith("_")} <= {"briefpack", "msgspec", "typing_extensions"}


def imports_of(source: str) -> set[str]:
    """The top-level names that a module's source imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_unit_tests_know_no_qt():
    here = Path(__file__).parent
    guilty = [path for path in here.rglob("*.py") if imports_of(path.read_text(encoding="utf-8")) & (QT | {"pytestqt"})]
    assert guilty == []
    assert imports_of("from PySide6.QtCore import Qt\nimport os.path") == {"PySide6", "os"}  # such a line is found


def test_the_spelling_engine_is_loaded_with_a_dictionary_only():
    assert "hunspell" not in modules_after(every_module("spelling"))
    assert "hunspell" in modules_after("from briefpack.spelling import load\nload()")
