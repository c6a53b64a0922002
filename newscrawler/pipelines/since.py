"""Stories older than `-a since=`."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.discovery.sources.feed_dates import certainly_before
from newscrawler.exceptions import Dropped
from newscrawler.items import Story
from newscrawler.outcome import Outcome


class SincePipeline:
    """Drops a story that is certainly older than asked for; one without a date stays."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SincePipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        since = arguments_of(self._crawler).since
        if since is not None and certainly_before(item.published, since):
            raise Dropped(Outcome.OLDER, f"published {item.published}, before {since.isoformat()}")
        return item
