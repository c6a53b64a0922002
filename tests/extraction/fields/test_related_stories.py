"""Related stories of small pages."""

from __future__ import annotations

from newscrawler.extraction.fields.related_stories import find_related
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.items import RelatedStory
from tests.extraction.pages import body_of, page

NO_SELECTORS = Selectors()


def test_related_links_in_the_menu_are_none() -> None:
    document = page(
        "<nav><h3>Related</h3><a href=/a-b-c-1>One two three four</a><a href=/a-b-c-2>Five six seven</a></nav>"
    )
    assert find_related(document, NO_SELECTORS, body_of(document)).value == []


def test_related_cards_give_heading_date_and_alt() -> None:
    document = page(
        "<p class=t>text</p><section><h2>Read more</h2>"
        "<article><a href='/a-b-c-1?utm_source=rel'><img src=x.jpg alt='A boat'><span>Traffic</span>"
        "<h3>One two three</h3></a>"
        "<time datetime='2024-05-02'>2 May</time></article>"
        "<article><a href='http://[bad'>Broken link of words</a></article>"
        "<article><a href=/a-b-c-2><h3>Four five six</h3></a></article></section>"
    )
    assert find_related(document, NO_SELECTORS, body_of(document)).value == [
        RelatedStory(
            title="One two three",
            url="https://www.example.org/a-b-c-1",
            published="2024-05-02",
            image_alt="A boat",
        ),
        RelatedStory(title="Four five six", url="https://www.example.org/a-b-c-2"),
    ]
