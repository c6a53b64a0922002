"""Stories whose title was seen before on the same site."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawler.exceptions import Dropped
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.items import Story
from newscrawler.journal import StoryRow
from newscrawler.journal.near_duplicates import THRESHOLD, similarity


class DuplicateTitlesPipeline:
    """Drops a story when another one of the site has its title key within the window; the first seen stays.

    Recurring titles (a morning briefing, a cartoon) are kept: published on different days, with different texts.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DuplicateTitlesPipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        memory = self._crawler.get_extension(JournalExtension)
        if memory.is_undelivered(item) or memory.known(item) is not None:
            return item
        for twin in memory.same_title(item):
            if not is_series_issue(item, memory.signature(item.body), twin):
                raise Dropped("duplicate-title", f"the same title as {twin.url}", twin=twin.url)
        return item


def is_series_issue(story: Story, own: bytes | None, twin: StoryRow) -> bool:
    """Whether two stories with one title are two issues of it: both dated, on different days, with other texts.

    `own` is the signature of the story's body. Texts of a few words, such as those of a cartoon, have none: they are
    other texts when anything in them differs.
    """
    if not story.published or not twin.published or story.published[:10] == twin.published[:10]:
        return False
    if own is None or twin.signature is None:
        return story.content_hash != twin.content_hash
    return similarity(own, twin.signature) < THRESHOLD
