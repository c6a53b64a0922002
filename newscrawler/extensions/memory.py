"""What a run knows of earlier runs, and what it notes for later ones: the journal at work in a crawl."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from itemadapter import ItemAdapter
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawler.arguments import arguments_of
from newscrawler.extensions.account import Account
from newscrawler.feeds.delivery import Delivery
from newscrawler.items import Image, RelatedStory, Story
from newscrawler.journal import (
    Candidate,
    Journal,
    JournalError,
    Near,
    Pace,
    Page,
    Stored,
    StoryRow,
    Visit,
    journal_url,
)
from newscrawler.journal.near import signature
from newscrawler.pipelines.dropped import Dropped

logger = logging.getLogger(__name__)


class Coming(NamedTuple):
    """A story between the spider and the journal: its page's key, and what to note of the visit."""

    page_key: str
    visit: Visit


class Memory:
    """Scrapy extension. Opens the site's journal, ends what killed runs left, and closes it with the run."""

    def __init__(self, crawler: Crawler, journal: Journal, site: str) -> None:
        settings = crawler.settings
        self.journal = journal
        self.site = site
        self._crawler = crawler
        self._deliver_updates = settings.getbool("UPDATES")
        self._window = settings.getfloat("DUPLICATE_WINDOW_DAYS")
        self._coming: dict[str, Coming] = {}
        self._owed: set[str] = set()
        for recovery in journal.deliveries.recover(site):
            logger.warning("%s", recovery.note)
        self.run = journal.runs.start(site, _told_arguments(crawler))
        self._ledger = journal.ledger(site, self.run)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Memory:
        settings = crawler.settings
        site = arguments_of(crawler).site.name
        journal = Journal.open(
            journal_url(settings.get("JOURNAL"), settings["OUTPUT_DIR"], site),
            busy_timeout=settings.getfloat("JOURNAL_BUSY_TIMEOUT"),
            pace=Pace(story_days=settings.getfloat("REVISIT_DAYS")),
        )
        memory = cls(crawler, journal, site)
        crawler.signals.connect(memory.spider_opened, signals.spider_opened)
        crawler.signals.connect(memory.item_scraped, signals.item_scraped)
        crawler.signals.connect(memory.item_dropped, signals.item_dropped)
        crawler.signals.connect(memory.failed, signals.spider_error)
        crawler.signals.connect(memory.failed, signals.item_error)
        crawler.signals.connect(memory.spider_closed, signals.spider_closed)
        crawler.signals.connect(memory.engine_stopped, signals.engine_stopped)
        return memory

    # Pages -----------------------------------------------------------------------------------------------

    def offer(self, candidates: Iterable[Candidate]) -> set[str]:
        """Note candidates; the keys of those to fetch: new ones, and those that earlier runs left pending."""
        offered = self.journal.pages.offer(self.site, candidates)
        return {*offered.new, *(key for key, outcome in offered.known.items() if outcome == "pending")}

    def left(self) -> Iterator[Page]:
        """Pages that earlier runs found and did not fetch, oldest first."""
        return self.journal.pages.pending(self.site)

    def due(self) -> Iterator[Page]:
        """Pages to look at again by now."""
        return self.journal.pages.due(self.site)

    def settled(self, keys: Iterable[str]) -> set[str]:
        """Of some keys, those whose pages are done and not to be looked at again by now, listings aside."""
        return self.journal.pages.settled(self.site, keys)

    def give_up(self, reason: str) -> None:
        """What is still pending is not wanted: a crawl that was through did not ask for it."""
        self.journal.pages.give_up(self.site, reason)

    def learned(self, name: str) -> dict[str, Any] | None:
        """What an earlier run learned of the site."""
        return self.journal.learned.recall(self.site, name)

    def learn(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep what was learned for later runs."""
        self.journal.learned.remember(self.site, name, value)

    def page(self, key: str) -> Page | None:
        """What is known of one page."""
        return self.journal.pages.get(self.site, key)

    def ended(self, key: str, visit: Visit) -> None:
        """The page is done, with this outcome."""
        self.journal.pages.finish(self.site, key, visit)

    def unchanged(self, key: str) -> None:
        """The page answered that nothing changed."""
        self.journal.pages.unchanged(self.site, key)

    def put_off(self, key: str, reason: str, most: int) -> bool:
        """The page could not be had this time; True while it will be tried in a later run."""
        tries = self.journal.pages.put_off(self.site, key, reason)
        return tries < most

    # Stories ---------------------------------------------------------------------------------------------

    def coming(self, story: Story, page_key: str, visit: Visit) -> None:
        """The spider yields a story of this page: its page is done when the story is stored or dropped."""
        self._coming[story.url] = Coming(page_key, visit)

    def undelivered(self) -> Iterator[Story]:
        """Stories that earlier runs journaled and did not deliver."""
        for item in self.journal.stories.undelivered(self.site):
            self._owed.add(item["story_id"])
            yield story_from(item)

    def is_owed(self, story: Story) -> bool:
        """Whether the story comes out of the journal, to be delivered now."""
        return story.story_id in self._owed and story.url not in self._coming

    def twins(self, story: Story) -> list[StoryRow]:
        """Other stories of the site with the same title key, seen within the window."""
        rows = self.journal.stories.with_title(self.site, story.title_key or "", self._since())
        return [row for row in rows if row.key != story.story_id]

    def known(self, story: Story) -> StoryRow | None:
        """The story as it was journaled before, if it was."""
        return self.journal.stories.get(self.site, story.story_id or "")

    def alike(self, story: Story) -> list[Near]:
        """Other stories whose body is much like this one's, seen within the window."""
        return self.journal.stories.near(
            self.site, signature(story.body), since=self._since(), besides=story.story_id
        )

    def store(self, story: Story, duplicate: Near | None) -> Stored:
        """Journal the story and end its page, in one transaction."""
        page_key, visit = self._coming.pop(story.url)
        return self.journal.stories.store(
            self.site,
            page_key,
            ItemAdapter(story).asdict(),
            visit=visit,
            run=self.run,
            duplicate=duplicate,
            signature=signature(story.body),
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
            self._ledger.add(item.story_id, item.revision)

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        coming = self._coming.pop(item.url, None) if isinstance(item, Story) else None
        if coming is None or not isinstance(exception, Dropped) or exception.outcome == "over-limit":
            return  # over the limit: the page stays pending, for the next run
        visit = Visit(
            exception.outcome,
            exception.reason,
            url=coming.visit.url,
            kind=coming.visit.kind,
            twin=exception.twin,
            validators=coming.visit.validators,
        )
        self.ended(coming.page_key, visit)

    def failed(self, failure: Failure) -> None:
        """A journal that cannot be written ends the run; what is journaled stays, the next run delivers it."""
        if (
            isinstance(failure.value, JournalError)
            and self._crawler.stats.get_value("journal/failed") is None
        ):
            self._crawler.stats.set_value("journal/failed", str(failure.value))
            self._closing = asyncio.ensure_future(
                self._crawler.engine.close_spider_async(reason="journal_failed")
            )

    def spider_closed(self, reason: str) -> None:
        self._reason = reason

    def engine_stopped(self) -> None:
        try:
            self._finish()
        except JournalError as error:
            self._crawler.stats.set_value("journal/failed", str(error))

    def _finish(self) -> None:
        account = self._crawler.get_extension(Account)
        counts = dict(account.outcomes) if account is not None else {}
        state = "finished" if self._reason in ("finished", "max_stories") else "stopped"
        self.journal.runs.finish(self.run, state, reason=self._reason, counts=counts)
        self.journal.close()

    _reason = "failed"


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
        "since": arguments.since.isoformat() if arguments.since else None,
        "max_stories": arguments.max_stories,
        "follow": sorted(arguments.follow),
        "again": arguments.again,
    }
