"""Scrapy's scheduler on top of the frontier: what is asked for next is decided when it is asked for."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, cast

from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.spiders import Spider

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred

    from newscrawler.discovery import Candidate, Frontier


class FrontierScheduler(BaseScheduler):
    """Serves the candidates of `spider.frontier`, each as the request that `spider.request_for(candidate)` builds.

    Requests that are enqueued (robots.txt, retries, redirects) pass the frontier by and are served first, by
    priority. While a method `enough()` of the spider is true, nothing is taken from the frontier.

    Stats: `frontier/direct`, `frontier/dropped`, `frontier/dequeued`; when the crawl closes `frontier/left`,
    `frontier/refused/<reason>` and the frontier's own counters as `frontier/<name>`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._direct: list[tuple[int, int, Request]] = []
        self._serial = count()
        self._fingerprints: set[bytes] = set()
        self._frontier: Frontier | None = None
        self._request_for: Callable[[Candidate], Request] | None = None
        self._enough: Callable[[], bool] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        return cls(crawler)

    def open(self, spider: Spider) -> Deferred[None] | None:
        """The spider must have its `frontier` by now."""
        self._frontier = cast("Frontier", spider.frontier)  # type: ignore[attr-defined]  # the site spider's own
        self._request_for = cast("Callable[[Candidate], Request]", spider.request_for)  # type: ignore[attr-defined]  # too
        self._enough = getattr(spider, "enough", None)
        return None

    @property
    def frontier(self) -> Frontier:
        """The crawl's frontier."""
        if self._frontier is None:
            raise RuntimeError("the scheduler is not open")
        return self._frontier

    def has_pending_requests(self) -> bool:
        return bool(self._direct) or self.frontier.has_next()

    def __len__(self) -> int:
        """Requests and candidates that wait, those that may never be asked for included."""
        return len(self._direct) + len(self.frontier)

    def enqueue_request(self, request: Request) -> bool:
        if not request.dont_filter:
            fingerprinter = self._crawler.request_fingerprinter
            fingerprint = (
                fingerprinter.fingerprint(request) if fingerprinter is not None else request.url.encode()
            )
            if fingerprint in self._fingerprints:
                self._count("dropped")
                return False
            self._fingerprints.add(fingerprint)
        heapq.heappush(self._direct, (-request.priority, next(self._serial), request))
        self._count("direct")
        return True

    def next_request(self) -> Request | None:
        if self._direct:
            return heapq.heappop(self._direct)[2]
        if self._enough is not None and self._enough():
            return None
        candidate = self.frontier.next()
        if candidate is None or self._request_for is None:
            return None
        self._count("dequeued")
        return self._request_for(candidate)

    def close(self, reason: str) -> Deferred[None] | None:
        stats, frontier = self._crawler.stats, self.frontier
        if stats is not None:
            stats.set_value("frontier/left", len(self))
            for refusal, number in frontier.refused.items():
                stats.set_value(f"frontier/refused/{refusal}", number)
            for name, number in frontier.counters.items():
                stats.set_value(f"frontier/{name}", number)
        return None

    def _count(self, what: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"frontier/{what}")
