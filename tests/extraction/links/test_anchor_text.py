"""The text of links, merged per URL."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawler.extraction.links.anchor_text import AnchorText


def anchor(markup: str) -> AnchorText:
    return AnchorText(next(html.fromstring(f"<div>{markup}</div>").iter("a")), None)


@pytest.mark.parametrize(
    ("markup", "text", "alt", "heading"),
    [
        ("<a>Ferry strike\n ends</a>", "Ferry strike ends", None, False),
        ("<h3><a>Ferry strike</a></h3>", "Ferry strike", None, True),
        ("<a><img alt='A ferry'></a>", "", "A ferry", False),
        ("<a title='Ferry strike'></a>", "Ferry strike", None, False),
        (
            "<a><img alt='A ferry'><span>Traffic</span><h3>Ferry strike</h3></a>",
            "Ferry strike",
            "A ferry",
            True,
        ),
        ("<a>Ferry <script>x()</script>strike</a>", "Ferry strike", None, False),
    ],
)
def test_text(markup: str, text: str, alt: str | None, heading: bool) -> None:
    found = anchor(markup)
    assert (found.text, found.alt, found.heading) == (text, alt, heading)


def test_of_two_links_the_better_text_and_any_picture() -> None:
    picture = anchor("<a><img alt='A ferry'></a>")
    picture.merge(anchor("<h2><a>Ferry strike ends after a week</a></h2>"))
    assert (picture.text, picture.alt, picture.headline) == (
        "Ferry strike ends after a week",
        "A ferry",
        True,
    )
