"""Tags of small pages."""

from __future__ import annotations

from typing import Any

from newscrawler.extraction.fields.tags import find_tags
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.pages import page

NO_SELECTORS = Selectors()
ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


def tags(body: str = "", head: str = "", ld: Any = None) -> list[str]:
    return find_tags(page(body, head, ld=ld), NO_SELECTORS).value


def test_tags_come_one_per_link() -> None:
    assert tags("<div class=tags>Tags: <a href=/tag/a>Old town</a> <a href=/tag/b>River</a></div>") == [
        "Old town",
        "River",
    ]


def test_keywords_as_list_and_as_text() -> None:
    assert tags(ld={**ARTICLE, "keywords": ["Bridges", "River"]}) == ["Bridges", "River"]
    assert tags(ld={**ARTICLE, "keywords": "Bridges, River"}) == ["Bridges", "River"]


def test_pseudo_tags_are_left_out() -> None:
    assert tags(
        ld={**ARTICLE, "keywords": ["Bridges", "Category: News", "10023456", "example.org", "source:agency"]}
    ) == ["Bridges"]


def test_menus_are_no_tags() -> None:
    assert tags("<nav class=topics><a href=/topic/a>Politics</a><a href=/topic/b>Sport</a></nav>") == []
