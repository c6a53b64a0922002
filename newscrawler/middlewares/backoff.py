"""Backs off a host after 429 or 503, and stops the crawl after repeated refusals."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import Request, Response

from newscrawler.discovery import shape_of
from newscrawler.exceptions import Refused
from newscrawler.extensions.stop_signal import ended_by, leave_queued
from newscrawler.middlewares.retry_after import retry_after
from newscrawler.outcome import Outcome

logger = logging.getLogger(__name__)

ASKED_TO_WAIT = frozenset({429, 503})
REFUSALS = frozenset({401, 403, 429, 503})
PUT_OFF = "put_off"  # in a request's meta: an earlier run could not have the page
_DOWN = 4  # refused connections in a row, each after a pause, from which a host is down
_ENOUGH = 8  # pages that a host answered well, from which one page's refusal is that page's
# Refusals of one page alone, from which they are that page's on a host that was asked for little else.
_TRIES = 3
_MOST_DELAY = 5.0  # seconds that pauses alone put between requests
_LEAST_DELAY = 0.1  # seconds between requests to a site that has asked us to wait once


class BackoffMiddleware:
    """Answers 429 and 503 by pausing the host: as long as Retry-After says, else BACKOFF_WAIT doubled each time.

    After each pause requests are twice as far apart as before. A pause longer than RETRY_AFTER_MAX, or
    MAX_REFUSALS refusals (401, 403, 429, 503) with no answer between them, ends the crawl with the reason
    `refused`: what was pending waits for a later run. Refusals of requests that were under way when a pause
    began count as one. On a host that answers, a page that refuses twice, or once with such a Retry-After, is put off
    without a pause; where the run asks for little, one that refuses three times. 401 and 403 of a kind of address that
    was never answered, or of a page that an earlier run was refused too, are that kind's. Connections that a host
    refuses are treated as 503.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._first_wait = settings.getfloat("BACKOFF_WAIT")
        self._longest = settings.getfloat("RETRY_AFTER_MAX")
        self._most = settings.getint("MAX_REFUSALS")
        self._refusals: dict[str, int] = {}
        self._refused: dict[str, set[str]] = {}  # URLs that were refused since the last answer
        self._well: Counter[str] = Counter()
        self._answered: set[tuple[str, str]] = set()  # kinds of addresses
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
        if ended_by(self._crawler):
            raise Refused(Outcome.LEFT, "the run was stopped")

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """A host that answered before and refuses connections is down: pause, ask again, end."""
        slot = request.meta.get("download_slot", "")
        if not isinstance(exception, DownloadConnectionRefusedError) or self._ended or not self._well[slot]:
            return None
        if time.monotonic() >= self._until.get(slot, 0.0):
            self._refusals[slot] = self._refusals.get(slot, 0) + 1
            if self._refusals[slot] >= _DOWN:
                self._end(f"{slot} is down: it refused connections {_DOWN} times in a row")
                raise Refused(Outcome.LEFT, self._ended)
            self._pause(slot, self._backoff(slot))
        return self._again(request, "connection refused")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in ASKED_TO_WAIT or self._ended or _is_robots(request):
            return response
        if self._is_of_page(request) and (
            request.meta.get("retry_times", 0) or self._asks_too_much(response)
        ):
            return response
        return self._again(request, f"answered {response.status}") or response

    def _again(self, request: Request, reason: str) -> Request | None:
        return get_retry_request(
            request,
            spider=self._crawler.spider,
            reason=reason,
            max_retry_times=self._most,
            priority_adjust=1,
            stats_base_key="backoff",
        )

    def _asks_too_much(self, response: Response) -> bool:
        """True when a Retry-After is longer than this run waits: asking again within it is of no use."""
        asked = retry_after(response)
        return asked is not None and asked > self._longest

    def _is_of_page(self, request: Request) -> bool:
        """True when a host that answers refuses this one page."""
        slot = request.meta.get("download_slot", "")
        tries = request.meta.get("retry_times", 0) + 1
        is_host_well = self._well[slot] >= _ENOUGH or (self._well[slot] > 0 and tries >= _TRIES)
        return is_host_well and self._refused.get(slot, set()) <= {request.url}

    def _is_of_kind(self, request: Request) -> bool:
        """True when a host that answers has never answered an address of this kind, or not in an earlier run."""
        well = self._well[request.meta.get("download_slot", "")]
        if well and request.meta.get(PUT_OFF):
            return True
        return well >= _ENOUGH and _kind(request) not in self._answered

    def response_downloaded(self, response: Response, request: Request) -> None:
        slot = request.meta.get("download_slot", "")
        if response.status not in REFUSALS:
            if response.status < 400:
                self._refusals[slot] = 0
                self._refused.pop(slot, None)
                self._well[slot] += 1
                self._answered.add(_kind(request))
            return
        if _is_robots(request) or (response.status not in ASKED_TO_WAIT and self._is_of_kind(request)):
            return
        self._refused.setdefault(slot, set()).add(request.url)
        if (
            response.status in ASKED_TO_WAIT
            and (request.meta.get("retry_times", 0) or self._asks_too_much(response))
            and self._is_of_page(request)
        ):
            # On a host that has answered little, the next page tells whether it refuses all.
            self._refusals[slot] = 0 if self._well[slot] >= _ENOUGH else self._refusals.get(slot, 0) + 1
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
        leave_queued(self._crawler, reason)
        closing = self._crawler.engine.close_spider_async(reason="refused")
        self._closing = asyncio.ensure_future(closing)


def _kind(request: Request) -> tuple[str, str]:
    return request.meta.get("download_slot", ""), shape_of(request.url)


def _is_robots(request: Request) -> bool:
    """True for a request for robots.txt: the middleware for these waits by itself."""
    return bool(request.meta.get("dont_obey_robotstxt"))
