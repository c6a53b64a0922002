"""Sitemaps and feeds that wait, and the common addresses to try where a site names none."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterator
from itertools import count
from urllib.parse import urljoin

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.link_types import ExpectedType, LinkType
from newscrawler.discovery.frontier.policy import MISSES, SOURCE_PATIENCE
from newscrawler.discovery.sources.source_reader import COMMON_FEEDS, COMMON_SITEMAPS


class SourceQueue:
    """Sources in order: feeds and news sitemaps, other sitemaps that were named, files of sitemap indexes."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, float, int, Candidate]] = []
        self._serial = count()
        self._no_yield_streak = 0
        self._worked: set[LinkType] = set()
        self._misses: Counter[LinkType] = Counter()
        self._guesses = {LinkType.SITEMAP: deque(COMMON_SITEMAPS), LinkType.FEED: deque(COMMON_FEEDS)}

    def push(self, candidate: Candidate, parent: Candidate | None) -> None:
        """Add a source; its freshness is set."""
        rank = 0 if candidate.link_type == LinkType.FEED or "news" in candidate.url.lower() else 1
        if (
            parent is not None
            and parent.expected_type == ExpectedType.SOURCE
            and candidate.link_type == LinkType.SITEMAP
        ):
            rank = 2
        heapq.heappush(self._heap, (rank, -candidate.freshness, next(self._serial), candidate))

    def peek(self, pending: dict[str, Candidate]) -> tuple[Candidate, bool] | None:
        """The next source that still waits, and whether it is to be asked for before any page."""
        while self._heap:
            rank, _, _, candidate = self._heap[0]
            if pending.get(candidate.key) is candidate:
                return None if self.out_of_patience else (candidate, rank < 2)
            heapq.heappop(self._heap)
        return None

    @property
    def out_of_patience(self) -> bool:
        """True when too many sources in a row brought nothing."""
        return self._no_yield_streak >= SOURCE_PATIENCE

    def report(self, candidate: Candidate, worked: bool, brought: bool) -> None:
        """A source was read (`worked`), and named stories (`brought`); or it was none."""
        if worked:
            self._worked.add(candidate.link_type)
        else:
            self._misses[candidate.link_type] += 1
        self._no_yield_streak = 0 if brought else self._no_yield_streak + 1

    def guesses(self, home: str) -> Iterator[Candidate]:
        """Common addresses, while no page and no robots.txt named anything that works; each is given once."""
        for link_type, paths in self._guesses.items():
            while paths and self._misses[link_type] < MISSES:
                if link_type in self._worked or (
                    link_type == LinkType.FEED and LinkType.SITEMAP in self._worked
                ):
                    break
                yield Candidate(
                    urljoin(home, paths.popleft()), link_type, home, 1, expected_type=ExpectedType.SOURCE
                )
