"""Article types by schema.org types, sections and URLs."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawler.extraction.fields.article_type import find_article_type
from tests.extraction.pages import URL, page

ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


@pytest.mark.parametrize(
    ("url", "ld", "words", "kind"),
    [
        (URL, {"@type": "LiveBlogPosting", "headline": "x"}, 900, "live"),
        (URL, {"@type": "OpinionNewsArticle", "headline": "x"}, 900, "opinion"),
        ("https://a.org/meinung/eine-bruecke", None, 900, "opinion"),
        ("https://a.org/video/eine-bruecke", None, 40, "video"),
        ("https://a.org/video/eine-bruecke", None, 900, "article"),
        ("https://a.org/fotostrecke/eine-bruecke", None, 40, "photo"),
        (URL, ARTICLE, 900, "article"),
    ],
)
def test_article_type(url: str, ld: Any, words: int, kind: str) -> None:
    assert find_article_type(page(ld=ld, url=url), "A bridge reopens", words).value == kind
