"""Page kinds: stories short and long, listings, and what stands in a story's place."""

from __future__ import annotations

import json

import pytest

from newscrawler.extraction import read
from newscrawler.extraction.page_type.page_classifier import WEIGHTS, weights
from newscrawler.extraction.page_type.page_features import NAMES
from newscrawler.extraction.page_type.url_features import is_front_page

SENTENCE = "The council of the small town decided on Tuesday to build a second bridge across the river. "


def kind(
    html: str, url: str = "https://example.org/news/2020/05/12/council-decides-on-a-second-bridge"
) -> tuple[str, str]:
    page = read(html.encode(), url, "text/html; charset=utf-8")
    return page.kind, page.reason.split()[0]


def story(paragraphs: int, head: str = "") -> str:
    text = "".join(f"<p>{SENTENCE * 2}</p>" for _ in range(paragraphs))
    return (
        f"<html><head><title>Council decides on a second bridge - Example</title>{head}</head><body>"
        f"<ul><li><a href='/'>Home</a><li><a href='/sport'>Sport</a></ul><article>"
        f"<h1>Council decides on a second bridge</h1><time datetime='2020-05-12'>12 May 2020</time>{text}</article>"
    )


def listing(entries: int, head: str = "") -> str:
    teasers = "".join(
        f"<article><h2><a href='/news/story-number-{n}-of-the-day'>The headline of story number {n} today</a></h2>"
        f"<time datetime='2020-05-{n + 1:02d}'>{n + 1} May</time><p>{SENTENCE}</p></article>"
        for n in range(entries)
    )
    return f"<html><head><title>Politics - Example</title>{head}</head><body><h1>Politics</h1>{teasers}</body></html>"


@pytest.mark.parametrize("paragraphs", [1, 3, 20])
@pytest.mark.parametrize("head", ["", "<meta property='og:type' content='article'>"])
def test_a_story_is_a_story(paragraphs: int, head: str) -> None:
    assert kind(story(paragraphs, head)) == ("story", "story-signs")


@pytest.mark.parametrize(
    "path",
    ["/news/12345", "/en/news/983389/any-slug", "/a/xyz", "/?p=123", "/vdcabc.html", "/news/view?id=77"],
)
def test_a_short_story_that_declares_nothing_is_a_story(path: str) -> None:
    menu = "".join(f"<li><a href='/s{n}'>Section {n}</a>" for n in range(40))
    html = (
        f"<title>Council decides on a second bridge - Example</title><ul>{menu}</ul>"
        f"<h1>Council decides on a second bridge</h1><span>12 March 2022</span>"
        f"<div><p>{SENTENCE}</p><p>{SENTENCE}</p></div>"
    )
    assert kind(html, f"https://example.org{path}") == ("story", "story-signs")


def test_a_declared_collection_is_a_listing() -> None:
    head = '<script type=\'application/ld+json\'>{"@type": "CollectionPage"}</script>'
    assert kind(listing(8, head), "https://example.org/en/world/middle-east") == (
        "listing",
        "listing-declared",
    )


@pytest.mark.parametrize("url", ["https://example.org/category/politics", "https://example.org/politics/"])
@pytest.mark.parametrize("entries", [5, 20])
def test_a_listing_is_a_listing(url: str, entries: int) -> None:
    assert kind(listing(entries), url) == ("listing", "listing-signs")


def test_a_front_page_is_a_listing() -> None:
    assert kind(listing(10), "https://example.org/") == ("listing", "front-page")


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://example.org", True),
        ("https://example.org/index.php", True),
        ("https://example.org/en/", True),
        ("https://example.org/en/index.html", True),
        ("https://example.org/news", False),
        ("https://example.org/?p=123", False),
    ],
)
def test_front_pages(url: str, front: bool) -> None:
    assert is_front_page(url) is front


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Just a moment...", "blocked"),
        ("Attention Required! | Cloudflare", "blocked"),
        ("Access Denied", "blocked"),
        ("403 Forbidden", "blocked"),
        ("Are you a robot?", "blocked"),
        ("Pardon Our Interruption...", "blocked"),
        ("Page not found - Example", "error-page"),
        ("404 - Example", "error-page"),
        ("Example | 404", "error-page"),
        ("Seite nicht gefunden", "error-page"),
        ("Page introuvable", "error-page"),
        ("Página no encontrada", "error-page"),
        ("Pagina non trovata", "error-page"),
        ("Страница не найдена", "error-page"),
        ("الصفحة غير موجودة", "error-page"),
        ("صفحه مورد نظر یافت نشد", "error-page"),
        ("ページが見つかりません", "error-page"),
        ("页面不存在", "error-page"),
        ("Before you continue", "consent-wall"),
        ("We value your privacy", "consent-wall"),
        ("Zustimmung erforderlich", "consent-wall"),
        ("Sign in to Example", "login-wall"),
        ("Anmelden", "login-wall"),
        ("تسجيل الدخول", "login-wall"),
    ],
)
def test_walls_and_errors(title: str, code: str) -> None:
    html = f"<title>{title}</title><h1>{title}</h1><form><input type=password></form><p>Some words.</p>"
    assert kind(html) == ("other", code)


def test_a_challenge_without_words() -> None:
    html = "<title>example.org</title><script>window._cf_chl_opt = {};</script><body></body>"
    assert kind(html) == ("other", "blocked")


def test_a_story_about_errors_stays_a_story() -> None:
    html = story(6).replace(
        "Council decides on a second bridge", "Page not found: how error 404 got its name"
    )
    assert kind(html)[0] == "story"


def test_a_story_without_a_body_is_none() -> None:
    data = {"@type": "NewsArticle", "headline": "Council decides on a second bridge"}
    head = f"<meta property='og:type' content='article'><script type='application/ld+json'>{json.dumps(data)}</script>"
    assert kind(story(0, head)) == ("other", "no-body")


def test_a_later_page_of_a_story_is_no_story_of_its_own() -> None:
    html = story(6).replace("a second bridge<", "a second bridge - page 2<")
    url = "https://example.org/news/2020/05/12/council-decides-on-a-second-bridge"
    assert kind(html, f"{url}-p2/") == ("other", "continuation")
    assert kind(html, url.replace("12", "11").replace("2", "1"))[0] == "story", "the address names no page"


def test_the_weights_are_for_the_signs() -> None:
    weights.cache_clear()
    assert len(weights().by_sign) == len(NAMES)
    assert WEIGHTS.stat().st_size < 10_000


def test_an_undated_guide_that_goes_on_over_pages_is_no_story() -> None:
    pages = "<p>1 | <a href='/guide/plates-p2'>2</a> | <a href='/guide/plates-p3'>3</a></p>"
    declared = story(8, "<meta property='og:type' content='article'>")
    undated = declared.replace("<time datetime='2020-05-12'>12 May 2020</time>", "")
    paged = undated.replace("</article>", f"{pages}</article>")
    assert kind(undated, "https://example.org/guide/plates-that-cost-most")[0] == "story", "one page is"
    assert kind(paged, "https://example.org/guide/plates-that-cost-most") == ("listing", "listing-signs")
    assert kind(story(8).replace("</article>", f"{pages}</article>"))[0] == "story", "a dated one is"
