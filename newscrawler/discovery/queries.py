"""What the query of a URL says, for those that need no canonicalisation."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from newscrawler.discovery.shapes import query_shape
from newscrawler.discovery.traps import trap_in_query
from newscrawler.discovery.urls import plain_query


class Query(NamedTuple):
    """A query: `text` as it is in keys, without what says nothing of the page; its `shape` and its `trap`."""

    text: str
    shape: str
    trap: str | None


@lru_cache(maxsize=1 << 12)
def query_of(query: str) -> Query | None:
    """What a query says; None where it needs canonicalisation."""
    text = plain_query(query)
    if not text:
        return None if text is None else Query("", "", None)
    return Query(text, query_shape(text), trap_in_query(text))
