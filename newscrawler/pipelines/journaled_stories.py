"""Stories of the site that were journaled before, as the pipelines ask for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.items import Story
from newscrawler.journal import NearDuplicate, Revision, StoryRow
from newscrawler.journal.near_duplicates import THRESHOLD, signature

_SIMILAR = 0.5  # estimated Jaccard similarity from which texts are compared word by word
_MOST = 5  # stories like one that are told
_of_crawlers: WeakKeyDictionary[Crawler, JournaledStories] = WeakKeyDictionary()


def journaled_stories(crawler: Crawler) -> JournaledStories:
    """The look-ups of a crawl, which its pipelines share so that none asks twice of one story."""
    if crawler not in _of_crawlers:
        _of_crawlers[crawler] = JournaledStories(crawler)
    return _of_crawlers[crawler]


class JournaledStories:
    """Queries for a story's earlier state and for stories like it; by title within DUPLICATE_WINDOW_DAYS (0: ever)."""

    def __init__(self, crawler: Crawler) -> None:
        self._journal: JournalExtension = crawler.get_extension(JournalExtension)
        self._days = crawler.settings.getfloat("DUPLICATE_WINDOW_DAYS")
        self.signature = lru_cache(maxsize=8)(signature)  # of a body
        # The story that was asked for last, and what was found.
        self._known: tuple[Story | None, StoryRow | None] = None, None
        self._similar: tuple[Story | None, list[NearDuplicate]] = None, []

    def known(self, story: Story) -> StoryRow | None:
        """The story as it was journaled before, if it was."""
        if self._known[0] is not story:
            with self._journal.use() as journal:
                self._known = story, journal.stories.get(self._journal.site, story.story_id or "")
        return self._known[1]

    def same_title(self, story: Story) -> list[StoryRow]:
        """Other stories with the same title key."""
        with self._journal.use() as journal:
            rows = journal.stories.with_title(self._journal.site, story.title_key or "", self._since())
        return [row for row in rows if row.key != story.story_id]

    def near_duplicates(self, story: Story) -> list[NearDuplicate]:
        """Other stories with a similar body, of the same time window."""
        since = self._since()
        return [
            one
            for one in self._like(story)
            if one.similarity >= THRESHOLD and (since is None or one.story.first_seen >= since)
        ][:_MOST]

    def with_similar_text(self, story: Story) -> list[StoryRow]:
        """Other stories whose body may be the same, of any time, the most alike first."""
        return [one.story for one in self._like(story)[:_MOST]]

    def _like(self, story: Story) -> list[NearDuplicate]:
        if self._similar[0] is not story:
            with self._journal.use() as journal:
                found = journal.stories.near(
                    self._journal.site,
                    self.signature(story.body),
                    threshold=_SIMILAR,
                    besides=story.story_id,
                    limit=None,
                )
            self._similar = story, found
        return self._similar[1]

    def latest_revision(self, row: StoryRow) -> Revision | None:
        """The latest revision of a journaled story; None when its text is kept no longer."""
        with self._journal.use() as journal:
            return journal.stories.latest_revision(self._journal.site, row.key)

    def is_of_this_run(self, revision: Revision) -> bool:
        """True when this run has stored the revision."""
        return revision.run_id == self._journal.run

    def _since(self) -> datetime | None:
        return datetime.now(UTC) - timedelta(days=self._days) if self._days > 0 else None
