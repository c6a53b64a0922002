"""What pages of one kind of link turned out to be, and what that lets expect of the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar


class _Page(IntEnum):
    STORY = 0
    LISTING = 1
    NOTHING = 2


@dataclass(slots=True)
class YieldStats:
    """What pages of one kind of link turned out to be.

    `stories`, `listings` (pages that brought stories not known before), `nothing`: counts of the last `MEMORY`
    pages, and of earlier runs. `gain`: new stories per page that was no story, recent pages counting more.
    `no_yield_streak`: pages in a row that were no story and brought nothing new; `empty`: those of them that did not
    even list known stories not listed there before. `pages`: those that `gain` is the mean of, of this run alone: an
    earlier run says what a kind of page is, not how much of it is still new. `unread`: requests that brought no page
    to judge by, since the last one that did.
    """

    stories: float = 0
    listings: float = 0
    nothing: float = 0
    gain: float = 0.0
    no_yield_streak: int = 0
    empty: int = 0
    requests: int = 0
    pages: int = 0
    unread: int = 0
    exhausted: bool = False  # an earlier run lost its patience with these
    version: int = 0  # pages taken in: what was worked out before the last one is out of date
    _last: deque[_Page] = field(default_factory=deque, repr=False)

    MEMORY: ClassVar[int] = 100  # pages that count, in whatever order they came: older ones are forgotten

    def story(self) -> None:
        """A page turned out to be a story."""
        self._count(_Page.STORY, 1)
        self.no_yield_streak = self.empty = 0

    def page(self, new: int, progress: int) -> None:
        """A page turned out to be no story; it brought `new` stories, and listed `progress` known ones."""
        self._count(_Page.LISTING if new else _Page.NOTHING, 1)
        self.pages += 1
        self.gain += (new - self.gain) / min(self.pages, 5)
        if new:
            self.no_yield_streak = self.empty = 0
            self.exhausted = False
        else:
            self.no_yield_streak += 1
            self.empty = 0 if progress else self.empty + 1

    def _count(self, page: _Page, number: int) -> None:
        """Count a page, or with -1 forget one; the oldest beyond `MEMORY` is forgotten."""
        if page is _Page.STORY:
            self.stories += number
        elif page is _Page.LISTING:
            self.listings += number
        else:
            self.nothing += number
        if number < 0:
            return
        self.version += 1
        self.unread = 0
        self._last.append(page)
        if len(self._last) > self.MEMORY:
            self._count(self._last.popleft(), -1)

    def story_chance(self, prior: float, weight: float = 3.0) -> float:
        """How likely the next one is a story (posterior mean of a Beta prior with that mean and weight)."""
        seen = self.stories + self.listings + self.nothing
        return (self.stories + prior * weight) / (seen + weight)

    def expected_gain(self, prior: float, weight: float = 2.0) -> float:
        """New stories to expect of the next page, if it is no story."""
        seen = min(self.pages, 5)
        return (self.gain * seen + prior * weight) / (seen + weight)


def evidence_to_dict(book: Mapping[str, YieldStats], limit: int = 2000) -> dict[str, Any]:
    """A plain dict of the best-known evidence, to be kept between runs."""
    known = sorted(
        ((name, e) for name, e in book.items() if e.stories + e.listings + e.nothing >= 3),
        key=lambda item: -(item[1].stories + item[1].listings + item[1].nothing),
    )
    return {
        name: [round(e.stories), round(e.listings), round(e.nothing), e.exhausted]
        for name, e in known[:limit]
    }


def evidence_from_dict(data: object) -> dict[str, YieldStats]:
    """The evidence of earlier runs, weighed down so that a changed site is noticed; what is malformed is left out."""
    book: dict[str, YieldStats] = {}
    if not isinstance(data, dict):
        return book
    for name, values in data.items():
        if not isinstance(name, str) or not isinstance(values, list) or len(values) != 4:
            continue
        *counts, exhausted = values
        if not isinstance(exhausted, bool) or not all(
            isinstance(count, int | float) and 0 <= count < 1e9 for count in counts
        ):
            continue
        stories, listings, nothing = counts
        weight = min(1.0, 10 / max(1.0, stories + listings + nothing))
        book[name] = YieldStats(stories * weight, listings * weight, nothing * weight, exhausted=exhausted)
    return book
