"""Words printed beside a date that say what it is the date of."""

from __future__ import annotations

import re

from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.normalise import fold

_MODIFIED = re.compile("|".join(map(fold, table("labels")["modified"])))
_OTHER = re.compile("|".join(map(fold, table("labels")["other"])))
_PUBLISHED = re.compile("|".join(map(fold, table("labels")["published"])))


def says_modified(text: str) -> bool:
    """Whether the words call a date beside them that of a change."""
    return bool(text) and _MODIFIED.search(fold(text)) is not None


def says_published(text: str) -> bool:
    """Whether the words call a date beside them that of publication."""
    return bool(text) and _PUBLISHED.search(fold(text)) is not None


def says_other(text: str) -> bool:
    """Whether the words call a date beside them that of an event, an expiry, a birth."""
    return bool(text) and _OTHER.search(fold(text)) is not None
