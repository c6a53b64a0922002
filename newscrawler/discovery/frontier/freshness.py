"""Estimated publication time of a page before it is requested."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from datetime import datetime

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.link_types import ExpectedType, LinkType
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.discovery.sources.feed_dates import earliest, latest
from newscrawler.discovery.urls.story_numbers import story_number_of

_DAY_SECONDS = 86_400.0
_PAGINATION, _SOURCE = LinkType.PAGINATION, ExpectedType.SOURCE
_PAGE_NUMBER = re.compile(r"(\d{1,6})(?=\D*$)")
_QUERY_NUMBER = re.compile(
    r"(?:^|&)(?:[a-z_]*id|p|nid|newsid|article|story|n)=(\d{1,12})(?:&|$)", re.IGNORECASE
)


def number_in(key: str) -> tuple[str, int] | None:
    """(host, number) where a URL carries what may be a story's number, in the path or as an `id` parameter."""
    path, _, query = key.partition("?")
    host = path[8:].partition("/")[0]
    if query:
        match = _QUERY_NUMBER.search(query)
        return (host, int(match[1])) if match else None
    found = story_number_of(key)
    return (host, int(found[1])) if found else None


class NumberClock:
    """Publication times by story number: on most sites a higher number is a newer story.

    Pairs of (number, time) of one URL form are taken in; the clock is trusted when they go together.
    """

    ENOUGH = 6
    LIMIT = 400

    def __init__(self) -> None:
        self._pairs: list[tuple[int, float]] = []
        self._agree = 0
        self._disagree = 0

    def learn(self, number: int, stamp: float) -> None:
        """Take in that the story with this number is of this time (seconds since 1970)."""
        if len(self._pairs) >= self.LIMIT:
            return
        place = bisect_left(self._pairs, (number, stamp))
        if place < len(self._pairs) and self._pairs[place][0] == number:
            return
        if place > 0:
            self._count(self._pairs[place - 1][1] <= stamp + _DAY_SECONDS)
        if place < len(self._pairs):
            self._count(stamp <= self._pairs[place][1] + _DAY_SECONDS)
        insort(self._pairs, (number, stamp))

    def _count(self, agrees: bool) -> None:
        if agrees:
            self._agree += 1
        else:
            self._disagree += 1

    @property
    def trusted(self) -> bool:
        """True when numbers and times go together here."""
        return (
            len(self._pairs) >= self.ENOUGH
            and self._disagree * 20 <= self._agree
            and self._pairs[0][1] < self._pairs[-1][1]
        )

    def estimate(self, number: int) -> float | None:
        """The likely time of a number; None when the clock is not trusted."""
        if not self.trusted:
            return None
        place = bisect_left(self._pairs, (number, 0.0))
        if place == 0:
            low, high = self._pairs[0], self._pairs[-1]
        elif place == len(self._pairs):
            return self._pairs[-1][1] + 60.0
        else:
            low, high = self._pairs[place - 1], self._pairs[place]
        span = high[0] - low[0]
        return low[1] + (high[1] - low[1]) * (number - low[0]) / span if span else low[1]

    def latest_of(self, number: int) -> float | None:
        """A time that this number's story is not after, by the next higher number known; None when unknown."""
        if not self.trusted:
            return None
        place = bisect_left(self._pairs, (number, 0.0))
        return self._pairs[place][1] + _DAY_SECONDS if place < len(self._pairs) else None


def timestamp_of(iso: str | None) -> float | None:
    """Seconds since 1970 of an ISO 8601 date, a zoneless one in the middle of what it can mean."""
    first, last = earliest(iso), latest(iso)
    if first is None or last is None:
        return None
    return (first.timestamp() + last.timestamp()) / 2


class FreshnessEstimator:
    """Estimates publication times (seconds since 1970) of candidates from dates, URLs, or their place on a page."""

    def __init__(self, now: datetime) -> None:
        self._now = now.timestamp()
        self._clocks: dict[str, NumberClock] = {}

    def learn(self, key: str, date: str | None) -> None:
        """A story of this URL is of this date: what its number says of others."""
        stamp, found = timestamp_of(date), number_in(key) if date else None
        if stamp is not None and found is not None and stamp <= self._now:
            self._clocks.setdefault(found[0], NumberClock()).learn(found[1], stamp)

    def latest(self, key: str) -> float | None:
        """A time that the page is not after, as its number tells; None when it does not."""
        found = number_in(key)
        clock = self._clocks.get(found[0]) if found is not None else None
        return clock.latest_of(found[1]) if clock is not None and found is not None else None

    def estimate_for(
        self, candidate: Candidate, parent: Candidate | None, page_yield: PageYield | None, of_main: bool
    ) -> float:
        """The likely time of the newest that the page shows. `page_yield`: of the parent's page."""
        now = self._now
        if candidate.link_type == _PAGINATION:
            bound, span = (page_yield.oldest, page_yield.span) if page_yield is not None else (None, 0.0)
            if bound is None:
                bound = parent.freshness if parent is not None else now
            # `1 2 3 … 50`: page 50 is as much older as there are pages between.
            return min(bound, now) - 1.0 - (_pages_on(candidate, parent) - 1) * max(span, 3600.0)
        known = timestamp_of(candidate.date) if candidate.date else None
        if known is None:
            known = self._by_url(candidate) if candidate.period is not None or self._clocks else None
            changed = timestamp_of(candidate.modified) if candidate.modified else None
            if changed is not None:
                # A story is not younger than its last change.
                known = changed if known is None else min(known, changed)
        if known is not None:
            return min(known, now) - candidate.position * 1e-3
        base = parent.freshness if parent is not None and parent.freshness else now
        # The front page shows what is new of the whole site, other pages what is new of a part.
        front = parent is None or of_main or parent.expected_type == _SOURCE
        return base - (60.0 if front else 480.0) * (candidate.position + 1)

    def _by_url(self, candidate: Candidate) -> float | None:
        """The time that a URL names, or that its number stands for."""
        if candidate.period is not None:
            return candidate.period[1].timestamp() - _DAY_SECONDS / 2
        found = number_in(candidate.key) if self._clocks else None
        clock = self._clocks.get(found[0]) if found is not None else None
        return clock.estimate(found[1]) if clock is not None and found is not None else None


def _pages_on(candidate: Candidate, parent: Candidate | None) -> int:
    """Number of pages between a page and the one it links to, by the last number in their URLs."""
    there = _PAGE_NUMBER.search(candidate.key)
    here = (
        _PAGE_NUMBER.search(parent.key)
        if parent is not None and parent.url_pattern == candidate.url_pattern
        else None
    )
    if there is None:
        return 1
    return max(1, min(100_000, int(there[1]) - (int(here[1]) if here is not None else 1)))
