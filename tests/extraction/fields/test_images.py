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


def pictures(markup: str) -> list[str]:
    document = page(f"<h1>x</h1><p class=t>text</p>{markup}<p class=t>more</p>")
    return [image.url for image in find_images(document, body_of(document)).value]


def test_sources_that_are_not_closed_give_the_picture_without_its_own() -> None:
    sources = "<source media='(min-width:800px)' srcset='/r/1600/bridge.jpg 1600w, /r/800/bridge.jpg 800w'>"
    lazy = (
        f"<picture>{sources}<source srcset='/r/480/bridge.jpg'><img src='data:image/gif;base64,x'></picture>"
    )
    assert pictures(lazy) == ["https://www.example.org/r/1600/bridge.jpg"]
    assert pictures("<picture><source type=image/webp srcset=/b/mill.webp><img alt=Mill></picture>") == [
        "https://www.example.org/b/mill.webp"
    ]


def test_a_blurred_thumb_gives_way_to_what_loads_in_its_place() -> None:
    blurred = "<img src=/max/30/bridge.jpg class=media-thumbnail><img data-src=/max/800/bridge.jpg>"
    assert pictures(f"<figure>{blurred}</figure>") == ["https://www.example.org/max/800/bridge.jpg"]
    blurred = (
        "<img src=/w20/mill-by-night.jpg class=lqip><noscript><img src=/w900/mill-by-night.jpg></noscript>"
    )
    assert pictures(f"<figure>{blurred}</figure>") == ["https://www.example.org/w900/mill-by-night.jpg"]


def test_a_picture_that_is_not_shown_is_none() -> None:
    assert pictures("<img src=/count/p.gif?c=2 style='display:none'>") == []
    assert pictures("<img src=/count/q.gif style='visibility: hidden'>") == []
