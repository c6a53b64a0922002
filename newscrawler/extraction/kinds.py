"""Is this page a story, a listing, or something else?"""

from __future__ import annotations

from newscrawler.extraction.body import BodyFound
from newscrawler.extraction.dates import DatesFound
from newscrawler.extraction.document import Document
from newscrawler.extraction.title import TitleFound


def page_kind(document: Document, title: TitleFound, body: BodyFound, dates: DatesFound) -> tuple[str, str]:
    """(`story` | `listing` | `other`, the reason in a few words)."""
    if title.title and body.text:
        return "story", "has a title and a text"
    return "other", "no story text"
