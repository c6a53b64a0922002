"""Stories older than `-a since=`."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.exceptions import Dropped
from newscrawler.items import Story


class SincePipeline:
    """Drops a story that is certainly older than asked for; one without a date stays."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SincePipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        since = arguments_of(self._crawler).since
        if since is not None and item.published and certainly_before(item.published, since):
            raise Dropped("older", f"published {item.published}, before {since.isoformat()}")
        return item


def certainly_before(iso: str, since: datetime) -> bool:
    """Whether the moment or day `iso` is before `since` (aware) in every zone that it can be meant in."""
    moment = datetime.fromisoformat(iso)
    if "T" not in iso:
        return moment.date() < since.date()
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=since.tzinfo or UTC)
    return moment < since
