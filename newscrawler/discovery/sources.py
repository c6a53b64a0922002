"""What a site offers to machines: robots.txt, sitemaps, news sitemaps, RSS, Atom, RDF and JSON feeds.

`read_source` takes any of these and gives entries; which it was is told by its content, never by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from newscrawler.discovery.feeds import read_json_feed, read_xml_feed
from newscrawler.discovery.hostile import TooLarge, local, parsed, text_of, unpacked
from newscrawler.discovery.moments import iso_date
from newscrawler.discovery.urls import joined, split_url
from newscrawler.urls import absolute

MAX_ENTRIES = 50_000  # the sitemap protocol's limit for one file

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


@dataclass
class Source:
    """A source that was read. `kind`: `sitemap-index`, `sitemap`, `news-sitemap`, `url-list`, `feed`, or
    `nothing`, and then `problem` says why. `next_url`: the feed's next page (RFC 5005), if it names one.
    """

    kind: str
    entries: list[Entry] = field(default_factory=list)
    problem: str | None = None
    next_url: str | None = None


def sitemaps_in_robots(text: str, robots_url: str) -> list[str]:
    """The absolute URLs of a robots.txt file's `Sitemap:` lines, each once, in order."""
    found: dict[str, None] = {}
    for line in text[:500_000].lstrip("\ufeff").splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip().lower() in ("sitemap", "site-map"):
            url = absolute(robots_url, value.partition(" #")[0].strip())
            if url:
                found.setdefault(url)
    return list(found)


def feeds_in_page(root: etree._Element, base_url: str) -> list[tuple[str, str]]:
    """(absolute URL, title) of the feeds and sitemaps that a page's `<link>` elements name, comments' out."""
    found: dict[str, str] = {}
    for link in root.iter("link"):
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


def read_source(body: bytes, url: str, content_type: str | None = None) -> Source:
    """Read a sitemap or feed. Never raises: what cannot be read is a Source of kind `nothing`."""
    try:
        plain = unpacked(body)
    except TooLarge as error:
        return Source("nothing", problem=f"too large: {error}")
    except ValueError as error:
        return Source("nothing", problem=str(error))
    start = plain[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return Source("nothing", problem="empty")
    if start[:1] in (b"{", b"["):
        entries, next_url = read_json_feed(plain, url, MAX_ENTRIES)
        return _feed(entries, next_url, "JSON, but no feed")
    if start[:1] != b"<":
        return _url_list(plain)
    if re.match(rb"<!doctype\s+html|<html", start, re.IGNORECASE):
        return Source("nothing", problem="a web page, no source")
    try:
        root = parsed(plain)
    except TooLarge as error:
        return Source("nothing", problem=f"too large: {error}")
    if root is None:
        return Source("nothing", problem="XML that cannot be read")
    name = local(root)
    if name == "sitemapindex":
        return Source("sitemap-index", list(_sitemaps(root, url)))
    if name == "urlset":
        entries_ = list(_pages(root, url))
        news = any(entry.title for entry in entries_)
        return Source("news-sitemap" if news else "sitemap", entries_)
    if name in ("rss", "feed", "rdf", "channel"):
        entries, next_url = read_xml_feed(root, url, MAX_ENTRIES)
        return _feed(entries, next_url, "a feed without entries", empty=True)
    return Source("nothing", problem=f"XML, but neither sitemap nor feed: <{name[:40]}>")


def _feed(
    entries: list[tuple[str, str | None, str | None, str | None, str | None]] | None,
    next_url: str | None,
    problem: str,
    empty: bool = False,
) -> Source:
    if not entries:
        return Source("feed" if empty or entries is not None else "nothing", problem=problem)
    told = [Entry(url, "page", *rest) for url, *rest in entries]
    return Source("feed", told, next_url=next_url)


def _url_list(plain: bytes) -> Source:
    """A plain-text sitemap: one URL a line, nothing else."""
    if b"\0" in plain[:2000]:
        return Source("nothing", problem="binary data")
    entries: dict[str, Entry] = {}
    wrong = 0
    for line in plain.decode("utf-8-sig", "replace").splitlines():
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
                return Source("nothing", problem="text, but no list of URLs")
    if not entries or wrong > len(entries):
        return Source("nothing", problem="text, but no list of URLs")
    return Source("url-list", list(entries.values()))


def _children(root: etree._Element, name: str) -> Iterator[etree._Element]:
    count = 0
    for element in root.iterchildren():
        if local(element) == name:
            count += 1
            if count > MAX_ENTRIES:
                return
            yield element


def _sitemaps(root: etree._Element, base: str) -> Iterator[Entry]:
    for element in _children(root, "sitemap"):
        facts = {local(child): text_of(child) for child in element.iterchildren()}
        if (address := joined(base, facts.get("loc"))) is not None:
            yield Entry(address, "sitemap", modified=iso_date(facts.get("lastmod")))


def _pages(root: etree._Element, base: str) -> Iterator[Entry]:
    for element in _children(root, "url"):
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
        if address is not None:
            yield Entry(address, "page", title, published, modified, language)
