"""Stories that one source alone names are found, whatever kind of source that is."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.crawls.running import crawl
from tests.crawls.small_site import Pages, listing_page, serving, story_page

SHOWN = ("/news/10001/ferry-leaves-the-old-harbour", "Ferry leaves the old harbour on time")
HIDDEN = ("/news/10002/bridge-opens-to-walkers", "Bridge over the river opens to walkers")
LAST = ("/news/10003/museum-gets-a-new-roof", "Museum by the market gets a new roof")
STORIES = (SHOWN, HIDDEN, LAST)


def with_stories(pages: Pages) -> Pages:
    return {"/": listing_page([SHOWN]), **{path: story_page(title) for path, title in STORIES}, **pages}


def json_feed(base: str) -> Pages:
    entries = [{"id": base + path, "url": base + path, "title": title} for path, title in STORIES]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Herald", "items": entries}
    head = '<link rel="alternate" type="application/feed+json" href="/all.json">'
    return {"/": listing_page([SHOWN], head), "/all.json": (json.dumps(feed), "application/feed+json")}


def feed_at_a_common_address(base: str) -> Pages:
    items = "".join(f"<item><title>{title}</title><link>{path}</link></item>" for path, title in STORIES)
    return {"/feed": (f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml")}


def feed_of_two_pages(base: str) -> Pages:
    def page(path: str, title: str, further: str) -> tuple[str, str]:
        entry = f"<entry><title>{title}</title><link href='{path}'/></entry>"
        return f"<feed xmlns='http://www.w3.org/2005/Atom'>{further}{entry}</feed>", "application/atom+xml"

    head = '<link rel="alternate" type="application/atom+xml" href="/atom?page=1">'
    return {
        "/": listing_page([SHOWN], head),
        "/atom?page=1": page(*HIDDEN, "<link rel='next' href='/atom?page=2'/>"),
        "/atom?page=2": page(*LAST, ""),
    }


def text_sitemap(base: str) -> Pages:
    return {
        "/robots.txt": ("User-agent: *\nSitemap: /pages.txt\n", "text/plain"),
        "/pages.txt": ("\n".join(base + path for path, _ in STORIES), "text/plain"),
    }


def sitemap_that_no_one_names(base: str) -> Pages:
    urls = "".join(f"<url><loc>{base}{path}</loc></url>" for path, _ in STORIES)
    return {"/sitemap.xml": (f"<urlset>{urls}</urlset>", "application/xml")}


def next_in_the_head(base: str) -> Pages:
    return {
        "/": listing_page([SHOWN], '<link rel="next" href="/more/b">'),
        "/more/b": listing_page([HIDDEN], '<link rel="next" href="/more/c">'),
        "/more/c": listing_page([LAST]),
    }


def older_entries(base: str) -> Pages:
    def older(path: str) -> str:
        return f'<div class="nav-links"><a href="{path}">Older posts</a></div>'

    return {
        "/": listing_page([SHOWN], further=older("/page/2/")),
        "/page/2/": listing_page([HIDDEN], further=older("/page/3/")),
        "/page/3/": listing_page([LAST]),
    }


def numbered_pages(base: str) -> Pages:
    def numbers(here: int) -> str:
        marks = "".join(f'<a href="/?p={n}">{n}</a> ' if n != here else f"<b>{n}</b> " for n in (1, 2, 3))
        return f'<div class="pagination">{marks}</div>'

    return {
        "/": listing_page([SHOWN], further=numbers(1)),
        "/?p=2": listing_page([HIDDEN], further=numbers(2)),
        "/?p=3": listing_page([LAST], further=numbers(3)),
    }


def days(base: str) -> Pages:
    def before(day: str) -> str:
        return f'<p><a href="/archive/{day}">The day before</a></p>'

    return {
        "/": listing_page([SHOWN], further='<a href="/archive/2026-11-20">Archive</a>'),
        "/archive/2026-11-20": listing_page([HIDDEN], further=before("2026-11-19")),
        "/archive/2026-11-19": listing_page([LAST], further=before("2026-11-18")),
        "/archive/2026-11-18": listing_page([]),
    }


def dated_by(name: str) -> Callable[[str], Pages]:
    """A site whose pages print no dates, and a feed or news sitemap that gives one story's."""

    def make(base: str) -> Pages:
        path, title = HIDDEN
        printed = '<time datetime="2026-11-20T10:00:00Z">x</time>'
        undated = {address: story_page(words).replace(printed, "") for address, words in STORIES}
        if name == "feed":
            date = "<pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate>"
            feed = (
                f"<rss><channel><item><title>{title}</title><link>{path}</link>{date}</item></channel></rss>"
            )
            head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
            return {**undated, "/": listing_page([SHOWN], head), "/rss": (feed, "application/rss+xml")}
        news = f"<n:publication_date>2026-11-20T10:00+01:00</n:publication_date><n:title>{title}</n:title>"
        urls = f"<url><loc>{base}{path}</loc><n:news>{news}</n:news></url>"
        sitemap = f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
        return {**undated, "/": listing_page([SHOWN]), "/sitemap.xml": (sitemap, "application/xml")}

    return make


@pytest.mark.parametrize("name", ["feed", "news sitemap"])
def test_the_date_of_a_source_speaks_where_the_page_has_none(tmp_path, name: str) -> None:
    with serving(dated_by(name)) as (base, _):
        run = crawl(tmp_path, "-a", f"url={base}/")
        assert run.code == 0, run.told()
        dates = {story["title"]: story for story in run.stories}
        found = dates[HIDDEN[1]]
        assert found["published"] == "2026-11-20T10:00:00+01:00", run.told()
        assert found["sources"]["published"] == "feed"
        assert found["published_zone_from"] == "feed"
        assert dates[SHOWN[1]]["published"] is None
        assert "published" not in dates[SHOWN[1]]["sources"]


@pytest.mark.parametrize(
    "make",
    [
        json_feed,
        feed_at_a_common_address,
        feed_of_two_pages,
        text_sitemap,
        sitemap_that_no_one_names,
        next_in_the_head,
        older_entries,
        numbered_pages,
        days,
    ],
    ids=lambda make: make.__name__,
)
def test_every_story_is_found_once(tmp_path, make: Callable[[str], Pages]) -> None:
    with serving(lambda base: with_stories(make(base))) as (base, server):
        run = crawl(tmp_path, "-a", f"url={base}/")
        assert run.code == 0, run.told()
        assert {story["title"] for story in run.stories} == {title for _, title in STORIES}, run.told()
        asked = [request.path for request in server.log if request.path.startswith("/news/")]
        assert sorted(asked) == sorted(path for path, _ in STORIES)


def _feed(*items: str) -> tuple[str, str]:
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>", "application/rss+xml"


@pytest.mark.parametrize("named_by", ["page", "robots", "redirect"])
def test_sources_elsewhere_that_the_site_names_are_read_and_their_entries_stay_in_scope(
    tmp_path, named_by
) -> None:
    others: Pages = {"/news/9/elsewhere": story_page("A story of another site altogether")}
    with serving(lambda base: others) as (other, elsewhere):

        def make(base: str) -> Pages:
            urls = [base + path for path, _ in STORIES] + [f"{other}/news/9/elsewhere"]
            items = "".join(f"<item><link>{url}</link></item>" for url in urls)
            others["/feed"] = _feed(items)
            others["/map.xml"] = (
                "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>",
                "application/xml",
            )
            others["/index.xml"] = (
                f"<sitemapindex><sitemap><loc>{other}/map.xml</loc></sitemap></sitemapindex>",
                "application/xml",
            )
            head = f'<link rel="alternate" type="application/rss+xml" href="{other}/feed">'
            front = listing_page([SHOWN], head if named_by == "page" else "")
            robots = (f"User-agent: *\nSitemap: {other}/index.xml\n", "text/plain")
            moved = {"/feed": (f"{other}/feed", "redirect")} if named_by == "redirect" else {}
            return with_stories(
                {"/": front, **({"/robots.txt": robots} if named_by == "robots" else {}), **moved}
            )

        with serving(make) as (base, _):
            run = crawl(tmp_path, "-a", f"url={base}/", "-s", f"PRIVATE_ADDRESSES={other[7:]},{base[7:]}")
    assert run.code == 0, run.told()
    assert {story["title"] for story in run.stories} == {title for _, title in STORIES}, run.told()
    assert "/news/9/elsewhere" not in [request.path for request in elsewhere.log]


def test_a_counter_s_link_gives_way_to_the_permalink_or_is_followed_to_the_site(tmp_path) -> None:
    others: Pages = {"/c/3": story_page("A story of another site altogether")}
    with serving(lambda base: others) as (other, counter):

        def make(base: str) -> Pages:
            others["/c/2"] = (base + LAST[0], "redirect")
            items = [
                f"<item><link>{other}/c/1</link><guid>{base}{HIDDEN[0]}</guid></item>",
                f"<item><link>{other}/c/2</link></item>",
                f"<item><link>{other}/c/3</link></item>",
            ]
            return with_stories({"/feed": _feed(*items)})

        with serving(make) as (base, _):
            run = crawl(tmp_path, "-a", f"url={base}/", "-s", f"PRIVATE_ADDRESSES={other[7:]},{base[7:]}")
    assert run.code == 0, run.told()
    assert {story["title"] for story in run.stories} == {title for _, title in STORIES}, run.told()
    assert "/c/1" not in [request.path for request in counter.log]
