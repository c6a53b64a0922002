"""Links: each URL once, the best text, malformed ones out, the place on the page."""

from __future__ import annotations

import pytest

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.links.href_resolver import MAX_URL
from newscrawler.extraction.links.link import Link
from newscrawler.extraction.links.link_extractor import find_dated_links, find_head_links, find_links

URL = "https://example.org/en/news/1/one"


def links_of(html: str, url: str = URL) -> dict[str, Link]:
    return {link.url: link for link in find_links(Document(html.encode(), url, "text/html; charset=utf-8"))}


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a/b", "https://example.org/a/b"),
        ("b.html", "https://example.org/en/news/1/b.html"),
        ("../2/two", "https://example.org/en/news/2/two"),
        ("./two", "https://example.org/en/news/1/two"),
        ("?page=2", "https://example.org/en/news/1/one?page=2"),
        ("//other.example/x", "https://other.example/x"),
        ("HTTP://Other.example/x", "HTTP://Other.example/x"),
        ("https://other.example", "https://other.example/"),
        ("https://other.example/a/../b?c=/../d", "https://other.example/b?c=/../d"),
        (" /spaced \n", "https://example.org/spaced"),
        ("/sp\n\tlit", "https://example.org/split"),
        ("/two words", "https://example.org/two%20words"),
        ("/story#comments", "https://example.org/story"),
        ("/story#!view", "https://example.org/story"),
        ("https://пример.рф/новость", "https://пример.рф/новость"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
    ],
)
def test_an_href_is_made_absolute(href: str, url: str) -> None:
    assert list(links_of(f"<a href='{href}'>A link with a text</a>")) == [url]


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        "#top",
        "http://[bad",
        "http://",
        "https:///path",
        "http://exa mple.org/x",
        "http://a:b:c/",
        "http://.example/",
        "javascript:void(0)",
        "JavaScript:void(0)",
        "java\nscript:alert(1)",
        "mailto:a@example.org",
        "tel:+123",
        "data:text/html,x",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "/" + "x" * MAX_URL,
        "/nul\x7fl",
    ],
)
def test_a_malformed_or_foreign_address_is_no_link(href: str) -> None:
    assert links_of(f'<a href="{href}">A link with a text</a>') == {}


def test_base_href_is_obeyed() -> None:
    assert list(links_of("<base href='/other/'><a href='x'>x</a>")) == ["https://example.org/other/x"]


def test_image_link_and_text_link_are_one() -> None:
    html = """<div><a href="/s/2"><img src="x.jpg" alt="Josef Beispiel."></a>
      <h3><a href="/s/2">A bridge was opened by the river</a></h3><a href="/s/2">Read more</a></div>"""
    (link,) = links_of(html).values()
    assert (link.text, link.alt) == ("A bridge was opened by the river", "Josef Beispiel.")
    assert link.position == 0


def test_a_link_without_text_takes_its_title() -> None:
    links = links_of("<a href='/x' title='The  title'><img src=i></a><a href='/y' aria-label='Label'></a>")
    assert [link.text for link in links.values()] == ["The title", "Label"]
    assert [link.alt for link in links.values()] == [None, None]


def test_a_card_gives_its_heading() -> None:
    html = (
        "<a href='/x'><img alt='Alt'><h3>The headline of it</h3><p>A teaser text of some length here</p></a>"
    )
    (link,) = links_of(html).values()
    assert (link.text, link.alt) == ("The headline of it", "Alt")


def test_scripts_in_links_are_no_text() -> None:
    (link,) = links_of("<a href='/x'><script>var a = 1;</script>Text <b>bold</b></a>").values()
    assert link.text == "Text bold"


def test_a_url_is_nofollow_only_when_all_its_links_are() -> None:
    links = links_of(
        "<a href=/x rel='nofollow ugc'>x</a><a href=/x>y</a>"
        "<a href=/z rel='NoFollow'>z</a><a href=/z rel=nofollow>z</a>"
    )
    assert "nofollow" not in links["https://example.org/x"].rel
    assert "nofollow" in links["https://example.org/z"].rel


def test_places() -> None:
    html = """<body><header><a href=/home>Home page of the site</a></header>
    <ul class="main-menu"><li><a href=/s>Sport</a></ul>
    <article><header><a href=/a/1>A headline link that is long</a></header>
      <p>Some words of the story and <a href=/b>a link in it</a> and more.</p></article>
    <div class=list><div><h2><a href=/l1>First story of the listing</a></h2></div>
      <div><h2><a href=/l2>Second story of the listing</a></h2></div>
      <div><h2><a href=/l3>Third story of the listing</a></h2></div></div>
    <div><h4>Featured Stories</h4><ul><li><a href=/r1>A featured story about fish</a></ul></div>
    <div class="share-buttons"><a href=/share>Share this story with friends</a></div>
    <footer><a href=/imprint>Imprint</a></footer>"""
    places = {url.removeprefix("https://example.org"): link.place for url, link in links_of(html).items()}
    assert places == {
        "/home": "navigation",
        "/s": "navigation",
        "/a/1": "other",
        "/b": "body",
        "/l1": "listing",
        "/l2": "listing",
        "/l3": "listing",
        "/r1": "related",
        "/share": "other",
        "/imprint": "navigation",
    }


def test_deep_nesting_is_survived() -> None:
    html = "<div>" * 1000 + "<a href=/x>x</a>" * 50 + "</div>" * 1000
    assert len(links_of(html)) == 1


def test_head_links() -> None:
    html = """<head><link rel="alternate" type="application/RSS+xml; charset=utf-8" title=" Feed "
      href="/rss">
      <link rel=NEXT href="?page=2"><link rel=alternate hreflang=fa href="https://example.org/fa">
      <link rel=x href="http://[bad">"""
    links = find_head_links(Document(html.encode(), URL, None))
    assert [(link.rel, link.url, link.type, link.hreflang, link.title) for link in links] == [
        (("alternate",), "https://example.org/rss", "application/rss+xml", None, "Feed"),
        (("next",), "https://example.org/en/news/1/one?page=2", None, None, None),
        (("alternate",), "https://example.org/fa", None, "fa", None),
    ]


def dates_of(html: str) -> list[str | None]:
    return [link.date for link in find_dated_links(Document(html.encode(), URL, "text/html; charset=utf-8"))]


def test_dates_belong_to_their_own_entry() -> None:
    html = """<div><ul>
      <li><a href=/1><img alt=Picture></a><h3><a href=/1>A story without any date at all</a></h3></li>
      <li><h3><a href=/2>A story with a machine date</a></h3><time datetime="2022-03-12T06:28:00Z">today</time></li>
      <li><h3><a href=/3>A story with a printed date</a></h3><span>Saturday 12 March 2022 - 06:28</span>
        <a href=/c>Comments</a></li>
      <li><span>2022/03/11</span><a href=/4>A story with a date above</a></li>
      <li><a href=/5>A story about 1 May 2021 and its marches</a></li></ul></div>"""
    assert dates_of(html) == [
        None, "2022-03-12T06:28:00+00:00", "2022-03-12T06:28:00", None, "2022-03-11", None,
    ]  # fmt: skip


def test_a_date_between_two_stories_is_nobodys() -> None:
    html = "<div><a href=/1>The first story of today</a> 12 March 2022 <a href=/2>The second story of today</a></div>"
    assert dates_of(html) == [None, None]


def test_a_card_has_its_date_inside() -> None:
    html = "<div><a href=/1><h3>A story on a card of its own</h3><time datetime='2022-03-12'>12 March</time></a></div>"
    assert dates_of(html) == ["2022-03-12"]
