"""Elements between the headline and the end of the text, those of other stories left out."""

from __future__ import annotations

import pytest

from newscrawler.extraction.fields.story_elements import story_elements
from tests.extraction.pages import body_of, page


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<img id=a>", ["a"]),
        ("<div class=related><img id=a></div>", []),
        ("<aside><img id=a></aside>", []),
        ("<a href=/another-story><img id=a></a>", []),
        ("<a href=/a.jpg><img id=a></a>", ["a"]),
        ("<a href=/gallery/1><img id=a></a><video id=b></video>", ["a", "b"]),
    ],
)
def test_elements_of_the_story(markup: str, found: list[str]) -> None:
    document = page(f"<h1>x</h1>{markup}<p class=t>text</p>")
    elements = story_elements(document, body_of(document), "img", "video")
    assert [element.get("id") for element in elements] == found


def test_what_follows_the_text_far_below_is_not_the_storys() -> None:
    document = page("<h1>x</h1><p class=t>text</p>" + "<p>more</p>" * 20 + "<img id=a>")
    assert list(story_elements(document, body_of(document), "img")) == []
