"""Facts that a URL alone gives of its page."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from newscrawler.discovery.urls.canonical_url import url_key
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.discovery.urls.story_numbers import story_number_of
from newscrawler.discovery.urls.traps import trap_in
from newscrawler.discovery.urls.url_dates import period_in_url
from newscrawler.discovery.urls.url_patterns import shape_of


class UrlFacts(NamedTuple):
    """Facts of one URL.

    `key`: from `url_key`, empty for a malformed URL. `url_pattern`, `trap`, `period` and `number`: from `shape_of`,
    `trap_in`, `period_in_url` and `story_number_of` of the key.
    """

    key: str
    url_pattern: str = ""
    trap: Refusal | None = None
    period: tuple[datetime, datetime] | None = None
    number: tuple[str, str, str] | None = None


_NO_PAGE = UrlFacts("")


def facts_of(url: str) -> UrlFacts:
    """Facts of a URL. Never raises."""
    key = url_key(url)
    return _NO_PAGE if key is None else facts_of_key(key)


def facts_of_key(key: str) -> UrlFacts:
    """Facts of a URL that is a key already."""
    return UrlFacts(key, shape_of(key), trap_in(key), period_in_url(key), story_number_of(key))
