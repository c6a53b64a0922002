"""The headline: what the page shows and what it declares, without the site's name, whatever stands between them."""

from __future__ import annotations

from itertools import product

import pytest

from newscrawler.extraction.headline.site_affixes import is_site
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.pages import page

NO_SELECTORS = Selectors()
STORY = "https://www.harbourpost.com/politics/2024/05/03/old-bridge-reopens-1234567.html"
HEADLINES = (
    "Old bridge reopens after two years",
    "Live: Old bridge reopens - what we know",
    "Ukraine-Krieg: Brücke wieder offen",
    "10 things to know about the bridge",
    "市长：大桥将在冬天之前完成重建",
    "پل قدیمی بازگشایی شد",
)
SITES = ("The Harbour Post", "Harbour Post", "harbourpost.com", "HarbourPost.com - News from the harbour")
SEPARATORS = (" - ", " | ", " – ", " :: ", " » ", " / ", " · ", "_", "|", " ‹ ")
ORDERS = {"after": "{0}{2}{1}", "before": "{1}{2}{0}", "section": "{0}{2}Politics{2}{1}"}
SHOWN = {
    "in an h1": "<h1>{0}</h1>",
    "in a div": "<div>{0}</div>",
    "below a masthead": "<header><h1><a href=/>{1}</a></h1></header><article><h2>{0}</h2>",
}
DECLARED = {
    "nothing": "",
    "itself": "<meta property='og:title' content='{0}'>",
    "the window's": "<meta property='og:title' content='{2}'>",
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("declared", DECLARED)
def test_the_sites_name_is_taken_off(order: str, shown: str, declared: str) -> None:
    wrong = []
    for headline, site, separator in product(HEADLINES, SITES, SEPARATORS):
        window = ORDERS[order].format(headline, site, separator)
        html = (
            f"<head><title>{window}</title>{DECLARED[declared].format(headline, site, window)}</head><body>"
            f"{SHOWN[shown].format(headline, site)}<p>{'The first cars crossed the bridge at dawn. ' * 8}</p>"
        )
        found = find_title(Document(html.encode(), STORY, "text/html; charset=utf-8"), NO_SELECTORS).title
        if found != headline:
            wrong.append(f"{window}: {found}")
    assert not wrong


@pytest.mark.parametrize("declared", ["", "<meta property='og:title' content='{0}'>"])
def test_a_headline_about_the_site_is_one(declared: str) -> None:
    for window in ("Harbour Post wins an award", "The Harbour Post - Harbour Post wins an award"):
        html = f"<head><title>{window}</title>{declared.format(window)}</head><h2>Harbour Post wins an award</h2>"
        document = Document(html.encode(), STORY, "text/html; charset=utf-8")
        assert find_title(document, NO_SELECTORS).title == "Harbour Post wins an award"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Harbour Post", True),
        ("harbourpost.com", True),
        ("Harbour Post wins an award", False),
        ("", False),
    ],
)
def test_the_sites_name(text: str, name: bool) -> None:
    assert is_site(text, ["harbourpost"]) is name


@pytest.mark.parametrize(
    ("body", "head", "title"),
    [
        ("<h1>A bridge reopens</h1>", "<title>A bridge reopens - Example</title>", "A bridge reopens"),
        ("<p>x</p>", "<meta property='og:title' content='A bridge reopens | Example'>"
         "<meta property='og:site_name' content='Example'>", "A bridge reopens"),
        ("<h1>Fish &amp; chips &amp;amp; more</h1>", "", "Fish & chips &amp; more"),
        ("<h1>Example</h1><h2>x</h2>", "<meta property='og:title' content='A bridge reopens'>", "A bridge reopens"),
        ("<div class=breadcrumb><a href=/>Home</a><h1>Bridge news 2024</h1></div><h2>A bridge is open again</h2>",
         "<meta property='og:title' content='A bridge is open again'>", "A bridge is open again"),
        ("<h1>Grand Masthead</h1><dl><dt>A bridge is open again</dt></dl>",
         "<title>A bridge is open again - Example</title>", "A bridge is open again"),
        ("<h1>What the page calls it</h1><p>text</p>", "<title>An SEO line - Example</title>",
         "What the page calls it"),
        ("<h1>A bridge reopens after two years</h1>",
         "<meta property='og:title' content='A bridge reopens after two years'>"
         "<meta property='og:site_name' content='A bridge reopens after two years'>",
         "A bridge reopens after two years"),
        ("", "", None),
    ],
)  # fmt: skip
def test_title(body: str, head: str, title: str | None) -> None:
    assert find_title(page(body, head), NO_SELECTORS).title == title


def test_kicker_above_and_inside_the_headline() -> None:
    above = page("<div><p class=kicker>Traffic</p><h1>A bridge reopens today</h1></div>")
    inside = page("<div><h1><span class=kicker>Traffic</span> <span>A bridge reopens today</span></h1></div>")
    for document in (above, inside):
        found = find_title(document, NO_SELECTORS)
        assert (found.kicker, found.title) == ("Traffic", "A bridge reopens today")


def test_profile_speaks_first_for_the_title() -> None:
    found = find_title(page("<h1>Wrong</h1><b id=t>Right</b>"), Selectors({"title": ["#t"]}))
    assert (found.title, found.source) == ("Right", "profile")


def title(body: str, head: str = "") -> str | None:
    return find_title(page(body, head, url=STORY), NO_SELECTORS).title


@pytest.mark.parametrize("mark", ["<span class=sr-only>Article: </span>", "<b class=badge>Plus</b>"])
def test_a_badge_before_a_headline_that_is_declared_without_it(mark: str) -> None:
    declared = "<meta property='og:title' content='Old bridge reopens after two years'>"
    assert (
        title(f"<h1>{mark}Old bridge reopens after two years</h1>", declared)
        == "Old bridge reopens after two years"
    )


def test_entities_that_are_encoded_twice() -> None:
    declared = (
        "<meta property='og:title' content='Mill &amp;amp; court: &amp;#8220;Reopen the looms&amp;#8221;'>"
    )
    assert title("<p>x</p>", declared) == "Mill & court: “Reopen the looms”"
    declared = "<title>Brücke &amp;quot;wieder offen&amp;quot; für alle</title>"
    assert title("<p>x</p>", declared) == 'Brücke "wieder offen" für alle'


@pytest.mark.parametrize("tail", ["_财经频道_青禾网", "_青禾网", "丨青禾网"])
def test_the_channel_and_site_behind_a_chinese_headline(tail: str) -> None:
    head = f"<title>市长：大桥将在冬天之前完成重建{tail}</title>"
    body = "<div class=title>市长：大桥将在冬天之前完成重建</div>" if "丨" in tail else ""
    assert title(body, head) == "市长：大桥将在冬天之前完成重建"
