"""What the crawl notes of pages: of a story what its page does not say, and how a page ends in the journal's terms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from scrapy.http import Response

from newscrawler.discovery import Candidate
from newscrawler.extraction import Page
from newscrawler.items import Story
from newscrawler.journal import PageRecord, PageVisit, Validators

_VIA = frozenset(("related", "feed", "sitemap", "seed"))
# Fields of a candidate that the journal keeps, and the names it keeps them under.
_KEPT = {
    "link_type": "via",
    "found_on": "found_on",
    "depth": "depth",
    "date": "date",
    "modified": "modified",
    "title": "title",
    "place": "place",
    "position": "position",
    "expected_type": "guess",
    "source_published": "stated",
}
_FIELD_OF = {stored: field for field, stored in _KEPT.items()}


def completed(story: Story, candidate: Candidate, site: str) -> Story:
    """The story with what only the crawl knows; the date of a feed or news sitemap where its page has none."""
    story.site = site
    story.found_on = candidate.found_on
    story.found_via = candidate.link_type if candidate.link_type in _VIA else "listing"
    story.fetched = datetime.now(UTC).isoformat(timespec="seconds")
    if story.published is None and candidate.source_published:
        story.published, story.sources["published"] = candidate.source_published, "feed"
        zoned = datetime.fromisoformat(candidate.source_published).tzinfo is not None
        story.published_zone_from = "feed" if zoned else None
    return story


def outcome_of(page: Page) -> str:
    """The word by which a page that is no story is counted."""
    return page.kind if page.kind == "listing" else page.reason.split()[0].rstrip(":,;")


def visit_of(
    outcome: str,
    response: Response | None,
    *,
    reason: str | None = None,
    kind: str | None = None,
    changed: bool = True,
) -> PageVisit:
    """How a look at a page ended, with what a server wants to hear next time."""
    if response is None:
        return PageVisit(outcome, reason, kind=kind, changed=changed)
    etag, modified = response.headers.get(b"ETag"), response.headers.get(b"Last-Modified")
    validators = Validators(
        etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None
    )
    return PageVisit(outcome, reason, url=response.url, kind=kind, validators=validators, changed=changed)


def details_of(candidate: Candidate) -> dict[str, Any]:
    """What a later run needs of a candidate."""
    return {stored: getattr(candidate, field) for field, stored in _KEPT.items()}


def candidate_of(page: PageRecord) -> Candidate:
    """A candidate of an earlier run."""
    details = {_FIELD_OF[stored]: value for stored, value in page.details.items() if stored in _FIELD_OF}
    return Candidate(page.url, **{"link_type": "listing", **details})


def content_type_of(response: Response) -> str | None:
    header = response.headers.get(b"Content-Type")
    return header.decode("latin-1") if header else None
