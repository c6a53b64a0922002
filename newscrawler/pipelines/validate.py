"""Validation of a story: required fields, plausible dates."""

from __future__ import annotations

from datetime import datetime, timedelta

from scrapy.crawler import Crawler

from newscrawler.exceptions import Dropped
from newscrawler.items import Story
from newscrawler.outcome import Outcome

_OLDEST_YEAR = 1900
_FUTURE = timedelta(days=2)  # zones differ by up to 26 hours, and stories are dated ahead a little


class ValidatePipeline:
    """Drops a story without its required fields; takes back a date that cannot be, and counts it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ValidatePipeline:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        for name in ("url", "title"):
            if not getattr(item, name):
                raise Dropped(Outcome.INVALID, f"the story has no {name}")
        if not item.body and not item.videos and not item.images:
            raise Dropped(Outcome.NO_BODY, "the story has neither text, pictures nor videos")
        for name in ("published", "modified"):
            value = getattr(item, name)
            if value is not None and not plausible(value, item.fetched):
                setattr(item, name, None)
                item.sources.pop(name, None)
                self._crawler.stats.inc_value(f"story/refused/{name}")
        if item.published is None:
            item.published_zone_from = None
        return item


def plausible(iso: str, fetched: str | None) -> bool:
    """True when `iso` is a date that a story seen at `fetched` can have."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return False
    if moment.year < _OLDEST_YEAR:
        return False
    if fetched is None:
        return True
    seen = datetime.fromisoformat(fetched)
    return moment.replace(tzinfo=moment.tzinfo or seen.tzinfo) <= seen + _FUTURE
