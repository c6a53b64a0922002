"""Rows of the fault table: robots.txt, sitemaps and feeds as they are."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import partial

from tests.crawls.wire_site import Page, answer
from tests.faults.faulty_site import PATHS, STORIES, FaultySite, Row, at_first

_PLAIN = "text/plain"


def _robots(name: str, text: str | bytes, *headers: str) -> Row:
    return Row(f"robots.txt: {name}", lambda site: site.source("/robots.txt", text, *headers, kind=_PLAIN))


def _robots_page(name: str, page: Page, codes: tuple[int, int] = (0, 0)) -> Row:
    def prepare(site: FaultySite) -> None:
        site.pages["/robots.txt"] = page

    return Row(f"robots.txt: {name}", prepare, codes=codes)


def _robots_at_first(status: str, *headers: str, times: int = 1) -> Row:
    def prepare(site: FaultySite) -> None:
        site.source("/robots.txt", "User-agent: *\nDisallow: /private/\n", kind=_PLAIN)
        at_first(site, "/robots.txt", answer("", *headers, status=status), times)

    return Row(f"robots.txt: {status} at first, {times} times", prepare)


_LONG = "".join(f"Disallow: /private/{n}/\n" for n in range(60_000))  # 1.6 MB
_ROBOTS = [
    _robots("empty", ""),
    _robots("noise", bytes(range(256)) * 20),
    _robots("with a byte order mark", "\ufeffUser-agent: *\nDisallow: /private/\n"),
    _robots("in UTF-16", "User-agent: *\nDisallow: /private/\n".encode("utf-16")),
    _robots("with carriage returns alone", "User-agent: *\rDisallow: /private/\r"),
    _robots("HTML", "<html><body><h1>Welcome</h1></body></html>"),
    _robots("rules without an agent", "Disallow: /\n"),
    _robots("for others alone", "User-agent: otherbot\nDisallow: /\n"),
    _robots("an empty Disallow", "User-agent: *\nDisallow:\n"),
    _robots("patterns that are slow", "User-agent: *\nDisallow: " + "/*a" * 400 + "$\n"),
    _robots("1.6 MB", "User-agent: *\n" + _LONG),
    _robots("packed", gzip.compress(b"User-agent: *\nDisallow: /private/\n"), "Content-Encoding: gzip"),
    _robots("packing is declared only", "User-agent: *\nDisallow: /private/\n", "Content-Encoding: gzip"),
    _robots("a delay of no number", "User-agent: *\nCrawl-delay: soon\nRequest-rate: x/y\n"),
    _robots("a negative delay", "User-agent: *\nCrawl-delay: -5\n"),
    _robots("sitemaps that are no addresses", "Sitemap: \nSitemap: http://[::bad\nSitemap: javascript:x\n"),
    _robots_page("403", answer("", status="403 Forbidden")),
    _robots_page("a redirect to itself", answer("", "Location: /robots.txt", status="302 Found")),
    _robots_page("a redirect to the front page", answer("", "Location: /", status="301 Moved Permanently")),
    _robots_at_first("500 Internal Server Error"),
    _robots_at_first("503 Service Unavailable", "Retry-After: 1"),
    _robots_at_first("429 Too Many Requests"),
]


def _urls(site: FaultySite, *, date: str = "") -> list[tuple[str, str]]:
    dated = f"<lastmod>{date}</lastmod>" if date else ""
    return [(f"{site.url}{path}", dated) for path in PATHS]


def _sitemap(site: FaultySite, make: Callable[[str], str | bytes], *headers: str, **given: str) -> None:
    """A sitemap that robots.txt names; the front page lists half of the stories only."""
    entries = "".join(f"<url><loc>{url}</loc>{date}</url>" for url, date in _urls(site, **given))
    site.links = site.links[:15]
    site.source("/robots.txt", f"Sitemap: {site.url}/map.xml\n", kind=_PLAIN)
    site.source("/map.xml", make(entries), *headers)


def _map(name: str, make: Callable[[str], str | bytes], *headers: str, **given: str) -> Row:
    def prepare(site: FaultySite) -> None:
        _sitemap(site, make, *headers, **given)

    return Row(f"sitemap: {name}", prepare)


def _urlset(entries: str) -> str:
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )


def _maps_for_ever(site: FaultySite) -> None:
    site.source("/robots.txt", f"Sitemap: {site.url}/maps/0.xml\n", kind=_PLAIN)
    for number in range(200):
        onward = f"<sitemap><loc>{site.url}/maps/{number + 1}.xml</loc></sitemap>"
        site.source(f"/maps/{number}.xml", f"<sitemapindex>{onward}</sitemapindex>")


def _map_of_itself(site: FaultySite) -> None:
    named = "".join(f"<sitemap><loc>{site.url}/{name}.xml</loc></sitemap>" for name in ("map", "stories"))
    _sitemap(site, lambda entries: _urlset(entries))
    site.pages["/stories.xml"] = site.pages["/map.xml"]
    site.source("/map.xml", f"<sitemapindex>{named}</sitemapindex>")


_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{("&" + before + ";") * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_NO_ADDRESSES = "".join(
    f"<url><loc>{bad}</loc></url>"
    for bad in ("", "//", "http://[", "javascript:x", "http://169.254.169.254/")
)
_SITEMAPS = [
    _map("as it should be", _urlset),
    _map("cut in the middle", lambda entries: _urlset(f"{entries}<url><loc>http://127.0.0.1/x</loc>")[:-40]),
    _map("blank lines and a warning in front", lambda e: f"\n\n<b>Warning</b>: x in y.php\n{_urlset(e)}"),
    _map("in capitals", lambda e: _urlset(e.replace("<url", "<URL").replace("</url", "</URL"))),
    _map("with bare ampersands", lambda e: _urlset(f"<x>a & b</x>{e}<url><loc>/?a=1&b=2</loc></url>")),
    _map("in UTF-16", lambda e: _urlset(e).encode("utf-16")),
    _map("declared UTF-16", lambda e: _urlset(e).replace('"1.0"', '"1.0" encoding="UTF-16"')),
    _map("with a byte order mark", lambda e: b"\xef\xbb\xbf" + _urlset(e).encode()),
    _map("packed", lambda e: gzip.compress(_urlset(e).encode())),
    _map("packed and cut", lambda e: gzip.compress(_urlset(e + "<!-- the end of it -->" * 40).encode())[:-12]),
    _map("as plain lines", lambda e: "\n".join(e.replace("<url><loc>", "").split("</loc></url>"))),
    _map("with entities that grow", lambda e: _urlset(e + "<x>&i;</x>").replace("<urlset", f"{_ENTITIES}]><urlset", 1)),
    _map("with a file of the server as an entity", lambda e: _urlset(e).replace("<urlset", f"{_FILE}<urlset", 1)),
    _map("changed now, always", _urlset, date="2099-01-01T00:00:00Z"),
    _map("dates of nonsense", _urlset, date="yesterday"),
    _map("with addresses of all kinds", lambda e: _urlset(e + _NO_ADDRESSES)),
    _map("declared as HTML", _urlset, "X-Type: html"),
    Row("sitemap: one leads to the next for ever", _maps_for_ever),
    Row("sitemap: it names itself", _map_of_itself),
]  # fmt: skip


def _feed_of(site: FaultySite, make: Callable[[str], str | bytes], *headers: str) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>{site.url}{path}</link>"
        f"<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>"
        for path, title in STORIES.items()
    )
    site.links = site.links[:15]
    site.head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.source("/feed", make(items), *headers)


def _feed(name: str, make: Callable[[str], str | bytes], *headers: str) -> Row:
    return Row(f"feed: {name}", lambda site: _feed_of(site, make, *headers))


def _rss(items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>All</title>{items}</channel></rss>'


_ITEMS = ",".join(f'{{"url": "{path}", "title": "{title}"}}' for path, title in STORIES.items())
_JSON = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{_ITEMS}]}}'
_FEEDS = [
    _feed("as it should be", _rss),
    _feed("with bare ampersands", lambda i: _rss(i.replace("<title>The", "<title>Q&A: R&D & The"))),
    _feed("with HTML in titles", lambda i: _rss(i.replace("<title>The", "<title><b>The</b> <br>"))),
    _feed("with < in titles", lambda i: _rss(i.replace("<title>The", "<title>3 < 4: The"))),
    _feed("a warning in front", lambda i: f"<br />\n<b>Notice</b>: x\n\n{_rss(i)}"),
    _feed("with control characters", lambda i: _rss(i.replace("<title>The", "<title>\x01\x0bThe"))),
    _feed("in capitals", lambda i: _rss(i).replace("item>", "ITEM>").replace("link>", "LINK>")),
    _feed("cut in the middle", lambda i: _rss(i) + "<item><title>And"),
    _feed("in UTF-16 without a mark", lambda i: _rss(i).encode("utf-16-le")),
    _feed("declared latin-1", lambda i: _rss(i).replace('"1.0"?', '"1.0" encoding="iso-8859-1"?')),
    _feed("declared klingon", lambda i: _rss(i).replace('"1.0"?', '"1.0" encoding="klingon"?')),
    _feed("tags nested without end", lambda i: _rss(i + "<a>" * 50_000)),
    _feed("in JSON", lambda i: _JSON),
    _feed("of 5 MB", lambda i: _rss(i + "<item><title>x</title><link>http://other.example/x</link></item>" * 60_000)),
]  # fmt: skip


def _rdf(site: FaultySite) -> None:
    items = "".join(f'<item rdf:about="{site.url}{path}"/>' for path in PATHS)
    namespace = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    _feed_of(site, lambda _: f"<rdf:RDF {namespace}>{items}</rdf:RDF>")


def _beside(site: FaultySite, body: str) -> None:
    site.head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.source("/feed", body)


_ALONE = [
    Row(f"feed beside a whole front page: {name}", partial(_beside, body=body))
    for name, body in {
        "HTML": "<html><body><h1>No feed here</h1></body></html>",
        "empty": "",
        "a billion laughs": f"<?xml version='1.0'?>{_ENTITIES}]><rss><channel><title>&i;</title></channel></rss>",
        "another site's": _rss("<item><title>x</title><link>http://other.example/news/1</link></item>" * 30),
    }.items()
]


ROWS = [*_ROBOTS, *_SITEMAPS, *_FEEDS, Row("feed: RDF with about alone", _rdf), *_ALONE]
