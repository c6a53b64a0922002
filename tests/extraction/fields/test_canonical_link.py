"""Canonical and own URL of a story."""

from __future__ import annotations

import pytest

from newscrawler.extraction.fields.canonical_link import find_canonical, story_url
from tests.extraction.pages import page


@pytest.mark.parametrize(
    ("canonical", "found"),
    [
        ("/politics/a?utm_source=x", "https://www.example.org/politics/a"),
        ("https://example.org/", None),
        ("https://elsewhere.net/a", None),
        ("javascript:void(0)", None),
        ("www.example.org/politics/a", "https://www.example.org/politics/a"),
        ("other.example/politics/a", "https://www.example.org/politics/2024/05/03/other.example/politics/a"),
    ],
)
def test_canonical(canonical: str, found: str | None) -> None:
    assert find_canonical(page(head=f'<link rel="canonical" href="{canonical}">')).value == found


def test_story_url_is_free_of_tracking() -> None:
    assert story_url(page(url="https://a.org/x?id=7&utm_medium=rss#top")) == "https://a.org/x?id=7"
