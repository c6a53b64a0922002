"""Facts that a URL alone gives of its page."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from newscrawler.discovery.urls.canonical_url import MAX_LENGTH, TWIN_SEGMENTS, query_of_key, url_key
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.discovery.urls.story_numbers import FOUR_DIGITS, story_number_of
from newscrawler.discovery.urls.traps import ACTIONS, MAX_SEGMENTS, trap_in
from newscrawler.discovery.urls.url_dates import period_in_url
from newscrawler.discovery.urls.url_patterns import path_shape, shape_of, with_query

# A last segment that is the same in the key, unless it is one of the exceptions.
_PLAIN_LAST = re.compile(
    r"(?!(?i:index|default)\.)(?:[A-Za-z0-9_,~+-]|%[89A-F][0-9A-F])+(?:\.[A-Za-z0-9]{1,5}(?<!(?i:amp)))?",
    re.ASCII,
)
_EXCEPTIONS = TWIN_SEGMENTS | ACTIONS | {"amp"}


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


class _Directory(NamedTuple):
    """Facts that the URLs directly in one directory have in common.

    `key`: with its last slash; `path`: of the key, with the host; `names`: its segments; `may_repeat`: any page in it
    may be a trap; `numbered`: four digits in it; `period`: of its pages whose last segment begins with no digit.
    """

    key: str
    path: str
    names: frozenset[str]
    may_repeat: bool
    numbered: bool
    period: tuple[datetime, datetime] | None


@lru_cache(
    maxsize=1 << 12
)  # links of a site share few directories: a third of the cost of a page's new links
def _directory_of(url: str) -> _Directory | None:
    """A directory by its URL without the last slash; None where the keys of its pages depend on more than their end."""
    low = url.lower()
    if url.count("/") < 2 or any(mark in low for mark in ("?", "#", "/.", "/amp", "/print")):
        return None
    key = (url_key(f"{url}/x") or "").removesuffix("x")
    if not key.endswith("/"):
        return None
    path = key[8:-1]
    names = path.split("/")[1:]
    may_repeat = len(set(names)) < len(names) or len(names) >= MAX_SEGMENTS
    numbered = FOUR_DIGITS.search(key) is not None
    return _Directory(key, path, frozenset(names), may_repeat, numbered, period_in_url(f"{key}x"))


def facts_of(url: str) -> UrlFacts:
    """Facts of a URL. Never raises."""
    path, mark, query = url.partition("?")
    head, _, last = path.removesuffix("/").rpartition("/")
    plain = len(url) <= MAX_LENGTH and _PLAIN_LAST.fullmatch(last) and last.lower() not in _EXCEPTIONS
    directory = _directory_of(head) if plain else None
    kept = query_of_key(query) if mark else ""
    if directory is None or kept is None:
        key = url_key(url)
        return _NO_PAGE if key is None else facts_of_key(key)
    key = directory.key + last
    shape = path_shape(directory.path, last)
    period = period_in_url(key) if last[0].isdigit() else directory.period
    if kept:
        key = f"{key}?{kept}"
        return UrlFacts(key, with_query(shape, kept), trap_in(key), period)
    trap = trap_in(key) if directory.may_repeat or last in directory.names else None
    numbered = directory.numbered or FOUR_DIGITS.search(last)
    return UrlFacts(key, shape, trap, period, story_number_of(key) if numbered else None)


def facts_of_key(key: str) -> UrlFacts:
    """Facts of a URL that is a key already."""
    return UrlFacts(key, shape_of(key), trap_in(key), period_in_url(key), story_number_of(key))
