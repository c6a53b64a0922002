"""Showing one page in the browser, and putting another browser in the place of one that crashed or hangs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from itertools import count
from typing import Any, cast

from playwright.async_api import Error as PlaywrightError
from scrapy.crawler import Crawler
from scrapy.http import Headers, HtmlResponse, Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from newscrawler.browser.chromium import Chromium
from newscrawler.browser.exceptions import BrowserLost, NoBrowser, NotShown, RetryLater, ScriptRedirect
from newscrawler.browser.interception import Interceptor
from newscrawler.browser.page_session import Limits, PageSession
from newscrawler.browser.render_request import SHOWN, UNFINISHED, RenderRequest
from newscrawler.browser.script_cache import ScriptCache
from newscrawler.browser.tabs import Tab
from newscrawler.browser.watchdog import Watchdog

logger = logging.getLogger(__name__)

_PAGES_OF_ONE = 500  # pages after which a browser is ended, and the next one begins afresh
_VISITS_OF_ONE = 25  # the same for its tabs
_CLOSE_SECONDS = 5.0
_MOST_FAILED_STARTS = 3
# Headers of the fetched page that do not speak of what the browser made of it.
_OF_THE_PLAIN = (b"ETag", b"Last-Modified", b"Content-Length", b"Content-Encoding", b"Transfer-Encoding")


class Browser:
    """The crawl's browser; nothing is started before the first page is to be shown.

    `in_scope`: of an address, whether a document may be shown from there. RENDER_PAGES tabs are open at a time. A
    tab is used for one page after another, since a new one costs a process; where anything went wrong in one, it is
    closed. `missing` says why there is no browser, once that is known.
    """

    def __init__(self, crawler: Crawler, in_scope: Callable[[str], bool]) -> None:
        settings = crawler.settings
        self.missing: str | None = None
        self._crawler = crawler
        self._in_scope = in_scope
        self._limits = Limits.of(settings)
        self._most_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self._memory = settings.getint("RENDER_MEMORY")
        self._turns = asyncio.Semaphore(max(1, settings.getint("RENDER_PAGES")))
        self._idle: list[Tab] = []
        self._names = count(1)
        self._scripts = ScriptCache()
        self._chromium = Chromium(settings)
        self._watch = Watchdog(self._chromium.mark, self._memory)
        self._handler = _handler(crawler, self._chromium)
        self._active = self._shown = self._failed_starts = 0

    async def show(self, page: Response, order: RenderRequest) -> Response:
        """Render a page that was fetched.

        Raises NoBrowser, BrowserLost, ScriptRedirect, RetryLater, and NotShown.
        """
        async with self._turns:
            if self.missing:
                raise NoBrowser(self.missing)
            self._active += 1
            try:
                return await self._show(page, order)
            finally:
                self._active -= 1
                await self._renew()

    async def close(self) -> None:
        """End the browser, by force if it must be."""
        with contextlib.suppress(TimeoutError, PlaywrightError):
            await asyncio.wait_for(self._handler.close(), 2 * _CLOSE_SECONDS)
        await asyncio.to_thread(self._watch.stop)
        self._crawler.stats.set_value("browser/memory_peak", self._watch.peak)

    async def _show(self, page: Response, order: RenderRequest) -> Response:
        self._watch.start()
        traffic = Interceptor(self._crawler, page, self._scripts, self._in_scope)
        visit = PageSession(page, order, traffic, self._limits)
        tab = self._idle.pop() if self._idle else Tab(f"tab-{next(self._names)}")
        request = self._request(page, tab.taken_by(visit), visit)
        killed = self._watch.killed
        try:
            shown = await visit.within(self._handler.download_request(request))
            if not tab.is_ready:
                raise NotShown("the browser could not be made ready for it")
        except Exception as error:  # whatever it is, the tab or the browser is not as it should be
            was_memory = visit.crashed and self._watch.killed > killed
            hangs = not await self._closed(tab)
            raise self._ending(error, visit, hangs=hangs, was_memory=was_memory) from None
        await self._leave(tab)
        self._failed_starts = 0
        self._shown += 1
        self._crawler.stats.inc_value("browser/pages")
        self._crawler.stats.inc_value("browser/unfolded", visit.unfolded)
        order.others = sorted(traffic.others)
        return self._response(page, shown, visit)

    def _ending(self, error: Exception, visit: PageSession, *, hangs: bool, was_memory: bool) -> Exception:
        """The exception to raise for a page's failure."""
        if isinstance(error, NoBrowser):
            return self._without(error)
        if was_memory:
            return NotShown(f"it took more than {self._memory} MB of memory")
        if hangs:
            return BrowserLost("the browser hung, or went away")
        if isinstance(error, NotShown | RetryLater | ScriptRedirect):
            return error
        if visit.crashed or _is_gone(error):
            return BrowserLost(f"the browser went away ({_line(error)})")
        return NotShown(f"it cannot be shown: {_line(error)}")

    def _request(self, page: Response, tab: Tab, visit: PageSession) -> Request:
        """For scrapy-playwright, which opens the page, goes there, does what the visit does, and reads it."""
        meta: dict[str, Any] = {
            "playwright": True,
            "playwright_page": tab.page,
            "playwright_include_page": True,  # closed by us, whatever happens
            "playwright_context": tab.name,
            "playwright_context_kwargs": {
                "accept_downloads": False,
                "service_workers": "block",
                "user_agent": str(self._crawler.settings["USER_AGENT"]),
                "viewport": {"width": 1280, "height": 1600},
            },
            "playwright_page_init_callback": tab.make_ready,
            "playwright_page_goto_kwargs": {
                "wait_until": "commit",
                "timeout": self._limits.seconds * 1000,
            },
            "playwright_page_methods": [PageMethod(visit.go_through)],
        }
        return Request(page.url, meta=meta, dont_filter=True)

    def _response(self, page: Response, shown: Response, visit: PageSession) -> Response:
        body = cast(Any, shown).text.encode("utf-8", "replace")
        if len(body) > self._most_bytes:
            raise NotShown(f"it is larger than {self._most_bytes} bytes in the browser")
        headers = Headers(page.headers)
        for name in _OF_THE_PLAIN:
            headers.pop(name, None)
        headers[b"Content-Type"] = b"text/html; charset=utf-8"
        # The address is the page's own: what its scripts show in the address bar is no redirect.
        flags = [*page.flags, SHOWN, *([] if visit.finished else [UNFINISHED])]
        return HtmlResponse(page.url, headers=headers, body=body, flags=flags)

    def _without(self, error: NoBrowser) -> Exception:
        """There is none, or it did not start, which it may do the next time."""
        self._failed_starts += 1
        if "does not start" in str(error) and self._failed_starts < _MOST_FAILED_STARTS:
            return BrowserLost(str(error))
        self.missing = str(error)
        return error

    async def _leave(self, tab: Tab) -> None:
        """Make the tab ready for the next page, or close it when it has seen many."""
        try:
            if tab.visits < _VISITS_OF_ONE:
                await asyncio.wait_for(tab.clear(), _CLOSE_SECONDS)
                self._idle.append(tab)
                return
        except (TimeoutError, PlaywrightError):
            logger.debug("a tab could not be cleared: it is closed")
        await self._closed(tab)

    async def _closed(self, tab: Tab) -> bool:
        """Close the tab with all that was opened from it; False when the browser hangs (it is ended then) or went."""
        wrapper = self._handler.context_wrappers.get(tab.name)
        if wrapper is None:
            return True
        try:
            await asyncio.wait_for(wrapper.context.close(), _CLOSE_SECONDS)
        except TimeoutError:
            logger.info("the browser hangs: another one takes its place")
            await asyncio.to_thread(self._watch.end_all)
            return False
        except PlaywrightError:
            return False
        return True

    async def _renew(self) -> None:
        if self._shown < _PAGES_OF_ONE or self._active or not hasattr(self._handler, "browser"):
            return
        self._shown = 0
        self._idle.clear()
        try:
            await asyncio.wait_for(self._handler.browser.close(), _CLOSE_SECONDS)
        except (TimeoutError, PlaywrightError):
            await asyncio.to_thread(self._watch.end_all)


def _handler(crawler: Crawler, chromium: Chromium) -> ScrapyPlaywrightDownloadHandler:
    """scrapy-playwright's handler, apart from Scrapy's own: it is asked for single pages."""
    handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
    handler.browser_provider = chromium
    handler.config.target_closed_max_retries = 0  # retries are the crawl's
    handler.config.download_timeout_secs = 0.1  # none is let begin
    log = logging.getLogger("scrapy-playwright")
    if log.getEffectiveLevel() >= logging.WARNING:
        # The summary has each failure, in one line.
        log.setLevel(logging.CRITICAL)
    return handler


def _is_gone(error: Exception) -> bool:
    text = str(error)
    return isinstance(error, AttributeError) or any(
        word in text for word in ("closed", "crashed", "disconnected", "Connection")
    )


def _line(error: Exception) -> str:
    lines = (line.strip() for line in str(error).splitlines())
    return next((line for line in lines if line), type(error).__name__)[:200]
