"""The dates of a story on its page."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from newscrawler.extraction.document import Document
from newscrawler.extraction.rules import Rules


class DatesFound(NamedTuple):
    """ISO 8601 texts, with an offset only where the page states one; `published_raw` as printed."""

    published: str | None
    published_source: str
    published_raw: str | None
    modified: str | None
    modified_source: str


def find_dates(document: Document, rules: Rules, fetched: datetime | None) -> DatesFound:
    """Published and modified; `fetched` (aware) bounds what can be true and anchors relative dates."""
    return DatesFound(None, "dom", None, None, "dom")
