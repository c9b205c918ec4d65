"""A reader in a child process comes back with its result or one error, within its time and memory."""

import logging
import operator
import os
import sys
import time

import pytest

from briefpack.errors import Cancelled, UserError
from briefpack.safety.files import read_input
from briefpack.safety.isolate import Child, run_isolated


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


def test_one_child_serves_many_calls_and_is_replaced_after_very_many(monkeypatch):
    monkeypatch.setattr("briefpack.safety.isolate._CALLS", 3)
    with Child() as child:
        served = [child.run(os.getpid) for _ in range(4)]
    assert len(set(served[:3])) == 1
    assert served[3] != served[0]
    assert os.getpid() not in served


def test_a_child_that_breaks_down_is_replaced_and_only_what_broke_it_is_refused():
    with Child() as child:
        first = child.run(os.getpid)
        with pytest.raises(UserError, match="broke down"):
            child.run(os.abort, where="a.docx")
        with pytest.raises(UserError, match="took too long"):
            child.run(time.sleep, 60, seconds=0.2, where="b.docx")
        assert child.run(os.getpid) != first


def test_nothing_is_refused_for_what_another_file_left_in_the_child():
    leave = "setattr(__import__('builtins'), 'left', True)"
    broken = "__import__('os').abort() if hasattr(__import__('builtins'), 'left') else 'read'"
    with Child() as child:
        child.run(eval, leave)
        assert child.run(eval, "hasattr(__import__('builtins'), 'left')"), "the control: the child keeps what is left"
        assert child.run(eval, broken) == "read"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_memory_that_others_took_is_no_reason_for_a_refusal():
    keep = "setattr(__import__('builtins'), 'kept', b'x' * 300_000_000)"
    with Child(memory_mb=512) as child:
        child.run(eval, keep)
        assert len(child.run(operator.mul, b"x", 200_000_000)) == 200_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="the system limits no time there")
def test_the_time_of_a_child_is_that_of_each_call():
    limit = "__import__('resource').getrlimit(__import__('resource').RLIMIT_CPU)[0]"
    with Child() as child:
        assert child.run(eval, limit, seconds=10) == 16
        assert child.run(eval, limit, seconds=100) == 106


def test_a_child_ends_with_what_it_is_at():
    with Child() as child:
        process = child.run(os.getpid)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
