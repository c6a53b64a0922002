"""Records the signal that ends a run."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_STAT = "run/signal"


class StopSignal:
    """Scrapy extension. Records the signal that ends the run; Scrapy ends it as always."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._before: dict[int, Any] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StopSignal:
        extension = cls(crawler)
        crawler.signals.connect(extension.engine_started, signals.engine_started)
        crawler.signals.connect(extension.engine_stopped, signals.engine_stopped)
        return extension

    def engine_started(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return  # Python gives signals to the main thread only
        for number in _SIGNALS:
            before = signal.getsignal(number)
            if callable(before):
                self._before[number] = before
                signal.signal(number, self._record)

    def engine_stopped(self) -> None:
        for number, before in self._before.items():
            if signal.getsignal(number) == self._record:
                signal.signal(number, before)
        self._before.clear()

    def _record(self, number: int, frame: FrameType | None) -> None:
        self._crawler.stats.set_value(_STAT, signal.Signals(number).name)
        self._before[number](number, frame)


def ended_by(crawler: Crawler) -> str | None:
    """The name of the signal that ended the run, such as `SIGTERM`; None when it was another reason."""
    name = crawler.stats.get_value(_STAT)
    return str(name) if name else None
