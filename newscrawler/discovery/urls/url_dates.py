"""Dates that a URL's path names."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

_MONTH = r"(1[0-2]|0[1-9]|[1-9](?!\d))"
_DAY = r"(3[01]|[12]\d|0[1-9]|[1-9](?!\d))"
_IN_PATH = re.compile(rf"/((?:1[89]|2[01])\d\d)(?:[/_.-]?{_MONTH}(?:[/_.-]?{_DAY})?)?(?=[/_.?-]|$)")


def period_in_url(key: str) -> tuple[datetime, datetime] | None:
    """First and last moment (UTC) of the day, month or year that a URL's path names; None if it names none.

    `/2026/11/23/`, `/2026-11-23`, `/20261123-`, `/2026/11/`; a year alone only as a whole segment.
    """
    start = key.find("/", 8)
    if start < 0 or ("/1" not in key and "/2" not in key):
        return None
    match = _IN_PATH.search(key, start)
    if match is None:
        return None
    year, month, day = match.groups()
    after = key[match.end() : match.end() + 1]
    if month is None and after not in ("", "/", "?"):
        return None
    return _period(year, month, day)


@lru_cache(maxsize=1 << 12)
def _period(year: str, month: str | None, day: str | None) -> tuple[datetime, datetime] | None:
    try:
        first = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        if day:
            return first, first.replace(hour=23, minute=59, second=59)
        following = int(year) * 12 + int(month or 12)
        return first, datetime(following // 12, following % 12 + 1, 1, tzinfo=UTC)
    except ValueError:
        return None
