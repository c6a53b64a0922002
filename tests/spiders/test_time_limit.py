"""Work on a page ends at its limit, whatever it is."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable

import pytest

from newscrawler.spiders.time_limit import TooSlow, time_limit


def _loop() -> None:
    while True:
        pass


def _pattern() -> None:
    re.match(r"(a|aa)+$", "a" * 60 + "b")


def _sleep() -> None:
    time.sleep(60)


@pytest.mark.parametrize("work", [_loop, _pattern, _sleep])
def test_work_without_end_is_ended(work: Callable[[], None]) -> None:
    with pytest.raises(TooSlow), time_limit(0.1):
        work()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_short_work_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(60):
        pass
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_has_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with time_limit(0.01):
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
