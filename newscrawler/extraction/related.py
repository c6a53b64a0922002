"""The related or featured block as data."""

from __future__ import annotations

from newscrawler.extraction.body import BodyFound
from newscrawler.extraction.document import Document
from newscrawler.extraction.found import Found
from newscrawler.extraction.rules import Rules
from newscrawler.items import RelatedStory


def find_related(document: Document, rules: Rules, body: BodyFound) -> Found[list[RelatedStory]]:
    """The entries in page order, each URL once: its text link is the title, its picture's alt `image_alt`."""
    return Found([], "dom")
