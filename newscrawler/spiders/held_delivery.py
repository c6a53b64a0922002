"""Delivers the stories of pages that waited until the template of their site was known."""

from __future__ import annotations

import logging
from asyncio import Future, ensure_future, sleep, wait
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf
from time import monotonic

from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from newscrawler.exceptions import JournalFailed
from newscrawler.extensions.stop_signal import is_closing
from newscrawler.items import Story
from newscrawler.spiders.later_pages import StoryWaits
from newscrawler.spiders.site_reader import SiteReader

logger = logging.getLogger(__name__)

_STOP_SECONDS = 3.0  # for pages that wait when the run is asked to stop; it ends within five


class HeldDelivery:
    """Reads the pages that wait for good, when nothing is left to ask for, they are many, or the run is to stop.

    `end_of` (candidate, page, response, changed) gives the story of a page, or records its end.
    """

    def __init__(
        self, crawler: Crawler, reader: SiteReader, end_of: Callable[..., Awaitable[Story | None]]
    ) -> None:
        self._crawler = crawler
        self._reader = reader
        self._end_of = end_of
        self._settling: Future[None] | None = None

    def idle(self) -> None:
        """Begin when the crawl is idle, and keep it open. Raises `DontCloseSpider`."""
        if self._settling is None and len(self._reader):
            self.settle()
        if self._settling is not None and not self._settling.done():
            raise DontCloseSpider

    def settle(self) -> None:
        """Begin to read the pages that wait, unless that is under way."""
        if self._settling is None or self._settling.done():
            self._settling = ensure_future(self._deliver())
            self._settling.add_done_callback(self._log_fault)

    async def deliver_before_stop(self) -> None:
        """Deliver what can be read in a few seconds; the rest waits for the next run."""
        if self._settling is not None and not self._settling.done():
            await wait([self._settling], timeout=_STOP_SECONDS)
        elif len(self._reader):
            self._crawler.engine.pause()
            await self._deliver(_STOP_SECONDS)

    async def _deliver(self, seconds: float = inf) -> None:
        """Deliver stories, and record the ends of other pages, for at most so long."""
        engine = self._crawler.engine
        deadline = monotonic() + seconds
        with suppress(JournalFailed):
            async for candidate, page, response in self._reader.settled():
                self._reader.remember(candidate, page)
                with suppress(StoryWaits):
                    story = await self._end_of(candidate, page, response, changed=True)
                    if story is not None:
                        await engine.scraper.start_itemproc_async(story, response=response)
                        self._let_scraper_close()
                    self._reader.release(candidate)
                if is_closing(self._crawler) or monotonic() > deadline:
                    return
        await sleep(0)  # a component that closes the crawl for one of these stories begins to
        if not is_closing(self._crawler) and seconds == inf and engine.spider_is_idle():
            await engine.close_spider_async(reason="finished")

    def _let_scraper_close(self) -> None:
        """End a close that waits for a story: Scrapy 2.19 looks again only when a callback ends."""
        scraper = self._crawler.engine.scraper
        slot = scraper.slot
        if slot is not None and slot.closing is not None and not slot.closing.called:
            scraper._check_if_closing()

    def _log_fault(self, settling: Future[None]) -> None:
        """Log a fault of this program; the pages that it left wait for the next run."""
        if not settling.cancelled() and (fault := settling.exception()) is not None:
            logger.error("pages that wait could not be read", exc_info=fault)
