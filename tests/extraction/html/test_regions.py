"""The map of a page's regions, by mark-up and by name."""

from __future__ import annotations

import pytest
from lxml import etree

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.regions import Region, named


def page(body: str) -> tuple[Document, etree._Element]:
    document = Document(f"<html><body>{body}</body></html>".encode(), "https://example.org/a/1")
    return document, document.root.xpath("//*[@id='x']")[0]


@pytest.mark.parametrize(
    ("body", "around"),
    [
        ("<nav><ul><li id=x>a</ul></nav>", {Region.NAVIGATION}),
        ("<div role=navigation><p id=x>a</div>", {Region.NAVIGATION}),
        ("<div role=complementary id=x>a</div>", {Region.SIDEBAR}),
        ("<aside><nav><p id=x>a</nav></aside>", {Region.SIDEBAR, Region.NAVIGATION}),
        ("<article><figure id=x>a</figure></article>", {Region.CONTENT, Region.FIGURE}),
        ("<header><p id=x>a</header>", {Region.HEADER}),
        ("<header><h1>b</h1><p id=x>a</header>", set()),  # the story's own
        ("<footer><p id=x>a</footer>", {Region.FOOTER}),
        ("<footer class=entry-footer><p id=x>a</footer>", set()),
        ("<main><footer><p id=x>a</footer></main>", {Region.CONTENT}),
        ("<div class=sidebar><p id=x>a</div>", set()),  # a name is no mark-up
    ],
)
def test_regions_around_an_element(body: str, around: set[Region]) -> None:
    document, element = page(body)
    assert document.regions.around(element) == around
    assert document.regions.around(element) == around  # the second time it is known


@pytest.mark.parametrize(
    ("attribute", "regions"),
    [
        ("class=main-nav", {Region.NAVIGATION}),
        ("class=siteFooter", {Region.FOOTER}),
        ("id=comments", {Region.COMMENTS}),
        ('class="sidebar most-read"', {Region.SIDEBAR, Region.RELATED}),
        ("class=cookie-banner", {Region.CONSENT, Region.ADVERTISING}),
        ("class=navy", set()),
        ("", set()),
    ],
)
def test_regions_by_name(attribute: str, regions: set[Region]) -> None:
    document, _ = page("<i id=x></i>")
    element = document.index.by_tag["i"][0]
    del element.attrib["id"]
    if attribute:
        name, _, value = attribute.partition("=")
        element.set(name, value.strip('"'))
    assert named(element) == regions


def test_refused_regions_below_the_storys_own_elements() -> None:
    document, element = page("<div class=related><div class=teasers><p id=x>a</div></div>")
    outer, inner = document.index.by_tag["div"]
    meets, related = document.regions.meets, frozenset({Region.RELATED})
    assert meets(element, {outer}, frozenset(), related)
    assert not meets(element, {outer, inner}, frozenset(), related)
    assert not meets(element, set(), related, frozenset())


def test_elements_named_after_regions() -> None:
    document, _ = page("<div class=sidebar><p class=newsletter-box id=x>a</p></div><p class=tags>b</p>")
    assert document.regions.named({Region.SIDEBAR, Region.SIGN_UP}) == {
        document.index.by_tag["div"][0],
        document.index.by_tag["p"][0],
    }
