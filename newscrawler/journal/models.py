"""Records of the journal: what it is given and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

PRINTED = "printed"  # in a field's metadata: its name in JSON output and on a terminal, where that differs


class PageState(StrEnum):
    """State of a page."""

    PENDING = "pending"  # found, not yet fetched
    DONE = "done"


class DeliveryState(StrEnum):
    """State of a delivery, see `deliveries`."""

    WRITING = "writing"
    RENAMING = "renaming"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """An address that was found and may be fetched."""

    key: str  # the canonical form of the URL, unique within a site
    url: str
    kind: str | None = None  # a guess: story, listing, ...
    found_on: str | None = None
    found_via: str | None = None  # listing, related, feed, sitemap or seed
    details: Mapping[str, Any] = field(default_factory=dict)  # JSON: what is needed to ask again


@dataclass(frozen=True, slots=True)
class Offered:
    """New and known ones among the candidates of one page."""

    new: frozenset[str]  # keys, as they were offered
    known: dict[str, str]  # key -> `pending`, or the outcome of a page that is done


@dataclass(frozen=True, slots=True)
class Validators:
    """Validators of an answer (RFC 9110, section 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class PageVisit:
    """The result of one visit to a page."""

    outcome: str  # story, listing, duplicate-title, not-modified, blocked, no-body, robots, error, ...
    reason: str | None = None
    url: str | None = None  # where the page really was, if not where it was asked for
    kind: str | None = None  # what it turned out to be
    duplicate_of: str | None = None  # key of the story that it repeats
    validators: Validators | None = None
    changed: bool | None = None  # new since the last visit? None: unknown, counted as changed


@dataclass(frozen=True, slots=True)
class PageRecord:
    """All that is known of one page. Moments are UTC, intervals seconds."""

    site: str
    key: str
    url: str
    kind: str | None
    state: PageState
    outcome: str | None
    reason: str | None
    duplicate_of: str | None = field(metadata={PRINTED: "twin"})
    etag: str | None
    last_modified: str | None
    first_seen: datetime
    last_seen: datetime
    fetched: datetime | None
    next_visit: datetime | None = field(metadata={PRINTED: "next_look"})
    visits: int = field(metadata={PRINTED: "looks"})
    changes: int
    visit_interval: float | None = field(metadata={PRINTED: "look_interval"})
    found_on: str | None
    found_via: str | None
    attempts: int
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story without its text. Moments are UTC."""

    key: str
    page_key: str
    url: str
    canonical: str | None
    title: str
    title_key: str | None
    content_hash: str | None
    published: str | None  # as the item says it
    first_seen: datetime
    changed: datetime
    revision: int
    undelivered: bool = field(metadata={PRINTED: "owed"})  # the latest revision is still to be delivered
    duplicate_of: str | None
    similarity: float | None
    signature: bytes | None = field(repr=False)
    syndicated_from: str | None  # address of another site's story that had the text before


@dataclass(frozen=True, slots=True)
class Stored:
    """The result of `Stories.store`."""

    key: str
    revision: int
    news: str  # `story`, `revision` or `unchanged`
    undelivered: bool  # is to be delivered


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A story with a similar body."""

    story: StoryRow
    similarity: float  # estimated Jaccard similarity of the bodies' shingles, 0 to 1


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a story."""

    revision: int
    seen: datetime
    run_id: int | None
    item: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one site."""

    id: int
    site: str
    started: datetime
    finished: datetime | None
    state: str  # running, killed, or what it was finished with
    reason: str | None
    arguments: dict[str, Any]
    counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeliveryRecovery:
    """The end of a delivery that an earlier run did not finish."""

    delivery: int
    delivered: bool  # its stories count as delivered; otherwise they are delivered by this run
    files: tuple[str, ...]
    note: str  # one line for the log
