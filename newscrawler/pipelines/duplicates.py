"""Stories whose title was seen before on the same site."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawler.crawl_state import state_of
from newscrawler.exceptions import Dropped
from newscrawler.items import Story
from newscrawler.journal import StoryRow
from newscrawler.journal.near_duplicates import THRESHOLD, similarity
from newscrawler.outcome import Outcome
from newscrawler.pipelines.journaled_stories import JournaledStories


class DuplicateTitlesPipeline:
    """Drops a story when another one of the site has its title key within the window; the first seen stays.

    Recurring titles (a morning briefing, a cartoon) are kept: published on different days, with different texts.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stories = JournaledStories(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DuplicateTitlesPipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        if state_of(self._crawler).is_redelivered(item) or self._stories.known(item) is not None:
            return item
        for twin in self._stories.same_title(item):
            if not is_series_issue(item, self._stories.signature(item.body), twin):
                raise Dropped(Outcome.DUPLICATE_TITLE, f"the same title as {twin.url}", twin=twin.url)
        return item


def is_series_issue(story: Story, own: bytes | None, twin: StoryRow) -> bool:
    """True when two stories with one title are two issues of it: both dated, on different days, with other texts.

    `own` is the signature of the story's body. Texts of a few words, such as those of a cartoon, have none: they are
    other texts when anything in them differs.
    """
    if not story.published or not twin.published or story.published[:10] == twin.published[:10]:
        return False
    if own is None or twin.signature is None:
        return story.content_hash != twin.content_hash
    return similarity(own, twin.signature) < THRESHOLD
