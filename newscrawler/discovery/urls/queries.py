"""What the query of a URL says, whatever stands before it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from newscrawler.discovery.urls.canonical_url import plain_query, url_key
from newscrawler.discovery.urls.traps import trap_in_query
from newscrawler.discovery.urls.url_patterns import query_shape

LONGEST = 340  # characters


class Query(NamedTuple):
    """A query: `text` as it is in keys, without what says nothing of the page; its `shape` and its `trap`."""

    text: str
    shape: str
    trap: str | None


@lru_cache(maxsize=1 << 12)
def query_of(query: str) -> Query | None:
    """What a query says; None where that cannot be said of it alone."""
    if "#" in query or len(query) > LONGEST:
        return None
    text = plain_query(query)
    if text is None:
        key = url_key(f"{_ANY}?{query}")
        if key is None:
            return None
        text = key.partition("?")[2]
    return Query(text, query_shape(text), trap_in_query(text)) if text else _NOTHING


_ANY = "https://example.org/a"
_NOTHING = Query("", "", None)
