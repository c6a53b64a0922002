"""A program: crawl a site with the frontier's scheduler and the smallest spider; prints stories and stats.

python -m tests.small_crawl URL
"""

import json
import sys

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

from newscrawler.discovery import (
    Candidate,
    Frontier,
    Scope,
    UrlCanonicalizer,
    candidates_of_links,
    pagination,
)
from newscrawler.extraction import read

url = sys.argv[1]


class Small(Spider):
    name = "small"

    def __init__(self):
        self.frontier = Frontier(UrlCanonicalizer(), Scope([url]), follow=["listings", "related"])
        self.stories = []

    def request_for(self, candidate):
        return Request(candidate.url, self.parse, errback=self.failed, meta={"candidate": candidate})

    async def start(self):
        self.frontier.offer([Candidate(url, "seed")])
        yield Request(url + "robots.txt", self.nothing)
        yield Request(url + "robots.txt", self.nothing)

    def nothing(self, response):
        pass

    def parse(self, response):
        candidate = response.meta["candidate"]
        page = read(response.body, response.url)
        next_pages = pagination(page) if page.kind == "listing" else []
        found = candidates_of_links(page.links, page.url, candidate.depth, page.kind, next_pages)
        self.frontier.offer(found, candidate)
        if page.story:
            self.stories.append(response.url)
        self.frontier.report(candidate, page.kind)

    def failed(self, failure):
        self.frontier.report(failure.request.meta["candidate"], "error")


process = CrawlerProcess(
    {
        "SCHEDULER": "newscrawler.scheduler.FrontierScheduler",
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "RETRY_TIMES": 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DOWNLOAD_DELAY": 0,
    }
)
crawler = process.create_crawler(Small)
process.crawl(crawler)
process.start()
stats = {name: value for name, value in crawler.stats.get_stats().items() if isinstance(value, int | str)}
print(json.dumps({"stories": crawler.spider.stories, "stats": stats}))
