"""A URL that may be asked for, with all that is known of it before it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from newscrawler.discovery.sources.source_reader import Source
from newscrawler.extraction.links.link import Link

# How a candidate was found, and which name in `follow` switches that on (None: always followed).
VIA: dict[str, str | None] = {
    "seed": None,
    "feed": "feeds",
    "sitemap": "sitemaps",
    "listing": "listings",
    "pagination": "listings",
    "navigation": "listings",
    "related": "related",
}
# How a link of each place (`Link.place`) was found, on a page that is a story or not; elsewhere: `navigation`.
VIA_OF: dict[bool, dict[str, str]] = {
    False: {"listing": "listing", "related": "related"},
    True: {"listing": "listing", "related": "related", "body": "related"},
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
    link_type: str
    found_on: str | None = None
    depth: int = 0
    date: str | None = None
    modified: str | None = None
    title: str = ""
    place: str = "other"
    position: int = 0
    expected_type: str = "unknown"
    source_published: str | None = None
    key: str = ""
    url_pattern: str = ""
    period: tuple[datetime, datetime] | None = field(default=None, repr=False)
    stamp: float = field(default=0.0, repr=False)
    from_earlier_run: bool = False  # not found in this run: asked for whatever its page shows by now
    bucket: object = field(default=None, repr=False)


class GivenUp(NamedTuple):
    """What was not followed (any further): URLs of one shape, why, one of them, requests spent, URLs left out."""

    url_pattern: str
    reason: str
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
        Candidate(url, "pagination", found_on, deeper, position=rank, expected_type="listing")
        for rank, url in enumerate(next_pages)
    ]
    paged = {candidate.url for candidate in found}
    via_of = VIA_OF[page_kind == "story"].get
    for url, text, alt, date, place, _, position in links:
        if not paged or url not in paged:
            link_type = via_of(place, "navigation")
            found.append(
                Candidate(url, link_type, found_on, deeper, date, None, text or alt or "", place, position)
            )
    return found


def candidates_of_source(source: Source, found_on: str, depth: int) -> list[Candidate]:
    """The entries of a sitemap or feed as candidates, the newest first, its further pages last."""
    link_type = "feed" if source.kind == "feed" else "sitemap"
    found = []
    for rank, entry in enumerate(source.entries):
        expected_type = "source" if entry.kind == "sitemap" else "story" if entry.title else "unknown"
        found.append(
            Candidate(
                entry.url, link_type, found_on, depth + 1, entry.published, entry.modified, entry.title or "",
                "source", rank, expected_type, entry.published,
            )
        )  # fmt: skip
    # As the dates are written: a few hours' difference between zones is no matter here.
    found.sort(key=lambda candidate: candidate.date or candidate.modified or "", reverse=True)
    if source.next_url:
        found.append(Candidate(source.next_url, "feed", found_on, depth + 1, expected_type="source"))
    return found
