"""RSS 0.9x to 2.0, RDF, Atom (RFC 4287) and JSON Feed 1.x: where each entry points, its title and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from newscrawler.discovery.sources.feed_dates import iso_date
from newscrawler.discovery.sources.safe_xml import local, text_of
from newscrawler.discovery.urls.canonical_url import joined

# url, title, published, modified, language, permalink
FeedEntry = tuple[str, str | None, str | None, str | None, str | None, str | None]

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_MODIFIED = ("updated", "modified", "lastbuilddate")
_MARKUP = re.compile(r"<[^<>]{0,500}>")


class XmlFeed:
    """The entries of an RSS, RDF or Atom feed, as their elements are read."""

    def __init__(self, root: etree._Element, url: str) -> None:
        """`root` has its attributes, and what stands before the entries."""
        self._root = root
        self._base = joined(url, root.get("{http://www.w3.org/XML/1998/namespace}base")) or url
        self._language = root.get("{http://www.w3.org/XML/1998/namespace}lang")
        self.entries: dict[str, FeedEntry] = {}

    def take_in(self, element: etree._Element) -> None:
        """The next `item` or `entry`."""
        if not self._language and not self.entries and (parent := element.getparent()) is not None:
            named = next((one for one in parent.iterchildren() if local(one) == "language"), None)
            self._language = ((named.text or "") if named is not None else "").strip()[:20] or None
        entry = _entry(element, self._base, self._language)
        if entry is not None:
            self.entries.setdefault(entry[0], entry)

    @property
    def next_url(self) -> str | None:
        """The URL of the feed's next page (RFC 5005), if it names one."""
        for link in self._root.iter("{*}link"):
            if link.get("rel") == "next":
                return joined(self._base, link.get("href"))
        return None


def _entry(element: etree._Element, base: str, language: str | None) -> FeedEntry | None:
    address = original = guid = title = None
    dates: dict[str, str] = {}
    for child in element.iterchildren():
        name = local(child)
        if name == "link":
            href = child.get("href")
            if href is not None:
                if child.get("rel", "alternate") == "alternate" and address is None:
                    address = href
            elif address is None and child.text:
                address = child.text
        elif name == "origlink":
            original = child.text
        elif name in ("guid", "id"):
            if child.get("isPermaLink", "true").lower() != "false":
                guid = child.text
        elif name == "title" and title is None:
            title = " ".join(_MARKUP.sub("", text_of(child)).split()) or None
        elif name in _PUBLISHED or name in _MODIFIED:
            found = iso_date(child.text)
            if found:
                dates.setdefault(name, found)
    permalink = joined(base, guid) if guid is not None and guid.strip().startswith("http") else None
    target = joined(base, original or address) or permalink or joined(base, element.get(_ABOUT))
    if target is None:
        return None
    published = next((dates[name] for name in _PUBLISHED if name in dates), None)
    modified = next((dates[name] for name in _MODIFIED if name in dates), None)
    return target, title, published, modified, language, permalink if permalink != target else None


class JsonFeed:
    """The entries of a JSON Feed, as they are read; `entries` is None when the JSON is no feed."""

    def __init__(self, body: bytes, url: str) -> None:
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            data = None
        is_feed = isinstance(data, dict) and isinstance(data.get("items"), list)
        self._data: dict[str, Any] = data if is_feed else {}
        self._url = url
        self._entries: dict[str, FeedEntry] | None = {} if is_feed else None

    @property
    def entries(self) -> list[FeedEntry] | None:
        return list(self._entries.values()) if self._entries is not None else None

    @property
    def next_url(self) -> str | None:
        """The URL of the feed's next page, if it names one."""
        return joined(self._url, _text(self._data, "next_url"))

    def read_entries(self, limit: int) -> Iterator[None]:
        """Read the first `limit` entries, one at each step."""
        for item in self._data.get("items", ())[:limit]:
            yield
            if not isinstance(item, dict) or self._entries is None:
                continue
            address = joined(self._url, _text(item, "url") or _text(item, "external_url") or _permalink(item))
            if address is not None:
                language = _text(item, "language") or _text(self._data, "language")
                published = iso_date(_text(item, "date_published"))
                modified = iso_date(_text(item, "date_modified"))
                entry = (address, _text(item, "title"), published, modified, language, None)
                self._entries.setdefault(address, entry)


def _permalink(item: dict[str, Any]) -> str | None:
    mark = _text(item, "id")
    return mark if mark and mark.startswith("http") else None


def _text(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    return (" ".join(value.split()) or None) if isinstance(value, str) else None
