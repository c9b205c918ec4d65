"""The watches of conftest.py, each with the fault that it must find."""

import logging
import threading

import pytest

from tests.helpers.leaks import ThreadWatch
from tests.helpers.logs import LogWatch

log = logging.getLogger("briefpack.somewhere")


def test_an_unannounced_warning_is_a_fault(expect_log):
    with LogWatch() as watch:
        log.warning("the disk is %s", "full")
    with pytest.raises(AssertionError, match=r"WARNING briefpack\.somewhere \(.*test_watches.*\): the disk is full"):
        watch.check()
    expect_log("the disk is full")  # this test's own watch saw it too


def test_an_announced_warning_is_none(expect_log):
    log.error("the disk is full")
    expect_log("disk is full", logging.ERROR)


def test_a_warning_of_another_level_than_announced_is_a_fault(expect_log):
    with LogWatch() as watch:
        watch("disk")
        log.error("the disk is full")
    with pytest.raises(AssertionError, match="the disk is full"):
        watch.check()
    expect_log("disk is full", logging.ERROR)


def test_an_announced_warning_that_does_not_come_is_a_fault():
    with LogWatch() as watch:
        watch("never said")
    with pytest.raises(AssertionError, match="never said"):
        watch.check()


def test_what_is_said_below_a_warning_is_nobodys_business():
    with LogWatch() as watch:
        log.info("saved")
    watch.check()


def test_a_thread_left_running_is_a_fault_and_its_start_is_named():
    end = threading.Event()
    with ThreadWatch(grace=0.01) as watch:
        threading.Thread(target=end.wait, name="left alone", daemon=True).start()
    with pytest.raises(AssertionError, match=r"(?s)thread left alone, started at.*test_watches\.py.*left alone"):
        watch.check()
    end.set()  # or this test's own watch would find it


def test_a_thread_that_ends_in_time_is_none():
    end = threading.Event()
    with ThreadWatch() as watch:
        threading.Thread(target=end.wait).start()
        end.set()
    watch.check()


def test_a_thread_that_ran_before_is_not_this_tests_fault():
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    with ThreadWatch(grace=0.01) as watch:
        pass
    watch.check()
    end.set()
    thread.join()
