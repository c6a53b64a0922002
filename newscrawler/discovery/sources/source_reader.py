"""What a site offers to machines: sitemaps, news sitemaps, RSS, Atom, RDF and JSON feeds.

`read_source` takes any of these and gives entries; which it was is told by its content, never by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from newscrawler.discovery.sources.feed_dates import iso_date
from newscrawler.discovery.sources.feed_parser import JsonFeed, XmlFeed
from newscrawler.discovery.sources.safe_xml import TooLarge, XmlPieces, local, text_of, unpacked
from newscrawler.discovery.urls.canonical_url import joined, split_url
from newscrawler.url_cleaning import absolute

MAX_ENTRIES = 50_000  # the sitemap protocol's limit for one file
_MAX_HEAD_LINKS = 500  # `<link>` elements of a page that are looked at
_BLANK = b"\xef\xbb\xbf \t\r\n"
_TELLING = 2000  # bytes that tell what a source is
_LINES = 2000  # of a plain-text sitemap, or entries of a JSON Feed, in one step
_MAX_JSON = 10_000_000  # bytes of a JSON Feed, which is parsed in one step
_NAMED_BY = {"sitemapindex": "sitemap", "urlset": "url"}
_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})

# Asked for, in this order, when neither robots.txt nor any page names a feed or sitemap.
COMMON_SITEMAPS = (
    "/sitemap.xml",
    "/sitemap_index.xml",
    "/sitemap-index.xml",
    "/news-sitemap.xml",
    "/sitemap.txt",
)
COMMON_FEEDS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
_FEED_TYPES = re.compile(
    r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|application/json|text/xml|application/xml"
)


class Entry(NamedTuple):
    """One line of a source. `kind`: `page`, or `sitemap` where it names a further source.

    `published` and `modified` are ISO 8601 as exact as the source has them; `title` and `language` only where
    the source has them (news sitemaps, feeds).
    """

    url: str
    kind: str = "page"
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None


class SourceKind(StrEnum):
    """Kinds of sources; `nothing`: what cannot be read as any."""

    SITEMAP_INDEX = "sitemap-index"
    SITEMAP = "sitemap"
    NEWS_SITEMAP = "news-sitemap"
    URL_LIST = "url-list"
    FEED = "feed"
    NOTHING = "nothing"


@dataclass
class Source:
    """A source that was read; `problem`: why its kind is `nothing`. `next_url`: the feed's next page (RFC 5005)."""

    kind: SourceKind
    entries: list[Entry] = field(default_factory=list)
    problem: str | None = None
    next_url: str | None = None


def feeds_in_page(root: etree._Element, base_url: str) -> list[tuple[str, str]]:
    """(absolute URL, title) of the feeds and sitemaps that a page's `<link>` elements name, comments' out."""
    found: dict[str, str] = {}
    for link in islice(root.iter("link"), _MAX_HEAD_LINKS):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if not (("alternate" in rel and _FEED_TYPES.fullmatch(kind)) or "sitemap" in rel):
            continue
        title, url = " ".join((link.get("title") or "").split()), absolute(base_url, link.get("href"))
        if url is None or (kind == "application/json" and "wp-json" in url) or "oembed" in url:
            continue
        if re.search(r"/comments?/|[?&]feed=comments", url, re.IGNORECASE) or "comment" in title.lower():
            continue
        found.setdefault(url, title)
    return list(found.items())


def read_source(body: bytes, url: str) -> Source:
    """Read a sitemap or feed. Never raises: what cannot be read is a Source of kind `nothing`."""
    return next(source for source in read_in_steps(body, url) if source is not None)


def read_in_steps(body: bytes, url: str) -> Iterator[Source | None]:
    """The same step by step: None after each few milliseconds' work, the source at last."""
    try:
        yield from _read(body, url)
    except TooLarge as error:
        yield Source(SourceKind.NOTHING, problem=f"too large: {error}")
    except ValueError as error:
        yield Source(SourceKind.NOTHING, problem=str(error))


def _read(body: bytes, url: str) -> Iterator[Source | None]:
    pieces = unpacked(body)
    start = b""
    for piece in pieces:
        start = (start + piece).lstrip(_BLANK)
        if len(start) >= _TELLING:
            break
        yield None
    if not start:
        yield Source(SourceKind.NOTHING, problem="empty")
    elif start[:1] == b"<":
        if re.match(rb"<!doctype\s+html|<html", start, re.IGNORECASE):
            yield Source(SourceKind.NOTHING, problem="a web page, no source")
        else:
            yield from _read_xml(chain((start,), pieces), url)
    else:
        whole = [start]
        for piece in pieces:
            whole.append(piece)
            yield None
        plain = b"".join(whole)
        if start[:1] in (b"{", b"["):
            yield from _read_json(plain, url)
        else:
            yield from _url_list(plain)


def _read_json(plain: bytes, url: str) -> Iterator[Source | None]:
    if len(plain) > _MAX_JSON:
        raise TooLarge(f"JSON of more than {_MAX_JSON} bytes")
    feed = JsonFeed(plain, url)
    yield None
    for number, _ in enumerate(feed.read_entries(MAX_ENTRIES)):
        if number % _LINES == _LINES - 1:
            yield None
    yield _feed(feed.entries, feed.next_url, "JSON, but no feed")


def _read_xml(pieces: Iterable[bytes], url: str) -> Iterator[Source | None]:
    xml = XmlPieces("url", "sitemap", "item", "entry")
    entries: list[Entry] = []
    feed: XmlFeed | None = None
    kind = ""

    def take_in(element: etree._Element) -> None:
        nonlocal kind, feed
        root = xml.root
        if root is None:
            return
        kind = kind or local(root)
        name = local(element)
        if name == _NAMED_BY.get(kind):
            if element.getparent() is root and len(entries) < MAX_ENTRIES:
                entry = _page(element, url) if name == "url" else _sitemap(element, url)
                entries.extend((entry,) if entry is not None else ())
            element.clear()
        elif kind in _FEEDS and name in ("item", "entry"):
            feed = feed or XmlFeed(root, url)
            if len(feed.entries) < MAX_ENTRIES:
                feed.take_in(element)
            element.clear()

    for piece in pieces:
        for element in xml.feed(piece):
            take_in(element)
        if len(entries) >= MAX_ENTRIES or (feed is not None and len(feed.entries) >= MAX_ENTRIES):
            break
        yield None
    for element in xml.close():
        take_in(element)
    if xml.root is None:
        yield Source(SourceKind.NOTHING, problem="XML that cannot be read")
        return
    kind = local(xml.root)
    if kind == "sitemapindex":
        yield Source(SourceKind.SITEMAP_INDEX, entries)
    elif kind == "urlset":
        yield Source(
            SourceKind.SITEMAP if not any(entry.title for entry in entries) else SourceKind.NEWS_SITEMAP,
            entries,
        )
    elif kind in _FEEDS:
        feed = feed or XmlFeed(xml.root, url)
        yield _feed(list(feed.entries.values()), feed.next_url, "a feed without entries", empty=True)
    else:
        yield Source(SourceKind.NOTHING, problem=f"XML, but neither sitemap nor feed: <{kind[:40]}>")


def _feed(
    entries: list[tuple[str, str | None, str | None, str | None, str | None]] | None,
    next_url: str | None,
    problem: str,
    empty: bool = False,
) -> Source:
    if not entries:
        return Source(
            SourceKind.FEED if empty or entries is not None else SourceKind.NOTHING, problem=problem
        )
    told = [Entry(url, "page", *rest) for url, *rest in entries]
    return Source(SourceKind.FEED, told, next_url=next_url)


def _url_list(plain: bytes) -> Iterator[Source | None]:
    """A plain-text sitemap: one URL a line, nothing else."""
    if b"\0" in plain[:2000]:
        yield Source(SourceKind.NOTHING, problem="binary data")
        return
    entries: dict[str, Entry] = {}
    wrong = 0
    for number, line in enumerate(plain.decode("utf-8-sig", "replace").splitlines()):
        if number % _LINES == _LINES - 1:
            yield None
        line = line.strip()
        if not line:
            continue
        if split_url(line) is not None and " " not in line:
            entries.setdefault(line, Entry(line))
            if len(entries) >= MAX_ENTRIES:
                break
        else:
            wrong += 1
            if wrong > 20 + len(entries):
                break
    if not entries or wrong > len(entries):
        yield Source(SourceKind.NOTHING, problem="text, but no list of URLs")
    else:
        yield Source(SourceKind.URL_LIST, list(entries.values()))


def _sitemap(element: etree._Element, base: str) -> Entry | None:
    facts = {local(child): text_of(child) for child in element.iterchildren()}
    address = joined(base, facts.get("loc"))
    return Entry(address, "sitemap", modified=iso_date(facts.get("lastmod"))) if address is not None else None


def _page(element: etree._Element, base: str) -> Entry | None:
    address = modified = title = published = language = None
    for child in element.iterchildren():
        name = local(child)
        if name == "loc":
            address = joined(base, child.text)
        elif name == "lastmod":
            modified = iso_date(child.text)
        elif name == "news":
            for fact in child.iter():
                what = local(fact)
                if what == "title":
                    title = text_of(fact) or None
                elif what == "publication_date":
                    published = iso_date(fact.text)
                elif what == "language":
                    language = (fact.text or "").strip()[:20] or None
    return Entry(address, "page", title, published, modified, language) if address is not None else None
