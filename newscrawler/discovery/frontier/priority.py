"""Where a candidate stands among the others: in what context it was found, and how new it is likely to be."""

from __future__ import annotations

import re
from datetime import datetime

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.freshness import NumberClock, number_in, stamp_of
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.text import is_headline_long

_HEADLINE_WORDS = 4
_DAY = 86_400.0
_WORDS = re.compile(r"\w+")
_PAGE_NUMBER = re.compile(r"(\d{1,6})(?=\D*$)")


def titles_differ(one: str, other: str) -> bool:
    """Whether two titles are certainly not of one story: of several words each, and hardly one in common."""
    words, others = (set(_WORDS.findall(title.casefold())) for title in (one, other))
    fewest = min(len(words), len(others))
    return fewest >= _HEADLINE_WORDS and len(words & others) * 3 < fewest


def context_of(candidate: Candidate, parent: Candidate | None, of_main: bool) -> str:
    """The context that decides what to expect of a candidate.

    `seed`; `main`: a further page of a seed (`of_main`: the parent is a seed or such a page); `page`: of another
    listing; `feed`: a feed or news sitemap names it as a story; `map`: a plain sitemap; `list`: a headline in a
    listing or related block; `text`: a headline elsewhere; `menu`: another link of a seed; `nav`: any other.
    """
    link_type = candidate.link_type
    if link_type != "navigation":
        if link_type == "seed":
            return "seed"
        if link_type == "pagination":
            return "main" if of_main else "page"
        if link_type == "feed" or (link_type == "sitemap" and candidate.expected_type == "story"):
            return "feed"
        if link_type == "sitemap":
            return "map"
        if candidate.date or is_headline_long(candidate.title):
            return "list" if candidate.place != "body" and link_type in ("listing", "related") else "text"
    return "menu" if parent is not None and parent.link_type == "seed" else "nav"


class FreshnessEstimator:
    """How new candidates are likely to be (seconds since 1970): told by a date, by their URLs, or by their place."""

    def __init__(self, now: datetime) -> None:
        self._now = now.timestamp()
        self._clocks: dict[str, NumberClock] = {}

    def learn(self, key: str, date: str | None) -> None:
        """A story of this URL is of this date: what its number says of others."""
        stamp, found = stamp_of(date), number_in(key) if date else None
        if stamp is not None and found is not None and stamp <= self._now:
            self._clocks.setdefault(found[0], NumberClock()).learn(found[1], stamp)

    def latest(self, key: str) -> float | None:
        """A time that the page is not after, as its number tells; None when it does not."""
        found = number_in(key)
        clock = self._clocks.get(found[0]) if found is not None else None
        return clock.latest_of(found[1]) if clock is not None and found is not None else None

    def stamp(
        self, candidate: Candidate, parent: Candidate | None, tally: PageYield | None, of_main: bool
    ) -> float:
        """The likely time of the newest that the page shows. `tally`: of the parent's page."""
        now = self._now
        if candidate.link_type == "pagination":
            bound, span = (tally.oldest, tally.span) if tally is not None else (None, 0.0)
            if bound is None:
                bound = parent.stamp if parent is not None else now
            # `1 2 3 … 50`: page 50 is as much older as there are pages between.
            return min(bound, now) - 1.0 - (_pages_on(candidate, parent) - 1) * max(span, 3600.0)
        known = stamp_of(candidate.date) if candidate.date else None
        if known is None:
            known = self._by_url(candidate) if candidate.period is not None or self._clocks else None
            changed = stamp_of(candidate.modified) if candidate.modified else None
            if changed is not None:
                # A story is not younger than its last change.
                known = changed if known is None else min(known, changed)
        if known is not None:
            return min(known, now) - candidate.position * 1e-3
        base = parent.stamp if parent is not None and parent.stamp else now
        # The front page shows what is new of the whole site, other pages what is new of a part.
        front = parent is None or of_main or parent.expected_type == "source"
        return base - (60.0 if front else 480.0) * (candidate.position + 1)

    def _by_url(self, candidate: Candidate) -> float | None:
        """The time that a URL names, or that its number stands for."""
        if candidate.period is not None:
            return candidate.period[1].timestamp() - _DAY / 2
        found = number_in(candidate.key) if self._clocks else None
        clock = self._clocks.get(found[0]) if found is not None else None
        return clock.estimate(found[1]) if clock is not None and found is not None else None


def _pages_on(candidate: Candidate, parent: Candidate | None) -> int:
    """How many pages lie between a page and the one it links to, by the last number in their URLs."""
    there = _PAGE_NUMBER.search(candidate.key)
    here = (
        _PAGE_NUMBER.search(parent.key)
        if parent is not None and parent.url_pattern == candidate.url_pattern
        else None
    )
    if there is None:
        return 1
    return max(1, min(100_000, int(there[1]) - (int(here[1]) if here is not None else 1)))
