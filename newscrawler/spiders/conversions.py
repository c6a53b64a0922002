"""Conversions between crawl objects (candidates, stories, responses) and journal records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from scrapy.http import Response

from newscrawler.discovery import Candidate, ExpectedType, LinkType
from newscrawler.items import Image, RelatedStory, Story
from newscrawler.journal import FoundPage, PageRecord, PageVisit, Validators

_FOUND_VIA = frozenset(
    (LinkType.RELATED, LinkType.FEED, LinkType.SITEMAP, LinkType.SEED)
)  # everything else counts as a listing
# Fields of a candidate that the journal keeps, and the names it keeps them under.
_STORED_NAMES = {
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
_FIELD_OF = {stored: field for field, stored in _STORED_NAMES.items()}


def completed(story: Story, candidate: Candidate, site: str) -> Story:
    """The story with its crawl's fields, and the date of a feed or news sitemap where its page has none."""
    story.site = site
    story.found_on = candidate.found_on
    story.found_via = str(candidate.link_type if candidate.link_type in _FOUND_VIA else LinkType.LISTING)
    story.fetched = datetime.now(UTC).isoformat(timespec="seconds")
    if story.published is None and candidate.source_published:
        story.published, story.sources["published"] = candidate.source_published, "feed"
        zoned = datetime.fromisoformat(candidate.source_published).tzinfo is not None
        story.published_zone_from = "feed" if zoned else None
    return story


def story_of(item: Mapping[str, Any]) -> Story:
    """A story from its journaled form; fields that a later version added are null."""
    known = {each.name for each in fields(Story)}
    values = {name: value for name, value in item.items() if name in known}
    values["images"] = [Image(**image) for image in values.get("images") or []]
    values["related"] = [RelatedStory(**related) for related in values.get("related") or []]
    return Story(**values)


def visit_of(
    outcome: str,
    response: Response | None,
    *,
    reason: str | None = None,
    kind: str | None = None,
    changed: bool | None = None,
) -> PageVisit:
    """A visit of a page as the journal keeps it, with the validators of its answer (RFC 9110, section 8.8).

    `changed`: it brought something new; None where the journal is to find out.
    """
    outcome = str(outcome)  # not an enum's member: databases need not know these
    if response is None:
        return PageVisit(outcome, reason, kind=kind, changed=changed)
    etag, modified = response.headers.get(b"ETag"), response.headers.get(b"Last-Modified")
    validators = Validators(
        etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None
    )
    return PageVisit(outcome, reason, url=response.url, kind=kind, validators=validators, changed=changed)


def found_page(candidate: Candidate) -> FoundPage:
    """A candidate as the journal keeps it."""
    details = {stored: getattr(candidate, field) for field, stored in _STORED_NAMES.items()}
    return FoundPage(
        candidate.key,
        candidate.url,
        str(candidate.expected_type),
        candidate.found_on,
        str(candidate.link_type),
        details,
    )


def candidate_of(page: PageRecord) -> Candidate:
    """The candidate of a page that an earlier run found."""
    details = {_FIELD_OF[stored]: value for stored, value in page.details.items() if stored in _FIELD_OF}
    details["link_type"] = LinkType(details.get("link_type", LinkType.LISTING))
    if "expected_type" in details:
        details["expected_type"] = ExpectedType(details["expected_type"])
    return Candidate(page.url, **details)


def content_type_of(response: Response) -> str | None:
    """The Content-Type header, None when there is none."""
    header = response.headers.get(b"Content-Type")
    return header.decode("latin-1") if header else None
