"""robots.txt by RFC 9309, and the pace that it asks for."""

from __future__ import annotations

import asyncio
import logging
import re
from time import monotonic
from typing import cast

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from newscrawler.exceptions import Refused
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.middlewares.retry_after import retry_after
from newscrawler.outcome import Outcome

logger = logging.getLogger(__name__)

_MAX_BYTES = 500 * 1024  # of a robots.txt that are read (RFC 9309, 2.5)
_VERSION = re.compile(rb"^([ \t]*user-agent[ \t]*:[ \t]*[^\s/#]+)/[^\s#]*", re.IGNORECASE | re.MULTILINE)
_TOO_MANY = "max redirections reached"  # the reason of Scrapy's RedirectMiddleware
_STEP = 0.5  # seconds of a wait, after which a stopped run is noticed


class _Unreachable(RobotParser):
    """RFC 9309, 2.3.1.4: while robots.txt cannot be reached, nothing is allowed."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> _Unreachable:
        return cls("robots.txt cannot be reached")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return False


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with what it leaves open.

    A robots.txt that answers 5xx or 429, or not at all, is asked for again after a wait (the answer's
    Retry-After, else ROBOTSTXT_RETRY_WAIT seconds, doubled each time), ROBOTSTXT_RETRY_TIMES times; after that
    nothing of that host is fetched. Crawl-delay and Request-rate become the host's pace: one request at a time;
    a host that asks for more than RETRY_AFTER_MAX between two requests is not asked at all.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._times = crawler.settings.getint("ROBOTSTXT_RETRY_TIMES")
        self._wait = crawler.settings.getfloat("ROBOTSTXT_RETRY_WAIT")
        self._longest = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self._paces: dict[str, float] = {}
        crawler.signals.connect(self._keep_pace, signals.request_reached_downloader)
        crawler.signals.connect(self._cut, signals.bytes_received)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if isinstance(rp, _Unreachable):
            raise Refused(Outcome.ROBOTS_UNREACHABLE, rp.reason)
        agent = self._robotstxt_useragent or self._default_useragent
        if rp is not None and not rp.allowed(request.url, agent):
            self._stats.inc_value("robotstxt/forbidden")
            raise Refused(Outcome.ROBOTS, "robots.txt forbids it")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        for attempt in range(self._times):
            if not _unavailable(response):
                break
            wait = retry_after(response) or self._wait * 2**attempt
            if wait > self._longest:
                break
            logger.info("robots.txt of %s answered %d: asking again in %.0f s", netloc, response.status, wait)
            if not await self._sleep(wait):
                break
            response = await self.crawler.engine.download_async(
                Request(
                    response.request.url,
                    priority=self.DOWNLOAD_PRIORITY,
                    meta={"dont_obey_robotstxt": True, "dont_retry": True},
                    callback=NO_CALLBACK,
                )
            )
        if len(response.body) > _MAX_BYTES:
            # A rule that is cut would forbid more than it says.
            response = response.replace(body=response.body[:_MAX_BYTES].rpartition(b"\n")[0])
        if _VERSION.search(response.body):
            # Rules are for products (RFC 9309, 2.2.1), and some sites name them with a version.
            response = response.replace(body=_VERSION.sub(rb"\1", response.body))
        if _unavailable(response):
            self._store_parser(netloc, _Unreachable(f"robots.txt of {netloc} answered {response.status}"))
        elif response.status >= 400:
            # RFC 9309, 2.3.1.3: no robots.txt, no rules.
            await super()._parse_robots(response.replace(body=b""), netloc, request)
        elif (
            delay := self._delay(self._parserimpl.from_crawler(self.crawler, response.body))
        ) > self._longest:
            reason = f"robots.txt of {netloc} asks for {delay:.0f} s between two requests, which no run lasts"
            self._store_parser(netloc, _Unreachable(reason))
        else:
            await super()._parse_robots(response, netloc, request)
            self._set_pace(netloc, request)

    async def _sleep(self, seconds: float) -> bool:
        """Wait; False at once when the run is being stopped."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            if ended_by(self.crawler):
                return False
            await asyncio.sleep(min(left, _STEP))
        return True

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A robots.txt that cannot be had is reported in one sentence, not in a traceback."""
        if request.meta.get("dont_obey_robotstxt") and not isinstance(exception, IgnoreRequest):
            self._stats.inc_value(f"robotstxt/exception_count/{type(exception)}")
            host = urlparse_cached(request).netloc
            raise Refused(Outcome.ROBOTS_UNREACHABLE, f"{host} cannot be reached: {exception}")

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, IgnoreRequest) and str(exc) == _TOO_MANY:
            # RFC 9309, 2.3.1.2: after five redirects it may be taken as one that is not there.
            self._store_parser(netloc, self._parserimpl.from_crawler(self.crawler, b""))
            return
        reason = exc.reason if isinstance(exc, Refused) else f"robots.txt of {netloc}: {exc}"
        self._store_parser(netloc, _Unreachable(reason))

    def _cut(self, data: bytes, request: Request) -> None:
        """End the download of a robots.txt that has more than is read, unless it is packed."""
        if not request.meta.get("dont_obey_robotstxt"):
            return
        received = request.meta.get("robots_received", 0)
        if received or data[:2] != b"\x1f\x8b":
            received = request.meta["robots_received"] = received + len(data)
        if received > 2 * _MAX_BYTES:
            raise StopDownload(fail=False)

    def _store_parser(self, netloc: str, parser: RobotParser) -> None:
        waiting = self._parsers[netloc]
        self._parsers[netloc] = parser
        if isinstance(waiting, Deferred):
            waiting.callback(parser)

    def _delay(self, parser: RobotParser) -> float:
        """Seconds that robots.txt asks for between two requests of ours."""
        agent = str(self._robotstxt_useragent or self._default_useragent)
        delay = parser.crawl_delay(agent) or 0.0
        # Scrapy's parser classes do not hand Request-rate on; Protego's own object does.
        rate = parser.rp.request_rate(agent) if hasattr(parser, "rp") else None
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return delay

    def _set_pace(self, netloc: str, request: Request) -> None:
        delay = self._delay(cast(RobotParser, self._parsers[netloc]))
        if delay > 0:
            host = urlparse_cached(request).hostname or ""
            self._paces[host] = max(delay, self._paces.get(host, 0.0))
            self._stats.set_value(f"robotstxt/pace/{host}", self._paces[host])

    def _keep_pace(self, request: Request) -> None:
        # At every request, since AutoThrottle adjusts slots and Scrapy forgets idle ones.
        pace = self._paces.get(urlparse_cached(request).hostname or "")
        if pace is not None:
            request.meta["autothrottle_dont_adjust_delay"] = True
            slot = self.crawler.engine.downloader.slots[request.meta["download_slot"]]
            slot.delay, slot.jitter, slot.concurrency = max(pace, slot.delay), 0.0, 1


def _unavailable(response: Response) -> bool:
    return response.status >= 500 or response.status == 429
