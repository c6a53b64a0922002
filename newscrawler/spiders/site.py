"""Spider of one site. A response flows one way: read, decide, follow its links, record its end, report it."""

from __future__ import annotations

import hashlib
from asyncio import sleep
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawler.arguments import Arguments, read_arguments
from newscrawler.browser.render_request import KEY as IN_BROWSER
from newscrawler.browser.render_request import RenderRequest
from newscrawler.crawl_state import CrawlState, PendingStory
from newscrawler.discovery import (
    Candidate,
    ExpectedType,
    Frontier,
    LinkType,
    PageOutcome,
    Source,
    SourceKind,
    first_page_url,
    read_in_steps,
    shape_of,
)
from newscrawler.exceptions import Dropped, JournalFailed
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.rendering import RenderingExtension, browser_request
from newscrawler.extraction import Page
from newscrawler.extraction.template.page_facts import Evidence
from newscrawler.items import Story
from newscrawler.journal import Validators
from newscrawler.middlewares.backoff import PUT_OFF
from newscrawler.middlewares.redirect_policy import redirect_refusal
from newscrawler.outcome import Outcome, http_outcome
from newscrawler.renamed_components import rename_components
from newscrawler.spiders import verdicts
from newscrawler.spiders.conversions import completed, content_type_of, visit_of
from newscrawler.spiders.crawl_settings import adapt_settings
from newscrawler.spiders.crawl_start import FRONTIER, new_crawl_state
from newscrawler.spiders.earlier_runs import EarlierRuns
from newscrawler.spiders.held_delivery import HeldDelivery
from newscrawler.spiders.later_pages import StoryCompleter, StoryWaits
from newscrawler.spiders.link_follower import LinkFollower
from newscrawler.spiders.page_recorder import PageRecorder
from newscrawler.spiders.page_redirect import redirect
from newscrawler.spiders.site_reader import SiteReader
from newscrawler.spiders.time_limit import TooSlow
from newscrawler.spiders.trial_reader import LARGE, TrialReader
from newscrawler.spiders.verdicts import Verdict

_ENTRIES_AT_ONCE = 100  # entries of a sitemap or feed that are offered before other pages have their turn
_WHOLE = 4  # visits of a listing or source, each last of which asks for all of it: some servers answer 304 for ever
_TEXT = 200  # characters of a page that count as a text
_LONG_PAGE = 300_000  # bytes: others have their turn before its links are followed
_REFUSED = (http_outcome(401), http_outcome(403))
_MOST_DUE = 2000  # pages of earlier runs that one run visits again


class SiteSpider(Spider):
    """`scrapy crawl site [-a site=NAME | -a url=URL] [-a since=DATE] [-a max_stories=N] [-a follow=...]`"""

    name = "site"
    arguments: Arguments
    unreported: dict[str, Candidate]  # by the URL of their story, which is in the pipelines

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        rename_components(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        arguments = read_arguments(kwargs, crawler.settings)
        adapt_settings(crawler, arguments)
        spider = super().from_crawler(crawler)
        spider.arguments = arguments
        spider.unreported = {}
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(spider.callback_failed, signals.spider_error)
        for ended in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.story_ended, ended)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        crawler.signals.connect(spider.closed_down, signals.spider_closed)
        crawler.signals.connect(spider.end_trial, signals.spider_closed)
        return spider

    # Extensions, and what is made of them, exist when the crawl begins, which is after the spider was made.

    @cached_property
    def outcomes(self) -> OutcomeStats:
        return self.crawler.get_extension(OutcomeStats)

    @cached_property
    def journal(self) -> JournalExtension:
        return self.crawler.get_extension(JournalExtension)

    @cached_property
    def rendering(self) -> RenderingExtension:
        return self.crawler.get_extension(RenderingExtension)

    @cached_property
    def earlier(self) -> EarlierRuns:
        return EarlierRuns(self.journal, self.arguments, self.settings.getfloat("REVISIT_DAYS"))

    @cached_property
    def links(self) -> LinkFollower:
        return LinkFollower(self.crawl_state, self.journal, self.earlier)

    @cached_property
    def recorder(self) -> PageRecorder:
        return PageRecorder(self.journal, self.outcomes, self.settings.getint("MAX_ATTEMPTS"))

    @cached_property
    def crawl_state(self) -> CrawlState:
        return new_crawl_state(self.arguments, self.journal, self.earlier)

    @cached_property
    def reader(self) -> SiteReader:
        return SiteReader(
            self.journal,
            self.outcomes,
            self.arguments,
            most_held=self.settings.getint("HELD_PAGES"),
            stories=self.settings["STORIES"],
        )

    @cached_property
    def trial(self) -> TrialReader:
        return TrialReader()

    @cached_property
    def completer(self) -> StoryCompleter:
        return StoryCompleter(self.crawler, self.crawl_state, self.journal, self.reader, self.recorder)

    @cached_property
    def waiting(self) -> HeldDelivery:
        return HeldDelivery(self.crawler, self.reader, self.end_of)

    @property
    def frontier(self) -> Frontier:
        """For the scheduler."""
        return self.crawl_state.frontier

    async def start(self) -> AsyncIterator[Any]:
        # No item from here: Scrapy 2.19 hangs when it is closed while one of start()'s is in the pipelines.
        for nothing in tuple[Any, ...]():
            yield nothing
        frontier = self.frontier
        frontier.offer(
            Candidate(url, LinkType.SEED, expected_type=ExpectedType.LISTING)
            for url in self.arguments.site.start
        )
        held = set(self.reader.left_over())
        frontier.mark_seen(held)
        pending = list(self.earlier.pending(retry_needs_browser=self.rendering.seems_installed))
        frontier.offer(candidate for candidate in pending if candidate.key not in held)
        for candidate in pending:
            if candidate.key in held:
                self.reader.take_up(candidate)
                await sleep(0)
        if not self.arguments.again:
            frontier.revisit(one for one in self.earlier.sources() if one.depth <= 1)
            due = islice(self.earlier.due(), _MOST_DUE)
            # Further pages of a listing are worth a visit when its first page says so.
            frontier.revisit(one for one in due if one.link_type != LinkType.PAGINATION)

    def request_for(self, candidate: Candidate) -> Request:
        """The request for a candidate that the frontier gave out."""
        source = candidate.expected_type == ExpectedType.SOURCE
        request = Request(
            candidate.url,
            self.parse_source if source else self.parse,
            errback=self.failed,
            meta={"candidate": candidate},
            dont_filter=True,
        )
        if order := self.rendering.order_before_reading(candidate):
            request.meta[IN_BROWSER] = order
        page = None
        with suppress(JournalFailed):  # the run is ending then, and the scheduler must not raise
            page = self.earlier.page(candidate.key)
        if page is not None and (page.attempts or page.outcome in _REFUSED):
            request.meta[PUT_OFF] = True
        if page is None or page.state != "done" or self.arguments.again:
            return request
        if self.journal.is_wider and page.kind != "story":
            return request
        if page.visits % _WHOLE == _WHOLE - 1 and page.kind != "story":
            return request
        if page.etag:
            request.headers["If-None-Match"] = page.etag
        if page.last_modified:
            request.headers["If-Modified-Since"] = page.last_modified
        return request

    def enough(self) -> bool:
        """True when the pages under way may already fill `max_stories`: then wait and see."""
        limit = self.arguments.max_stories
        if limit is None:
            return False
        gathered = self.crawler.stats.get_value("item_scraped_count", 0)
        engine = self.crawler.engine
        under_way = len(engine.downloader.active) + len(engine.scraper.slot.active)
        if self.reader.held_stories + gathered >= limit and not under_way:
            self.waiting.settle()
        return bool(gathered + under_way + self.reader.held_stories >= limit)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Follow the sitemaps that robots.txt names."""
        parts = urlsplit(request.url)
        with suppress(JournalFailed):
            self.links.follow_robots(
                f"{parts.scheme}://{parts.netloc}/robots.txt", cast(Any, robotparser).rp.sitemaps
            )

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        """A page: its story, and its links."""
        for undelivered in self.earlier.undelivered(self.crawl_state):
            yield undelivered
        candidate: Candidate = response.meta["candidate"]
        if verdict := self.verdict_unread(candidate, response):
            self.close_page(candidate, verdict, response)
            return
        if len(response.body) > LARGE and not await self.trial.passes(
            response.body, response.url, content_type_of(response)
        ):
            slow = TooSlow("a process that read it for trial had to be ended")
            self.close_page(candidate, verdicts.of_slow_page(slow), response)
            return
        try:
            page = self.reader.read(response)
        except TooSlow as error:
            self.close_page(candidate, verdicts.of_slow_page(error), response)
            return
        if len(response.body) > _LONG_PAGE:
            await sleep(0)
        if order := self.rendering.order_after_reading(page, response, candidate):
            yield browser_request(response.request, order)
            return
        if page.redirect_target and (onward := redirect(response, page.redirect_target)) is not None:
            yield onward
            return
        if candidate.link_type == LinkType.SEED:
            self.count_start_links(page, candidate)
        self.completer.claim(page)
        try:
            accepted = await self.links.follow(
                page, candidate
            )  # before the page is done: a killed run loses none
        except TooSlow as error:
            self.close_page(candidate, verdicts.of_slow_page(error), response)
            return
        is_later_page = first_page_url(page) is not None
        if not is_later_page:
            self.reader.remember(candidate, page)
        if self.reader.must_wait(page, response) and not is_later_page:
            twin = self.reader.hold(candidate, page, response)
            evidence = verdicts.evidence_of(candidate, page, twin, is_known=self.reader.knows_template)
            self.report_page(candidate, evidence, response, page.story)
            for recognised, story in self.reader.recognised():
                self.frontier.recognise_story(recognised, date=story.published)
            if self.reader.has_enough:
                self.waiting.settle()
            return
        try:
            story = await self.end_of(candidate, page, response, changed=accepted > 0)
        except StoryWaits:
            return
        if story is not None:
            self.unreported[story.url] = candidate
            yield story
        else:
            evidence = PageOutcome.ERROR if is_later_page else verdicts.evidence_of_kind(page)
            self.report_page(candidate, evidence, response)

    async def end_of(
        self, candidate: Candidate, page: Page, response: Response, *, changed: bool
    ) -> Story | None:
        """The story of a page that was read for good, which its pipelines journal, or else the record of its end.

        Raises `StoryWaits` when the run ends before the story's later pages are there.
        """
        if page.siblings.evidence & Evidence.DATED and len(page.body.text) >= _TEXT:
            self.crawler.stats.inc_value("page/dated_texts")
        if (first := first_page_url(page)) is not None:
            self.links.offer([replace(candidate, url=first, queue=None)], candidate)
            verdict = Verdict(Outcome.CONTINUATION, f"a later page of {first}", PageOutcome.ERROR)
        elif page.story is None:
            verdict = verdicts.of_page(page, response, self.rendering)
        elif self.reader.is_undated(page):
            verdict = verdicts.UNDATED
        else:
            pages = await self.completer.complete(candidate, page, response)
            if not pages:
                return None
            story = completed(page.story, candidate, self.arguments.site.name)
            visit = visit_of(Outcome.STORY, response, kind="story")
            if pages > 1:
                # Of the first page alone: another visit must compare the whole text.
                visit = replace(visit, validators=Validators(None, None))
            self.crawl_state.pending_stories[story.url] = PendingStory(candidate.key, visit)
            return story
        self.recorder.record(candidate, verdict, response, changed=changed)
        return None

    async def parse_source(self, response: Response) -> AsyncIterator[Story]:
        """A sitemap or a feed: its entries. Other pages have their turn in between: some have 50,000."""
        for story in self.earlier.undelivered(self.crawl_state):
            yield story
        candidate: Candidate = response.meta["candidate"]
        if verdict := self.verdict_unread(candidate, response):
            self.close_page(candidate, verdict, response)
            return
        source = Source(SourceKind.NOTHING)
        for step in read_in_steps(response.body, response.url):
            if step is not None:
                source = step
            else:
                await sleep(0)
        accepted = 0
        named = self.links.entries(source, candidate, response.url)
        for start in range(0, len(named), _ENTRIES_AT_ONCE):
            accepted += self.links.offer(named[start : start + _ENTRIES_AT_ONCE], candidate)
            await sleep(0)
        reason = source.problem or f"{len(source.entries)} entries"
        evidence = PageOutcome.SOURCE if source.kind != SourceKind.NOTHING else PageOutcome.NOTHING
        verdict = Verdict(str(source.kind), reason, evidence)
        self.recorder.record(candidate, verdict, response, changed=accepted > 0)
        self.frontier.report(candidate, evidence)

    async def failed(self, failure: Failure) -> AsyncIterator[Any]:
        """A request that brought no response."""
        request = cast(Any, failure).request
        order: RenderRequest | None = request.meta.get(IN_BROWSER)
        if order is not None and order.optional and order.plain is not None:
            order.plain.request = request
            # It holds less than it could, and is a listing all the same.
            async for each in self.parse(order.plain):
                yield each
            return
        for story in self.earlier.undelivered(self.crawl_state):
            yield story
        candidate: Candidate = request.meta["candidate"]
        host = urlsplit(candidate.url).netloc
        is_start_host = any(urlsplit(start).netloc == host for start in self.arguments.site.start)
        verdict = verdicts.of_failure(failure.value, is_start_host=is_start_host)
        self.recorder.record(candidate, verdict)
        final_url = request.url if verdict.evidence == PageOutcome.DUPLICATE else None
        self.frontier.report(candidate, verdict.evidence, final_url=final_url)

    def callback_failed(self, failure: Failure, response: Response) -> None:
        """A fault of this program while a page was read: a later run tries the page again."""
        candidate = response.meta.get("candidate")
        if candidate is not None:
            verdict = verdicts.of_exception(failure.value)
            with suppress(JournalFailed):
                self.recorder.record(candidate, verdict)
            self.frontier.report(candidate, verdict.evidence)

    def story_ended(
        self, item: Any, response: Response, exception: BaseException | None = None, **_: Any
    ) -> None:
        """Report a story's page to the frontier when the pipelines are through with it.

        A twin that has another form of address than the story it repeats is evidence against that form.
        """
        candidate = self.unreported.pop(item.url, None) if isinstance(item, Story) else None
        if candidate is None:
            return
        evidence = PageOutcome.STORY
        if isinstance(exception, Dropped) and exception.outcome == Outcome.DUPLICATE_TEXT:
            twin_key = self.frontier.canonicalizer.key(exception.twin or "")
            if twin_key is not None and shape_of(twin_key) != shape_of(candidate.key):
                evidence = PageOutcome.DUPLICATE
        self.report_page(candidate, evidence, response, item)

    def closed_down(self, reason: str) -> None:
        """Keep what the frontier learned, and give up what it did not ask for until it was through."""
        with suppress(JournalFailed):
            self.journal.remember(FRONTIER, self.frontier.learned())
            self.reader.save()
            if reason == "finished" and not len(self.reader) and not self.completer.has_left_some:
                self.earlier.abandon_pending()

    async def end_trial(self) -> None:
        await self.trial.close()

    def idle(self) -> None:
        """Nothing is left to ask for: read the pages that wait, then end."""
        self.waiting.idle()

    async def deliver_before_stop(self) -> None:
        """Deliver of the pages that wait what can be read in a few seconds: the run was asked to stop."""
        self.completer.stop()
        await self.waiting.deliver_before_stop()

    # Steps of a response's way

    def verdict_unread(self, candidate: Candidate, response: Response) -> Verdict | None:
        """The verdict on a response that is not read: an answer without a page, or a refused redirect."""
        is_known_page = False
        if response.status == 304:
            page = self.earlier.page(candidate.key)
            is_known_page = candidate.expected_type == ExpectedType.SOURCE or (
                page is not None and page.kind == "story"
            )
        if verdict := verdicts.of_answer(response, is_known_page=is_known_page):
            return verdict
        refusal = redirect_refusal(self.crawl_state, candidate, response.url)
        return verdicts.of_refusal(refusal) if refusal is not None else None

    def count_start_links(self, page: Page, candidate: Candidate) -> None:
        """Count where a start page leads, before its links are taken."""
        links, known = self.links.start_links(page, candidate)
        self.crawler.stats.set_value(f"start/links/{candidate.url}", links)
        self.crawler.stats.set_value(f"start/known/{candidate.url}", known)

    def close_page(self, candidate: Candidate, verdict: Verdict, response: Response) -> None:
        """Record and report the end of a page that is not read."""
        self.recorder.record(candidate, verdict, response)
        final_url = response.url if verdict.evidence == PageOutcome.DUPLICATE else None
        self.frontier.report(candidate, verdict.evidence, final_url=final_url)

    def report_page(
        self, candidate: Candidate, evidence: PageOutcome, response: Response, story: Story | None = None
    ) -> None:
        """Report to the frontier what a page turned out to be."""
        # By its story a page is the same with another link or clock on it.
        content = f"{story.title}\n{story.body}".encode() if story and story.body else response.body
        self.frontier.report(
            candidate,
            evidence,
            date=story.published if story else None,
            final_url=response.url,
            canonical=story.canonical_url if story else None,
            title=story.title if story else "",
            fingerprint=hashlib.blake2b(content, digest_size=8).hexdigest(),
        )
