"""Backs off a host after 429 or 503, and stops the crawl after repeated refusals."""

from __future__ import annotations

import asyncio
import logging
import time

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response

from newscrawler.exceptions import Refused
from newscrawler.middlewares.retry_after import retry_after
from newscrawler.outcome import Outcome

logger = logging.getLogger(__name__)

ASKED_TO_WAIT = frozenset({429, 503})
REFUSALS = frozenset({401, 403, 429, 503})
_MOST_DELAY = 5.0  # seconds that pauses alone put between requests
_LEAST_DELAY = 0.1  # seconds between requests to a site that has asked us to wait once


class BackoffMiddleware:
    """Answers 429 and 503 by pausing the host: as long as Retry-After says, else BACKOFF_WAIT doubled each time.

    After each pause requests are twice as far apart as before. A pause longer than RETRY_AFTER_MAX, or
    MAX_REFUSALS refusals (401, 403, 429, 503) with no answer between them, ends the crawl with the reason
    `refused`: what was pending waits for a later run. Refusals of requests that were under way when a pause
    began count as one.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._first_wait = settings.getfloat("BACKOFF_WAIT")
        self._longest = settings.getfloat("RETRY_AFTER_MAX")
        self._most = settings.getint("MAX_REFUSALS")
        self._refusals: dict[str, int] = {}
        self._until: dict[str, float] = {}
        self._began: dict[str, float] = {}
        self._ended = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        middleware = cls(crawler)
        # Before the downloader sends what comes next, which it does before middlewares see the response.
        crawler.signals.connect(middleware.response_downloaded, signals.response_downloaded)
        return middleware

    def process_request(self, request: Request) -> None:
        if self._ended:
            raise Refused(Outcome.LEFT, self._ended)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in ASKED_TO_WAIT or self._ended or _is_robots(request):
            return response
        again = get_retry_request(
            request,
            spider=self._crawler.spider,
            reason=f"answered {response.status}",
            max_retry_times=self._most,
            priority_adjust=1,
            stats_base_key="backoff",
        )
        return again or response

    def response_downloaded(self, response: Response, request: Request) -> None:
        slot = request.meta.get("download_slot", "")
        if response.status not in REFUSALS:
            if response.status < 400:
                self._refusals[slot] = 0
            return
        if _is_robots(request):
            return
        if not self._was_under_way(slot, request):
            self._refusals[slot] = self._refusals.get(slot, 0) + 1
        asked = retry_after(response)
        if self._refusals.get(slot, 0) >= self._most:
            self._end(
                f"{slot} refused {self._refusals[slot]} times in a row, the last with {response.status}"
            )
        elif response.status not in ASKED_TO_WAIT:
            return
        elif asked is not None and asked > self._longest:
            self._end(f"{slot} answered {response.status} and asks to come back in {asked:.0f} s")
        else:
            self._pause(slot, asked if asked is not None else self._backoff(slot))

    def _was_under_way(self, slot: str, request: Request) -> bool:
        sent = time.monotonic() - float(request.meta.get("download_latency", 0.0))
        return sent <= self._began.get(slot, 0.0)

    def _backoff(self, slot: str) -> float:
        return min(self._first_wait * 2.0 ** (self._refusals[slot] - 1), self._longest)

    def _pause(self, key: str, seconds: float) -> None:
        """Nothing leaves the slot before the pause is over, not even what waits in its queue."""
        slot = self._crawler.engine.downloader.slots.get(key)
        now = time.monotonic()
        until = now + seconds
        if slot is None or until <= self._until.get(key, 0.0):
            return
        if now >= self._until.get(key, 0.0):
            self._began[key] = now
            slot.delay = max(slot.delay, min(2 * slot.delay, _MOST_DELAY), _LEAST_DELAY)
        self._until[key] = until
        # The downloader waits while lastseen + delay lies ahead, and only where there is a delay at all.
        slot.lastseen = until
        self._crawler.stats.inc_value("backoff/seconds", round(seconds))
        logger.info("%s asks us to wait: pausing for %.1f s", key, seconds)

    def _end(self, reason: str) -> None:
        """Close the crawl; what waits for its turn is left to a later run, not sent on the way out."""
        if self._ended:
            return
        self._ended = reason
        self._crawler.stats.set_value("refused/reason", reason)
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                _, answer = slot.queue.popleft()
                answer.errback(Refused(Outcome.LEFT, reason))
        closing = self._crawler.engine.close_spider_async(reason="refused")
        self._closing = asyncio.ensure_future(closing)


def _is_robots(request: Request) -> bool:
    """True for a request for robots.txt: the middleware for these waits by itself."""
    return bool(request.meta.get("dont_obey_robotstxt"))
