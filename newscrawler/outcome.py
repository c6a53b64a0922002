"""Outcomes: one word for how a page ended. Journal, stats, summary and last-run.json hold these words."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Known outcomes. Beside them there is `http-<status>` for an answer without a page to read.

    Further words come from the reason that a page is no story, such as `no-story-signs`.
    """

    STORY = "story"
    LISTING = "listing"
    NOT_MODIFIED = "not-modified"  # answered 304, or a later visit brought no change
    # Sources
    FEED = "feed"
    NEWS_SITEMAP = "news-sitemap"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap-index"
    URL_LIST = "url-list"
    CONTINUATION = "continuation"  # a later page of a story, whose text is joined to it
    # Stories that are not delivered
    DUPLICATE_TEXT = "duplicate-text"
    DUPLICATE_TITLE = "duplicate-title"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    OLDER = "older"
    OVER_LIMIT = "over-limit"
    INVALID = "invalid"
    UNDATED_PAGE = "undated-page"  # no evidence of news, on a site whose news have it
    DROPPED = "dropped"  # by a pipeline of the user's own
    JOURNAL_FAILED = "journal-failed"
    # Pages that could not be read
    NO_BODY = "no-body"
    NO_TITLE = "no-title"
    NO_STORY_SIGNS = "no-story-signs"
    BLOCKED = "blocked"
    LOGIN_WALL = "login-wall"
    CONSENT_WALL = "consent-wall"
    ERROR_PAGE = "error-page"
    NEEDS_BROWSER = "needs-browser"
    ERROR = "error"
    # Requests that were not sent
    REDIRECTED = "redirected"  # out of the scope
    DUPLICATE_URL = "duplicate-url"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    REFUSED_ADDRESS = "refused-address"
    LEFT = "left"  # the site asked to wait for longer than a run does
    # Pages that nobody asked for
    GIVEN_UP = "given-up"
    LEFT_OUT = "left-out"


SOURCES = frozenset(
    {Outcome.FEED, Outcome.NEWS_SITEMAP, Outcome.SITEMAP_INDEX, Outcome.SITEMAP, Outcome.URL_LIST}
)

# Pages that a working site answers. Walls and refusals are not among them: parts of a site may have these for good.
FAILURES = frozenset({Outcome.ERROR, Outcome.BLOCKED})


def http_outcome(status: int) -> str:
    """The outcome of an answer with this status that holds no page to read."""
    return f"http-{status}"
