"""Who wrote the story, from the page's declarations and from its bylines."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawler.extraction.body.body_extractor import find_body
from newscrawler.extraction.fields.authors import find_authors
from newscrawler.extraction.fields.bylines import without_biography
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from tests.extraction.pages import URL, body_of, page

NO_SELECTORS = Selectors()
ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "A bridge reopens"}


def authors(body: str = "", head: str = "", ld: Any = None) -> list[str]:
    document = page(body, head, ld=ld)
    return find_authors(document, NO_SELECTORS, body_of(document)).value


def test_json_ld_authors_are_people_alone() -> None:
    people = [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "Example News"}]
    assert authors(ld={**ARTICLE, "author": people}) == ["Jane Doe"]


def test_a_byline_beats_an_organisation() -> None:
    ld = {**ARTICLE, "author": {"@type": "Organization", "name": "Example"}}
    body = "<h1>A bridge reopens</h1><div class=byline>By Jane Doe and Max Roe, Reporters</div><p class=t>text</p>"
    assert authors(body, ld=ld) == ["Jane Doe", "Max Roe"]


def test_author_links_are_one_name_each() -> None:
    links = "<a href=/author/a>Jane Doe</a><a href=/author/b>Max Roe</a>"
    assert authors(f"<h1>x</h1><div class=authors>{links}</div><p class=t>x</p>") == ["Jane Doe", "Max Roe"]


# What stands around a story's text on many blogs, of which the box around everything says `sidebar`.
AROUND = "<div class='site right-sidebar'><article><h1>A bridge reopens</h1>{}<div>{}</div>{}</article></div>"
TEXT = (
    "<p>The bridge, closed for two years, was opened by the mayor, who thanked all who had built it.</p>" * 9
)


def authors_around(above: str, below: str, **declared: Any) -> list[str]:
    document = page(AROUND.format(above, TEXT, below), **declared)
    text = find_body(document, NO_SELECTORS, find_title(document, NO_SELECTORS))
    assert len(text.elements) == 9
    return find_authors(document, NO_SELECTORS, text, next(document.root.iter("h1"))).value


@pytest.mark.parametrize(
    ("above", "below", "names"),
    [
        ("<p class=meta>\n\t\t\n\t\tvon <a href=/x>Dr. Jane Doe</a></p>", "", ["Dr. Jane Doe"]),
        ("<p><a href=/c>News</a> by Jane Doe on Monday</p>", "", ["Jane Doe"]),
        ("<p>by <span class='author vcard'><a class='url fn n'>Jane Doe</a></span></p>", "", ["Jane Doe"]),
        ("<p>by <span class='author vcard'><a class='url fn n'>jane77</a></span></p>", "", ["jane77"]),
        ("<p>by <span class='author vcard'><a class='url fn n'>admin</a></span></p>", "", []),
        ("", "<footer><i class='author p-author h-card'>von <b>Jane Doe</b></i></footer>", ["Jane Doe"]),
        ("<p><b>Jane Doe, Max Roe</b></p>", "", ["Jane Doe", "Max Roe"]),
        ("", "<p><b>Jane Doe</b></p>", ["Jane Doe"]),
        ("", "<a class=followAuthorBtn href=/author/x>Choose Topics</a>", []),
        ("<p><b>What happens next</b></p>", "", []),
        ("", "<p><b>Read more:</b></p>", []),
        ("", "<div id=comments><span class='comment-author vcard'><b class=fn>Jane Doe</b></span></div>", []),
        ("<div>Ein Artikel von <b>Jane Doe</b> | 27.01.2022</div>", "", ["Jane Doe"]),
        ("<div><b>von</b> <span>Jane Doe</span></div>", "", ["Jane Doe"]),
        ("<div><span>| By </span> <span>Jane Doe</span> | May 3</div>", "", ["Jane Doe"]),
        ("<h3 class=byline>by Jane Doe<br><i>Monday, May 3</i></h3>", "", ["Jane Doe"]),
        ("<div class=byline>By<br>Jane Doe<br>New York</div>", "", ["Jane Doe"]),
        ("<p>Von <b>Jane Doe</b> und <b>Max Roe</b><br>Nairobi</p>", "", ["Jane Doe", "Max Roe"]),
        ("<figure><figcaption>by Max Bild</figcaption></figure>", "", []),
        ("", "<div class=author><a href=/autor/x>Zur Übersicht</a></div>", []),
        ("", "<a href=/story-2><b>Another story</b><span class=author>Von Max Roe</span></a>", []),
        ("", "<p class=author>Max Roe</p><p class=author>Ann Poe</p><p class=author>Jo Coe</p>", []),
        ("", "<div class=author>Jane Doe</div>", ["Jane Doe"]),
        ("", "<b class=author>Jane Doe</b><i class=author>Jane Doe</i><u class=author>Jane Doe</u>", ["Jane Doe"]),
    ],
)  # fmt: skip
def test_bylines_around_the_text(above: str, below: str, names: list[str]) -> None:
    assert authors_around(above, below) == names


def test_the_page_is_no_byline() -> None:
    links = "<p><a href=/author/a>Jane Doe</a> <a href=/people/>People</a></p>"
    document = Document(f"<body class=single-author><h1>x</h1>{links}{TEXT}".encode(), URL)
    text = find_body(document, NO_SELECTORS, find_title(document, NO_SELECTORS))
    assert find_authors(document, NO_SELECTORS, text).value == []


def test_what_is_around_the_headline_is_the_storys() -> None:
    byline = "<span class='author vcard'><a class='url fn' rel=author href=/x>Jane Doe</a></span>"
    document = page(f"<article><div id=sidebar><h1>A bridge reopens</h1>{byline}</div>{TEXT}</article>")
    text = find_body(document, NO_SELECTORS, find_title(document, NO_SELECTORS))
    assert find_authors(document, NO_SELECTORS, text).value == []
    assert find_authors(document, NO_SELECTORS, text, next(document.root.iter("h1"))).value == ["Jane Doe"]


@pytest.mark.parametrize(
    ("above", "head", "names"),
    [
        ("<p class=byline>By Jane Q. Doe</p>", "", ["Jane Q. Doe"]),
        ("", "<meta name=author content='Jane Q. Doe'>", ["Jane Q. Doe"]),
        ("", "<meta name=author content=jdoe>", ["jane.doe"]),
        ("", "", ["jane.doe"]),
    ],
)
def test_an_accounts_name_is_the_last_resort(above: str, head: str, names: list[str]) -> None:
    ld = {**ARTICLE, "author": {"@type": "Person", "name": "jane.doe"}}
    assert authors_around(above, "", head=head, ld=ld) == names


def test_who_signs_comes_before_whom_the_page_credits() -> None:
    ld = {**ARTICLE, "author": {"@type": "Organization", "name": "Example Times"}}
    assert authors_around("<p><b>Jane Doe</b></p>", "", ld=ld) == ["Jane Doe"]
    assert authors_around("", "", ld=ld) == ["Example Times"]


def test_a_number_is_no_credit() -> None:
    assert authors(head="<meta name=author content=105092>") == []


def test_a_facebook_address_is_no_author() -> None:
    assert authors(head="<meta property='article:author' content='https://www.facebook.com/example'>") == []


def test_a_photographer_is_no_author() -> None:
    assert authors("<figure><span itemprop=author>Max Bild</span></figure><p class=t>x</p>") == []


def test_references_in_json_ld_are_followed() -> None:
    graph = [{**ARTICLE, "author": {"@id": "#jd"}}, {"@type": "Person", "@id": "#jd", "name": "Jane Doe"}]
    assert authors(ld={"@graph": graph}) == ["Jane Doe"]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("Jane Doe is a reporter at the Example. She lives by the harbour.", False),
        ("JANE DOE writes about bridges.", False),
        ("Jane said that the bridge was old.", True),
        ("“Jane Doe was right,” the mayor said.", True),
    ],
)
def test_a_biography_below_the_text_is_none_of_it(last: str, kept: bool) -> None:
    story = "The bridge opened.\n\nCars crossed it.\n\nBuses will follow."
    assert without_biography(f"{story}\n\n{last}", ["Jane Doe", "Max"]) == (
        f"{story}\n\n{last}" if kept else story
    )


def test_a_short_text_keeps_all_its_paragraphs() -> None:
    text = "Jane Doe has died.\n\nJane Doe was 90.\n\nJane Doe wrote twelve books."
    assert without_biography(text, ["Jane Doe"]) == text


@pytest.mark.parametrize("types", [["NewsArticle", "WebPage"], ["WebPage", "BlogPosting"]])
def test_a_story_that_is_declared_as_a_page_too_speaks(types: list[str]) -> None:
    assert authors(ld={**ARTICLE, "@type": types, "author": {"@type": "Person", "name": "Jane Doe"}}) == [
        "Jane Doe"
    ]


def test_an_author_with_a_list_of_names() -> None:
    author = {"@type": "Person", "name": ["Jane Doe", "Max Roe"]}
    assert authors(ld={**ARTICLE, "author": author}) == ["Jane Doe", "Max Roe"]


@pytest.mark.parametrize("name", ["Lorena Farrús \u200bCorresponsal", "Lorena Farrús\u200b Barcelona"])
def test_what_stands_behind_an_invisible_space_is_no_name(name: str) -> None:
    assert authors(ld={**ARTICLE, "author": {"@type": "Person", "name": name}}) == ["Lorena Farrús"]
