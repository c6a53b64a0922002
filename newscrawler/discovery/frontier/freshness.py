"""How new a page is likely to be, before it is asked for."""

from __future__ import annotations

import re
from bisect import bisect_left, insort

from newscrawler.discovery.sources.feed_dates import earliest, latest
from newscrawler.discovery.urls.story_numbers import story_number_of

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
    """What a site's story numbers say about time: on most sites a higher number is a newer story.

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
        day = 86_400.0
        if place > 0:
            self._count(self._pairs[place - 1][1] <= stamp + day)
        if place < len(self._pairs):
            self._count(stamp <= self._pairs[place][1] + day)
        insort(self._pairs, (number, stamp))

    def _count(self, agrees: bool) -> None:
        if agrees:
            self._agree += 1
        else:
            self._disagree += 1

    @property
    def trusted(self) -> bool:
        """Whether numbers and times go together here."""
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
        return self._pairs[place][1] + 86_400.0 if place < len(self._pairs) else None


def stamp_of(iso: str | None) -> float | None:
    """Seconds since 1970 of an ISO 8601 date, a zoneless one in the middle of what it can mean."""
    first, last = earliest(iso), latest(iso)
    if first is None or last is None:
        return None
    return (first.timestamp() + last.timestamp()) / 2
