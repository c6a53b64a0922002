"""Where the publisher files the story: section and tags."""

from __future__ import annotations

from newscrawler.extraction.document import Document
from newscrawler.extraction.found import Found
from newscrawler.extraction.rules import Rules


def find_tags(document: Document, rules: Rules) -> Found[list[str]]:
    """The publisher's tags for this story, in order."""
    return Found([], "dom")


def find_section(document: Document, rules: Rules) -> Found[str | None]:
    """The breadcrumb joined with ` > `, without the site's front page and the story itself."""
    return Found(None, "dom")
