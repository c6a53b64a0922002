"""Stores a story and the end of its page's visit in one transaction; lets through what is to be delivered."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.crawler import Crawler

from newscrawler.crawl_state import state_of
from newscrawler.exceptions import Dropped, JournalFailed
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.items import Story
from newscrawler.journal import NearDuplicate, Stored
from newscrawler.outcome import Outcome
from newscrawler.pipelines.journaled_stories import journaled_stories

_STAY_PENDING = frozenset({Outcome.OVER_LIMIT, Outcome.JOURNAL_FAILED})  # the next run asks for these again


class StorePipeline:
    """Journals each story, and the page of each story that a pipeline drops.

    Copies of other stories' texts are delivered too, and marked as such in the journal.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._journal: JournalExtension = crawler.get_extension(JournalExtension)
        self._stories = journaled_stories(crawler)
        self._deliver_updates = crawler.settings.getbool("UPDATES")
        crawler.signals.connect(self.item_dropped, signals.item_dropped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        if state_of(self._crawler).is_redelivered(item):
            return item
        near_duplicates = self._stories.near_duplicates(item) if self._stories.known(item) is None else []
        stored = self._store(item, near_duplicates[0] if near_duplicates else None)
        item.revision = stored.revision
        if stored.news == "unchanged":
            # Known from earlier runs, or met twice in this one; undelivered stories were handed out at the start.
            raise Dropped(Outcome.UNCHANGED, "known, and its text is the same")
        if not stored.undelivered:
            raise Dropped(
                Outcome.REVISED,
                f"journaled as revision {stored.revision}; the setting UPDATES delivers it",
            )
        return item

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """End the visit of a dropped story's page."""
        pending = state_of(self._crawler).pending_stories
        coming = pending.pop(item.url, None) if isinstance(item, Story) else None
        if coming is None or not isinstance(exception, Dropped) or exception.outcome in _STAY_PENDING:
            return
        visit = replace(
            coming.visit,
            outcome=exception.outcome,
            reason=exception.reason,
            duplicate_of=exception.twin,
            changed=None,
        )
        with suppress(JournalFailed), self._journal.use() as journal:
            journal.pages.finish(self._journal.site, coming.page_key, visit)

    def _store(self, story: Story, duplicate: NearDuplicate | None) -> Stored:
        page_key, visit = state_of(self._crawler).pending_stories.pop(story.url)
        with self._journal.use() as journal:
            return journal.stories.store(
                self._journal.site,
                page_key,
                ItemAdapter(story).asdict(),
                visit=visit,
                run=self._journal.run,
                duplicate=duplicate,
                signature=self._stories.signature(story.body),
                deliver_updates=self._deliver_updates,
            )
