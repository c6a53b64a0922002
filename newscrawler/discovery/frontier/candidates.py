"""Candidates: URLs that may be requested, with all that is known of them before, and their queues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from newscrawler.discovery.frontier.link_types import ExpectedType, LinkContext, LinkType
from newscrawler.discovery.frontier.policy import (
    CHANCE,
    EMPTY_PATIENCE,
    GAIN,
    LABEL_PATIENCE,
    PATIENCE,
    RETURNING_GAIN,
    STORY_PATIENCE,
    STORY_PATIENCE_PER_STORY,
    UNREAD_PATIENCE,
)
from newscrawler.discovery.frontier.yield_stats import YieldStats
from newscrawler.discovery.sources.source_reader import Source, SourceKind
from newscrawler.discovery.urls.print_forms import is_print_page_of
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.discovery.urls.url_patterns import is_story_form
from newscrawler.extraction.links.link import Link

_SERIAL = count()
_LABELLING_WORDS = """tag tags topic topics keyword keywords author authors writer writers people profile user users
    search label labels hashtag etiqueta schlagwort thema autor auteur"""
_LABELLING = frozenset(_LABELLING_WORDS.split())
# How a candidate was found, and which name in `follow` switches that on (None: always followed).
VIA: dict[LinkType, str | None] = {
    LinkType.SEED: None,
    LinkType.FEED: "feeds",
    LinkType.SITEMAP: "sitemaps",
    LinkType.LISTING: "listings",
    LinkType.PAGINATION: "listings",
    LinkType.NAVIGATION: "listings",
    LinkType.RELATED: "related",
}
# How a link of each place (`Link.place`) was found, on a page that is a story or not; elsewhere: `navigation`.
VIA_OF: dict[bool, dict[str, LinkType]] = {
    False: {"listing": LinkType.LISTING, "related": LinkType.RELATED},
    True: {"listing": LinkType.LISTING, "related": LinkType.RELATED, "body": LinkType.RELATED},
}


@dataclass(slots=True, eq=False)
class Candidate:
    """A URL to ask for, perhaps.

    `link_type`: one of `VIA`. `found_on`: the URL of the page or source that named it. `depth`: links from a seed.
    `date`: ISO 8601 as printed beside the link or given by the source; `modified`: a source's last change.
    `source_published`: the story's own date by a feed or news sitemap.
    `title`: the link's text. `place`: where the link stands (`Link.place`). `position`: its rank there.
    `expected_type`: `story`, `listing`, `source` (a sitemap or feed) or `unknown`. The frontier sets
    the rest; `period`: the day, month or year that its URL names.
    """

    url: str
    link_type: LinkType
    found_on: str | None = None
    depth: int = 0
    date: str | None = None
    modified: str | None = None
    title: str = ""
    place: str = "other"
    position: int = 0
    expected_type: ExpectedType = ExpectedType.UNKNOWN
    source_published: str | None = None
    key: str = ""
    url_pattern: str = ""
    period: tuple[datetime, datetime] | None = field(default=None, repr=False)
    freshness: float = field(default=0.0, repr=False)
    from_earlier_run: bool = False  # not found in this run: asked for whatever its page shows by now
    queue: CandidateQueue | None = field(default=None, repr=False)


class CandidateQueue:
    """Candidates of one URL shape and one context, newest first, with the evidence of those asked for."""

    def __init__(
        self,
        url_pattern: str,
        context: LinkContext,
        evidence: YieldStats,
        of_shape: YieldStats,
        returning: bool,
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
        chance = CHANCE.get(context, 0.02)
        if context in (LinkContext.MAP, LinkContext.TEXT, LinkContext.NAV, LinkContext.MENU):
            chance += 0.2 if form else -0.1 if context in (LinkContext.NAV, LinkContext.MENU) else -0.35
        self.chance_prior = max(chance, 0.02)
        self.labels = not _LABELLING.isdisjoint(re.split(r"[/?&=]", url_pattern))
        gain = GAIN.get(context, 0.5)
        if returning:
            gain = RETURNING_GAIN.get(context, gain)
        self._holds_stories = False
        self._version = -1  # of both, when `_holds_stories` was computed
        self.gain_prior = min(gain, 1.0) if self.labels else gain

    def push(self, candidate: Candidate) -> None:
        """Add a candidate; one whose freshness changed is added again, and its older entry is void."""
        candidate.queue = self
        heappush(self.heap, (-candidate.freshness, next(_SERIAL), candidate))
        if not self.example:
            self.example = candidate.url

    def peek(self, pending: dict[str, Candidate]) -> Candidate | None:
        """The newest candidate that is still pending here."""
        heap = self.heap
        while heap:
            freshness, _, candidate = heap[0]
            if self._is_current(freshness, candidate, pending):
                return candidate
            heappop(heap)
        return None

    def _is_current(self, freshness: float, candidate: Candidate, pending: dict[str, Candidate]) -> bool:
        return (
            candidate.queue is self
            and candidate.freshness == -freshness
            and pending.get(candidate.key) is candidate
        )

    def count(self, pending: dict[str, Candidate]) -> int:
        """Number of candidates still pending here."""
        return sum(
            1 for freshness, _, candidate in self.heap if self._is_current(freshness, candidate, pending)
        )

    @property
    def story_chance(self) -> float:
        """Probability that the next page is a story."""
        prior = self.of_shape.story_chance(self.chance_prior)
        return self.evidence.story_chance((prior + self.chance_prior) / 2)

    @property
    def holds_stories(self) -> bool:
        """True when its pages are requested as stories."""
        version = self.evidence.version + self.of_shape.version
        if version != self._version:
            self._version, self._holds_stories = version, self.story_chance >= 0.5
        return self._holds_stories

    @property
    def brings_stories(self) -> bool:
        """True when some of its last pages were stories, be it few."""
        return self.evidence.stories >= 1

    @property
    def gain(self) -> float:
        """New stories to expect of the next page, one for itself if it is a story."""
        chance = self.story_chance
        return chance + (1 - chance) * self.evidence.expected_gain(self.gain_prior)

    @property
    def out_of_patience(self) -> bool:
        """True when its pages bring too little.

        Where there were stories the rate of the last pages says so, in whatever order they came; elsewhere pages in a
        row without gain do, and requests under way count as such.
        """
        evidence = self.evidence
        if evidence.unread >= UNREAD_PATIENCE:
            return True
        if self.brings_stories or self.holds_stories:
            return evidence.nothing >= STORY_PATIENCE + STORY_PATIENCE_PER_STORY * evidence.stories
        if evidence.exhausted:
            return evidence.no_yield_streak + self.under_way >= 2
        empty_patience = EMPTY_PATIENCE.get(self.context, 6)
        if (evidence.empty or not evidence.listings) and evidence.empty + self.under_way >= empty_patience:
            return True
        patience = PATIENCE.get(self.context, 8)
        if (self.labels or "<date>" in self.url_pattern) and self.context != LinkContext.MAIN:
            patience = LABEL_PATIENCE
        return evidence.no_yield_streak > 0 and evidence.no_yield_streak + self.under_way >= patience


class GivenUp(NamedTuple):
    """URLs of one pattern that were not followed (any further): reason, an example, requests made, URLs left out."""

    url_pattern: str
    reason: Refusal
    example: str
    requests: int
    left_out: int


def candidates_of_links(
    links: Sequence[Link], found_on: str, depth: int, page_kind: str, next_pages: Iterable[str] = ()
) -> list[Candidate]:
    """The links of a page that was read as candidates; `next_pages`: what `pagination` gave for a listing.

    Links that say `nofollow` are candidates too: the word is about endorsement, not about crawling.
    """
    deeper = depth + 1
    found = [
        Candidate(
            url, LinkType.PAGINATION, found_on, deeper, position=rank, expected_type=ExpectedType.LISTING
        )
        for rank, url in enumerate(next_pages)
    ]
    paged = {candidate.url for candidate in found}
    via_of, navigation = VIA_OF[page_kind == "story"].get, LinkType.NAVIGATION
    for url, text, alt, date, place, _, position in links:
        if not paged or url not in paged:
            link_type = via_of(place, navigation)
            candidate = Candidate(
                url, link_type, found_on, deeper, date, None, text or alt or "", place, position
            )
            if page_kind != "story" and is_print_page_of(url, found_on):
                candidate.expected_type = ExpectedType.STORY  # the page may be one that was not recognised
            found.append(candidate)
    return found


def candidates_of_source(source: Source, found_on: str, depth: int) -> list[Candidate]:
    """The entries of a sitemap or feed as candidates, the newest first, its further pages last."""
    link_type = LinkType.FEED if source.kind == SourceKind.FEED else LinkType.SITEMAP
    found = []
    for rank, entry in enumerate(source.entries):
        expected_type = ExpectedType.UNKNOWN
        if entry.kind == "sitemap":
            expected_type = ExpectedType.SOURCE
        elif entry.title:
            expected_type = ExpectedType.STORY
        found.append(
            Candidate(
                entry.url, link_type, found_on, depth + 1, entry.published, entry.modified, entry.title or "",
                "source", rank, expected_type, entry.published,
            )
        )  # fmt: skip
    # As the dates are written: a few hours' difference between zones is no matter here.
    found.sort(key=lambda candidate: candidate.date or candidate.modified or "", reverse=True)
    if source.next_url:
        found.append(
            Candidate(source.next_url, LinkType.FEED, found_on, depth + 1, expected_type=ExpectedType.SOURCE)
        )
    return found
