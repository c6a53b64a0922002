"""The demo's truth agrees with what it serves, every plant is there, and it is the same at every call."""

import gzip
import re
from collections import Counter

import pytest
from lxml import html

from newscrawler.demo import BASE, truth
from newscrawler.demo.plants import PLANTS, TWINS
from newscrawler.demo.website import DemoSite
from newscrawler.demo.world import SECTIONS

TRUTH = truth()
SITE = DemoSite()


def page(url: str) -> html.HtmlElement:
    response = SITE.respond(url.removeprefix(BASE))
    assert response.status == 200, url
    encoding = response.content_type.partition("charset=")[2]
    document = html.document_fromstring(response.body.decode(encoding))
    document.make_links_absolute(url)
    return document


def text(document: html.HtmlElement, selector: str) -> str | None:
    found = document.cssselect(selector)
    return found[0].text_content().strip() if found else None


def links(url: str) -> set[str]:
    return {link for _, name, link, _ in page(url).iterlinks() if name == "href"}


@pytest.fixture(scope="module")
def linked() -> dict[str, set[str]]:
    """Every address that pages link -> the kinds of pages that link it, found by walking the whole site."""
    found: dict[str, set[str]] = {}
    todo, seen = [f"{BASE}/en/"], set()
    while todo:
        url = todo.pop()
        if url in seen or not url.startswith(f"{BASE}/en") or url.startswith((TRUTH.trap, *TRUTH.forbidden)):
            continue
        seen.add(url)
        response = SITE.respond(url.removeprefix(BASE))
        if response.status != 200 or not response.content_type.startswith("text/html"):
            continue
        kind = "story" if "/news/" in url else "listing"
        for link in links(url):
            found.setdefault(link, set()).add(kind)
            todo.append(link)
    return found


def test_size() -> None:
    assert len(TRUTH.stories) >= 120
    assert len({story.section for story in TRUTH.stories.values()}) == 6
    days = {story.published[:10] for story in TRUTH.stories.values() if story.published}
    assert len(days) >= 35
    assert all(
        4 <= story.body.count("\n\n") + 1 <= 9
        for code, story in TRUTH.stories.items()
        if int(code) not in TWINS
    )


def test_no_text_is_said_twice() -> None:
    stories = [story for code, story in TRUTH.stories.items() if int(code) not in TWINS]
    said = Counter(paragraph for story in stories for paragraph in story.body.split("\n\n"))
    assert [paragraph for paragraph, times in said.items() if times > 1] == []
    assert len({story.title.casefold() for story in stories}) == len(stories)
    assert not [paragraph for paragraph in said if re.search(r"[{}\[\]|]|  | [,.;]", paragraph)]


@pytest.mark.parametrize("code", sorted(TRUTH.stories))
def test_page_says_what_the_truth_says(code: str) -> None:
    story = TRUTH.stories[code]
    document = page(story.url)
    body = document.cssselect("#doctextarea")[0]
    for line_break in body.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    assert (
        re.sub(r"\n{2,}", "\n\n", body.text_content().strip().replace("</p>", "")).split()
        == story.body.split()
    )
    assert text(document, "h1#docDiv3TitrMain") == story.title
    assert text(document, "#docDivLead1") == story.lead
    assert text(document, "#docDiv3TitrRou") == story.kicker
    assert text(document, "#docDiv3Date") == story.published_raw
    assert text(document, "#docDocID") == f"Story Code : {code}"
    assert text(document, ".doc-section-info a") == story.section
    assert [tag.text_content() for tag in document.cssselect(".tags a")] == story.tags
    assert [author.text_content() for author in document.cssselect(".doc-author a")] == story.authors
    assert (
        document.xpath("//meta[@name='dcterms.created']/@content")
        == [story.published][: bool(story.published)]
    )
    assert (
        document.xpath("//meta[@name='dcterms.modified']/@content")
        == [story.modified][: bool(story.modified)]
    )
    assert document.xpath("//link[@rel='canonical']/@href") == [story.canonical_url]
    photo = document.xpath("//figure//img")
    assert [(image.get("src"), image.get("alt")) for image in photo] == [(i.url, i.alt) for i in story.images]
    assert text(document, "figcaption") == story.image_caption
    assert document.cssselect(".user-comment-area form")


@pytest.mark.parametrize("code", sorted(TRUTH.stories))
def test_featured_block_has_every_quirk(code: str) -> None:
    story = TRUTH.stories[code]
    shown = []
    for entry in page(story.url).cssselect(".doc-related li"):
        hrefs = [anchor.get("href") for anchor in entry.cssselect("a")]
        assert len(set(hrefs)) == 1
        assert (entry.cssselect("a")[0].find("img") is not None) == (len(hrefs) == 2)
        alts = [image.get("alt") for image in entry.cssselect("img")]
        shown.append((text(entry, "a.title"), hrefs[0], text(entry, ".date"), *(alts or [None])))
    assert [entry[:2] for entry in shown] == [(entry.title, entry.url) for entry in story.related]
    assert [entry[3] for entry in shown] == [entry.image_alt for entry in story.related]
    assert 8 <= len(shown) <= 13
    assert [date is None for _, _, date, _ in shown] == [True] + [False] * (len(shown) - 1)
    assert [entry.published is None for entry in story.related] == [True] + [False] * (len(shown) - 1)
    assert sum(alt is None for _, _, _, alt in shown) == 2
    assert sum(alt == title for title, _, _, alt in shown) >= len(shown) - 4


def test_some_alt_texts_differ_from_titles() -> None:
    blocks = [story.related for story in TRUTH.stories.values()]
    differing = [sum(entry.image_alt not in (None, entry.title) for entry in block) for block in blocks]
    assert Counter(differing).most_common(1)[0][0] == 2


def test_variants_lead_to_their_story(linked: dict[str, set[str]]) -> None:
    for variant, url in TRUTH.variants.items():
        out_of_reach = TRUTH.only_via.keys() & variant.split(
            "/"
        )  # only their own page links their print twins
        assert variant in linked or out_of_reach, f"nothing links {variant}"
        response = SITE.respond(variant.removeprefix(BASE))
        if response.status == 301:
            assert response.location == url
        else:
            assert page(variant).xpath("//link[@rel='canonical']/@href") == [url]


def test_twins_have_one_title_in_other_dress() -> None:
    fold = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
    assert len(TRUTH.either) == 2
    for first, second in TRUTH.either:
        titles = [TRUTH.stories[code].title for code in (first, second)]
        assert titles[0] != titles[1]
        assert titles[0].translate(fold).casefold() == titles[1].translate(fold).casefold()
        assert TRUTH.stories[first].published < TRUTH.stories[second].published


def test_stories_named_in_one_place_only(linked: dict[str, set[str]]) -> None:
    gz = SITE.respond("/sitemap-2026-10.xml.gz").body, SITE.respond("/sitemap-2026-11.xml.gz").body
    sitemaps = (
        "".join(gzip.decompress(body).decode() for body in gz)
        + SITE.respond("/sitemap-news.xml").body.decode()
    )
    feed = SITE.respond("/en/rss.xml").body.decode()
    for code, story in TRUTH.stories.items():
        kinds = linked.get(story.url, set())
        places = {
            kind for kind, there in (("sitemap", story.url in sitemaps), ("feed", story.url in feed)) if there
        }
        only = TRUTH.only_via.get(code)
        if only == "related":
            assert kinds == {"story"}, code
            assert places == set(), code
        elif only:
            assert kinds <= {"story"}, code
            assert places == {only}, code
        else:
            assert "listing" in kinds, code
    assert sorted(TRUTH.only_via.values()) == ["feed", "related", "related", "sitemap"]


def test_what_is_not_a_story(linked: dict[str, set[str]]) -> None:
    outcomes = {outcome: url for url, outcome in TRUTH.outcomes.items()}
    assert text(page(outcomes["no-body"]), "#doctextarea") == ""
    assert SITE.respond(outcomes["error"].removeprefix(BASE)).status == 404
    assert set(outcomes.values()) <= linked.keys()
    assert set(TRUTH.forbidden) <= linked.keys()
    assert b"Disallow: /en/members/" in SITE.respond("/robots.txt").body


def test_the_calendar_never_ends() -> None:
    url = f"{TRUTH.trap}2026/12/01"
    seen = set()
    for _ in range(400):
        seen.add(url)
        url = next(link for link in sorted(links(url)) if link.startswith(TRUTH.trap) and link > url)
    assert len(seen) == 400


def test_one_page_is_in_another_encoding() -> None:
    (code,) = (plant.code for plant in PLANTS if plant.kind == "windows-1256")
    story = TRUTH.stories[str(code)]
    response = SITE.respond(story.url.removeprefix(BASE))
    assert response.content_type == "text/html; charset=windows-1256"
    assert "«البحر باب لا يغلق»".encode("windows-1256") in response.body
    assert b'<meta charset="windows-1256">' in response.body


def test_the_story_without_a_date_is_dated_nowhere() -> None:
    (undated,) = [story for story in TRUTH.stories.values() if story.published is None]
    assert not re.search(r"\d{4}-\d\d-\d\d", page(undated.url).cssselect("article")[0].text_content())
    assert f">{undated.title}</a></h3></li>" not in SITE.respond("/en/archive").body.decode()


def test_sections_are_paginated() -> None:
    for section in SECTIONS:
        pages, codes, url = 0, set(), f"{BASE}/en/{section}"
        while url:
            pages += 1
            document = page(url)
            codes |= set(
                re.findall(r"/en/news/(\d+)/", " ".join(document.xpath("//ul[@class='news-list']//a/@href")))
            )
            url = next(iter(document.xpath("//a[@rel='next']/@href")), None)
        want = {
            code
            for code, story in TRUTH.stories.items()
            if story.section == SECTIONS[section] and code not in TRUTH.only_via
        }
        assert pages == 3, section
        assert want <= codes, section


def test_same_bytes_every_time() -> None:
    again = DemoSite()
    for target in (
        "/en/",
        "/en/rss.xml",
        "/sitemap-2026-10.xml.gz",
        "/images/104203.png",
        "/en/sport?page=2",
    ):
        assert SITE.respond(target) == again.respond(target), target
    for story in TRUTH.stories.values():
        target = story.url.removeprefix(BASE)
        assert SITE.respond(target).etag == again.respond(target).etag, target
    assert truth() == TRUTH


def test_problem_is_told() -> None:
    right = [code for code in TRUTH.stories if code not in {later for _, later in TRUTH.either}]
    assert TRUTH.problem(right) is None
    assert "missing" in (TRUTH.problem(right[1:]) or "")
    assert "twice" in (TRUTH.problem([*right, right[0]]) or "")
    assert "not stories" in (TRUTH.problem([*right, "1"]) or "")
    assert "exactly one" in (TRUTH.problem([*right, TRUTH.either[0][1]]) or "")
