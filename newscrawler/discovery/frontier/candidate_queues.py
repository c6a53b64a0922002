"""Pending candidates, one heap per kind of link: new evidence changes the order of kinds, not of heaps."""

from __future__ import annotations

import re
from heapq import heappop, heappush
from itertools import count

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.yield_stats import YieldStats
from newscrawler.discovery.urls.url_patterns import is_story_form

_SERIAL = count()
_LABELLING_WORDS = """tag tags topic topics keyword keywords author authors writer writers people profile user users
    search label labels hashtag etiqueta schlagwort thema autor auteur"""
_LABELLING = frozenset(_LABELLING_WORDS.split())
# What a link's context alone says: how likely it leads to a story, and how many new stories it brings if not.
_CHANCE = {"feed": 0.9, "list": 0.85, "map": 0.6, "text": 0.5, "nav": 0.1, "menu": 0.1}
_GAIN = {
    "seed": 30.0,
    "main": 12.0,
    "page": 6.0,
    "menu": 4.0,
    "nav": 2.0,
    "list": 2.0,
    "text": 1.0,
    "map": 1.0,
}
# Where earlier runs know the site, or only new stories are wanted, the lesser leads have less to bring.
_RETURNING_GAIN = {"page": 1.0, "nav": 0.4, "text": 0.4, "map": 0.6, "list": 0.6}

# Pages without gain in a row after which a kind is left alone: all that bring nothing new, and those of them
# that list no story at all. Requests under way count, so that a trap stays below 25.
_PATIENCE = {"main": 1000, "seed": 1000, "page": 12, "menu": 14}
_EMPTY_PATIENCE = {"menu": 12, "main": 10, "map": 10, "nav": 5}
_LABEL_PATIENCE = 6  # tags, authors, archives: the same stories in another order
STORY_PATIENCE = 16


class CandidateQueue:
    """Candidates of one URL shape and one context, newest first, with the evidence of those asked for."""

    def __init__(
        self, url_pattern: str, context: str, evidence: YieldStats, of_shape: YieldStats, returning: bool
    ) -> None:
        self.url_pattern = url_pattern
        self.context = context
        self.evidence = evidence
        self.of_shape = of_shape
        self.heap: list[tuple[float, int, Candidate]] = []
        self.under_way = 0
        self.listed: set[int] = set()
        self.example = ""
        form = is_story_form(url_pattern)
        chance = _CHANCE.get(context, 0.02)
        if context in ("map", "text", "nav", "menu"):
            chance += 0.2 if form else -0.1 if context in ("nav", "menu") else -0.35
        self.chance_prior = max(chance, 0.02)
        self.labels = not _LABELLING.isdisjoint(re.split(r"[/?&=]", url_pattern))
        gain = _GAIN.get(context, 0.5)
        if returning:
            gain = _RETURNING_GAIN.get(context, gain)
        self._holds_stories = False
        self._told_at = -1  # by the lessons of both
        self.gain_prior = min(gain, 1.0) if self.labels else gain

    def push(self, candidate: Candidate) -> None:
        """Add a candidate; one whose stamp changed is added again, its older place is void."""
        candidate.bucket = self
        heappush(self.heap, (-candidate.stamp, next(_SERIAL), candidate))
        if not self.example:
            self.example = candidate.url

    def peek(self, pending: dict[str, Candidate]) -> Candidate | None:
        """The newest candidate that is still pending and still stands here."""
        heap = self.heap
        while heap:
            stamp, _, candidate = heap[0]
            if self._stands(stamp, candidate, pending):
                return candidate
            heappop(heap)
        return None

    def _stands(self, stamp: float, candidate: Candidate, pending: dict[str, Candidate]) -> bool:
        return (
            candidate.bucket is self and candidate.stamp == -stamp and pending.get(candidate.key) is candidate
        )

    def count(self, pending: dict[str, Candidate]) -> int:
        """How many candidates still stand here."""
        return sum(1 for stamp, _, candidate in self.heap if self._stands(stamp, candidate, pending))

    @property
    def story_chance(self) -> float:
        """How likely the next page is a story."""
        prior = self.of_shape.story_chance(self.chance_prior)
        return self.evidence.story_chance((prior + self.chance_prior) / 2)

    @property
    def holds_stories(self) -> bool:
        """Whether its pages are asked for as stories."""
        lessons = self.evidence.lessons + self.of_shape.lessons
        if lessons != self._told_at:
            self._told_at, self._holds_stories = lessons, self.story_chance >= 0.5
        return self._holds_stories

    @property
    def gain(self) -> float:
        """New stories to expect of the next page, one for itself if it is a story."""
        chance = self.story_chance
        return chance + (1 - chance) * self.evidence.expected_gain(self.gain_prior)

    @property
    def spent(self) -> bool:
        """Whether its patience is at an end, requests under way counted as failures."""
        evidence = self.evidence
        if self.holds_stories:
            return evidence.barren >= STORY_PATIENCE
        if evidence.tired:
            return evidence.barren + self.under_way >= 2
        empty_patience = _EMPTY_PATIENCE.get(self.context, 6)
        if (evidence.empty or not evidence.listings) and evidence.empty + self.under_way >= empty_patience:
            return True
        patience = _PATIENCE.get(self.context, 8)
        if (self.labels or "<date>" in self.url_pattern) and self.context != "main":
            patience = _LABEL_PATIENCE
        return evidence.barren > 0 and evidence.barren + self.under_way >= patience
