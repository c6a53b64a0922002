"""Interception of a browser page's requests: each is checked, fetched by the crawl, and handed to the browser."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from urllib.parse import urldefrag, urlsplit

from playwright.async_api import BrowserContext, Route
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Request as Asked
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Request, Response

from newscrawler.browser.script_cache import ScriptCache
from newscrawler.browser.trackers import is_tracker
from newscrawler.hosts import registrable

logger = logging.getLogger(__name__)

# By Playwright's names: https://playwright.dev/python/docs/api/class-request#request-resource-type
_DATA = frozenset({"xhr", "fetch"})
_LOADED = _DATA | {"script"}
_METHODS = frozenset({"GET", "HEAD", "POST"})
_AT_A_TIME = 6  # requests of one page under way
_MOST_BODY = 64 * 1024  # bytes that a page's script may send
_MOST_RELOADS = 2  # of the page itself, as after an answer to a consent wall
_MOST_REDIRECTS = 5
_MOST_TOLD = 3
# Of a fetched answer, headers that speak of the bytes on the wire or of a connection.
_OF_THE_WIRE = (b"Content-Encoding", b"Content-Length", b"Transfer-Encoding", b"Connection", b"Keep-Alive")
# Of what the browser sends, headers that are the crawl's own matter.
_OURS = frozenset({"user-agent", "accept-encoding", "cookie", "host", "connection", "content-length"})


class Interceptor:
    """The requests of one page, from its own to the last of its scripts.

    `page` is the page as it was fetched. `in_scope` tells of an address whether a document may be shown from there.
    `moved` is told the address where a script leads on to
    another page of the site, `away` why the page cannot stay otherwise. What the site answers with "not now" is in
    `put_off`, and hosts of other sites whose data were wanted, some of them, in `others`.
    """

    def __init__(
        self, crawler: Crawler, page: Response, scripts: ScriptCache, in_scope: Callable[[str], bool]
    ) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._page = page
        self._scripts = scripts
        self._in_scope = in_scope
        self._site = registrable(urlsplit(page.url).hostname or "")
        self._hosts = frozenset(settings.getlist("RENDER_HOSTS"))
        self._most = settings.getint("RENDER_REQUESTS")
        self._most_bytes = settings.getint("RENDER_MAXSIZE")
        self._turns = asyncio.Semaphore(_AT_A_TIME)
        self._shown = self._reloads = self._asked = self._bytes = 0
        self.under_way = 0
        self.others: set[str] = set()
        self.moved: Callable[[str], None] = lambda url: None
        self.away: Callable[[str], None] = lambda reason: None
        self.put_off: str | None = None

    async def answer(self, route: Route) -> None:
        """Answer one request of the page itself."""
        self.under_way += 1
        try:
            await self._answer(route)
        except PlaywrightError:
            logger.debug("the page was gone before %s came", route.request.url)
        finally:
            self.under_way -= 1

    async def _answer(self, route: Route) -> None:
        asked = route.request
        if asked.is_navigation_request():
            await self._document(route)
        elif reason := self._refusal(asked):
            self._refuse(reason)
            await route.abort("blockedbyclient")
        else:
            async with self._turns:
                answer = await self._fetched(asked, asked.frame.page.context)
            if answer is None:
                await route.abort("failed")
            else:
                await _fulfil(route, answer)

    async def _document(self, route: Route) -> None:
        asked = route.request
        if asked.frame.parent_frame is not None:
            self._refuse("frame")
            await route.abort("blockedbyclient")
        elif not self._shown:
            self._shown = 1
            await _fulfil(route, self._page)
        elif urldefrag(asked.url)[0] == urldefrag(self._page.url)[0] and asked.method == "GET":
            self._reloads += 1
            if self._reloads > _MOST_RELOADS:
                self._refuse("reload")
                self.away("it loads itself again and again")
                await route.abort("aborted")
                return
            answer = await self._fetched(asked, asked.frame.page.context)
            await _fulfil(route, answer or self._page)
        else:
            # To another page: that is asked for by the crawl, in its turn, if at all.
            if asked.method == "GET" and self._in_scope(asked.url):
                self.moved(asked.url)
            else:
                self._refuse("document")
                self.away(f"its script leads out of the crawl's scope, to {asked.url[:200]}")
            await route.abort("aborted")

    def _refusal(self, asked: Asked) -> str | None:
        """Why a request is not made; None when it may be."""
        if asked.resource_type not in _LOADED:
            return asked.resource_type
        if asked.method not in _METHODS:
            return "method"
        if reason := self._address_refusal(asked, asked.url):
            return reason
        if asked.method == "POST" and len(asked.post_data_buffer or b"") > _MOST_BODY:
            return "body"
        if self._asked >= self._most or self._bytes >= self._most_bytes:
            return "too-much"
        self._asked += 1
        return None

    def _address_refusal(self, asked: Asked, url: str) -> str | None:
        """Why nothing is fetched from an address; what it resolves to is looked at when it is connected to."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return "malformed"
        if parts.scheme not in ("http", "https"):
            return "scheme"
        if is_tracker(host):
            return "tracker"
        at_home = registrable(host) == self._site
        if (asked.resource_type in _DATA or asked.method == "POST") and not (at_home or host in self._hosts):
            if len(self.others) < _MOST_TOLD:
                self.others.add(host[:100])
            return "data-of-others"
        return None

    def _refuse(self, reason: str) -> None:
        self._crawler.stats.inc_value(f"browser/refused/{reason}")

    async def _fetched(self, asked: Asked, context: BrowserContext) -> Response | None:
        """The answer to what may be asked for; None when there is none to be had."""
        is_script = asked.resource_type == "script" and asked.method == "GET"
        if is_script and (known := self._scripts.get(asked.url)):
            return known
        request = await self._request(asked, context)
        answer: Response | Request | None = request
        for _ in range(_MOST_REDIRECTS):
            try:
                answer = await self._download(request)
            except Exception as error:  # whatever it is, the page goes without
                self._refuse("failed")
                logger.debug("%s was not fetched for the browser: %s", asked.url, error)
                return None
            if isinstance(answer, Response):
                break
            # A redirect; a retry would be the page's own matter.
            if answer.meta.get("redirect_times", 0) <= request.meta.get("redirect_times", 0):
                self.put_off = f"the site asks to wait with {asked.url}"
                return None
            if reason := self._address_refusal(asked, answer.url):
                self._refuse(reason)
                return None
            request = answer
        if not isinstance(answer, Response):
            self._refuse("redirects")
            return None
        self._bytes += len(answer.body)
        if is_script and answer.status == 200:
            self._scripts.keep(asked.url, answer)
        return answer

    async def _request(self, asked: Asked, context: BrowserContext) -> Request:
        headers = {
            name: value
            for name, value in asked.headers.items()
            if name not in _OURS and not name.startswith(("sec-", ":"))
        }
        if registrable(urlsplit(asked.url).hostname or "") == self._site:
            cookies = await context.cookies(asked.url)  # of this page alone: they go with it
            if cookies:
                headers["Cookie"] = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
        return Request(
            asked.url,
            method=asked.method,
            headers=headers,
            body=asked.post_data_buffer or b"",
            meta={"dont_retry": True},
            dont_filter=True,
        )

    async def _download(self, request: Request) -> Response | Request:
        """Through every downloader middleware, as any request; only the wait for the host's turn is left out.

        A visit has its pause before it, and is one visit with all that its page needs.
        """
        return await self._crawler.engine.downloader.middleware.download_async(self._download_now, request)

    async def _download_now(self, request: Request) -> Response:
        downloader = self._crawler.engine.downloader
        answer = await downloader.handlers.download_request_async(request)
        if registrable(urlsplit(answer.url).hostname or "") == self._site:
            # A refusal is one, whoever met it: BackOff is to hear of it.
            request.meta["download_slot"] = downloader.get_slot_key(request)
            request.meta["autothrottle_dont_adjust_delay"] = True
            self._crawler.signals.send_catch_log(
                signals.response_downloaded, response=answer, request=request, spider=self._crawler.spider
            )
        return answer


async def _fulfil(route: Route, answer: Response) -> None:
    headers = Headers(answer.headers)
    for name in _OF_THE_WIRE:
        headers.pop(name, None)
    told = {
        name.decode("latin-1"): "\n".join(value.decode("latin-1") for value in headers.getlist(name))
        for name in headers
    }
    await route.fulfill(status=answer.status, headers=told, body=answer.body)
