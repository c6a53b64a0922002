"""What a site offers to machines: sitemaps, news sitemaps, RSS, Atom, RDF and JSON feeds.

`read_source` takes any of these and gives entries; which it was is told by its content, never by its name.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from newscrawler.discovery.sources.broken_xml import broken_entries
from newscrawler.discovery.sources.feed_dates import certainly_before, iso_date
from newscrawler.discovery.sources.feed_parser import FeedEntry, JsonFeed, XmlFeed
from newscrawler.discovery.sources.safe_xml import TooLarge, XmlPieces, local, text_of, unpacked
from newscrawler.discovery.urls.canonical_url import joined, split_url
from newscrawler.url_cleaning import absolute

MAX_ENTRIES = 50_000  # the sitemap protocol's limit for one file
_MAX_HEAD_LINKS = 500  # `<link>` elements of a page that are looked at
_BLANK = b"\xef\xbb\xbf \t\r\n"
_TELLING = 8000  # bytes that tell what a source is, behind the warnings that some servers print first
_FEW_DATES = 5  # entries with a date of their change that are too few to tell how these are made
_NEARLY_ALL = 0.9  # of them
_MAKING = timedelta(hours=1)  # before the request, within which nearly all of a site's pages are not changed
_LINES = 2000  # of a plain-text sitemap, or entries of a JSON Feed, in one step
_MAX_JSON = 10_000_000  # bytes of a JSON Feed, which is parsed in one step
_NAMED_BY = {"sitemapindex": "sitemap", "urlset": "url"}
_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})
_WEB_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_BEGINNING = re.compile(
    rb"<\?xml\s|<(?:\w{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex|channel)[\s>]", re.IGNORECASE
)
_DECLARED_WIDE = re.compile(
    rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"'](?:utf-?(?:16|32)|ucs|iso-10646)[^>]{0,200}>", re.I
)
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}

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
    the source has them (news sitemaps, feeds). `permalink`: another address that a feed has for the page.
    """

    url: str
    kind: str = "page"
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    permalink: str | None = None


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
    """A source that was read; `problem`: why its kind is `nothing`. `next_url`: the feed's next page (RFC 5005).
    `is_broken`: it is no well-formed XML.
    """

    kind: SourceKind
    entries: list[Entry] = field(default_factory=list)
    problem: str | None = None
    next_url: str | None = None
    is_broken: bool = False


def without_empty_dates(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """The entries, without `modified` where it tells when the source was made: one date, or this hour, for nearly all.

    `now`: aware; the time at which the source was asked for.
    """
    dated = [entry for entry in entries if entry.modified and entry.kind == "page"]
    if len(dated) < _FEW_DATES:
        return list(entries)
    _, most = Counter(entry.modified for entry in dated).most_common(1)[0]
    just = sum(certainly_before(entry.modified, now - _MAKING) is False for entry in dated)
    if max(most, just) < _NEARLY_ALL * len(dated):
        return list(entries)
    return [entry._replace(modified=None) if entry.kind == "page" else entry for entry in entries]


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


def _pieces(body: bytes) -> Iterator[bytes]:
    """The body unpacked, and as UTF-8 where it is UTF-16."""
    pieces = unpacked(body)
    first = next(pieces, b"")
    encoding = _WIDE.get(first[:2])
    if encoding is None:
        yield first
        yield from pieces
        return
    decoder = getincrementaldecoder(encoding)("replace")
    for piece in chain((first,), pieces):
        yield decoder.decode(piece).encode("utf-8", "replace")


def _read(body: bytes, url: str) -> Iterator[Source | None]:
    pieces = _pieces(body)
    start = b""
    for piece in pieces:
        start = (start + piece).lstrip(_BLANK)
        if len(start) >= _TELLING:
            break
        yield None
    page, beginning = _WEB_PAGE.search(start, 0, _TELLING), _BEGINNING.search(start, 0, _TELLING)
    if not start:
        yield Source(SourceKind.NOTHING, problem="empty")
    elif page and (page.start() == 0 or (start[:1] == b"<" and not beginning)):
        yield Source(SourceKind.NOTHING, problem="a web page, no source")
    elif start[:1] not in (b"{", b"[") and (start[:1] == b"<" or beginning):
        if beginning and not (page and page.start() < beginning.start()):
            start = start[beginning.start() :]
        if wide := _DECLARED_WIDE.match(start):
            start = start[wide.end() :]  # it is UTF-8 here
        source = yield from _read_xml(chain((start,), pieces), url)
        if source.is_broken:
            source = yield from _read_broken_xml(source, body, url)
        yield source
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


class _XmlSource:
    """The source whose elements are read. `kind`: its own element's name in lower case."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._entries: list[Entry] = []
        self._feed: XmlFeed | None = None
        self.kind = ""

    def take_in(self, element: etree._Element, root: etree._Element) -> None:
        """The next element that names a page or a source; it is empty afterwards."""
        self.kind = self.kind or local(root)
        name = local(element)
        if name == _NAMED_BY.get(self.kind):
            if element.getparent() is root and len(self._entries) < MAX_ENTRIES:
                entry = _page(element, self._url) if name == "url" else _sitemap(element, self._url)
                self._entries.extend((entry,) if entry is not None else ())
            element.clear()
        elif self.kind in _FEEDS and name in ("item", "entry"):
            self._feed = self._feed or XmlFeed(root, self._url)
            if len(self._feed.entries) < MAX_ENTRIES:
                self._feed.take_in(element)
            element.clear()

    @property
    def is_full(self) -> bool:
        """True when it has named as many pages as are taken."""
        return max(len(self._entries), len(self._feed.entries) if self._feed else 0) >= MAX_ENTRIES

    def source(self, root: etree._Element) -> Source:
        """What was read by now."""
        kind = local(root)
        if kind == "sitemapindex":
            return Source(SourceKind.SITEMAP_INDEX, self._entries)
        if kind == "urlset":
            is_news = any(entry.title for entry in self._entries)
            return Source(SourceKind.NEWS_SITEMAP if is_news else SourceKind.SITEMAP, self._entries)
        if kind in _FEEDS:
            feed = self._feed or XmlFeed(root, self._url)
            return _feed(list(feed.entries.values()), feed.next_url, "a feed without entries", empty=True)
        return Source(SourceKind.NOTHING, problem=f"XML, but neither sitemap nor feed: <{kind[:40]}>")


def _read_xml(pieces: Iterable[bytes], url: str) -> Generator[None, None, Source]:
    xml = XmlPieces("url", "sitemap", "item", "entry")
    found = _XmlSource(url)
    for piece in pieces:
        for element in xml.feed(piece):
            if xml.root is not None:
                found.take_in(element, xml.root)
        if found.is_full:
            break
        yield
    for element in xml.close():
        if xml.root is not None:
            found.take_in(element, xml.root)
    if xml.root is None:
        return Source(SourceKind.NOTHING, problem="XML that cannot be read", is_broken=True)
    source = found.source(xml.root)
    source.is_broken = xml.is_broken and not found.is_full
    return source


def _read_broken_xml(parsed: Source, body: bytes, url: str) -> Generator[None, None, Source]:
    """The source tag by tag, unless the parser found more entries in it."""
    found = _XmlSource(url)
    root = None
    for element in broken_entries(_pieces(body)):
        if element is None:
            yield
        elif (root := element.getparent()) is not None:
            found.take_in(element, root)
        if found.is_full:
            break
    if root is None:
        return parsed
    source = found.source(root)
    # The last entry may be left out here as one that was cut off.
    return source if len(source.entries) + 1 >= len(parsed.entries) else parsed


def _feed(
    entries: list[FeedEntry] | None,
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
