"""Pictures and videos of small pages."""

from __future__ import annotations

from typing import Any

from newscrawler.extraction.fields.media import find_images, find_videos
from newscrawler.items import Image
from tests.extraction.pages import body_of, page

ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


def test_pictures_with_caption_and_credit_but_no_icons() -> None:
    document = page(
        "<h1>x</h1><img src=/logo.png>"
        "<figure><img src=data:image/gif;base64,x data-src=/photos/bridge.jpg alt='The bridge'>"
        "<figcaption>The bridge at noon. (Photo: Jane Doe)</figcaption></figure>"
        "<p class=t>text</p>"
        "<a href=/other-story-7654321.html><img src=/photos/teaser.jpg></a>"
        "<img src=/photos/second.jpg><p class=t>more</p>"
    )
    assert find_images(document, body_of(document)).value == [
        Image(
            url="https://www.example.org/photos/bridge.jpg",
            alt="The bridge",
            caption="The bridge at noon.",
            credit="Jane Doe",
        ),
        Image(url="https://www.example.org/photos/second.jpg"),
    ]


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
