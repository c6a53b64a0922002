"""Fetches the later pages of stories, and joins their text to the first one's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from newscrawler.browser.render_request import KEY as IN_BROWSER
from newscrawler.browser.render_request import RenderRequest, was_shown
from newscrawler.crawl_state import CrawlState
from newscrawler.discovery import Candidate, LinkType, PageOutcome, StoryPages, first_page_url
from newscrawler.exceptions import Refused
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.extensions.stop_signal import is_closing
from newscrawler.extraction import INCOMPLETE, Page, is_later_page, join_pages
from newscrawler.outcome import Outcome
from newscrawler.spiders import verdicts
from newscrawler.spiders.page_recorder import PageRecorder
from newscrawler.spiders.site_reader import SiteReader
from newscrawler.spiders.time_limit import TooSlow
from newscrawler.spiders.verdicts import Record, Verdict

MOST_PAGES = 20  # of one story, the first included
_FRUITLESS = (
    5  # stories in a row whose further pages were none of theirs, after which a run looks for no more
)
_PRIORITY = 10  # over other requests of the run
_WALLS = frozenset({"blocked", "error-page", "login-wall", "consent-wall"})


class StopReading(Exception):
    """No further page is to be asked for: the run ends, or the site refuses."""


class StoryWaits(Exception):
    """A story cannot be completed in this run: its page stays pending, for the next one."""


class LaterPages(NamedTuple):
    """The pages of a story after its first one, in order.

    `pages`: those that could be had. `is_complete`: True when none is missing.
    """

    pages: list[Page]
    is_complete: bool


async def read_later_pages(
    first: Page, addresses: StoryPages, fetch: Callable[[str], Awaitable[Page | None]]
) -> LaterPages:
    """Read the pages that follow the first one. `addresses`: as that one links them; `fetch` (URL): the page, if any.

    After a page that is missing come those that others link. Lets through what `fetch` raises but `StopReading`.
    """
    pages: list[Page] = []
    is_complete = True
    number = 2
    while (url := addresses.url(number)) is not None:
        if number > MOST_PAGES:
            return LaterPages(pages, is_complete=False)
        try:
            page = await fetch(url)
        except StopReading:
            return LaterPages(pages, is_complete=False)
        if page is None:
            is_complete = False
        elif is_later_page(first, pages, page, links_back=first_page_url(page) is not None):
            pages.append(page)
            addresses.add(page, number)
        else:
            break
        number += 1
    return LaterPages(pages, is_complete)


class StoryCompleter:
    """Completes stories of a crawl. A story whose later pages are on their way stays pending in the journal."""

    def __init__(
        self,
        crawler: Crawler,
        state: CrawlState,
        journal: JournalExtension,
        reader: SiteReader,
        recorder: PageRecorder,
    ) -> None:
        self._crawler = crawler
        self._state = state
        self._journal = journal
        self._reader = reader
        self._recorder = recorder
        self._fruitless = 0
        self._stopped = False
        self.has_left_some = False  # stories that stay pending

    def stop(self) -> None:
        """Ask for no further page: stories that lack some wait for the next run."""
        self._stopped = True

    def claim(self, page: Page) -> None:
        """Keep the frontier from asking for the later pages of a story by themselves."""
        if page.story is not None and self._fruitless < _FRUITLESS:
            self._state.frontier.claim(StoryPages(page).urls)

    async def complete(self, candidate: Candidate, page: Page, response: Response) -> int:
        """Join the later pages of a story to it; the number of its pages.

        0 when the story is known, and whole, from an earlier run and a page of it could not be had, which is recorded.
        Raises `StoryWaits` when the run ends before its pages are there, and `JournalFailed`.
        """
        if self._fruitless >= _FRUITLESS or not (claimed := (addresses := StoryPages(page)).urls):
            return 1
        read: list[tuple[Candidate, Response, Page]] = []

        async def fetch(url: str) -> Page | None:
            if self._is_ending:
                raise StopReading
            own = self._candidate(url, page, candidate)
            answer = await self._answer(own, response)
            if answer is None:
                return None
            try:
                found = self._reader.read(answer)
            except TooSlow:
                return None
            if found.reason.split()[0].rstrip(":,;") in _WALLS:
                return None
            read.append((own, answer, found))
            return found

        later = await read_later_pages(page, addresses, fetch)
        if self._is_ending:
            self.has_left_some = True
            raise StoryWaits
        self._fruitless = 0 if later.pages or not later.is_complete else self._fruitless + 1
        self._settle_claims(claimed, later, read)
        if not later.is_complete and self._is_known_whole(candidate):
            reason = "a page of the story could not be had"
            verdict = Verdict(Outcome.ERROR, reason, PageOutcome.ERROR, Record.RETRY)
            self._recorder.record(candidate, verdict)
            return 0
        join_pages(page, later.pages, is_complete=later.is_complete)
        verdict = Verdict(Outcome.CONTINUATION, f"a later page of {page.url}", PageOutcome.ERROR)
        for own, answer, found in read:
            if _has(later, found):
                self._recorder.record(own, verdict, answer)
        return 1 + len(later.pages)

    def _settle_claims(
        self, claimed: list[str], later: LaterPages, read: list[tuple[Candidate, Response, Page]]
    ) -> None:
        """Leave pages of the story to it alone, and give others back to the frontier."""
        frontier = self._state.frontier
        frontier.claim(own.url for own, _, found in read if _has(later, found))
        if later.is_complete and not later.pages:
            frontier.release(claimed)
        else:
            frontier.release(own.url for own, _, found in read if not _has(later, found))

    @property
    def _is_ending(self) -> bool:
        return self._stopped or is_closing(self._crawler) or self._journal.has_failed

    def _candidate(self, url: str, page: Page, first: Candidate) -> Candidate:
        key = self._state.frontier.canonicalizer.key(url) or url
        return Candidate(url, LinkType.PAGINATION, page.url, first.depth, key=key)

    async def _answer(self, candidate: Candidate, first: Response) -> Response | None:
        """The answer for a later page; None, with its end recorded, when it cannot be had. Raises `StopReading`."""
        if self._state.scope.refusal(candidate.url):
            return None
        request = Request(
            candidate.url,
            callback=NO_CALLBACK,
            meta={"candidate": candidate},
            priority=_PRIORITY,
            dont_filter=True,
        )
        if was_shown(first):
            request.meta[IN_BROWSER] = RenderRequest(self._state.has_new)
        try:
            answer: Response = await self._crawler.engine.download_async(request)
        except Refused as refusal:
            if self._is_ending:
                raise StopReading from None
            if refusal.outcome == Outcome.DUPLICATE_URL:
                return first  # the site has no such page and leads back: it goes on with nothing
            self._recorder.record(candidate, verdicts.of_refusal(refusal))
            raise StopReading from None
        except Exception as error:  # whatever a download raises is the end of this page alone
            if self._is_ending:
                raise StopReading from None
            self._recorder.record(candidate, verdicts.of_failure(error, is_start_host=False))
            return None
        if verdict := verdicts.of_answer(answer, is_known_page=False):
            self._recorder.record(candidate, verdict, answer)
            if answer.status in (403, 429, 503):
                raise StopReading
            return None
        return answer

    def _is_known_whole(self, candidate: Candidate) -> bool:
        """True when the journal has the story of a page with all of its text."""
        with self._journal.use() as journal:
            for row in journal.stories.of_page(self._journal.site, candidate.key)[:1]:
                revision = journal.stories.latest_revision(self._journal.site, row.key)
                return revision is not None and not str(revision.item["sources"].get("body")).endswith(
                    INCOMPLETE
                )
        return False


def _has(later: LaterPages, page: Page) -> bool:
    return any(page is each for each in later.pages)
