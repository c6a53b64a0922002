"""Links that may lead to other stories."""

from __future__ import annotations

import pytest

from newscrawler.extraction.fields.story_links import StoryLinks
from tests.extraction.pages import page


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/politics/another-story", "https://www.example.org/politics/another-story"),
        ("https://news.example.org/a-story?utm_source=x", "https://news.example.org/a-story"),
        ("https://elsewhere.net/a-story", None),
        ("#comments", None),
        ("/", None),
    ],
)
def test_story_links(href: str, url: str | None) -> None:
    document = page(f"<a href='{href}'>x</a>")
    assert StoryLinks(document).of(document.index.by_tag["a"][0]) == url
