"""A reader in a child process comes back with its result or one error, within its time and memory."""

import logging
import operator
import os
import sys
import time

import pytest

from briefpack.errors import Cancelled, UserError
from briefpack.safety.files import read_input
from briefpack.safety.isolate import run_isolated


def test_gives_the_result():
    assert run_isolated(operator.add, 20, 22) == 42


def test_the_child_starts_without_what_it_does_not_need():
    loaded = run_isolated(eval, "{name.partition('.')[0] for name in __import__('sys').modules}")
    assert loaded.isdisjoint({"PySide6", "PIL", "docx", "lxml", "apsw", "jinja2"})
    assert "briefpack" in loaded  # the control


def test_gives_the_functions_own_error(tmp_path):
    with pytest.raises(UserError) as caught:
        run_isolated(read_input, tmp_path / "missing")
    assert "no such file" in caught.value.what
    assert caught.value.do


def test_a_large_result_comes_whole():
    assert run_isolated(operator.mul, b"x", 20_000_000) == b"x" * 20_000_000


def test_what_takes_too_long_is_stopped():
    with pytest.raises(UserError, match="took too long"):
        run_isolated(time.sleep, 60, seconds=0.5, where="a.docx")


def test_what_is_cancelled_is_stopped():
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        run_isolated(time.sleep, 60, cancelled=cancelled)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_what_takes_too_much_memory_is_stopped():
    with pytest.raises(UserError, match="more memory"):
        run_isolated(operator.mul, b"x", 2_000_000_000, memory_mb=512)
    assert run_isolated(operator.mul, b"x", 1000, memory_mb=512) == b"x" * 1000


@pytest.mark.parametrize(("function", "args"), [(os.abort, ()), (os._exit, (3,))])
def test_a_crash_is_a_user_error(function, args):
    with pytest.raises(UserError, match="broke down"):
        run_isolated(function, *args, where="a.docx")


def test_a_bug_is_logged_and_told_without_its_trace(expect_log):
    expect_log("A reader failed on a.docx", logging.ERROR)
    with pytest.raises(UserError) as caught:
        run_isolated(operator.truediv, 1, 0, where="a.docx")
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_endless_recursion_is_a_user_error(expect_log):
    expect_log("RecursionError", logging.ERROR)
    with pytest.raises(UserError):
        run_isolated(eval, "(lambda f: f(f))(lambda f: f(f))", {})
