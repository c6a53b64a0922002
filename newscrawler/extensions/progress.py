"""Progress of a crawl: one live line on a terminal, elsewhere a plain line now and then."""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from datetime import datetime
from typing import Any, NamedTuple

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler

from newscrawler.arguments import arguments_of
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.outcome import Outcome

_LIVE_SECONDS = 0.25  # between two states of the live line
_RATE_SECONDS = 15.0  # at least, over which pages a second are counted
_FAILED = frozenset({
    Outcome.ERROR, Outcome.ERROR_PAGE, Outcome.BLOCKED, Outcome.LOGIN_WALL, Outcome.CONSENT_WALL,
    Outcome.ROBOTS_UNREACHABLE,
})  # fmt: skip


class ProgressCounts(NamedTuple):
    """Numbers of a running crawl so far."""

    stories: int
    pages: int
    waiting: int  # requests that are due
    errors: int


def measure_progress(crawler: Crawler) -> ProgressCounts:
    """The numbers of a crawl at this moment."""
    counts = crawler.get_extension(OutcomeStats).counts
    slot = getattr(crawler.engine, "_slot", None)
    scheduler = slot.scheduler if slot is not None else None
    return ProgressCounts(
        stories=counts[Outcome.STORY],
        pages=sum(counts.values()),
        waiting=len(scheduler) if scheduler is not None else 0,
        errors=sum(n for name, n in counts.items() if name in _FAILED or name.startswith("http-5")),
    )


class Progress:
    """Scrapy extension. On standard error, so that feeds on standard output stay clean.

    Log lines go through the live line's console and stand above it. `PROGRESS = False` (`--quiet`) leaves all out.
    """

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._crawler = crawler
        self._console = console
        self._started = time.monotonic()
        self._pages = deque([(self._started, 0)])
        self._live: Live | None = None
        self._log_handler: logging.StreamHandler[Any] | None = None
        self._task: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        if not crawler.settings.getbool("PROGRESS"):
            raise NotConfigured
        progress = cls(crawler, Console(stderr=True, highlight=False))
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.stop, signals.spider_closed)
        crawler.signals.connect(progress.stop, signals.engine_stopped)
        return progress

    def spider_opened(self, spider: Spider) -> None:
        seconds = _LIVE_SECONDS
        if self._console.is_terminal:
            self._start_live()
        else:
            seconds = self._crawler.settings.getfloat("LOGSTATS_INTERVAL")
        if seconds > 0:
            self._task = create_looping_call(self.show)
            self._task.start(seconds, now=self._live is not None)

    def show(self) -> None:
        """Show the line."""
        line = Text(self.line(), no_wrap=True, overflow="ellipsis")
        if self._live is not None:
            self._live.update(line, refresh=True)
        else:
            self._console.print(f"{datetime.now():%Y-%m-%d %H:%M:%S} ", line, sep="", soft_wrap=True)

    def line(self) -> str:
        """Stories, pages, waiting requests, pace, errors, site and time, in one line."""
        counts = measure_progress(self._crawler)
        minutes, seconds = divmod(int(time.monotonic() - self._started), 60)
        parts = [
            f"{counts.stories} stories",
            f"{counts.pages} pages",
            f"{counts.waiting} waiting",
            f"{self._rate(counts.pages):.1f} pages/s",
            f"{counts.errors} errors",
            f"{minutes}:{seconds:02d}",
        ]
        return f"{arguments_of(self._crawler).site.name}: {', '.join(parts)}"

    def stop(self) -> None:
        """Nothing is shown any more; the log goes where it went before."""
        if self._task is not None and self._task.running:
            self._task.stop()
        if self._live is not None:
            self._live.stop()
            self._live = None
        if self._log_handler is not None:
            self._log_handler.setStream(sys.stderr)
            self._log_handler = None

    def _start_live(self) -> None:
        handler = get_scrapy_root_handler()
        log_handler = (
            handler if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr else None
        )
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._live.start()
        self._console.show_cursor(True)  # a killed crawl leaves the terminal as it was
        if log_handler is not None:
            # Live has put a proxy in the place of standard error; the log's handler must write to it, too.
            self._log_handler = log_handler
            log_handler.setStream(sys.stderr)

    def _rate(self, pages: int) -> float:
        now = time.monotonic()
        self._pages.append((now, pages))
        # The newest sample from before the window stays: plain lines come less often than the window is long.
        while len(self._pages) > 1 and now - self._pages[1][0] >= _RATE_SECONDS:
            self._pages.popleft()
        since, before = self._pages[0]
        return (pages - before) / (now - since) if now - since > 0 else 0.0
