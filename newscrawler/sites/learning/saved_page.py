"""A page as it was fetched."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from newscrawler.extraction import Page, Selectors, read


class SavedPage(NamedTuple):
    """The bytes of a page, its final address, its Content-Type header and the (aware) time of the fetch."""

    body: bytes
    url: str
    content_type: str | None
    fetched: datetime

    def read(self, selectors: Selectors | None = None) -> Page:
        """The page as `newscrawler.extraction.read` gives it; without selectors by general reading alone."""
        return read(
            self.body, self.url, self.content_type, rules=selectors or Selectors(), fetched=self.fetched
        )
