"""What the page says of the story's standing: number, comments, whether it is free, what kind it is."""

from __future__ import annotations

from newscrawler.extraction.document import Document
from newscrawler.extraction.found import Found
from newscrawler.extraction.rules import Rules


def find_story_code(document: Document, rules: Rules) -> Found[str | None]:
    """The publisher's own number for the story, as text."""
    return Found(None, "dom")


def find_comment_count(document: Document, rules: Rules) -> Found[int | None]:
    """How many comments the page says it has; None when it does not say."""
    return Found(None, "dom")


def find_is_free(document: Document) -> Found[bool | None]:
    """Whether the whole text is free to read; None when the page does not say."""
    return Found(None, "dom")


def find_kind(document: Document, title: str, word_count: int) -> Found[str]:
    """article, live, video, photo or opinion."""
    return Found("article", "dom")
