"""The story's own addresses: its URL without tracking, and the canonical one that the page declares."""

from __future__ import annotations

from newscrawler.extraction.document import Document
from newscrawler.extraction.found import Found


def find_canonical(document: Document) -> Found[str | None]:
    """The declared canonical URL when plausible: same site, not the front page, http(s)."""
    return Found(None, "dom")
