"""Some of a site's story pages, fetched by a crawl that leaves nothing behind."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.http import Response
from scrapy.settings import BaseSettings

if TYPE_CHECKING:
    from newscrawler.extraction import Page, Selectors
    from newscrawler.sites.learning import SavedPage

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.

_PAGES_PER_STORY, _PAGES_BESIDES = 3, 20  # answers after which the search for stories ends


@dataclass
class SiteSample:
    """The story pages of a site, as they came and as they were read.

    `problem` says why there are none: what became of the start page, or that no page was a story.
    """

    pages: list[SavedPage] = field(default_factory=list)
    stories: list[Page] = field(default_factory=list)
    requested: int = 0
    problem: str | None = None


def prepare_sample(settings: BaseSettings, start: Sequence[str], stories: int, verbose: bool) -> None:
    """Change the settings to those of a crawl of a few pages; before the crawler process is made."""
    from newscrawler.middlewares.address_guard import opened_addresses

    changes: dict[str, Any] = {
        "PRIVATE_ADDRESSES": opened_addresses(settings, start),
        "JOURNAL": "",
        "FEEDS": {},
        "PROGRESS": sys.stderr.isatty(),
        "CLOSESPIDER_PAGECOUNT": _PAGES_PER_STORY * stories + _PAGES_BESIDES,
        "ROBOTSTXT_RETRY_TIMES": 0,
        "RETRY_TIMES": 1,
    }
    if not verbose:
        changes["LOG_LEVEL"] = "CRITICAL"
    for name, value in changes.items():
        settings.set(name, value, "cmdline")


def fetch_sample(
    process: CrawlerProcessBase, stories: int, given: dict[str, str], selectors: Selectors | None = None
) -> SiteSample:
    """Crawl the site that the arguments `given` name until so many stories were read, with `selectors` if any.

    The crawl is the project's own, with its guards and its politeness; its files go to a folder that is removed.
    """
    sample = SiteSample()
    with tempfile.TemporaryDirectory(prefix="newscrawler-") as folder:
        process.settings.set("OUTPUT_DIR", folder, "cmdline")
        crawler = process.create_crawler("site")
        keeper = _Keeper(crawler, sample, stories, selectors)
        crawler.signals.connect(keeper.received, signals.response_received)
        process.crawl(crawler, **given)
        process.start()
    if not sample.stories:
        sample.problem = _problem(crawler)
    return sample


class _Keeper:
    """Keeps the story pages of a crawl, one of each title, and closes it when there are enough."""

    def __init__(
        self, crawler: Crawler, sample: SiteSample, stories: int, selectors: Selectors | None
    ) -> None:
        self._crawler, self._sample, self._wanted, self._selectors = crawler, sample, stories, selectors
        self._titles: set[str] = set()

    def received(self, response: Response, request: Request) -> None:
        from newscrawler.sites.learning import SavedPage
        from newscrawler.spiders.conversions import content_type_of

        sample, candidate = self._sample, request.meta.get("candidate")
        if candidate is None or candidate.expected_type == "source" or len(sample.stories) >= self._wanted:
            return
        sample.requested += 1
        if response.status != 200:
            return
        saved = SavedPage(response.body, response.url, content_type_of(response), datetime.now(UTC))
        page = saved.read(self._selectors)
        if page.story is None or page.story.title in self._titles:
            return
        self._titles.add(page.story.title)
        sample.pages.append(saved)
        sample.stories.append(page)
        if len(sample.stories) == self._wanted:
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="enough"))


def _problem(crawler: Crawler) -> str:
    """Why a crawl found no story, in one line."""
    from newscrawler.extensions.health import problems_of

    problems = problems_of(crawler)
    return problems[0] if problems else "none of the pages that were read is a story"
