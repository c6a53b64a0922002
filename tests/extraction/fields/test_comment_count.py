"""Comment counts, declared and printed."""

from __future__ import annotations

from typing import Any

from newscrawler.extraction.fields.comment_count import find_comment_count
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.pages import page

NO_SELECTORS = Selectors()
ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


def test_comment_count() -> None:
    assert find_comment_count(page(ld={**ARTICLE, "commentCount": "12"}), NO_SELECTORS).value == 12
    assert find_comment_count(page("<a class=comments href='#c'>34 comments</a>"), NO_SELECTORS).value == 34
    assert (
        find_comment_count(page("<a class=comments href='/other'>34 comments</a>"), NO_SELECTORS).value
        is None
    )
