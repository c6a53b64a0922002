"""Showing one page in the browser, and putting another browser in the place of one that crashed or hangs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any, cast

from playwright.async_api import Dialog, Page
from playwright.async_api import Error as PlaywrightError
from scrapy.crawler import Crawler
from scrapy.http import Headers, HtmlResponse, Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from newscrawler.browser.chromium import Chromium, NoBrowser
from newscrawler.browser.order import SHOWN, Order
from newscrawler.browser.scripts import Scripts
from newscrawler.browser.settling import answer_consent, settle, unfold
from newscrawler.browser.traffic import Traffic
from newscrawler.browser.watching import Watch
from newscrawler.extraction import read

logger = logging.getLogger(__name__)

_PAGES_OF_ONE = 200  # pages after which a browser is ended, and the next one begins afresh
_MOST_DIALOGS = 10  # and windows: a page that opens more does so without end
_CLOSE_SECONDS = 5.0
_GRACE_SECONDS = 5.0  # beyond its time, for what a page has by then to be read
_MOST_FAILED_STARTS = 3
_MOST_ELEMENTS = 300_000
# Headers of the fetched page that do not speak of what the browser made of it.
_OF_THE_PLAIN = (b"ETag", b"Last-Modified", b"Content-Length", b"Content-Encoding", b"Transfer-Encoding")
_NO_WINDOWS = "window.open = () => null; window.print = () => {};"


class NotShown(Exception):
    """The page cannot be shown; the text says why."""


class BrowserLost(Exception):
    """The browser, or its process for the page, went away: the page may be shown by the next one."""


class Moved(Exception):
    """A script of the page leads on to another page of the site."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Browser:
    """The crawl's browser; nothing is started before the first page is to be shown, and again after `close`.

    `in_scope`: of an address, whether a document may be shown from there.
    """

    def __init__(self, crawler: Crawler, in_scope: Callable[[str], bool]) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._in_scope = in_scope
        self._seconds = settings.getfloat("RENDER_TIMEOUT")
        self._rounds = settings.getint("RENDER_MORE")
        self._pause = settings.getfloat("DOWNLOAD_DELAY")
        self._most_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self._agent = str(settings["USER_AGENT"])
        self._turns = asyncio.Semaphore(max(1, settings.getint("RENDER_PAGES")))
        self._names = count(1)
        self._scripts = Scripts()
        self._chromium = Chromium(settings)
        self._watch = Watch(self._chromium.mark, settings.getint("RENDER_MEMORY"))
        self._handler = _handler(crawler, self._chromium)
        self._active = self._shown = self._failed_starts = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.missing: str | None = None  # why there is no browser, once that is known

    async def show(self, page: Response, order: Order) -> Response:
        """What the browser makes of a page that was fetched.

        Raises NoBrowser, BrowserLost, Moved, and NotShown.
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

    async def _show(self, page: Response, order: Order) -> Response:
        visit = _Visit(self, page, order)
        self._watch.start()
        killed = self._watch.killed
        request = Request(
            page.url,
            meta={
                "playwright": True,
                "playwright_include_page": True,  # closed below, whatever happens
                "playwright_context": f"page-{next(self._names)}",
                "playwright_context_kwargs": {
                    "accept_downloads": False,
                    "service_workers": "block",
                    "user_agent": self._agent,
                    "viewport": {"width": 1280, "height": 1600},
                },
                "playwright_page_init_callback": visit.prepare,
                "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": self._seconds * 1000},
                "playwright_page_methods": [PageMethod(visit.go_through)],
            },
            dont_filter=True,
        )
        try:
            shown = await visit.within(self._handler.download_request(request))
        except NoBrowser as error:
            self._failed_starts += 1
            if self._failed_starts >= _MOST_FAILED_STARTS or "does not start" not in str(error):
                self.missing = str(error)
                raise
            raise BrowserLost(str(error)) from None
        except PlaywrightError as error:
            if self._watch.killed > killed:
                limit = self._crawler.settings.getint("RENDER_MEMORY")
                raise NotShown(f"it took more than {limit} MB of memory in the browser") from None
            if visit.moved:
                raise Moved(visit.moved) from None
            if visit.crashed or _is_gone(error):
                raise BrowserLost(f"the browser went away ({_line(error)})") from None
            raise NotShown(f"the browser cannot show it: {_line(error)}") from None
        finally:
            await self._put_away(request)
        self._failed_starts = 0
        if visit.moved:
            raise Moved(visit.moved)
        self._shown += 1
        self._crawler.stats.inc_value("browser/pages")
        return self._response(page, shown)

    def _response(self, page: Response, shown: Response) -> Response:
        body = cast(Any, shown).text.encode("utf-8", "replace")
        if len(body) > self._most_bytes:
            raise NotShown(f"it is larger than {self._most_bytes} bytes in the browser")
        headers = Headers(page.headers)
        for name in _OF_THE_PLAIN:
            headers.pop(name, None)
        headers[b"Content-Type"] = b"text/html; charset=utf-8"
        # The address is the page's own: what its scripts show in the address bar is no redirect.
        return HtmlResponse(
            page.url, headers=headers, body=body, flags=[*page.flags, SHOWN], request=page.request
        )

    def _later(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do something that nothing waits for."""
        task = asyncio.ensure_future(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(_seen)

    async def _put_away(self, request: Request) -> None:
        """Close the page with all that it opened; a browser that does not even do that is ended."""
        wrapper = self._handler.context_wrappers.get(request.meta["playwright_context"])
        if wrapper is None:
            return
        try:
            await asyncio.wait_for(wrapper.context.close(), _CLOSE_SECONDS)
        except TimeoutError:
            logger.info("the browser hangs: another one takes its place")
            await asyncio.to_thread(self._watch.end_all)
        except PlaywrightError:
            logger.debug("the page was gone with its browser")

    async def _renew(self) -> None:
        if self._shown < _PAGES_OF_ONE or self._active or not hasattr(self._handler, "browser"):
            return
        self._shown = 0
        try:
            await asyncio.wait_for(self._handler.browser.close(), _CLOSE_SECONDS)
        except (TimeoutError, PlaywrightError):
            await asyncio.to_thread(self._watch.end_all)


class _Visit:
    """One page's stay in the browser."""

    def __init__(self, browser: Browser, page: Response, order: Order) -> None:
        self._browser = browser
        self._page = page
        self._order = order
        self._traffic = Traffic(browser._crawler, page, browser._scripts, browser._in_scope)
        self._prepared = False
        self._dialogs = self._windows = 0
        self._began = time.monotonic()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._failed.add_done_callback(_seen)
        self.crashed = False

    @property
    def moved(self) -> str | None:
        """Where a script of the page leads on to."""
        return self._traffic.moved

    async def within(self, loading: Any) -> Response:
        """The outcome of `loading`, unless the page fails or takes too long."""
        task = asyncio.ensure_future(loading)
        limit = self._browser._seconds * (1 + 2 * bool(self._browser._rounds)) + _GRACE_SECONDS
        try:
            done, _ = await asyncio.wait(
                {task, self._failed}, timeout=limit, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            if not task.done():
                task.cancel()
        if self._failed in done:
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task
            self._failed.result()
        if task not in done:
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await asyncio.wait_for(task, _CLOSE_SECONDS)
            raise NotShown(f"it did not finish in the browser within {limit:.0f} s")
        return cast(Response, task.result())

    async def prepare(self, page: Page, _: Request) -> None:
        """Before the page is asked for: nothing of it goes past us."""
        context = page.context
        await context.add_init_script(_NO_WINDOWS)
        await context.route("**", self._traffic.refuse)
        # Before the handler's own, which lets everything through: the last one that was added is asked first.
        await page.route("**", self._traffic.answer)
        context.on("page", self._window)
        page.on("dialog", self._dialog)
        page.on("crash", self._crash)
        self._prepared = True

    async def go_through(self, page: Page) -> None:
        """Everything that is done in the page before it is read."""
        if not self._prepared:
            raise NotShown("the browser could not be made ready for it")
        traffic, seconds = self._traffic, self._browser._seconds
        until = self._began + seconds
        settled = await settle(page, traffic, until)
        if settled and await answer_consent(page):
            settled = await settle(page, traffic, until)
        if traffic.moved:
            return
        if traffic.put_off:
            raise NotShown(f"a request of its scripts was refused: {traffic.put_off}")
        if await page.evaluate("document.getElementsByTagName('*').length") > _MOST_ELEMENTS:
            raise NotShown("it has elements without end in the browser")
        if settled and self._browser._rounds and await self._lists(page):
            helped = await unfold(
                page,
                traffic,
                self._order.is_new,
                self._browser._rounds,
                self._browser._pause,
                until + 2 * seconds,
            )
            self._browser._crawler.stats.inc_value("browser/unfolded", helped)

    async def _lists(self, page: Page) -> bool:
        """Whether the page is one to be unfolded: a story is not, since more of it would be another one."""
        html = await page.content()
        return (
            read(html.encode("utf-8", "replace"), self._page.url, "text/html; charset=utf-8").kind != "story"
        )

    def _window(self, page: Page) -> None:
        self._windows += 1
        if self._windows > _MOST_DIALOGS:
            self._fail("it opens windows without end")
        self._browser._later(page.close())

    def _dialog(self, dialog: Dialog) -> None:
        self._dialogs += 1
        if self._dialogs > _MOST_DIALOGS:
            self._fail("it opens dialogs without end")
        self._browser._later(dialog.dismiss())

    def _crash(self, _: Page) -> None:
        self.crashed = True
        if not self._failed.done():
            self._failed.set_exception(PlaywrightError("the page's process crashed"))

    def _fail(self, reason: str) -> None:
        if not self._failed.done():
            self._failed.set_exception(NotShown(reason))


def _handler(crawler: Crawler, chromium: Chromium) -> ScrapyPlaywrightDownloadHandler:
    """scrapy-playwright's handler, apart from Scrapy's own: it is asked for single pages."""
    handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
    handler.browser_provider = chromium
    handler.config.target_closed_max_retries = 0  # retries are the crawl's
    if logging.getLogger("scrapy-playwright").getEffectiveLevel() >= logging.WARNING:
        # Each failure is told by the account of the run, in one line.
        logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)
    return handler


def _seen(future: asyncio.Future[Any]) -> None:
    """A failure that nobody waits for any more is none to be told by asyncio."""
    if not future.cancelled():
        future.exception()


def _is_gone(error: PlaywrightError) -> bool:
    text = str(error)
    return any(word in text for word in ("closed", "crashed", "disconnected", "Connection"))


def _line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)[
        :200
    ]
