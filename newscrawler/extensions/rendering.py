"""Which pages are shown in a browser: by the site's profile, by what they lack, by what earlier pages needed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from newscrawler.arguments import arguments_of
from newscrawler.browser.locate import may_be_there
from newscrawler.browser.render_request import KEY, RenderRequest, was_shown
from newscrawler.discovery import Candidate, RenderPolicy, load_more, pagination
from newscrawler.exceptions import JournalFailed
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.extraction import Page

logger = logging.getLogger(__name__)

OUTCOME = "needs-browser"
_LEARNED = "browser"  # its name in the journal
_LINKS = 200  # of a listing that are looked at to tell whether it has anything new


class RenderingExtension:
    """Scrapy extension. Knows the mode (`auto`, `always`, `never`) and the kinds of pages that need the browser."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._mode = arguments_of(crawler).site.render
        self._missing: str | None = None
        self._needs = RenderPolicy()
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderingExtension:
        return cls(crawler)

    @property
    def possible(self) -> bool:
        """Whether pages may be shown, as far as is known by now."""
        return self._mode != "never" and self._missing is None

    @property
    def may_begin(self) -> bool:
        """Whether what earlier runs left out can be tried again: there seems to be a browser by now."""
        return self.possible and may_be_there(str(self._crawler.settings.get("BROWSER") or ""))

    def spider_opened(self) -> None:
        memory = self._crawler.get_extension(JournalExtension)
        if self.possible and memory is not None:
            self._needs = RenderPolicy(memory.learned(_LEARNED))

    def spider_closed(self) -> None:
        memory, learned = self._crawler.get_extension(JournalExtension), self._needs.learned()
        if memory is not None and learned:
            try:
                memory.learn(_LEARNED, learned)
            except JournalFailed:
                return  # which was told

    def is_missing(self, reason: str) -> None:
        """There is no browser: told once, and the crawl goes on without."""
        if self._missing is None:
            self._missing = reason
            logger.warning("pages of this site need a browser, and are left out: %s", reason)

    def at_once(self, candidate: Candidate, is_new: Callable[[Iterable[str]], bool]) -> RenderRequest | None:
        """The order for a page that is shown without being read first; None when it is read first, as most are."""
        if not self.possible or candidate.expected_type == "source":
            return None
        if self._mode == "always" or self._needs.at_once(candidate.url_pattern):
            self._crawler.stats.inc_value("browser/at_once")
            return RenderRequest(is_new)
        return None

    def after_all(
        self, page: Page, response: Response, candidate: Candidate, is_new: Callable[[Iterable[str]], bool]
    ) -> RenderRequest | None:
        """The order for a page that was read and must be shown for what it lacks; None when it is as it should be."""
        if not self.possible or KEY in response.meta:
            self._learn(page, response, candidate)
            return None
        if lacks_content(page):
            return None if self._needs.hopeless(candidate.url_pattern) else RenderRequest(is_new, response)
        self._learn(page, response, candidate)
        listed = (link.url for link in page.links[:_LINKS] if link.place in ("listing", "body"))
        if load_more(page) and not pagination(page) and is_new(listed):
            return RenderRequest(is_new, response, optional=True)
        return None

    def reason(self, page: Page, response: Response) -> str:
        """Why a page is what it is, and what it did not get in the browser if it still lacks its content."""
        order: RenderRequest | None = response.meta.get(KEY)
        if order is None or not order.others or not page.application:
            return page.reason
        return f"{page.reason}; it wanted data from {', '.join(order.others)}: see RENDER_HOSTS"

    def missed(self, page: Page, response: Response) -> str | None:
        """Why a page could not be read without a browser, when that is why; None otherwise."""
        if was_shown(response) or self.possible or not page.application:
            return None
        reason = self._missing or "render is never"
        self._crawler.stats.set_value("browser/left_out", reason)
        return f"{page.application}; {reason}"

    def _learn(self, page: Page, response: Response, candidate: Candidate) -> None:
        order: RenderRequest | None = response.meta.get(KEY)
        if order is None:
            if page.kind != "other":
                self._needs.was_plain(candidate.url_pattern)
        elif was_shown(response) and not order.optional and order.read_first:
            if lacks_content(page) or page.kind == "other":
                self._needs.was_vain(candidate.url_pattern)
            else:
                self._needs.was_needed(candidate.url_pattern)


def lacks_content(page: Page) -> str | None:
    """Why a page is to be looked at in a browser: an application without its content, or a wall before it."""
    if page.kind != "story" and page.reason.startswith("consent-wall"):
        return "it is a consent wall"
    return page.application


def shown_request(request: Request, order: RenderRequest) -> Request:
    """The request that asks for the page again, in the browser."""
    meta = {"candidate": request.meta["candidate"], KEY: order}
    return request.replace(meta=meta, priority=1, dont_filter=True)
