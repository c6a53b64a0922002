"""What a run knows of earlier runs, and what it notes for later ones: the journal at work in a crawl."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from itemadapter import ItemAdapter
from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawler.arguments import FOLLOW, arguments_of
from newscrawler.exceptions import Dropped, JournalFailed
from newscrawler.extensions.baseline import UNREAD, Measures, compare, measures_of
from newscrawler.extensions.health import health_problem
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.feeds.delivery import Delivery
from newscrawler.items import Image, RelatedStory, Story
from newscrawler.journal import (
    FoundPage,
    Journal,
    JournalError,
    NearDuplicate,
    PageRecord,
    PageVisit,
    RetentionPeriods,
    RevisitPolicy,
    Stored,
    StoryRow,
    journal_url,
)
from newscrawler.journal.near_duplicates import signature

_STAY_PENDING = frozenset({"over-limit", "journal-failed"})  # outcomes after which the next run asks again
_RUNS_COMPARED = 30

SOURCES = frozenset({"feed", "news-sitemap", "sitemap-index", "sitemap", "url-list"})  # as pages end


class PendingStory(NamedTuple):
    """A story between the spider and the journal: its page's key, and what to note of the visit."""

    page_key: str
    visit: PageVisit


class JournalExtension:
    """Scrapy extension. Opens the site's journal and closes it with the run.

    When the journal fails in mid-run the run ends: the methods raise `JournalFailed` from then on. What is
    journaled by then is delivered by a later run, and so is what was not.
    """

    def __init__(self, crawler: Crawler, journal: Journal, site: str) -> None:
        settings = crawler.settings
        self.journal = journal
        self.site = site
        self._crawler = crawler
        self._deliver_updates = settings.getbool("UPDATES")
        self._window = settings.getfloat("DUPLICATE_WINDOW_DAYS")
        self._revisited = timedelta(days=settings.getfloat("REVISIT_DAYS"))
        arguments = arguments_of(crawler)
        self._partial = arguments.since is not None or arguments.follow != frozenset(FOLLOW)
        self._coming: dict[str, PendingStory] = {}
        self._owed: set[str] = set()
        self._handed_out = False
        self._failed = False
        self._keep = RetentionPeriods.of(settings.getdict("JOURNAL_KEEP_DAYS"))
        self.signature = lru_cache(maxsize=32)(signature)  # of a body: asked for by several pipelines
        told = _told_arguments(crawler)
        self.widened = any(_wider(told, run.arguments) for run in journal.runs.latest(site, 1))
        self.run = journal.runs.start(site, told)
        self._ledger = journal.ledger(site, self.run)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> JournalExtension:
        settings = crawler.settings
        site = arguments_of(crawler).site.name
        journal = Journal.open(
            journal_url(settings.get("JOURNAL"), settings["OUTPUT_DIR"], site),
            busy_timeout=settings.getfloat("JOURNAL_BUSY_TIMEOUT"),
            pace=RevisitPolicy(story_days=settings.getfloat("REVISIT_DAYS")),
        )
        memory = cls(crawler, journal, site)
        crawler.signals.connect(memory.spider_opened, signals.spider_opened)
        crawler.signals.connect(memory.item_scraped, signals.item_scraped)
        crawler.signals.connect(memory.item_dropped, signals.item_dropped)
        crawler.signals.connect(memory.spider_closed, signals.spider_closed)
        crawler.signals.connect(memory.engine_stopped, signals.engine_stopped)
        return memory

    # Pages -----------------------------------------------------------------------------------------------

    def offer(self, candidates: Iterable[FoundPage]) -> set[str]:
        """Note candidates; the keys of those to fetch: new ones, and those that earlier runs left pending."""
        with self._telling():
            offered = self.journal.pages.offer(self.site, candidates)
        return {*offered.new, *(key for key, outcome in offered.known.items() if outcome == "pending")}

    def left(self, also: str | None = None) -> Iterator[PageRecord]:
        """Pages that earlier runs found and did not fetch, oldest first; `also`: those that ended as that."""
        with self._telling():
            if also is not None:
                self.journal.pages.reopen(self.site, also)
            if not self._partial:
                self.journal.pages.reopen(self.site, "left-out")
            yield from self.journal.pages.pending(self.site)

    def sources(self) -> list[PageRecord]:
        """Feeds, news sitemaps and sitemaps that earlier runs could read."""
        with self._telling():
            return self.journal.pages.revisitable(self.site, SOURCES)

    def due(self) -> Iterator[PageRecord]:
        """Pages to look at again by now."""
        with self._telling():
            yield from self.journal.pages.due(self.site)

    def done_keys(self, keys: Iterable[str]) -> set[str]:
        """Of some keys, those of pages that earlier runs are done with, and of listings that are not due."""
        with self._telling():
            return self.journal.pages.done_keys(self.site, keys, paced=not self.widened)

    def outdated(self, modified: Mapping[str, datetime]) -> set[str]:
        """Of the keys of pages that are said to have changed at these moments, those worth another look."""
        lately = datetime.now(UTC) - self._revisited
        recent = {key: moment for key, moment in modified.items() if moment > lately}
        if not recent:
            return set()
        with self._telling():
            return self.journal.pages.outdated(self.site, recent)

    def abandon_pending(self, reason: str) -> None:
        """What is still pending is not wanted: a crawl that was through did not ask for it.

        What a crawl of a part left out is taken up by the next crawl of the whole.
        """
        outcome = "left-out" if self._partial else "given-up"
        with self._telling():
            self.journal.pages.abandon_pending(self.site, reason, outcome=outcome)

    def learned(self, name: str) -> dict[str, Any] | None:
        """What an earlier run learned of the site."""
        with self._telling():
            return self.journal.learned.recall(self.site, name)

    def learn(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep what was learned for later runs."""
        with self._telling():
            self.journal.learned.remember(self.site, name, value)

    def page(self, key: str) -> PageRecord | None:
        """What is known of one page."""
        with self._telling():
            return self.journal.pages.get(self.site, key)

    def ended(self, key: str, visit: PageVisit) -> None:
        """The page is done, with this outcome."""
        with self._telling():
            self.journal.pages.finish(self.site, key, visit)

    def unchanged(self, key: str) -> None:
        """The page answered that nothing changed."""
        with self._telling():
            self.journal.pages.unchanged(self.site, key)

    def retry_later(self, key: str, reason: str, most: int) -> bool:
        """The page could not be had this time; True while it will be tried in a later run."""
        with self._telling():
            tries = self.journal.pages.retry_later(self.site, key, reason)
        return tries < most

    # Stories ---------------------------------------------------------------------------------------------

    def coming(self, story: Story, page_key: str, visit: PageVisit) -> None:
        """The spider yields a story of this page: its page is done when the story is stored or dropped."""
        self._coming[story.url] = PendingStory(page_key, visit)

    def undelivered(self) -> Iterator[Story]:
        """Stories that earlier runs journaled and did not deliver; they are handed out once."""
        if self._handed_out:
            return
        self._handed_out = True
        with self._telling():
            for item in self.journal.stories.undelivered(self.site, besides=self.run):
                self._owed.add(item["story_id"])
                yield story_from(item)

    def is_undelivered(self, story: Story) -> bool:
        """Whether the story comes out of the journal, to be delivered now."""
        return story.story_id in self._owed and story.url not in self._coming

    def same_title(self, story: Story) -> list[StoryRow]:
        """Other stories of the site with the same title key, seen within the window."""
        with self._telling():
            rows = self.journal.stories.with_title(self.site, story.title_key or "", self._since())
        return [row for row in rows if row.key != story.story_id]

    def known(self, story: Story) -> StoryRow | None:
        """The story as it was journaled before, if it was."""
        with self._telling():
            return self.journal.stories.get(self.site, story.story_id or "")

    def near_duplicates(self, story: Story) -> list[NearDuplicate]:
        """Other stories whose body is much like this one's, seen within the window."""
        with self._telling():
            return self.journal.stories.near(
                self.site, self.signature(story.body), since=self._since(), besides=story.story_id
            )

    def store(self, story: Story, duplicate: NearDuplicate | None) -> Stored:
        """Journal the story and end its page, in one transaction."""
        page_key, visit = self._coming.pop(story.url)
        with self._telling():
            return self.journal.stories.store(
                self.site,
                page_key,
                ItemAdapter(story).asdict(),
                visit=visit,
                run=self.run,
                duplicate=duplicate,
                signature=self.signature(story.body),
                deliver_updates=self._deliver_updates,
            )

    def _since(self) -> datetime | None:
        return datetime.now(UTC) - timedelta(days=self._window) if self._window > 0 else None

    # Signals ---------------------------------------------------------------------------------------------

    def spider_opened(self, spider: Spider) -> None:
        delivery = self._crawler.get_extension(Delivery)
        if delivery is not None:
            delivery.ledger = self._ledger

    def item_scraped(self, item: Any) -> None:
        if isinstance(item, Story) and item.story_id is not None:
            with contextlib.suppress(JournalFailed), self._telling():
                self._ledger.add(item.story_id, item.revision)

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        coming = self._coming.pop(item.url, None) if isinstance(item, Story) else None
        if coming is None or not isinstance(exception, Dropped) or exception.outcome in _STAY_PENDING:
            return
        visit = PageVisit(
            exception.outcome,
            exception.reason,
            url=coming.visit.url,
            kind=coming.visit.kind,
            duplicate_of=exception.twin,
            validators=coming.visit.validators,
        )
        with contextlib.suppress(JournalFailed):
            self.ended(coming.page_key, visit)

    def spider_closed(self, reason: str) -> None:
        self._reason = reason

    def engine_stopped(self) -> None:
        try:
            self._finish()
        except JournalError as error:
            self._tell(error)
        finally:
            self.journal.close()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """The journal is used: its failure is told once, and ends the run."""
        if self._failed:
            raise JournalFailed
        try:
            yield
        except JournalError as error:
            self._tell(error)
            raise JournalFailed from None

    def _tell(self, error: JournalError) -> None:
        if self._failed:
            return
        self._failed = True
        self._crawler.stats.set_value("journal/failed", str(error))
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None:
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="journal_failed"))

    def _finish(self) -> None:
        account = self._crawler.get_extension(OutcomeStats)
        counts: dict[str, Any] = {}
        if account is not None:
            account.warnings, measures = self._compared(account)
            problem = health_problem(self._crawler)
            told = [problem, *account.warnings] if problem else account.warnings
            counts = {**account.outcomes, "measures": measures | {"ill": bool(problem)}, "warnings": told}
            account.parts["journal"] = self.journal.seconds
        state = "finished" if self._reason in ("finished", "max_stories") else "stopped"
        reason = ended_by(self._crawler) or self._reason
        self.journal.runs.finish(self.run, state, reason=reason, counts=counts)
        self.journal.retention.prune(self.site, self._keep)

    def _compared(self, account: OutcomeStats) -> tuple[list[str], dict[str, Any]]:
        """What fell since earlier runs, and what later runs are to be compared with."""
        arguments = arguments_of(self._crawler)
        now = Measures(
            at=datetime.now(UTC),
            outcomes=account.outcomes,
            stories=account.stories,
            coverage=account.coverage,
            body_chars=account.body_chars,
            limited=bool(
                arguments.max_stories or arguments.since or arguments.again or ended_by(self._crawler)
            ),
        )
        runs = self.journal.runs.latest(self.site, _RUNS_COMPARED)
        past = [kept for run in runs if run.id != self.run and (kept := measures_of(run))]
        unread = [ending.url for name in UNREAD for ending in account.examples.get(name, ())]
        return compare(now, past, account.missing, unread), now.as_counts()

    _reason = "failed"


def _wider(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a run takes in what the run before it left out. Then "nothing changed" is no answer to it."""
    if any(now.get(name) != before.get(name) for name in ("start", "scope", "languages", "follow")):
        return True
    earlier = before.get("since")
    return earlier is not None and (now["since"] is None or now["since"] < earlier)


def story_from(item: Mapping[str, Any]) -> Story:
    """A story out of its journaled form; fields that a later version added are null."""
    known = {each.name for each in fields(Story)}
    values = {name: value for name, value in item.items() if name in known}
    values["images"] = [Image(**image) for image in values.get("images") or []]
    values["related"] = [RelatedStory(**related) for related in values.get("related") or []]
    return Story(**values)


def _told_arguments(crawler: Crawler) -> dict[str, Any]:
    arguments = arguments_of(crawler)
    return {
        "start": list(arguments.site.start),
        "scope": arguments.site.scope,
        "languages": sorted(arguments.site.languages) or None,
        "since": arguments.since.astimezone(UTC).isoformat() if arguments.since else None,
        "max_stories": arguments.max_stories,
        "follow": sorted(arguments.follow),
        "again": arguments.again,
    }
