"""The crawl of one site: it asks discovery and extraction, and yields stories and the next requests."""

from __future__ import annotations

import hashlib
from asyncio import sleep
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from newscrawler.arguments import Arguments, read_arguments
from newscrawler.browser.exceptions import NotShown
from newscrawler.browser.render_request import KEY as IN_BROWSER
from newscrawler.browser.render_request import RenderRequest, was_unfinished
from newscrawler.discovery import (
    Candidate,
    Frontier,
    Scope,
    Source,
    UrlCanonicalizer,
    candidates_of_links,
    candidates_of_source,
    earliest,
    feeds_in_page,
    joined,
    pagination,
    read_in_steps,
)
from newscrawler.exceptions import JournalFailed, Refused
from newscrawler.extensions.journal_extension import SOURCES, JournalExtension
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.rendering import OUTCOME as NEEDS_BROWSER
from newscrawler.extensions.rendering import RenderingExtension, shown_request
from newscrawler.extraction import Page, read
from newscrawler.items import Story
from newscrawler.journal import FoundPage
from newscrawler.middlewares.address_guard import private_origins
from newscrawler.spiders.conversions import (
    candidate_of,
    completed,
    content_type_of,
    details_of,
    outcome_of,
    visit_of,
)

_LATER = frozenset({401, 403, 408, 425, 429, 500, 502, 503, 504, 522, 524})  # may be well in a later run
_UNASKED = frozenset({"left", "robots-unreachable"})  # not asked for at all: a later run may
_AT_ONCE = 100  # entries of a sitemap or feed that are taken in before others have their turn
_MOST_DUE = 2000  # pages of earlier runs that one run looks at again
# Names in the journal of what was learned of the site.
_LEARNED, _IDENTITY = "frontier", "addresses"


class SiteSpider(Spider):
    """`scrapy crawl site [-a site=NAME | -a url=URL] [-a since=DATE] [-a max_stories=N] [-a follow=...]`"""

    name = "site"
    arguments: Arguments
    _canonicalizer_version = 0  # of the frontier's canonicalizer, kept in the journal

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        arguments = read_arguments(kwargs, crawler.settings)
        adapt_settings(crawler, arguments)
        spider = super().from_crawler(crawler)
        spider.arguments = arguments
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(spider.callback_failed, signals.spider_error)
        crawler.signals.connect(spider.closed_down, signals.spider_closed)
        return spider

    @property
    def account(self) -> OutcomeStats:
        return self.crawler.get_extension(OutcomeStats)

    @property
    def memory(self) -> JournalExtension:
        return self.crawler.get_extension(JournalExtension)

    @property
    def rendering(self) -> RenderingExtension:
        return self.crawler.get_extension(RenderingExtension)

    @cached_property
    def scope(self) -> Scope:
        """Which pages are the crawl's."""
        site = self.arguments.site
        return Scope(site.start, site.scope, site.languages)

    @cached_property
    def frontier(self) -> Frontier:
        """What to ask for next; the scheduler asks it."""
        return Frontier(
            UrlCanonicalizer(self.arguments.site.story_patterns, self.memory.learned(_IDENTITY)),
            self.scope,
            follow=self.arguments.follow,
            since=self.arguments.since,
            known=None if self.arguments.again else self.known,
            learned=self.memory.learned(_LEARNED),
        )

    # What to ask for -------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        # No item from here: Scrapy 2.19 hangs when it is closed while one of start()'s is in the pipelines.
        for nothing in tuple[Any, ...]():
            yield nothing
        site = self.arguments.site
        self.frontier.offer(Candidate(url, "seed", expected_type="listing") for url in site.start)
        left = self.memory.left(also=NEEDS_BROWSER if self.rendering.may_begin else None)
        self.frontier.offer(candidate_of(page) for page in left)
        if not self.arguments.again:
            sources = [candidate_of(page) for page in self.memory.sources()]
            self.frontier.revisit(one for one in sources if one.depth <= 1)
            due = (candidate_of(page) for page in islice(self.memory.due(), _MOST_DUE))
            # Further pages of a listing are worth a look when its first page says so.
            self.frontier.revisit(one for one in due if one.link_type != "pagination")

    def known(self, keys: Collection[str]) -> Collection[str]:
        """Of some keys, those of pages that need not be fetched again by now."""
        return self.memory.done_keys(keys)

    def is_new(self, urls: Iterable[str]) -> bool:
        """Whether any of some addresses is of a page in scope that neither this run nor an earlier one has."""
        keys = (self.frontier.canonicalizer.key(url) for url in urls if self.scope.allows(url))
        fresh = {key for key in keys if key is not None and not self.frontier.is_seen(key)}
        return bool(fresh if self.arguments.again else fresh - set(self.known(fresh)))

    def offer(self, candidates: Iterable[Candidate], parent: Candidate | None) -> int:
        """Hand candidates to the frontier and note those that it takes; how many these were."""
        candidates = list(candidates)
        if not self.arguments.again:
            self.frontier.revisit(self.outdated(candidates))
        accepted = self.frontier.offer(candidates, parent)
        canonicalizer = self.frontier.canonicalizer
        if canonicalizer.version != self._canonicalizer_version:
            # At once: a later run, should this one be killed, must know pages by the same keys.
            self._canonicalizer_version = canonicalizer.version
            self.memory.learn(_IDENTITY, canonicalizer.learned())
        self.memory.offer(
            FoundPage(one.key, one.url, one.expected_type, one.found_on, one.link_type, details_of(one))
            for one in accepted
        )
        return len(accepted)

    def outdated(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Known stories that a source says were changed since they were fetched."""
        told: dict[str, tuple[Candidate, datetime]] = {}
        for one in candidates:
            moment = earliest(one.modified)
            if moment is not None and (key := self.frontier.canonicalizer.key(one.url)) is not None:
                told[key] = one, moment
        for key in self.memory.outdated({key: moment for key, (_, moment) in told.items()}):
            yield replace(told[key][0], expected_type="story")

    def request_for(self, candidate: Candidate) -> Request:
        """The request for a candidate that the frontier gave out."""
        source = candidate.expected_type == "source"
        request = Request(
            candidate.url,
            self.parse_source if source else self.parse,
            errback=self.failed,
            meta={"candidate": candidate},
            dont_filter=True,
        )
        if order := self.rendering.at_once(candidate, self.is_new):
            request.meta[IN_BROWSER] = order
        page = None
        with suppress(JournalFailed):  # the run is ending then, and the scheduler must not raise
            page = self.memory.page(candidate.key)
        if page is not None and page.state == "done" and not self.arguments.again:
            if self.memory.widened and page.kind != "story":
                return request
            if page.etag:
                request.headers["If-None-Match"] = page.etag
            if page.last_modified:
                request.headers["If-Modified-Since"] = page.last_modified
        return request

    def enough(self) -> bool:
        """Whether what is under way may already fill `max_stories`: then wait and see."""
        limit = self.arguments.max_stories
        if limit is None:
            return False
        gathered = self.crawler.stats.get_value("item_scraped_count", 0)
        engine = self.crawler.engine
        under_way = len(engine.downloader.active) + len(engine.scraper.slot.active)
        return bool(gathered + under_way >= limit)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Take up the sitemaps that robots.txt names."""
        parts = urlsplit(request.url)
        robots = f"{parts.scheme}://{parts.netloc}/robots.txt"
        named = [
            joined(robots, written) for written in cast(Any, robotparser).rp.sitemaps
        ]  # some are relative
        with suppress(JournalFailed):
            self.offer(
                (Candidate(url, "sitemap", robots, 1, expected_type="source") for url in named if url), None
            )

    # What came -------------------------------------------------------------------------------------------

    def parse(self, response: Response) -> Iterator[Any]:
        """One page: its story, and where to go from it."""
        yield from self.memory.undelivered()
        candidate: Candidate = response.meta["candidate"]
        if self.answered_without_page(candidate, response):
            return
        if self.led_elsewhere(candidate, response):
            return
        page = self.read(response)
        if order := self.rendering.after_all(page, response, candidate, self.is_new):
            yield shown_request(response.request, order)
            return
        accepted = self.follow(page, candidate)  # journaled before the page is done: a killed run loses none
        if page.story is not None:
            story = completed(page.story, candidate, self.arguments.site.name)
            self.memory.coming(story, candidate.key, visit_of("story", response, kind="story"))
            yield story
        elif lack := self.rendering.missed(page, response):
            self.ended(candidate, NEEDS_BROWSER, lack, response, changed=accepted > 0)
        elif was_unfinished(response) and page.kind == "other":
            self.retry_later(candidate, "error", "in the browser: it did not come to rest in its time")
        else:
            reason = self.rendering.reason(page, response)
            self.ended(candidate, outcome_of(page), reason, response, changed=accepted > 0)
        self.frontier.report(
            candidate,
            "story" if page.story is not None else page.kind,
            date=page.story.published if page.story else None,
            final_url=response.url,
            canonical=page.story.canonical_url if page.story else None,
            title=page.story.title if page.story else "",
            fingerprint=hashlib.blake2b(response.body, digest_size=8).hexdigest(),
        )

    def follow(self, page: Page, parent: Candidate) -> int:
        """Offer what a page links to."""
        if parent.link_type == "seed":
            alternates = {link.hreflang: link.url for link in page.head_links if link.hreflang}
            self.scope.learn_languages(page.url, alternates)
        feeds = feeds_in_page(page.document.root, page.document.base_url)
        found = [
            Candidate(url, "feed", page.url, parent.depth + 1, expected_type="source") for url, _ in feeds
        ]
        next_pages = pagination(page) if page.kind != "story" else []
        links = self.frontier.new_links(page.links, page.kind, parent)
        found += candidates_of_links(links, page.url, parent.depth, page.kind, next_pages)
        return self.offer(found, parent)

    async def parse_source(self, response: Response) -> AsyncIterator[Story]:
        """A sitemap or a feed: what it names. Other pages have their turn in between: some name 50,000."""
        for story in self.memory.undelivered():
            yield story
        candidate: Candidate = response.meta["candidate"]
        if self.answered_without_page(candidate, response):
            return
        source = Source("nothing")
        for step in read_in_steps(response.body, response.url):
            if step is not None:
                source = step
            else:
                await sleep(0)
        accepted = 0
        named = candidates_of_source(source, response.url, candidate.depth)
        for start in range(0, len(named), _AT_ONCE):
            accepted += self.offer(named[start : start + _AT_ONCE], candidate)
            await sleep(0)
        reason = source.problem or f"{len(source.entries)} entries"
        self.ended(candidate, source.kind, reason, response, changed=accepted > 0)
        self.frontier.report(candidate, "source" if source.kind != "nothing" else "nothing")

    def answered_without_page(self, candidate: Candidate, response: Response) -> bool:
        """Whether the answer holds no page to read; it is accounted for then."""
        status = response.status
        if status == 200:
            return False
        if status == 304:
            page = self.memory.page(candidate.key)
            self.account.page(candidate.url, "not-modified", "nothing changed since the last look")
            self.memory.unchanged(candidate.key)
            source_or_story = candidate.expected_type == "source" or (
                page is not None and page.kind == "story"
            )
            self.frontier.report(candidate, "not-modified" if source_or_story else "listing")
            return True
        if status in _LATER:
            self.retry_later(candidate, f"http-{status}", f"answered {status}")
        else:
            self.ended(candidate, f"http-{status}", f"answered {status}", response)
        self.frontier.report(candidate, "gone" if status in (404, 410) else "error")
        return True

    def led_elsewhere(self, candidate: Candidate, response: Response) -> bool:
        """Whether a redirect led out of the scope, or to a page that is taken care of already."""
        refusal = self.redirect_refusal(candidate, response.url)
        if refusal is None:
            return False
        self.ended(candidate, refusal.outcome, refusal.reason, response)
        self.frontier.report(candidate, "duplicate", final_url=response.url)
        return True

    def redirect_refusal(self, candidate: Candidate, url: str) -> Refused | None:
        """Why a redirect is not to be followed; None when it may be."""
        canonicalizer = self.frontier.canonicalizer
        key = canonicalizer.key(url)
        # The canonicalizer may have learned since that the candidate's key is another one.
        if url == candidate.url or key in (candidate.key, canonicalizer.key(candidate.url)):
            return None
        check = self.scope.source_refusal if candidate.expected_type == "source" else self.scope.refusal
        if reason := check(url):
            return Refused("redirected", f"to {url}, out of scope: {reason}")
        if self.frontier.is_seen(key):
            return Refused("duplicate-url", f"redirects to {url}")
        return None

    def read(self, response: Response) -> Page:
        with self.account.timing("reading"):
            return read(
                response.body,
                response.url,
                content_type_of(response),
                rules=self.arguments.site.rules,
                fetched=datetime.now(UTC),
            )

    def failed(self, failure: Failure) -> Iterator[Story]:
        """A request that brought no response."""
        request = cast(Any, failure).request
        order: RenderRequest | None = request.meta.get(IN_BROWSER)
        if order is not None and order.optional and order.plain is not None:
            order.plain.request = request
            yield from self.parse(order.plain)  # it says less than it could, and is a listing all the same
            return
        yield from self.memory.undelivered()
        candidate: Candidate = request.meta["candidate"]
        error = failure.value
        if isinstance(error, Refused) and error.outcome in _UNASKED:
            if error.outcome == "left" or self.is_at_home(candidate.url):
                self.account.page(candidate.url, error.outcome, error.reason)
            else:
                self.retry_later(candidate, error.outcome, error.reason)
        elif isinstance(error, Refused):
            self.ended(candidate, error.outcome, error.reason)
        elif isinstance(error, NotShown):
            self.retry_later(candidate, "error", f"in the browser: {error}")
        elif isinstance(error, IgnoreRequest | DownloadCancelledError):
            self.ended(candidate, "error", str(error) or type(error).__name__)
        else:
            self.retry_later(candidate, "error", f"{type(error).__name__}: {error}")
        if isinstance(error, Refused) and error.outcome in ("redirected", "duplicate-url"):
            self.frontier.report(candidate, "duplicate", final_url=request.url)
        else:
            self.frontier.report(candidate, "error")

    def is_at_home(self, url: str) -> bool:
        """Whether the page is on the host of a start URL: without that there is no crawl at all."""
        host = urlsplit(url).netloc
        return any(urlsplit(start).netloc == host for start in self.arguments.site.start)

    def callback_failed(self, failure: Failure, response: Response) -> None:
        """A fault of ours while a page was read: it is told, and a later run tries the page again."""
        candidate = response.meta.get("candidate")
        if candidate is not None:
            with suppress(JournalFailed):
                self.retry_later(candidate, "error", f"{type(failure.value).__name__}: {failure.value}")
            self.frontier.report(candidate, "error")

    # How pages end ---------------------------------------------------------------------------------------

    def ended(
        self,
        candidate: Candidate,
        outcome: str,
        reason: str,
        response: Response | None = None,
        changed: bool = True,
    ) -> None:
        """A page's way is over: account for it, here and in the journal."""
        self.account.page(candidate.url, outcome, reason)
        kind = "listing" if outcome == "listing" or outcome in SOURCES else "other"
        self.memory.ended(
            candidate.key, visit_of(outcome, response, reason=reason, kind=kind, changed=changed)
        )

    def retry_later(self, candidate: Candidate, outcome: str, reason: str) -> None:
        """A page could not be had now: a later run tries again, a few times."""
        self.account.page(candidate.url, outcome, reason)
        if not self.memory.retry_later(candidate.key, reason, self.settings.getint("MAX_ATTEMPTS")):
            self.memory.ended(candidate.key, visit_of(outcome, None, reason=reason))

    def closed_down(self, reason: str) -> None:
        """Keep what was learned, and give up what the frontier did not want when it was through."""
        with suppress(JournalFailed):
            self.memory.learn(_LEARNED, self.frontier.learned())
            if reason == "finished":
                self.memory.abandon_pending("the crawl ended without asking for it")


def adapt_settings(crawler: Crawler, arguments: Arguments) -> None:
    """What this site's crawl changes in the settings; what the command line says still wins."""
    settings = crawler.settings
    if contact := settings.get("CONTACT"):
        settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", "spider")
    private = [*settings.getlist("PRIVATE_ADDRESSES"), *private_origins(arguments.site.start)]
    settings.set("PRIVATE_ADDRESSES", private, "cmdline")
    if arguments.site.demo:
        settings.set("DOWNLOAD_DELAY", 0, "spider")
        settings.set("AUTOTHROTTLE_ENABLED", False, "spider")
