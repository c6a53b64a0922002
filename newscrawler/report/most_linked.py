"""The stories that others link most, counted in memory that does not grow with their number.

The stories go by twice. The first time the addresses that are linked often are picked out: of n links, every address
with more than n / `_KEPT` is among them (Misra, Gries, "Finding repeated elements", 1982), and all are where there are
fewer than `_KEPT`. The second time their links are counted exactly, and their titles taken.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newscrawler.discovery import url_key

_KEPT = 20_000  # addresses that are counted at a time
_CANDIDATES = 600  # of which many may be no stories: sections, other sites


@dataclass
class LinkedStory:
    """A story that others link as related; `by` are places in the same list."""

    title: str
    url: str
    links: int
    by: list[int] = field(default_factory=list)


class Linking:
    """First `note` each story, then ask for the `most` most linked ones."""

    def __init__(self, most: int, kept: int = _KEPT) -> None:
        self._most = most
        self._kept = kept
        self._counts: dict[str, int] = {}

    @property
    def found(self) -> bool:
        """True when there were links at all."""
        return bool(self._counts)

    def note(self, story: Mapping[str, Any]) -> None:
        """Take in the links of a story that goes by for the first time."""
        for key in _links(story, url_key(story["url"])):
            self._count(key)

    def most_linked(self, stories: Iterable[Mapping[str, Any]]) -> list[LinkedStory]:
        """The most linked of the stories, which go by for the second time; the most linked first."""
        picked = heapq.nlargest(_CANDIDATES, self._counts, key=lambda key: (self._counts[key], key))
        links = dict.fromkeys(picked, 0)
        among: dict[str, set[str]] = {key: set() for key in picked}  # who of them links it
        known: dict[str, tuple[str, str]] = {}
        for story in stories:
            own = url_key(story["url"])
            if own in links:
                known[own] = (story["title"], story["url"])
            for key in _links(story, own):
                if key in links:
                    links[key] += 1
                    if own in links:
                        among[key].add(own)
        top = heapq.nsmallest(self._most, known, key=lambda key: (-links[key], key))
        places = {key: place for place, key in enumerate(top)}
        return [
            LinkedStory(*known[key], links[key], sorted(places[one] for one in among[key] if one in places))
            for key in top
        ]

    def _count(self, key: str) -> None:
        counts = self._counts
        if key in counts or len(counts) < self._kept:
            counts[key] = counts.get(key, 0) + 1
        else:
            self._counts = {one: number - 1 for one, number in counts.items() if number > 1}


def _links(story: Mapping[str, Any], own: str | None) -> Iterator[str]:
    """The keys of the other stories that a story links, each once."""
    if own is None:
        return
    keys = (url_key(related.get("url") or "") for related in story.get("related") or ())
    yield from dict.fromkeys(key for key in keys if key is not None and key != own)
