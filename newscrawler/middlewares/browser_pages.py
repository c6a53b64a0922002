"""Pages that only a browser can show, shown in one: only those whose request says so."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response

from newscrawler.browser.exceptions import BrowserLost, NoBrowser, NotShown, RetryLater, ScriptRedirect
from newscrawler.browser.render_request import KEY, RenderRequest
from newscrawler.crawl_state import state_of
from newscrawler.extensions.rendering import RenderingExtension

# What starts a browser is imported, and started, by the first page that needs one.
if TYPE_CHECKING:
    from newscrawler.browser.browser import Browser

logger = logging.getLogger(__name__)

_ATTEMPTS = 3  # further ones, when the browser goes away with the page, or the site says "not now"


class BrowserMiddleware:
    """Hands pages to the browser when they have been fetched as any page is: in their turn, robots.txt obeyed.

    A page that was fetched before is not fetched again. A redirect by script is taken for what it is, so that all
    rules for redirects hold. Without a browser the page is handed on as it was fetched.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._browser: Browser | None = None
        self._redirects = RedirectMiddleware.from_crawler(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserMiddleware:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def process_request(self, request: Request) -> Response | None:
        order: RenderRequest | None = request.meta.get(KEY)
        return order.plain if order is not None else None

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        order: RenderRequest | None = request.meta.get(KEY)
        if order is None or response.status != 200 or not _is_html(response):
            return response
        from newscrawler.browser.browser import Browser

        if self._browser is None:
            self._browser = Browser(self._crawler, state_of(self._crawler).scope.allows)
        order.plain = response
        try:
            shown = await self._browser.show(response, order)
        except NoBrowser as error:
            self._crawler.get_extension(RenderingExtension).report_missing(str(error))
            return response
        except ScriptRedirect as moved:
            order.plain = None
            answer = Response(response.url, status=302, headers={"Location": moved.url}, request=request)
            return self._redirects.process_response(request, answer)
        except RetryLater as error:
            order.plain = None  # asked for again when the host's pause is over
            return self._again(request, error)
        except BrowserLost as error:
            return self._again(request, error)
        return shown

    def _again(self, request: Request, error: Exception) -> Request:
        """The request once more; NotShown when that was tried several times."""
        again = get_retry_request(
            request,
            spider=self._crawler.spider,
            reason=type(error).__name__,
            max_retry_times=_ATTEMPTS,
            give_up_log_level=logging.INFO,
            stats_base_key="browser/retry",
        )
        if again is None:
            raise NotShown(f"{error}, {_ATTEMPTS + 1} times") from None
        return again

    async def spider_closed(self) -> None:
        if self._browser is not None:
            browser, self._browser = self._browser, None
            await browser.close()


def _is_html(response: Response) -> bool:
    kind = (response.headers.get(b"Content-Type") or b"text/html").lower()
    return b"html" in kind
