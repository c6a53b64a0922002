"""Who wrote the story."""

from __future__ import annotations

from newscrawler.extraction.body import BodyFound
from newscrawler.extraction.document import Document
from newscrawler.extraction.found import Found
from newscrawler.extraction.rules import Rules


def find_authors(document: Document, rules: Rules, body: BodyFound) -> Found[list[str]]:
    """People's names, in the page's order, no organisations or roles."""
    return Found([], "dom")
