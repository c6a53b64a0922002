"""Videos of small pages."""

from __future__ import annotations

from typing import Any

from newscrawler.extraction.fields.videos import find_videos
from tests.extraction.pages import body_of, page

ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


def test_videos() -> None:
    document = page(
        "<h1>x</h1><iframe src='https://www.youtube.com/embed/abc'></iframe><iframe src='https://ads.example/x'></iframe>"
        "<p class=t>text</p>",
        ld={**ARTICLE, "video": {"@type": "VideoObject", "contentUrl": "/v.mp4"}},
    )
    assert find_videos(document, body_of(document)).value == [
        "https://www.example.org/v.mp4",
        "https://www.youtube.com/embed/abc",
    ]
