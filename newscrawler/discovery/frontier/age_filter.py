"""Filter of candidates older than `since`, by date, story number or neighbouring links."""

from __future__ import annotations

from datetime import datetime

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.freshness import FreshnessEstimator
from newscrawler.discovery.frontier.link_types import ExpectedType, LinkType
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.discovery.frontier.policy import OLDER_PATIENCE
from newscrawler.discovery.sources.feed_dates import certainly_before


class AgeFilter:
    """Drops candidates older than `since` (aware; None: none is)."""

    def __init__(self, since: datetime | None, freshness: FreshnessEstimator) -> None:
        self.since = since
        self._freshness = freshness
        self.older_keys: set[str] = set()
        self._older_run = 0  # stories in a row that turned out older than asked for

    def mark_older(self, key: str, page_yield: PageYield | None) -> None:
        """Remember that a page is older. `page_yield`: of the page that links to it."""
        self.older_keys.add(key)
        if page_yield is not None:
            page_yield.older += 1

    def older_by_number(self, candidate: Candidate) -> bool:
        """True when the candidate's story number is older than `since`."""
        if self.since is None or candidate.date is not None or candidate.expected_type == ExpectedType.SOURCE:
            return False
        bound = self._freshness.latest(candidate.key)
        return bound is not None and bound < self.since.timestamp()

    def older_by_neighbours(self, candidate: Candidate, page_yield: PageYield) -> bool:
        """True for an undated candidate with older neighbours. `page_yield`: of the page that links to it."""
        if candidate.date is not None or candidate.link_type == LinkType.SEED:
            return False
        if self._older_run >= OLDER_PATIENCE and not (
            page_yield.front or candidate.expected_type == ExpectedType.SOURCE
        ):
            return True
        return page_yield.turned_older or (
            candidate.link_type == LinkType.RELATED and page_yield.itself_older
        )

    def observe(self, date: str | None, page: PageYield | None) -> bool | None:
        """True when a story that was read is older, None when unknown. `page`: of the page that links to it."""
        older = certainly_before(date, self.since) if self.since is not None else None
        if older is None:
            return None
        self._older_run = self._older_run + 1 if older else 0
        if page is not None:
            page.record_age(older=older)
        return older
