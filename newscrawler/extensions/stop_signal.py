"""Records the signal that ends a run."""

from __future__ import annotations

import signal
import threading
from asyncio import AbstractEventLoop, ensure_future, get_running_loop
from types import FrameType
from typing import Any, Protocol, runtime_checkable

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawler.exceptions import Refused
from newscrawler.outcome import Outcome

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_STAT = "run/signal"


@runtime_checkable
class DeliversBeforeStop(Protocol):
    """A spider that has something to deliver before its run is stopped."""

    async def deliver_before_stop(self) -> None: ...


class StopSignal:
    """Scrapy extension. Records the signal that ends the run; Scrapy ends it as always."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._before: dict[int, Any] = {}
        self._loop: AbstractEventLoop | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StopSignal:
        extension = cls(crawler)
        crawler.signals.connect(extension.engine_started, signals.engine_started)
        crawler.signals.connect(extension.engine_stopped, signals.engine_stopped)
        return extension

    def engine_started(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return  # Python gives signals to the main thread only
        self._loop = get_running_loop()
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
        is_first = self._crawler.stats.get_value(_STAT) is None
        self._crawler.stats.set_value(_STAT, signal.Signals(number).name)
        spider = self._crawler.spider
        if is_first and self._loop is not None:
            self._loop.call_soon_threadsafe(leave_queued, self._crawler, "the run was stopped")
        if is_first and isinstance(spider, DeliversBeforeStop) and (loop := self._loop) is not None:
            loop.call_soon_threadsafe(
                lambda: setattr(self, "_ending", ensure_future(self._end(spider, number)))
            )
        else:
            self._before[number](number, frame)

    async def _end(self, spider: DeliversBeforeStop, number: int) -> None:
        try:
            await spider.deliver_before_stop()
        finally:
            if number in self._before:
                self._before[number](number, None)


def leave_queued(crawler: Crawler, reason: str) -> None:
    """Leave what waits for its turn to a later run, instead of sending it on the way out."""
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:
            _, answer = slot.queue.popleft()
            answer.errback(Refused(Outcome.LEFT, reason))


def is_closing(crawler: Crawler) -> bool:
    """True when the crawl ends or has ended, whatever the reason."""
    engine = crawler.engine
    return engine.spider is None or engine._slot is None or engine._slot.closing is not None


def ended_by(crawler: Crawler) -> str | None:
    """The name of the signal that ended the run, such as `SIGTERM`; None when it was another reason."""
    name = crawler.stats.get_value(_STAT)
    return str(name) if name else None
