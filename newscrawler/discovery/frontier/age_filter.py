"""What is older than asked for: told by dates, by numbers, or by the company that a story keeps."""

from __future__ import annotations

from datetime import datetime

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.discovery.frontier.priority import FreshnessEstimator
from newscrawler.discovery.sources.feed_dates import latest

# Stories in a row older than asked for, after which undated ones are only taken from front pages.
_OLDER_PATIENCE = 12


class AgeFilter:
    """Which candidates are older than `since` (aware; None: nothing is)."""

    def __init__(self, since: datetime | None, stamps: FreshnessEstimator) -> None:
        self.since = since
        self._stamps = stamps
        self.told: set[str] = set()  # keys of pages that were said to be older
        self._older_run = 0  # stories in a row that turned out older than asked for

    def tell(self, key: str, tally: PageYield | None) -> None:
        """A page is older: once told by a date, that need not be told again. `tally`: of the page that links to it."""
        self.told.add(key)
        if tally is not None:
            tally.older += 1

    def number_tells(self, candidate: Candidate) -> bool:
        """Whether the candidate's number says that it is older."""
        if self.since is None or candidate.date is not None or candidate.expected_type == "source":
            return False
        bound = self._stamps.latest(candidate.key)
        return bound is not None and bound < self.since.timestamp()

    def company_tells(self, candidate: Candidate, tally: PageYield) -> bool:
        """Whether an undated candidate is older because its neighbours are. `tally`: of the page that named it."""
        if candidate.date is not None or candidate.link_type == "seed":
            return False
        if self._older_run >= _OLDER_PATIENCE and not (tally.front or candidate.expected_type == "source"):
            return True
        return tally.turned_older or (candidate.link_type == "related" and tally.itself_older)

    def read(self, date: str | None, page: PageYield | None) -> bool | None:
        """A story was read: whether it is older; None when that cannot be said. `page`: of what named it."""
        moment = latest(date)
        if self.since is None or moment is None:
            return None
        older = moment < self.since
        self._older_run = self._older_run + 1 if older else 0
        if page is not None:
            page.told(older=older)
        return older
