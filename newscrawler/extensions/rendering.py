"""Choice of the pages that a browser renders: by the site's profile, their content, and earlier pages' needs."""

from __future__ import annotations

import logging
from contextlib import suppress

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from newscrawler.arguments import arguments_of
from newscrawler.browser.locate import may_be_there
from newscrawler.browser.render_request import KEY, RenderRequest, was_shown
from newscrawler.crawl_state import state_of
from newscrawler.discovery import Candidate, ExpectedType, RenderPolicy, load_more, pagination
from newscrawler.exceptions import JournalFailed
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.extraction import Page

logger = logging.getLogger(__name__)

_LEARNED = "browser"  # the journal's name for what was learned of the site
_LINKS = 200  # of a listing that are checked for anything new


class RenderingExtension:
    """Scrapy extension. Has the mode (`auto`, `always`, `never`) and the kinds of pages that need the browser."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._mode = arguments_of(crawler).site.render
        self._missing: str | None = None
        self._policy = RenderPolicy()
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderingExtension:
        return cls(crawler)

    @property
    def possible(self) -> bool:
        """True while pages may be rendered, as far as is known by now."""
        return self._mode != "never" and self._missing is None

    @property
    def seems_installed(self) -> bool:
        """True when there seems to be a browser: what earlier runs left out can be tried again."""
        return self.possible and may_be_there(str(self._crawler.settings.get("BROWSER") or ""))

    def spider_opened(self) -> None:
        journal = self._crawler.get_extension(JournalExtension)
        if self.possible and journal is not None:
            self._policy = RenderPolicy(journal.recall(_LEARNED))

    def spider_closed(self) -> None:
        journal, learned = self._crawler.get_extension(JournalExtension), self._policy.learned()
        if journal is not None and learned:
            with suppress(JournalFailed):
                journal.remember(_LEARNED, learned)

    def report_missing(self, reason: str) -> None:
        """There is no browser: log it once, and go on without."""
        if self._missing is None:
            self._missing = reason
            logger.warning("pages of this site need a browser, and are left out: %s", reason)

    def order_before_reading(self, candidate: Candidate) -> RenderRequest | None:
        """The order for a page that is rendered without being read first; None when it is read first, as most are."""
        if not self.possible or candidate.expected_type == ExpectedType.SOURCE:
            return None
        if self._mode == "always" or self._policy.at_once(candidate.url_pattern):
            self._crawler.stats.inc_value("browser/at_once")
            return RenderRequest(state_of(self._crawler).has_new)
        return None

    def order_after_reading(
        self, page: Page, response: Response, candidate: Candidate
    ) -> RenderRequest | None:
        """The order for a page that was read and lacks something that a browser may bring; None for all others."""
        has_new = state_of(self._crawler).has_new
        if not self.possible or KEY in response.meta:
            self._learn(page, response, candidate)
            return None
        if lacks_content(page):
            return None if self._policy.hopeless(candidate.url_pattern) else RenderRequest(has_new, response)
        self._learn(page, response, candidate)
        listed = (link.url for link in page.links[:_LINKS] if link.place in ("listing", "body"))
        if load_more(page) and not pagination(page) and has_new(listed):
            return RenderRequest(has_new, response, optional=True)
        return None

    def reason_of(self, page: Page, response: Response) -> str:
        """The reason of a page's kind, with what it did not get in the browser if it still lacks its content."""
        order: RenderRequest | None = response.meta.get(KEY)
        if order is None or not order.others or not page.application:
            return page.reason
        return f"{page.reason}; it wanted data from {', '.join(order.others)}: see RENDER_HOSTS"

    def lack_of_browser(self, page: Page, response: Response) -> str | None:
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
                self._policy.was_plain(candidate.url_pattern)
        elif was_shown(response) and not order.optional and order.read_first:
            if lacks_content(page) or page.kind == "other":
                self._policy.was_vain(candidate.url_pattern)
            else:
                self._policy.was_needed(candidate.url_pattern)


def lacks_content(page: Page) -> str | None:
    """Why a page is to be rendered: an application without its content, or a wall before it."""
    if page.kind != "story" and page.reason.startswith("consent-wall"):
        return "it is a consent wall"
    return page.application


def browser_request(request: Request, order: RenderRequest) -> Request:
    """The request for the page once more, in the browser."""
    meta = {"candidate": request.meta["candidate"], KEY: order}
    return request.replace(meta=meta, priority=1, dont_filter=True)
