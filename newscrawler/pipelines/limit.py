"""The end of the crawl after `-a max_stories=`."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.items import Story
from newscrawler.pipelines.dropped import Dropped


class MaxStories:
    """Lets that many stories through and then closes the crawl; what was on its way stays for a later run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._passed = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> MaxStories:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        limit = arguments_of(self._crawler).max_stories
        if limit is None:
            return item
        if self._passed >= limit:
            raise Dropped("over-limit", f"max_stories={limit} is reached")
        self._passed += 1
        if self._passed == limit:
            self._closing = asyncio.ensure_future(
                self._crawler.engine.close_spider_async(reason="max_stories")
            )
        return item
