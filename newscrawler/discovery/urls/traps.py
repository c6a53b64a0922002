"""URLs that lead a crawler round in circles, told by their form."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from newscrawler.discovery.urls.refusals import Refusal

MAX_SEGMENTS = 14
MAX_QUERY = 300  # characters
MAX_PARAMETERS = 6
FIRST_YEAR = 1990  # the web's first news pages; older dates belong to calendars

_SORTING_NAMES = """sort sortby sort_by sortorder sort_order order orderby order_by dir direction asc desc
    per_page perpage pagesize page_size items_per_page viewmode view_mode layout"""
_SORTING = frozenset(_SORTING_NAMES.split())
_FACET = re.compile(r"(?:filter|facet|refine|attr|f)(?:s|\b|[\[_.%])|.*(?:\[\]|%5b)", re.IGNORECASE)
_ACTION_NAMES = """login logout signin signout register subscribe cart checkout account wp-login.php wp-admin
    search suche recherche buscar"""
ACTIONS = frozenset(_ACTION_NAMES.split())


def trap_in(key: str) -> Refusal | None:
    """Why a URL (its key) looks like a trap: `repeating-path`, `too-deep`, `long-query`, `faceted`, `sorted`,
    `action`; None when it does not.
    """
    path, _, query = key.partition("?")
    segments = path.split("/")[3:]
    if len(segments) > MAX_SEGMENTS:
        return Refusal.TOO_DEEP
    if len(segments) >= 3 and len(set(segments)) < len(segments) and _repeats(segments):
        return Refusal.REPEATING_PATH
    if segments and segments[-1].lower() in ACTIONS:
        return Refusal.ACTION
    if not query:
        return None
    names = [part.partition("=")[0].lower() for part in query.split("&")]
    if any(name in _SORTING for name in names):
        return Refusal.SORTED
    if len(names) > 1 and sum(1 for name in names if _FACET.match(name)) >= 1:
        return Refusal.FACETED
    if len(query) > MAX_QUERY or len(names) > MAX_PARAMETERS:
        return Refusal.LONG_QUERY
    return None


def no_day_of_news(named: tuple[datetime, datetime], now: datetime) -> bool:
    """True when a period is more than a month ahead, or before the web."""
    return named[1].year < FIRST_YEAR or named[0] > now.astimezone(UTC) + timedelta(days=31)


def _repeats(segments: list[str]) -> bool:
    """One segment three times, or a run of two or more segments repeated at once (`a/b/a/b`)."""
    counts: dict[str, int] = {}
    for segment in segments:
        counts[segment] = counts.get(segment, 0) + (not segment.isdigit())
    if max(counts.values()) >= 3:
        return True
    for size in range(2, len(segments) // 2 + 1):
        for start in range(len(segments) - 2 * size + 1):
            run = segments[start : start + size]
            if run == segments[start + size : start + 2 * size] and not all(s.isdigit() for s in run):
                return True
    return False
