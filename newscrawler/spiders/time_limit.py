"""A time limit for work on one page, which interrupts a loop or a pattern that never ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PAGE_SECONDS = 10.0  # ten times what the slowest page of benchmarks/hostile.py takes
_AGAIN = 0.5  # seconds until the next interruption, should one be lost


class TooSlow(Exception):
    """Work that took longer than its limit."""


@contextmanager
def time_limit(seconds: float = PAGE_SECONDS) -> Iterator[None]:
    """Raise TooSlow within the block when it takes longer; outside the main thread there is no limit.

    The interruption comes between two steps of Python, and within a pattern's match. Work of C code that does not look
    at signals is not ended by it; see TrialReader.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"it took more than {seconds:.0f} s to read")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
