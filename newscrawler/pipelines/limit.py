"""The end of the crawl after `-a max_stories=`."""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.exceptions import Dropped
from newscrawler.items import Story
from newscrawler.outcome import Outcome


class MaxStoriesPipeline:
    """Lets that many stories be delivered and then closes the crawl; what was on its way stays for a later run.

    A story takes its place before it is journaled, and frees it when a later pipeline drops it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._under_way: set[str] = set()
        self._delivered = 0
        crawler.signals.connect(self.item_scraped, signals.item_scraped)
        crawler.signals.connect(self.item_dropped, signals.item_dropped)
        crawler.signals.connect(self.item_dropped, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> MaxStoriesPipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        limit = arguments_of(self._crawler).max_stories
        if limit is None:
            return item
        if self._delivered + len(self._under_way) >= limit:
            raise Dropped(Outcome.OVER_LIMIT, f"max_stories={limit} is reached")
        self._under_way.add(item.url)
        return item

    def item_scraped(self, item: Any) -> None:
        if item.url not in self._under_way:
            return
        self._under_way.discard(item.url)
        self._delivered += 1
        if self._delivered == arguments_of(self._crawler).max_stories:
            self._closing = asyncio.ensure_future(
                self._crawler.engine.close_spider_async(reason="max_stories")
            )

    def item_dropped(self, item: Any) -> None:
        self._under_way.discard(item.url)
