"""Pictures of small pages."""

from __future__ import annotations

from newscrawler.extraction.fields.images import find_images
from newscrawler.items import Image
from tests.extraction.pages import body_of, page


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
