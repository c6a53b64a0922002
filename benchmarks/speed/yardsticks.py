"""Spiders that ours is measured against, each in a process of its own.

    PYTHONPATH=. python -m benchmarks.speed.yardsticks bare http://127.0.0.1:8900/ 1000 FILE.jsonl

bare: Scrapy's CrawlSpider, which takes a page's title and nothing else. trafilatura: the same with that library's
extraction. lean: one XPath for links, one for the title. fetch: stories by their addresses, no page read.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

from benchmarks.speed.replica_site import ReplicaSite


class BareSpider(CrawlSpider):
    """Follows every link of the site and takes the title of each story."""

    name = "bare"
    rules = (Rule(LinkExtractor(), callback="take", follow=True),)

    def __init__(self, url: str, stories: int) -> None:
        super().__init__()
        self.start_urls = [url]
        self.allowed_domains = ["127.0.0.1"]

    def take(self, response: TextResponse) -> Iterator[dict[str, Any]]:
        yield {"url": response.url, "title": response.css("h1::text").get()}


class TrafilaturaSpider(BareSpider):
    """The same, with the text and the metadata that trafilatura finds."""

    name = "trafilatura"

    def take(self, response: TextResponse) -> Iterator[dict[str, Any]]:
        from trafilatura import bare_extraction

        found = bare_extraction(response.text, url=response.url, with_metadata=True)
        yield {
            "url": response.url,
            **{key: value for key, value in found.as_dict().items() if _is_plain(value)},
        }


class LeanSpider(Spider):
    """One XPath for links, one for the title."""

    name = "lean"

    def __init__(self, url: str, stories: int) -> None:
        super().__init__()
        self.start_urls = [url]
        self._seen = {url}

    def parse(self, response: Response) -> Iterator[Any]:
        assert isinstance(response, TextResponse)
        if "-" in response.url.rpartition("/")[2]:
            yield {"url": response.url, "title": response.xpath("string(//h1)").get()}
        for href in response.xpath("//a/@href").getall():
            url = response.urljoin(href)
            if url not in self._seen:
                self._seen.add(url)
                yield Request(url, dont_filter=True)


class FetchSpider(Spider):
    """Asks for every story by its address."""

    name = "fetch"

    def __init__(self, url: str, stories: int) -> None:
        super().__init__()
        self._url, self._site = url.rstrip("/"), ReplicaSite(stories)

    async def start(self) -> AsyncIterator[Any]:
        for number in range(self._site.stories):
            yield Request(self._url + self._site.path_of(number), dont_filter=True)

    def parse(self, response: Response) -> Iterator[Any]:
        yield {"url": response.url, "title": "-"}


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | list | dict)


SPIDERS: dict[str, Any] = {
    each.name: each for each in (BareSpider, TrafilaturaSpider, LeanSpider, FetchSpider)
}


def main() -> None:
    name, url, stories, file = sys.argv[1:]
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "DOWNLOAD_DELAY": 0,
            "FEEDS": {file: {"format": "jsonlines", "overwrite": True}},
        }
    )
    process.crawl(SPIDERS[name], url=url, stories=int(stories))
    process.start()


if __name__ == "__main__":
    main()
