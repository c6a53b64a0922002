"""Feeds and sitemaps that are no XML any more are read entry by entry."""

from __future__ import annotations

import codecs
import gzip
from time import process_time

import pytest

from newscrawler.discovery.sources.source_reader import read_source

_HERE = "https://example.org/feed"
_URLS = [f"https://example.org/news/{number}?a=1&b={number}&copy=2" for number in range(1, 5)]


def _item(url: str, title: str = "A title", extra: str = "") -> str:
    return f"<item><title>{title}</title><link>{url.replace('&', '&amp;')}</link>{extra}</item>"


def _rss(*items: str, head: str = '<?xml version="1.0"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>Herald</title>{"".join(items)}</channel></rss>'


_ITEMS = [_item(url) for url in _URLS]
_RSS = _rss(*_ITEMS)
_SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    + "".join(
        f"<url><loc>{url.replace('&', '&amp;')}</loc><lastmod>2026-11-23</lastmod></url>" for url in _URLS
    )
    + "</urlset>"
)
_WARNING = "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/srv/feed.php</b> on line <b>3</b><br />\n"
_WIDE_HEAD = '<?xml version="1.0" encoding="utf-16"?>'

_FAULTS = {
    "bare & in links": _RSS.replace("&amp;", "&"),
    "bare & in a sitemap": _SITEMAP.replace("&amp;", "&"),
    "bare & in a title": _rss(_item(_URLS[0], "Fish & chips"), *_ITEMS[1:]),
    "bare < in a title": _rss(_item(_URLS[0], "Rates < 5 % <3"), *_ITEMS[1:]),
    "a name in angle brackets": _rss(_item(_URLS[0], "The <Aurora> sails"), *_ITEMS[1:]),
    "a title that never ends": _rss(_ITEMS[0].replace("</title>", ""), *_ITEMS[1:]),
    "HTML that is not closed": _rss(_item(_URLS[0], extra="<description><p>One<br>two</description>"), *_ITEMS[1:]),
    "HTML in a title": _rss(_item(_URLS[0], "A <b>bold<i> tale</b>"), *_ITEMS[1:]),
    "HTML with attributes": _rss(_item(_URLS[0], extra="<description><img src=x&y alt='>'>"), *_ITEMS[1:]),
    "an item that never ends": _rss(_ITEMS[0].replace("</item>", ""), *_ITEMS[1:]),
    "entities of HTML": _rss(_item(_URLS[0], "Caf&eacute;&nbsp;noir"), *_ITEMS[1:]),
    "an entity without a name": _rss(_item(_URLS[0], "a &; b &#xZZ; c"), *_ITEMS[1:]),
    "control characters": _rss(_item(_URLS[0], "a\x00\x0b\x1fb"), *_ITEMS[1:]),
    "CDATA without its end": _rss(*_ITEMS[:3], _item(_URLS[3], "<![CDATA[A title")),
    "a PHP warning in front": _WARNING * 20 + _RSS,
    "a plain warning in front": "PHP Notice:  Undefined index in /srv/feed.php on line 3\n" + _RSS,
    "a PHP warning within": _rss(*_ITEMS[:2], _WARNING, *_ITEMS[2:]),
    "blank lines in front": "\n\n  \r\n" + _RSS,
    "blank lines before a sitemap": "\n\n" + _SITEMAP,
    "a comment in front": "<!-- cached -->\n" + _RSS,
    "UTF-16 declared, UTF-8 sent": _rss(*_ITEMS, head=_WIDE_HEAD),
    "UTF-16 declared in a sitemap": _SITEMAP.replace('<?xml version="1.0"?>', _WIDE_HEAD),
    "UTF-16": codecs.BOM_UTF16_LE + _rss(*_ITEMS, head=_WIDE_HEAD).encode("utf-16-le"),
    "UTF-16, big-endian": codecs.BOM_UTF16_BE + _SITEMAP.encode("utf-16-be"),
    "UTF-16 without its mark": _rss(*_ITEMS, head=_WIDE_HEAD).encode("utf-16-le"),
    "UTF-16, packed": gzip.compress(codecs.BOM_UTF16_LE + _RSS.encode("utf-16-le")),
    "UTF-8 declared, Latin-1 sent": _rss(_item(_URLS[0], "Café & thé"), *_ITEMS[1:]).encode("latin-1"),
    "an unknown encoding": _rss(*_ITEMS, head='<?xml version="1.0" encoding="klingon"?>'),
    "capitals": _RSS.replace("item>", "ITEM>").replace("link>", "LINK>").replace("title>", "TITLE>"),
    "capitals in a sitemap": _SITEMAP.replace("url>", "URL>").replace("loc>", "Loc>").replace("urlset", "URLSET"),
    "capitals and bare &": _RSS.replace("item>", "Item>").replace("link>", "Link>").replace("&amp;", "&"),
    "RDF with rdf:about alone": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    + "".join(f'<item rdf:about="{url.replace("&", "&amp;")}"><title>T</title></item>' for url in _URLS)
    + "</rdf:RDF>",
    "RDF with rdf:about and bare &": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    + "".join(f'<item rdf:about="{url}"><title>T</title></item>' for url in _URLS)
    + "</rdf:RDF>",
    "Atom with bare &": '<feed xmlns="http://www.w3.org/2005/Atom">'
    + "".join(
        f'<entry><source><id>https://other.example/</id></source><link href="{url}"/><title>T</title></entry>'
        for url in _URLS
    )
    + "</feed>",
    "no end of the document": _RSS[: -len("</channel></rss>")],
    "two documents": _RSS + _RSS,
    "prefixes that nobody declares": _rss(
        *(_item(url, extra="<media:title>X</media:title><media:content url='x'/>") for url in _URLS)
    ),
    "and bare & beside them": _rss(
        *(f"<item><media:title>X</media:title><title>A & b</title><link>{url}</link></item>" for url in _URLS)
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", _FAULTS)
def test_every_entry_is_read_with_its_address_as_it_is(fault: str) -> None:
    body = _FAULTS[fault]
    source = read_source(body if isinstance(body, bytes) else body.encode(), _HERE)
    assert sorted(entry.url for entry in source.entries) == _URLS


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rates < 5 % & falling", "Rates < 5 % & falling"),
        ("<![CDATA[A <b>bold</b> tale & more]]>", "A bold tale & more"),
        ("Caf&eacute; & bar", "Café & bar"),
        ("A <b>bold<i> tale</b> & more", "A bold tale & more"),
    ],
)
def test_titles_of_broken_feeds(written: str, read: str) -> None:
    source = read_source(_rss(_item(_URLS[0], written), _item(_URLS[1], "A & b")).encode(), _HERE)
    assert [entry.title for entry in source.entries] == [read, "A & b"]


def test_the_fields_of_a_broken_news_sitemap() -> None:
    body = """<urlset><url><loc>https://example.org/n?a=1&b=2</loc><lastmod>2026-11-23</lastmod>
    <image:image><image:loc>https://example.org/a.jpg</image:loc><image:title>P</image:title></image:image>
    <news:news><news:publication><news:language>en</news:language></news:publication>
    <news:publication_date>2026-11-22</news:publication_date><news:title>Fog & rain</news:title></news:news></url>"""
    source = read_source(body.encode(), _HERE)
    assert (source.kind, list(source.entries)) == (
        "news-sitemap",
        [("https://example.org/n?a=1&b=2", "page", "Fog & rain", "2026-11-22", "2026-11-23", "en", None)],
    )


def test_an_address_that_was_cut_off_is_left_out() -> None:
    body = "<urlset><url><loc>https://example.org/news/1</loc></url><url><loc>https://example.org/ne"
    assert [entry.url for entry in read_source(body.encode(), _HERE).entries] == [
        "https://example.org/news/1"
    ]


def test_a_guid_that_is_an_address_is_kept_beside_the_link() -> None:
    items = [
        "<item><link>https://counter.example/1</link><guid>https://example.org/1</guid></item>",
        "<item><link>https://counter.example/2</link><guid isPermaLink='false'>https://example.org/?p=2</guid></item>",
        "<item><link>https://example.org/3</link><guid>https://example.org/3</guid></item>",
    ]
    for body in (_rss(*items), _rss(*items).replace("Herald", "Fish & chips")):
        permalinks = [entry.permalink for entry in read_source(body.encode(), _HERE).entries]
        assert permalinks == ["https://example.org/1", None, None]


@pytest.mark.parametrize(
    "piece",
    ["<", "<![CDATA[", "<!--", "<a <", "&", "<item>", "<title>", "<a b='", "<x:", "&#x", "<a b=", "</item>"],
)
def test_hostile_sources_are_read_in_linear_time(piece: str) -> None:
    body = ("<rss>&" + piece * (400_000 // len(piece))).encode()
    before = process_time()
    read_source(body, _HERE)
    assert process_time() - before < 5
