"""The journal of a run: opened, kept with the run's record and delivery, and closed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from newscrawler.arguments import Arguments, arguments_of
from newscrawler.exceptions import JournalFailed
from newscrawler.extensions.health import run_counts
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.feeds.delivery import Delivery
from newscrawler.items import Story
from newscrawler.journal import Journal, JournalError, RetentionPeriods, RevisitPolicy, journal_url

_RUNS_COMPARED = 30  # earlier runs that a run is compared with
# Seconds of writes that are committed together: what a killed run does again. More would save little.
_COMMIT_SECONDS = 0.5


class JournalExtension:
    """Scrapy extension. Opens the site's journal, and closes it with the run.

    `is_wider`: the run takes in what the run before it left out, so that "nothing changed" is no answer to it.
    When the journal fails in mid-run the run ends: `use` raises `JournalFailed` from then on. What is journaled by
    then is delivered by a later run, and so is what was not.
    """

    def __init__(self, crawler: Crawler, journal: Journal, arguments: Arguments) -> None:
        self.site = arguments.site.name
        self._crawler = crawler
        self._journal = journal
        self._periods = RetentionPeriods.of(crawler.settings.getdict("JOURNAL_KEEP_DAYS"))
        self._failed = False
        self._reason = "failed"
        record = _recorded(arguments)
        self.is_wider = any(_is_wider(record, run.arguments) for run in journal.runs.latest(self.site, 1))
        self.run = journal.runs.start(self.site, record)
        self._ledger = journal.ledger(self.site, self.run)
        self._knew_stories = journal.stories.count(self.site) > 0
        # A SQLite file of several sites has one writer at a time: their crawls must not wait for each other's groups.
        setting = crawler.settings.get("JOURNAL") or "{site}"
        self._is_own = "{site}" in setting or not setting.startswith("sqlite")
        self._commits = create_looping_call(self.commit)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> JournalExtension:
        settings, arguments = crawler.settings, arguments_of(crawler)
        journal = Journal.open(
            journal_url(settings.get("JOURNAL"), settings["OUTPUT_DIR"], arguments.site.name),
            busy_timeout=settings.getfloat("JOURNAL_BUSY_TIMEOUT"),
            pace=RevisitPolicy(story_days=settings.getfloat("REVISIT_DAYS")),
        )
        if not journal.claim_writing(arguments.site.name):
            raise JournalError(f"{arguments.site.name} is being crawled on another machine")
        extension = cls(crawler, journal, arguments)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.item_scraped, signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        crawler.signals.connect(extension.engine_stopped, signals.engine_stopped)
        return extension

    @contextlib.contextmanager
    def use(self) -> Iterator[Journal]:
        """The open journal. Its first failure ends the run; it and each later use raise `JournalFailed`."""
        if self._failed:
            raise JournalFailed
        try:
            yield self._journal
        except JournalError as error:
            self._fail(error)
            raise JournalFailed from None

    @property
    def has_failed(self) -> bool:
        """True when the journal cannot be used any more, which ends the run."""
        return self._failed

    def recall(self, name: str) -> dict[str, Any] | None:
        """The values that an earlier run learned of the site under this name; None when there are none."""
        with self.use() as journal:
            return journal.learned.recall(self.site, name)

    def remember(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep what was learned of the site for later runs."""
        with self.use() as journal:
            journal.learned.remember(self.site, name, value)

    def spider_opened(self, spider: Spider) -> None:
        if self._is_own:
            self._journal.group_commits(_COMMIT_SECONDS)
            self._commits.start(_COMMIT_SECONDS, now=False)
        self._crawler.stats.set_value("journal/knows_stories", self._knew_stories)
        delivery = self._crawler.get_extension(Delivery)
        if delivery is not None:
            delivery.ledger = self._ledger

    def item_scraped(self, item: Any) -> None:
        if isinstance(item, Story) and item.story_id is not None:
            with contextlib.suppress(JournalFailed), self.use():
                self._ledger.add(item.story_id, item.revision)

    def spider_closed(self, reason: str) -> None:
        self._reason = reason

    def commit(self) -> None:
        """Commit what waits, also when nothing more comes."""
        with contextlib.suppress(JournalFailed), self.use() as journal:
            journal.commit()

    def engine_stopped(self) -> None:
        if self._commits.running:
            self._commits.stop()
        try:
            self._record_run()
            self._journal.retention.prune(self.site, self._periods)
        except JournalError as error:
            self._fail(error)
        finally:
            self._journal.close()

    def _record_run(self) -> None:
        runs = self._journal.runs
        earlier = [run for run in runs.latest(self.site, _RUNS_COMPARED) if run.id != self.run]
        counts = run_counts(self._crawler, earlier, self._journal.seconds)
        state = "finished" if self._reason in ("finished", "max_stories") else "stopped"
        runs.finish(self.run, state, reason=ended_by(self._crawler) or self._reason, counts=counts)

    def _fail(self, error: JournalError) -> None:
        """Record the first failure and close the crawl."""
        if self._failed:
            return
        self._failed = True
        self._crawler.stats.set_value("journal/failed", str(error))
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None:
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="journal_failed"))


def _is_wider(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """True when a run with the arguments `now` takes in what one with those of `before` left out."""
    if any(now.get(name) != before.get(name) for name in ("start", "scope", "languages", "follow")):
        return True
    earlier = before.get("since")
    return earlier is not None and (now["since"] is None or now["since"] < earlier)


def _recorded(arguments: Arguments) -> dict[str, Any]:
    """Arguments as the journal keeps them with the run."""
    return {
        "start": list(arguments.site.start),
        "scope": arguments.site.scope,
        "languages": sorted(arguments.site.languages) or None,
        "since": arguments.since.astimezone(UTC).isoformat() if arguments.since else None,
        "max_stories": arguments.max_stories,
        "follow": sorted(arguments.follow),
        "again": arguments.again,
    }
