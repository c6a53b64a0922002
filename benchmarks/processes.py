"""A `scrapy` command in a process of its own, and what it took."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """Of one process: the most resident memory in MB; processor and wall time in seconds."""

    memory: float
    processor: float
    wall: float


def scrapy(*words: str) -> Cost:
    """Run `scrapy WORDS...`; AssertionError when it does not end with 0."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawler.settings", "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, "-m", "scrapy", *words], environment)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(status) == 0, words
    return Cost(usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, wall)
