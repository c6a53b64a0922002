"""What is beside a page's story is no part of it, unless it holds the page."""

from __future__ import annotations

import pytest

from newscrawler.extraction.body.body_extractor import find_body
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.boilerplate import frames
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors

LINE = "The ferry to the outer islands was late again on Monday, said the harbour, and nobody could say why."
STORY = f"<h1>The ferry is late again</h1><article>{f'<p>{LINE}</p>' * 6}</article>"
OTHER = "Subscribe to our letters and read every morning what the islands talk about, for nothing at all."


def text_of(body: str, head: str = "") -> str:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    document = Document(page.encode(), "https://example.org/news/1/ferry")
    return find_body(document, Selectors(), find_title(document, Selectors())).text


def beside(body: str) -> list[str]:
    document = Document(f"<html><body>{body}</body></html>".encode(), "https://example.org/news/1/ferry")
    headline = document.index.by_tag["h1"][:1]
    found = frames(document, headline)
    return sorted(str(element.get("id")) for element in found)


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><p>{OTHER}</p></aside>",
        f"<form><p>{OTHER}</p></form>",
        f"<div class=css-1x7><p>{OTHER}</p><form><input><button>OK</button></form></div>",
        f"<div class=sidebar><p>{OTHER}</p></div>",
        f"<div class='block newsletter-box'><p>{OTHER}</p></div>",
        f"<section id=comments><p>{OTHER}</p></section>",
        f"<ul class='most-read'><li>{OTHER}</li></ul>",
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_boxes_beside_the_story_are_not_read(box: str, inside: bool) -> None:
    page = STORY.replace("</article>", f"{box}</article>") if inside else STORY + box
    assert text_of(page) == "\n\n".join([LINE] * 6), box


def test_a_box_around_the_headline_is_none_of_them() -> None:
    assert beside(f"<form id=all><div id=page class='content sidebar'>{STORY}</div></form>") == []
    assert text_of(f"<form><div class='content sidebar'>{STORY}</div></form>")


def test_a_box_with_much_of_the_page_is_none_of_them() -> None:
    text = f"<p>{LINE}</p>"
    assert beside(f"<h1>x</h1><div id=a class=sidebar>{text * 5}</div>{text * 5}") == []
    assert beside(f"<h1>x</h1><div id=a class=sidebar>{text * 3}</div>{text * 9}") == ["a"]
    assert beside(f"<h1>x</h1><div id=a class=sidebar>{'<i>x</i>' * 30}</div>{text * 9}") == []


def test_boxes_of_one_name_that_hold_most_of_the_page_are_none_of_them() -> None:
    boxes = "".join(f"<div id=a{at} class=newsletter-part><p>{LINE}</p></div>" for at in range(6))
    assert beside(f"<h1>x</h1>{boxes}<p>{LINE}</p>") == []
    assert len(beside(f"<h1>x</h1>{boxes}{f'<p>{LINE}</p>' * 6}")) == 6


def test_entries_and_headings_are_none_of_them() -> None:
    assert beside(f"{STORY}<div id=a class='post tag-newsletter'>x</div><h2 id=nav_two>x</h2>") == []


def test_nothing_is_beside_a_recipe() -> None:
    recipe = '{"@type": "Recipe", "recipeIngredient": ["125 g butter, soft", "2 ripe pears"]}'
    head = f'<script type="application/ld+json">{recipe}</script>'
    box = "<aside><ul><li>125 g butter, soft</li><li>2 ripe pears</li></ul></aside>"
    assert "2 ripe pears" in text_of(STORY + box, head)
    assert "2 ripe pears" not in text_of(STORY + box)


def test_a_page_of_nothing_else_is_read_all_the_same() -> None:
    assert LINE in text_of(f"<h1>x</h1><aside><p>{LINE}</p><p>{LINE[:60]}</p><p>{LINE[:50]}</p></aside>")


def test_a_box_with_a_form_and_more_than_a_line_is_none_of_them() -> None:
    form = "<form id=f><input></form>"
    assert beside(f"<h1>x</h1><div id=a><p>{LINE}</p><p>{LINE}</p><p>{LINE}</p>{form}</div>") == ["f"]
    assert beside(f"<h1>x</h1><div id=a><p>{LINE * 5}</p>{form}</div>") == ["f"]
    assert beside(f"<h1>x</h1><div id=a><p>{LINE}</p>{form}</div>") == ["a", "f"]


def test_lines_without_words_do_not_make_a_text_small() -> None:
    empty = "<p>&nbsp;</p><p>1</p>" * 20
    assert beside(f"<h1>x</h1><div id=a class=newsletter-cms>{f'<p>{LINE}</p>' * 5}</div>{empty}") == []


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("menu-planning-for-small-teams", "Menu planning for small teams: a start"),
        ("4-el-menu-de-la-semana", "4. El menu de la semana"),
    ],
)
def test_a_chapter_named_after_its_heading_is_none_of_them(name: str, heading: str) -> None:
    chapter = f"<div id={name}><h2>{heading}</h2>{f'<p>{LINE}</p>' * 2}</div>"
    assert beside(f"{STORY}{chapter}") == []
    assert beside(f"{STORY}{chapter.replace(f'<p>{LINE}</p>', '<p>More</p>')}") == [name], (
        "no text of its own"
    )
    assert beside(f"{STORY}{chapter.replace(heading, 'Other stories')}") == [name], "another heading"


@pytest.mark.parametrize("name", ["comment", "kommentar", "reply_text"])
def test_what_is_around_the_form_for_comments_is_beside_the_story(name):
    reader = f"<b>reader</b><p>{OTHER}</p><a href=#r>Reply</a>"
    form = f"<form><textarea name={name}></textarea></form>"
    assert OTHER not in text_of(f"{STORY}<div>{reader * 9}{form}</div>")
    assert beside(f"<div id=page>{STORY}{form}</div>") == ["None"], "the form alone"


OWN = f"<h1>The ferry is late again</h1>{f'<p>{LINE}</p>' * 5}"
NEXT = f"<h1><a href=/2>Letters from the islands</a></h1>{f'<p>{OTHER}</p>' * 9}"


@pytest.mark.parametrize(
    "page",
    [
        f"<main><article>{OWN}</article><div id=more><div>{NEXT}</div></div></main>",
        f"<main><article>{OWN}</article><article id=more>{NEXT}</article></main>",
        f"<main><section class=story>{OWN}</section><section class='story story--next' id=more>{NEXT}</section></main>",
    ],
)
def test_the_next_story_below_is_beside_the_first(page):
    assert beside(page) == ["more"]
    text = text_of(page)
    assert LINE in text
    assert OTHER not in text


def test_chapters_are_no_next_stories():
    chapter = f"<h2>Letters from the islands</h2>{f'<p>{OTHER}</p>' * 9}"
    assert not beside(f"<main><article>{OWN}</article><article>{chapter}</article></main>")
    assert not beside(
        f"<main><section class=part>{OWN}</section><section class='part even'>{chapter}</section></main>"
    )
