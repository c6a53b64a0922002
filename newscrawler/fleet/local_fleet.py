"""The crawls of many sites on this machine, some at a time."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import psutil

from newscrawler.extensions.last_run import last_run_path
from newscrawler.fleet.site_crawl import CrawlState, SiteCrawl, refused
from newscrawler.fleet.site_list import ListedSite

# A crawl with the usual delay of half a second asks for two pages a second, which takes a tenth of a core or less
# (benchmarks/cost.py); its memory by benchmarks/crawl_memory.py.
_JOBS_A_CORE = 4
_BYTES_A_JOB = 300 * 1024 * 1024
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# What a further signal does, as with one crawl: end well, end at once, kill.
ESCALATION = (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL)


def default_jobs() -> int:
    """Number of crawls at a time that this machine's cores and free memory allow; at least 1."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(_JOBS_A_CORE * cores, psutil.virtual_memory().available // _BYTES_A_JOB))


class LocalFleet:
    """The crawls of a list of sites, those first that were not crawled for the longest time."""

    def __init__(
        self,
        sites: Sequence[ListedSite],
        output_dir: Path,
        jobs: int,
        words: Sequence[str] = (),
        env: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`words`, `env`: further words and environment of each `scrapy crawl site`."""
        self.crawls = [refused(site) if site.problem else SiteCrawl(site) for site in sites]
        self.jobs = jobs
        self.started = datetime.now(UTC)
        self.finished: datetime | None = None
        self.stopped_by: str | None = None  # the name of a signal
        self._output_dir = output_dir
        self._words = words
        self._env = env
        self._signals = 0
        self._turns = {site.name: asyncio.Lock() for site in sites}  # two start addresses may be one site

    def run(self, watch: Callable[[SiteCrawl], None]) -> None:
        """Crawl all sites; `watch` gets each one when it has ended. SIGINT and SIGTERM end all crawls well."""
        asyncio.run(self._run(watch))
        self.finished = datetime.now(UTC)

    async def _run(self, watch: Callable[[SiteCrawl], None]) -> None:
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._stop, number)
        for crawl in self.crawls:
            if crawl.state is CrawlState.ENDED:
                watch(crawl)
        waiting = deque(
            sorted((crawl for crawl in self.crawls if crawl.state is CrawlState.WAITING), key=self._last_run)
        )
        async with asyncio.TaskGroup() as group:
            for _ in range(min(self.jobs, len(waiting))):
                group.create_task(self._work(waiting, watch))
        for crawl in waiting:
            crawl.state = CrawlState.NOT_BEGUN

    async def _work(self, waiting: deque[SiteCrawl], watch: Callable[[SiteCrawl], None]) -> None:
        while waiting and self.stopped_by is None:
            crawl = waiting.popleft()
            async with self._turns[crawl.site.name]:
                if self.stopped_by is not None:
                    waiting.appendleft(crawl)
                    return
                await crawl.crawl(self._words, self._output_dir, self._env)
            watch(crawl)

    def _stop(self, number: signal.Signals) -> None:
        self.stopped_by = self.stopped_by or signal.Signals(number).name
        to_send = ESCALATION[min(self._signals, len(ESCALATION) - 1)]
        self._signals += 1
        for crawl in self.crawls:
            crawl.signal(to_send)

    def _last_run(self, crawl: SiteCrawl) -> str:
        """The moment when the site's last run ended, to sort by; empty when it was never crawled."""
        try:
            return str(
                json.loads(last_run_path(str(self._output_dir), crawl.site.name).read_bytes())["finished"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return ""
