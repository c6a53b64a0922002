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


def test_more_links_than_a_breadcrumb_has_are_no_section() -> None:
    selectors = Selectors({"section": [".categories a"]})
    for count, found in ((8, True), (9, False)):
        links = "".join(f'<a href="/{number}">Part {number}</a>' for number in range(count))
        document = page(body=f'<div class="categories">{links}</div>')
        assert (find_section(document, selectors).value is not None) is found
