"""What a site that says "not now" gets: a pause of the whole site, then the page again, and an end in time."""

from __future__ import annotations

import asyncio
import logging
import time

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response

from newscrawler.middlewares.waits import retry_after

logger = logging.getLogger(__name__)

ASKED_TO_WAIT = frozenset({429, 503})
REFUSALS = frozenset({401, 403, 429, 503})


class BackOff:
    """Answers 429 and 503 by pausing the host: as long as Retry-After says, else BACKOFF_WAIT doubled each time.

    A pause longer than RETRY_AFTER_MAX, or MAX_REFUSALS refusals (401, 403, 429, 503) with no answer between
    them, ends the crawl with the reason `refused`: what was pending waits for a later run.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._first_wait = settings.getfloat("BACKOFF_WAIT")
        self._longest = settings.getfloat("RETRY_AFTER_MAX")
        self._most = settings.getint("MAX_REFUSALS")
        self._refusals: dict[str, int] = {}
        self._until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackOff:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        slot = request.meta.get("download_slot", "")
        if response.status not in REFUSALS:
            self._refusals[slot] = 0
            return response
        self._refusals[slot] = self._refusals.get(slot, 0) + 1
        if request.meta.get("dont_obey_robotstxt"):
            return response  # robots.txt itself: its middleware waits
        asked = retry_after(response)
        if self._refusals[slot] >= self._most:
            await self._end(
                f"{slot} refused {self._refusals[slot]} requests in a row, the last with {response.status}"
            )
            return response
        if response.status not in ASKED_TO_WAIT:
            return response
        if asked is not None and asked > self._longest:
            await self._end(f"{slot} asks to come back in {asked:.0f} s")
            return response
        self._pause(slot, asked if asked is not None else self._backoff(slot))
        again = get_retry_request(
            request,
            spider=self._crawler.spider,
            reason=f"answered {response.status}",
            max_retry_times=self._most,
            priority_adjust=1,
            stats_base_key="backoff",
        )
        return again or response

    def _backoff(self, slot: str) -> float:
        return min(self._first_wait * 2.0 ** (self._refusals[slot] - 1), self._longest)

    def _pause(self, key: str, seconds: float) -> None:
        """Nothing leaves the slot before the pause is over, not even what waits in its queue."""
        slot = self._crawler.engine.downloader.slots.get(key)
        until = time.monotonic() + seconds
        if slot is None or until <= self._until.get(key, 0.0):
            return
        self._until[key] = until
        # The downloader waits while lastseen + delay lies ahead, and only where there is a delay at all.
        slot.delay = max(slot.delay, 0.01)
        slot.lastseen = until - slot.delay * (1 - slot.jitter)
        self._crawler.stats.inc_value("backoff/seconds", round(seconds))
        logger.info("%s asks us to wait: pausing for %.1f s", key, seconds)

    async def _end(self, reason: str) -> None:
        if self._crawler.stats.get_value("refused/reason") is None:
            self._crawler.stats.set_value("refused/reason", reason)
            logger.warning("Stopping: %s", reason)
            closing = self._crawler.engine.close_spider_async(reason="refused")
            self._closing = asyncio.ensure_future(closing)
