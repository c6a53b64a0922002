"""Vocabulary of the frontier. The values are stored in the journal, printed and exported."""

from __future__ import annotations

from enum import StrEnum


class LinkType(StrEnum):
    """How a candidate was found."""

    SEED = "seed"
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    PAGINATION = "pagination"
    NAVIGATION = "navigation"
    RELATED = "related"


class ExpectedType(StrEnum):
    """Kind of page that a candidate is expected to be; `source`: a sitemap or feed."""

    STORY = "story"
    LISTING = "listing"
    SOURCE = "source"
    UNKNOWN = "unknown"


class LinkContext(StrEnum):
    """Kind of link by which candidates are queued; see `context_of`."""

    SEED = "seed"
    MAIN = "main"  # further pages of a seed
    PAGE = "page"  # further pages of other listings
    FEED = "feed"
    MAP = "map"  # plain sitemaps
    LIST = "list"  # headlines in a listing or related block
    TEXT = "text"  # headlines elsewhere
    PRINT = "print"  # pages to print and the like, which repeat stories
    MENU = "menu"  # other links of a seed
    NAV = "nav"  # any other


class PageOutcome(StrEnum):
    """What a requested page turned out to be, as `Frontier.report` takes it."""

    STORY = "story"
    LISTING = "listing"
    OTHER = "other"
    NOTHING = "nothing"
    NO_BODY = "no-body"
    DUPLICATE = "duplicate"
    DUPLICATE_TITLE = "duplicate-title"
    GONE = "gone"
    SOURCE = "source"
    NOT_MODIFIED = "not-modified"
    ERROR = "error"
