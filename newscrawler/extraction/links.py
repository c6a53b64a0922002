"""Every link of a page, once, and where on the page it stands.

The tree is walked once for the links; what is known of a container (menu, related block, running text) is
kept per element, so that a page's cost grows with its size and not with links times depth.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.dates.finding import page_language
from newscrawler.extraction.document import Document
from newscrawler.extraction.entries import entry_dates
from newscrawler.extraction.joining import Joiner
from newscrawler.extraction.page import HeadLink, Link
from newscrawler.extraction.zones import Zones, in_running_text

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GATHERED = ("a", "area", "h2", "h3", "h4", "h5", "h6")
_INLINE = frozenset(("span", "b", "strong", "em", "i", "u", "font", "small"))
# Scripts written without spaces between words: a headline there is short and has no space.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def find_links(document: Document) -> list[Link]:
    """Links in page order, absolute; malformed ones left out; text link and image link of one URL merged.

    The text is the best that any link to the URL shows: a heading's, else a headline-long one, else what
    there is (a `title` or `aria-label` when nothing is visible). `position` counts the page's URLs from 0.
    Dates are not looked for: see `find_dated_links`.
    """
    return [link for link, _ in _placed(document)]


def find_dated_links(document: Document, fetched: datetime | None = None) -> list[Link]:
    """`find_links`, with the date that is printed beside a story's link; `fetched`: what relative ones count from."""
    placed = _placed(document)
    dates = entry_dates(
        (
            (link.position, gathered.element, link.text)
            for link, gathered in placed
            if gathered.label.headline and link.place not in ("navigation", "body")
        ),
        language=page_language(document),
        fetched=fetched,
    )
    return [
        link._replace(date=dates[link.position]) if link.position in dates else link for link, _ in placed
    ]


def _placed(document: Document) -> list[tuple[Link, _Gathered]]:
    join = Joiner(document.base_url).join
    seen: dict[str, _Gathered] = {}
    shapes: Counter[tuple[str | None, ...]] = Counter()
    joined: dict[str, str | None] = {}
    headings = []
    for element in document.root.iter(*_GATHERED):
        href = element.get("href")
        if href is None:
            if element.tag in _HEADINGS:
                headings.append(element)
            continue
        if href in joined:
            url = joined[href]
        else:
            url = joined[href] = join(href)
        if url is None:
            continue
        label = _label(element)
        link = seen.get(url)
        if link is None:
            seen[url] = _Gathered(label, element)
        else:
            link.merge(label, element)
    zone_of = Zones(document.root, headings).of
    for link in seen.values():
        element = link.element
        link.place = zone_of(element) or ("body" if in_running_text(element) else "other")
        if link.place == "other" and link.label.headline:
            link.shape = _shape(element)
            shapes[link.shape] += 1
    placed = []
    for position, (url, link) in enumerate(seen.items()):
        place = link.place
        if link.shape and (shapes[link.shape] >= 3 or (link.label.heading and shapes[link.shape] >= 2)):
            place = "listing"
        rel = tuple(link.rel.lower().split()) if link.rel else ()
        placed.append((Link(url, link.label.text, link.alt, None, place, rel, position), link))
    return placed


def find_head_links(document: Document) -> list[HeadLink]:
    """Every `<link rel href>` of the page in order, absolute; malformed ones left out."""
    joiner = Joiner(document.base_url)
    links = []
    for element in document.root.iter("link"):
        rel, href = element.get("rel"), element.get("href")
        if rel and href and (url := joiner.join(href)) is not None:
            type_ = (element.get("type") or "").partition(";")[0].strip().lower() or None
            links.append(
                HeadLink(
                    tuple(rel.lower().split()),
                    url,
                    type_,
                    (element.get("hreflang") or "").strip() or None,
                    (element.get("title") or "").strip() or None,
                )
            )
    return links


class _Label(NamedTuple):
    """What one link element shows; `headline`: long enough to name a story; `heading`: marked as one."""

    text: str
    alt: str | None
    visible: bool
    headline: bool
    heading: bool

    @property
    def rank(self) -> int:
        if not self.text:
            return 0
        return 1 + self.visible + self.headline * 2 + (self.heading and self.visible) * 4


class _Gathered:
    """All that the links to one URL show."""

    __slots__ = ("alt", "element", "label", "place", "rel", "shape")

    def __init__(self, label: _Label, element: etree._Element) -> None:
        self.label = label
        self.alt = label.alt
        self.element = element
        self.rel = element.get("rel")
        self.place = "other"
        self.shape: tuple[str | None, ...] | None = None

    def merge(self, label: _Label, element: etree._Element) -> None:
        if self.alt is None:
            self.alt = label.alt
        if label.rank > self.label.rank:
            self.label, self.element = label, element
        if rel := element.get("rel"):
            # A link that is followed somewhere is not a nofollow link.
            followed = not (self.rel and "nofollow" in self.rel.lower() and "nofollow" in rel.lower())
            self.rel = f"{self.rel or ''} {rel}"
            if followed:
                self.rel = re.sub(r"(?i)\bnofollow\b", "", self.rel)
        elif self.rel:
            self.rel = re.sub(r"(?i)\bnofollow\b", "", self.rel)


def _label(element: etree._Element) -> _Label:
    alt = None
    heading = False
    if len(element):
        pieces = []
        headed = None
        for node in element.iter():
            tag = node.tag
            if tag == "img":
                if alt is None and (written := node.get("alt")):
                    alt = " ".join(written.split()) or None
            elif tag in _HEADINGS:
                if headed is None:
                    headed = node
            elif tag == "script" or tag == "style" or tag == "noscript":
                if node is not element and node.tail:
                    pieces.append(node.tail)
                continue
            if node.text:
                pieces.append(node.text)
            if node is not element and node.tail:
                pieces.append(node.tail)
        text = " ".join(" ".join(pieces).split())
        if headed is not None and (title := " ".join("".join(map(str, headed.itertext())).split())):
            text, heading = title, True
    else:
        text = " ".join((element.text or "").split())
    visible = bool(text)
    if not visible:
        text = " ".join(
            (element.get("title") or element.get("aria-label") or element.get("alt") or "").split()
        )
    if not heading and visible:
        parent = element.getparent()
        if parent is not None and parent.tag in _INLINE:
            parent = parent.getparent()
        heading = parent is not None and parent.tag in _HEADINGS
    long = len(text)
    headline = (long >= 15 and text.count(" ") >= 2) or (
        long >= 8 and not text.isascii() and _UNSPACED.search(text) is not None
    )
    return _Label(text, alt, visible, headline, heading)


def _shape(element: etree._Element) -> tuple[str | None, ...]:
    """What links of one block have in common: tags and classes of the link and of what holds it."""
    shape: list[str | None] = [element.get("class")]
    node = element.getparent()
    for _ in range(3):
        if node is None:
            break
        shape.append(node.tag)
        node = node.getparent()
    return tuple(shape)
