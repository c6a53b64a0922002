"""The section by its breadcrumb."""

from __future__ import annotations

from typing import Any

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.section import find_section
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.pages import page

NO_SELECTORS = Selectors()
ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


def test_section_from_the_breadcrumb() -> None:
    items = [
        {"position": 2, "name": "Politics"},
        {"position": 1, "name": "Home"},
        {"position": 3, "item": {"name": "Traffic"}},
    ]
    document = page(ld=[ARTICLE, {"@type": "BreadcrumbList", "itemListElement": items}])
    assert find_section(document, NO_SELECTORS) == Extracted("Politics > Traffic", "json-ld")
