"""The place of links on a page."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.links.link import Place
from newscrawler.extraction.links.link_placement import LinkPlacement, in_running_text


@pytest.mark.parametrize(
    ("markup", "place"),
    [
        ("<nav><a>x</a></nav>", Place.NAVIGATION),
        ("<header><a>x</a></header>", Place.NAVIGATION),
        ("<header><h1>Daily</h1><div><a>x</a></div></header>", Place.NAVIGATION),
        ("<article><header><a>x</a></header></article>", None),
        ("<section><header><a>x</a></header></section>", None),
        ("<aside><a>x</a></aside>", Place.RELATED),
        ("<div class=mainNav><a>x</a></div>", Place.NAVIGATION),
        ("<div class=navy><a>x</a></div>", None),
        ("<div id=share-bar><a>x</a></div>", Place.OTHER),
        ("<div role=menu><a>x</a></div>", Place.NAVIGATION),
        ("<div><h3>Lesen Sie auch</h3><p><a>x</a></p></div>", Place.RELATED),
    ],
)
def test_place_by_the_nearest_ancestor(markup: str, place: Place | None) -> None:
    document = Document(markup.encode(), "https://example.org/a/1")
    parent = document.index.by_tag["a"][0].getparent()
    assert parent is not None
    assert LinkPlacement(document, document.index.by_tag["h3"]).of(parent) is place


@pytest.mark.parametrize(
    ("markup", "running"),
    [
        ("<p>The mayor said on <a>Monday</a></p>", True),
        ("<p><b><a>Monday</a></b> was the day of the vote</p>", True),
        ("<p><a>Monday</a></p>", False),
        ("<div>The mayor said on <a>Monday</a></div>", False),
    ],
)
def test_running_text(markup: str, running: bool) -> None:
    assert in_running_text(next(html.fromstring(f"<section>{markup}</section>").iter("a"))) is running
