"""Stories that the site has under another address already."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawler.crawl_state import state_of
from newscrawler.discovery import is_print_form
from newscrawler.exceptions import Dropped
from newscrawler.items import Story
from newscrawler.journal import StoryRow
from newscrawler.outcome import Outcome
from newscrawler.pipelines.journaled_stories import journaled_stories
from newscrawler.pipelines.twins import are_twins, is_update, text_overlap


class DuplicatesPipeline:
    """Drops a story whose text the site has under another address, and an update under its title: the first stays.

    With DUPLICATE_TITLES = "strict" every title that came within DUPLICATE_WINDOW_DAYS is dropped too.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stories = journaled_stories(crawler)
        self._is_strict = crawler.settings.get("DUPLICATE_TITLES") == "strict"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DuplicatesPipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        if state_of(self._crawler).is_redelivered(item):
            return item
        if (known := self._stories.known(item)) is not None:
            self._drop_second_page(item, known)
            return item
        same_title = {row.key: row for row in self._stories.same_title(item)}
        similar = {row.key: row for row in self._stories.with_similar_text(item)}
        update_of = None
        for row in (similar | same_title).values():
            if (revision := self._stories.latest_revision(row)) is None:
                continue
            overlap = text_overlap(item.body, revision.item["body"])
            if are_twins(item, revision.item, overlap):
                raise Dropped(Outcome.DUPLICATE_TEXT, f"the same text as {row.url}", twin=row.url)
            if row.key in same_title and is_update(item, revision.item, overlap):
                update_of = update_of or row
        if self._is_strict and same_title:
            update_of = update_of or next(iter(same_title.values()))
        if update_of is not None:
            raise Dropped(Outcome.DUPLICATE_TITLE, f"the same title as {update_of.url}", twin=update_of.url)
        return item

    def _drop_second_page(self, story: Story, known: StoryRow) -> None:
        """Drop a second page of a known story: a print form of it, or one that this run has under another address.

        Another address in a later run is where the story has moved to.
        """
        page_key = state_of(self._crawler).pending_stories[story.url].page_key
        if page_key == known.page_key or story.url == known.url:
            return
        is_second = is_print_form(story.url) and not is_print_form(known.url)
        if not is_second and (revision := self._stories.latest_revision(known)) is not None:
            overlap = text_overlap(story.body, revision.item["body"])
            is_second = self._stories.is_of_this_run(revision) and are_twins(story, revision.item, overlap)
        if is_second:
            raise Dropped(Outcome.DUPLICATE_TEXT, f"the same text as {known.url}", twin=known.url)
