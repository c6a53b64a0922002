"""The next pages of a listing.

Several signs point to the next page: `<link rel=next>`, a link's rel, its words, its class, an arrow, the
number after the current one. Words and arrows alone are not believed: sliders, "next story" links and
calendars use them too, so that the address or the block must speak of pages as well.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from newscrawler.discovery.pagination.page_numbers import (
    NAMED,
    PAGED,
    Numbered,
    blocks,
    next_number,
    number_of,
    page_number,
)
from newscrawler.discovery.pagination.pagination_words import LONGEST, is_newer, says
from newscrawler.extraction.html.text_content import has_more_children
from newscrawler.extraction.links.href_resolver import HrefResolver

if TYPE_CHECKING:  # the reader of pages is loaded when one is read
    from newscrawler.extraction.page import Page

_BLOCK = re.compile(
    r"paginat|paging|\bpager|pagenav|page-?nav|paginav|page-?(?:numbers?|links?|list)|\bpages\b|nav-?links|"
    r"prev[-_]?next|posts?s?-?(?:nav|pager)|loop-?nav|blog-pager|navi(?:gation)?-?links|seiten|paginas",
    re.IGNORECASE,
)
# The neighbours of a story, not of a listing.
_STORY_BLOCK = re.compile(
    r"post-navigation|single-nav|adjacent|article-nav|nav-single|"
    r"slick|swiper|carousel|slider|owl-|calend|kalend|datepicker",
    re.IGNORECASE,
)
# The next month of a calendar.
_MONTH = re.compile(r"[=/](?:19|20)\d\d-(?:0?[1-9]|1[0-2])(?:-\d\d?)?(?:$|[&/])")
_CLASS_NEXT = re.compile(r"(?:^|[\s_-])(?:next|older)(?:$|[\s_-])|next(?:page|posts?)", re.IGNORECASE)
_CLASS_NEWER = re.compile(r"newer", re.IGNORECASE)
_CLASS_PREVIOUS = re.compile(r"(?:^|[\s_-])prev(?:ious)?(?:$|[\s_-])|prev(?:ious)?posts?", re.IGNORECASE)
_FIRST = re.compile(r"(?:^|[\s_-])(?:last|first|end)(?:$|[\s_-])", re.IGNORECASE)


_MAX_LINKS = 5000  # of a page that are looked at
_MAX_PAGES = 1000  # that one page names; they name the rest


class _Candidate(NamedTuple):
    strength: int
    url: str


def pagination(page: Page) -> list[str]:
    """Absolute URLs of the listing's further pages, the next one first; [] where there is no pagination.

    The next page is the one with older entries. Where a page between two others marks the newer one as its
    next, as much blog software does, that one is given first, and the older one after it: follow them all.
    On a story, only further pages of the same story count.
    """
    here = _key(page.url)
    host = _host(page.url)
    joiner = HrefResolver(page.document.base_url)
    story = page.kind == "story"
    candidates: list[_Candidate] = []
    number_here = page_number(page.url)
    ahead = None if number_here is None else number_here + 1
    numbered: list[Numbered] = []
    marked: list[str] = []
    for link in page.head_links:
        if "next" in link.rel and _host(link.url) == host and _key(link.url) != here:
            if not story or _continues(page.url, link.url):
                candidates.append(_Candidate(78, link.url))
            break
    for element in islice(page.document.root.iter("a"), _MAX_LINKS):
        href = element.get("href")
        if not href:
            continue
        label = _label(element)
        if len(label) > LONGEST:
            continue
        number = number_of(label)
        strength = 0
        if number is None:
            meaning, named, classes = says(label), *_classed(element)
            if not meaning and classes is _NO_CLASSES and not element.get("rel") and not element.get("title"):
                continue  # most links
            strength = _strength(element, meaning, named, classes)
            if not strength and meaning != "previous" and not classes.previous:
                continue
        url = joiner.join(href)
        if url is None or _host(url) != host or (_key(url) == here and number is None):
            continue
        if number is not None:
            numbered.append(Numbered(number, url, element))
        elif not strength:
            # "Previous" may mean what was written before: the page's number tells.
            if ahead is not None and page_number(url) == ahead and not story and not is_newer(label):
                candidates.append(_Candidate(50, url))
            elif not story and classes.next and not classes.previous:
                marked.append(url)
        elif (_MONTH.search(url) and "updated-max" not in url) or (story and not _continues(page.url, url)):
            continue
        elif strength >= 60 or NAMED.search(url) or (strength >= 40 and _counts_on(page.url, url)):
            candidates.append(_Candidate(strength, url))
    further: list[str] = []
    for block in blocks(numbered):
        after = next_number(block, page.url)
        if after and (not story or _continues(page.url, after[0].url)):
            further = [link.url for link in after]
            candidates.append(_Candidate(55, further[0]))
            break
    if not candidates:
        return []
    best = max(candidates, key=lambda candidate: candidate.strength)
    urls = dict.fromkeys((*marked[:1], best.url, *further))
    return list(urls)[:_MAX_PAGES]


def _label(element: etree._Element) -> str:
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    text = " ".join(text.split())
    if text:
        return text
    written = element.get("aria-label") or element.get("title")
    if not written:
        for image in element.iter("img"):
            written = image.get("alt") or image.get("title")
            break
    return " ".join((written or "").split()).partition(" - ")[0]


class _Classes(NamedTuple):
    """What classes and ids say of a link."""

    next: bool
    newer: bool
    previous: bool
    end: bool


_NO_CLASSES = _Classes(next=False, newer=False, previous=False, end=False)


@lru_cache(maxsize=8192)
def _classes(named: str) -> _Classes:
    found = _Classes(
        next=_CLASS_NEXT.search(named) is not None,
        newer=_CLASS_NEWER.search(named) is not None,
        previous=_CLASS_PREVIOUS.search(named) is not None,
        end=_FIRST.search(named) is not None,
    )
    return found if any(found) else _NO_CLASSES


def _strength(element: etree._Element, meaning: str, named: str, classes: _Classes) -> int:
    """How surely a link leads to the next page, 0 to 90; from 60 on its address need not speak of pages."""
    rel = (element.get("rel") or "").lower().split()
    if meaning == "previous" or "prev" in rel:
        return 0
    if classes.newer or (classes.end and meaning != "next"):
        return 0
    if not meaning and element.get("title"):
        meaning = says((element.get("title") or "").partition(" - ")[0])
    if classes.previous and meaning != "next":
        return 0
    if not (meaning or classes.next or "next" in rel):
        return 0
    around = _around(element)
    if _STORY_BLOCK.search(around):
        return 0
    block = bool(_BLOCK.search(f"{named} {around}"))
    if "next" in rel:
        return 90 if block or meaning else 50
    if meaning == "next":
        return 80 + 5 * classes.next if block else 50
    if meaning == "arrow":
        return 75 + 5 * classes.next if block or classes.next else 40
    if meaning == "last":
        return 70 if classes.next else 45 if block else 35
    if meaning == "more":
        return 30
    return 60 if block else 20


def _classed(element: etree._Element) -> tuple[str, _Classes]:
    named = _named(element)
    return named, _classes(named)


def _named(element: etree._Element) -> str:
    parent = element.getparent()
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if (
        parent is not None
        and parent.tag in ("li", "span", "div", "p", "td")
        and not has_more_children(parent, 2)
    ):
        named = f"{named} {parent.get('class') or ''}"
    return named


def _around(element: etree._Element) -> str:
    """Classes and ids of what holds the link, four steps up."""
    names: list[str] = []
    node = element.getparent()
    for _ in range(4):
        if node is None or node.tag in ("body", "html"):
            break
        names += (node.get("class") or "", node.get("id") or "")
        node = node.getparent()
    return " ".join(names)


_DIGITS = re.compile(r"\d+")
_VARIES = re.compile(r"(?:[/_-]?(?:p|page|seite|pagina)?[-_/]?\d{1,3})?(?:\.[a-z]{3,5})?/?$", re.IGNORECASE)


def _continues(here: str, there: str) -> bool:
    """True when an address is a further page of the story at `here`: the same path but for a page number."""
    if not PAGED.search(there):
        return False
    try:
        one, other = urlsplit(here), urlsplit(there)
    except ValueError:
        return False
    if one.path.rstrip("/") == other.path.rstrip("/"):
        return True
    last = _VARIES.sub("", one.path.rstrip("/")).rpartition("/")[2]
    return len(last) >= 4 and last in other.path


def _counts_on(here: str, there: str) -> bool:
    """Whether two addresses differ in numbers alone."""
    return _DIGITS.sub("0", here.rstrip("/")) == _DIGITS.sub("0", there.rstrip("/")) and here != there


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def _key(url: str) -> str:
    return url.partition("#")[0].rstrip("/").partition("://")[2]
