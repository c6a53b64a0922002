"""Labels printed beside a date: of publication, of a change, of something else."""

from __future__ import annotations

import re

from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.normalise import fold

_MODIFIED = re.compile("|".join(map(fold, table("labels")["modified"])))
_OTHER = re.compile("|".join(map(fold, table("labels")["other"])))
_PUBLISHED = re.compile("|".join(map(fold, table("labels")["published"])))


def is_modified_label(text: str) -> bool:
    """True for the label of a modification date."""
    return bool(text) and _MODIFIED.search(fold(text)) is not None


def is_published_label(text: str) -> bool:
    """True for the label of a publication date."""
    return bool(text) and _PUBLISHED.search(fold(text)) is not None


def is_other_label(text: str) -> bool:
    """True for the label of another date: of an event, an expiry, a birth."""
    return bool(text) and _OTHER.search(fold(text)) is not None
