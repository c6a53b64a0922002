"""The journal's page and story in one transaction; what is not to be delivered goes no further."""

from __future__ import annotations

import re

from scrapy.crawler import Crawler

from newscrawler.exceptions import Dropped
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.items import Story
from newscrawler.journal import NearDuplicate

SAME_TEXT = 0.995  # estimated share of common shingles from which two bodies are one text
_WORDS = re.compile(r"\w+")


class StorePipeline:
    """Journals each story. Copies of other stories' texts are delivered too, and told as such in the journal."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        memory = self._crawler.get_extension(JournalExtension)
        if memory.is_undelivered(item):
            return item
        near_duplicates = memory.near_duplicates(item) if memory.known(item) is None else []
        if near_duplicates and is_edited_copy(item, near_duplicates[0]):
            item.story_id = near_duplicates[0].story.key
            near_duplicates = []
        stored = memory.store(item, near_duplicates[0] if near_duplicates else None)
        item.revision = stored.revision
        if stored.news == "unchanged":
            # Known from earlier runs, or met twice in this one; what is owed was handed out at the start.
            raise Dropped("unchanged", "known, and its text is the same")
        if not stored.undelivered:
            raise Dropped(
                "revised", f"journaled as revision {stored.revision}; the setting UPDATES delivers it"
            )
        return item


def is_edited_copy(story: Story, near: NearDuplicate) -> bool:
    """Whether `story` is the one that `near` is, under another address with an edited headline.

    The text must be the same, and the headlines share half of their words or the moment of publication: texts
    alone would make one story of all that a paywall shows of many.
    """
    if near.similarity < SAME_TEXT:
        return False
    if story.published and "T" in story.published and story.published == near.story.published:
        return True
    own, other = (set(_WORDS.findall(title.casefold())) for title in (story.title, near.story.title))
    return 2 * len(own & other) > len(own | other)
