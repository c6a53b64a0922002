"""The next pages of a listing."""

from __future__ import annotations

from newscrawler.extraction.page import Page


def pagination(page: Page) -> list[str]:
    """Absolute URLs of the listing's further pages, the next one first; [] where there is no pagination."""
    return []
