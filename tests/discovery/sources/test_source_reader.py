import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newscrawler.discovery.frontier.candidates import candidates_of_source
from newscrawler.discovery.sources.safe_xml import PIECE
from newscrawler.discovery.sources.source_reader import (
    Entry,
    Source,
    feeds_in_page,
    read_in_steps,
    read_source,
    without_empty_dates,
)

HERE = "https://example.org/sitemap.xml"
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://example.org/a?x=1&amp;y=2 </loc><lastmod>2026-11-23T10:00:00+01:00</lastmod>
  <image:image><image:loc>https://example.org/a.jpg</image:loc></image:image></url>
<url><loc>/b</loc><lastmod>2026-11</lastmod></url><url><loc>http://[bad</loc></url><url></url></urlset>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/n</loc><lastmod>2026-11-23</lastmod>
 <news:news><news:publication><news:name>The Herald</news:name><news:language>en</news:language></news:publication>
 <news:publication_date>2026-11-22T08:15Z</news:publication_date>
 <news:title>Ferry &amp; fog</news:title></news:news></url>
</urlset>"""
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Herald</title><link>https://example.org/</link><language>en-gb</language>
<atom:link rel="next" href="?paged=2"/>
<item><title><![CDATA[A <b>bold</b> tale]]></title><link>https://example.org/1</link>
  <pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate><guid isPermaLink="false">abc</guid></item>
<item><title>Two</title><guid>https://example.org/2</guid><dc:date>2026-11-22</dc:date></item>
<item><title>No address</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>H</title><entry><title type="html">Eins</title>
<link rel="self" href="/self"/><link href="/eins"/><published>2026-11-23T10:00:00Z</published>
<updated>2026-11-23T11:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://example.org</link></channel>
 <item rdf:about="https://example.org/r"><title>R</title><link>https://example.org/r</link><dc:date>2026-11-23T10:00:00+09:00</dc:date></item></rdf:RDF>"""


def test_sitemap() -> None:
    source = read_source(SITEMAP.encode(), HERE)
    assert source.kind == "sitemap"
    assert source.entries == [
        Entry("https://example.org/a?x=1&y=2", modified="2026-11-23T10:00:00+01:00"),
        Entry("https://example.org/b"),
    ]


def test_gzip_whatever_its_name() -> None:
    assert read_source(gzip.compress(SITEMAP.encode()), HERE).entries[1].url == "https://example.org/b"


def test_cut_off_gzip_gives_what_there_is() -> None:
    pages = "".join(f"<url><loc>https://example.org/{i * 7919}</loc></url>" for i in range(5000))
    body = gzip.compress(f"<urlset>{pages}</urlset>".encode())
    assert 100 < len(read_source(body[: len(body) // 2], HERE).entries) < 5000


def test_sitemap_index() -> None:
    body = b"""<sitemapindex><sitemap><loc>/news.xml</loc><lastmod>2026-11-23</lastmod></sitemap></sitemapindex>"""
    source = read_source(body, HERE)
    assert (source.kind, source.entries) == (
        "sitemap-index",
        [Entry("https://example.org/news.xml", "sitemap", modified="2026-11-23")],
    )


def test_news_sitemap() -> None:
    source = read_source(NEWS.encode(), HERE)
    assert source.kind == "news-sitemap"
    assert source.entries == [
        Entry("https://example.org/n", "page", "Ferry & fog", "2026-11-22T08:15:00+00:00", "2026-11-23", "en")
    ]


def test_plain_text() -> None:
    source = read_source(
        b"\xef\xbb\xbfhttps://example.org/a\r\n\r\nhttps://example.org/b\nhttps://example.org/a\n", HERE
    )
    assert source.kind == "url-list"
    assert [entry.url for entry in source.entries] == ["https://example.org/a", "https://example.org/b"]


def test_rss() -> None:
    source = read_source(RSS.encode(), "https://example.org/feed")
    assert source.kind == "feed"
    assert source.next_url == "https://example.org/feed?paged=2"
    assert source.entries == [
        Entry("https://example.org/1", "page", "A bold tale", "2026-11-23T10:00:00+01:00", None, "en-gb"),
        Entry("https://example.org/2", "page", "Two", "2026-11-22", None, "en-gb"),
    ]


def test_atom() -> None:
    assert read_source(ATOM.encode(), "https://example.org/atom").entries == [
        Entry(
            "https://example.org/eins",
            "page",
            "Eins",
            "2026-11-23T10:00:00+00:00",
            "2026-11-23T11:00:00+00:00",
            "de",
        )
    ]


def test_rdf() -> None:
    assert read_source(RDF.encode(), HERE).entries == [
        Entry("https://example.org/r", "page", "R", "2026-11-23T10:00:00+09:00")
    ]


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "/p2",
        "items": [
            {"id": "1", "url": "/j", "title": "J", "date_published": "2026-11-23T10:00:00Z"},
            3,
            {"id": "x"},
        ],
    }
    source = read_source(json.dumps(feed).encode(), "https://example.org/feed.json")
    assert source.entries == [Entry("https://example.org/j", "page", "J", "2026-11-23T10:00:00+00:00")]
    assert source.next_url == "https://example.org/p2"


def test_broken_feed_gives_what_can_be_read() -> None:
    body = RSS.encode().replace(b"Two", b"Fish & chips &nbsp; \x01")[:-30]
    assert [entry.url for entry in read_source(body, HERE).entries] == [
        "https://example.org/1",
        "https://example.org/2",
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b"<catalogue/>", "neither"),
        (b"Nothing here.\nReally not.\n", "no list"),
        (b"\x1f\x8bnonsense", "gzip"),
        (b'{"a": 1}', "no feed"),
        (b"[" * 100_000, "no feed"),
        (b"\x89PNG\0\0", "binary"),
    ],
)
def test_what_is_no_source_is_told(body: bytes, problem: str) -> None:
    source = read_source(body, HERE)
    assert source.kind == "nothing"
    assert source.entries == []
    assert problem in (source.problem or "")


def test_gzip_bomb_is_not_unpacked() -> None:
    body = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert len(body) < 100_000
    assert "too large" in (read_source(body, HERE).problem or "")


def test_element_bomb_is_not_parsed() -> None:
    assert "too large" in (read_source(b"<urlset>" + b"<a/>" * 3_000_000, HERE).problem or "")


def test_entities_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    body = f"""<!DOCTYPE urlset [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>https://example.org/&l9;</loc></url></urlset>"""
    assert all(len(entry.url) < 40 for entry in read_source(body.encode(), HERE).entries)


def test_files_are_not_read() -> None:
    body = b"""<!DOCTYPE urlset [<!ENTITY file SYSTEM "file:///etc/hostname">]><urlset>
    <url><loc>https://example.org/&file;</loc></url><url><loc>https://example.org/c</loc></url></urlset>"""
    assert [entry.url for entry in read_source(body, HERE).entries] == [
        "https://example.org/&file",
        "https://example.org/c",
    ]


def test_entries_are_bounded() -> None:
    body = b"<urlset>" + b"<url><loc>/a</loc></url>" * 60_000 + b"</urlset>"
    assert len(read_source(body, HERE).entries) == 50_000


LONG = {
    "sitemap": "<urlset>"
    + "".join(f"<url><loc>/{number}</loc></url>" for number in range(20_000))
    + "</urlset>",
    "rss": "<rss><channel>"
    + "".join(f"<item><link>/{number}</link></item>" for number in range(20_000))
    + "</channel></rss>",
    "text": "".join(f"https://example.org/{number}\n" for number in range(20_000)),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("form", LONG)
def test_a_long_source_is_read_in_many_steps(form: str, packed: bool) -> None:
    body = LONG[form].encode()
    *steps, source = read_in_steps(gzip.compress(body) if packed else body, HERE)
    assert set(steps) == {None}
    assert len(steps) >= len(body) // PIECE
    assert source is not None
    assert [entry.url for entry in source.entries] == [f"https://example.org/{n}" for n in range(20_000)]


def test_what_a_source_names_comes_newest_first() -> None:
    named = [
        Entry("https://example.org/undated"),
        Entry("https://example.org/old", published="2026-11-01"),
        Entry("https://example.org/new", published="2026-11-23T10:00:00+00:00"),
        Entry("https://example.org/changed", modified="2026-11-20"),
    ]
    source = Source("feed", named, next_url="https://example.org/feed?page=2")
    found = candidates_of_source(source, HERE, 0)
    assert [candidate.url.rpartition("/")[2] for candidate in found] == [
        "new", "changed", "old", "undated", "feed?page=2",
    ]  # fmt: skip
    assert [candidate.position for candidate in found[:4]] == [2, 3, 1, 0]


def test_deep_nesting_is_no_error() -> None:
    assert read_source(b"<rss>" * 100_000, HERE).entries == []


@given(
    st.one_of(
        st.binary(), st.binary().map(lambda b: b"<rss><item><link>" + b), st.binary().map(gzip.compress)
    )
)
def test_reading_never_raises(body: bytes) -> None:
    assert read_source(body, HERE).kind


def test_feeds_in_page() -> None:
    page = etree.HTML("""<head><link rel="alternate" type="application/rss+xml" title="News" href="/feed">
    <link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed">
    <link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/json" href="/wp-json/x">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="http://[bad"></head>""")
    assert feeds_in_page(page, "https://example.org/") == [("https://example.org/feed", "News")]


@pytest.mark.parametrize(
    ("dates", "are_kept"),
    [
        (["2026-11-23T11:59:40+00:00"] * 3 + ["2026-11-23T11:59:41+00:00"] * 6, False),
        (["2026-11-23"] * 9, False),
        (["2026-11-01T10:00:00+00:00"] * 9, False),
        ([f"2026-11-{day:02}T10:00:00+00:00" for day in range(1, 10)], True),
        (["2026-11-23T11:59:40+00:00"] * 4, True),  # too few to tell
        ([f"2026-11-{day:02}" for day in range(15, 24)], True),
    ],
)
def test_dates_that_tell_when_the_source_was_made_are_dropped(dates: list[str], are_kept: bool) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    entries = [Entry(f"https://example.org/{n}", modified=date) for n, date in enumerate(dates)]
    files = [Entry(f"https://example.org/{n}.xml", "sitemap", modified=date) for n, date in enumerate(dates)]
    kept = without_empty_dates([*files, *entries], now)
    assert [entry.modified for entry in kept] == dates + (dates if are_kept else [None] * len(dates))
