"""The further pages of a story that runs over several.

An address of the same story with a page's number is not enough, as comments, pictures and lists below a story are
paged too: the link to it must say so, by its label, its rel or its class, and stand in no such block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from newscrawler.discovery.pagination.page_numbers import number_of
from newscrawler.discovery.pagination.pagination_words import LONGEST, is_newer, is_older, says
from newscrawler.discovery.urls.paged_urls import Certainty, PagedUrl, paged_urls, text_root
from newscrawler.extraction.links.href_resolver import HrefResolver
from newscrawler.extraction.page import Page
from newscrawler.url_cleaning import path_of

# Blocks whose pages are none of the text.
_OTHER_PAGES = re.compile(
    r"comment|kommentar|comentario|respond|disqus|galler|galer|slide|swiper|carousel|karussell|lightbox|"
    r"diaporama|fotostrecke|bilderstrecke|calend|related|recommend|teaser|more-?(?:news|stories)|latest",
    re.IGNORECASE,
)
_GALLERY = re.compile(r"galler|galer[iy]|slide-?show|diaporama|fotostrecke|bilderstrecke", re.IGNORECASE)
# Blocks that lead to the neighbours of a story.
_NEIGHBOURS = re.compile(
    r"post-navigation|posts?-?nav(?!-links)|nav-single|single-nav|adjacent|blog-pager|story-nav", re.I
)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])|nextpage|page-?next", re.IGNORECASE)
_PAGE_NOUN = (
    r"page|seite|p[áa]gina|strona|str[áa]nka|sida|side|sivu|sayfa|halaman|trang|oldal|страниц\w*|стр\.|сторінк\w*|"
    r"σελίδα|صفحة|صفحه|पृष्ठ|หน้า|页|頁|ページ|페이지"
)
_NAMES_PAGE = re.compile(_PAGE_NOUN, re.IGNORECASE)
_NAMED_NUMBER = re.compile(rf"(?:{_PAGE_NOUN})\s*(\d{{1,2}})(?!\d)|第\s*(\d{{1,2}})\s*[页頁]", re.IGNORECASE)
_PICTURE_LABEL = re.compile(
    r"\b(?:bild|photo|foto|image|picture|slide|imagen|imagem|immagine|zdj[ęe]cie)\b|фото|صورة|图片|写真",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|respond|kommentar", re.IGNORECASE)
_STEPS = 5  # elements above a link whose names are looked at
_MOST_LINKS = 200  # of one page that are looked at


class _Evidence(NamedTuple):
    """A link to a numbered page: what its label counts (None: no number), and whether it says `next`."""

    url: str
    number: int
    label: int | None
    is_next: bool


class StoryPages:
    """URLs of a story's pages by their numbers from 2 on, as its pages link them; `add` each page that was read."""

    def __init__(self, first: Page) -> None:
        self._roots = {text_root(first.url)} | {
            each.root for each in paged_urls(first.url) if each.number <= 1
        }
        self._prefixes = tuple(root.partition("?")[0] for root in self._roots)
        self._offset: int | None = (
            None  # from the number in an address to that of the page: 1 where they count from 0
        )
        self._urls: dict[int, str] = {}
        is_photo = first.story is not None and first.story.kind == "photo"
        if not is_photo and not _GALLERY.search(path_of(first.url).rpartition("/")[0]):
            self.add(first, 1)

    def add(self, page: Page, number: int) -> None:
        """Take in the links of a page of this number."""
        found = list(self._evidence(page))
        if self._offset is None and found:
            labelled = [each.label - each.number for each in found if each.label is not None]
            followed = [number + 1 - each.number for each in found if each.is_next]
            self._offset = next((offset for offset in (*labelled, *followed, 0) if offset in (0, 1)), None)
        for each in found:
            at = each.number + (self._offset or 0)
            if at > 1 and (each.label in (None, at)) and (not each.is_next or at == number + 1):
                self._urls.setdefault(at, each.url)

    def url(self, number: int) -> str | None:
        """URL of a page; None when no page links it."""
        return self._urls.get(number)

    @property
    def urls(self) -> list[str]:
        """URLs of all pages but the first that are known, in order."""
        return [self._urls[number] for number in sorted(self._urls)]

    def _evidence(self, page: Page) -> Iterator[_Evidence]:
        for link in page.head_links:
            if "next" in link.rel and (paged := self._paged(link.url)) and paged.certainty > Certainty.GUESS:
                yield _Evidence(link.url, paged.number, None, is_next=True)
        for element, url, paged in self._links(page):
            label = _label(element)
            counted = _counted(label)
            is_next = counted is None and _is_next(element, label)
            by_itself = paged.certainty is Certainty.WORD and not says(label) and len(label) > 1
            if counted is None and paged.certainty is Certainty.GUESS and not _NAMES_PAGE.search(label):
                continue
            if counted in (paged.number, paged.number + 1) or is_next or (counted is None and by_itself):
                yield _Evidence(url, paged.number, counted, is_next=is_next)

    def _links(self, page: Page) -> Iterator[tuple[etree._Element, str, PagedUrl]]:
        join = HrefResolver(page.document.base_url).join
        candidates = {link.url for link in page.links if self._paged(link.url) is not None}
        if not candidates:
            return
        looked = 0
        for element in page.document.root.iter("a"):
            href = element.get("href")
            if not href or (url := join(href)) not in candidates or _COMMENTS.search(href.partition("#")[2]):
                continue
            looked += 1
            if looked > _MOST_LINKS:
                return
            paged = self._paged(url)
            if paged is not None and not _is_elsewhere(element, paged.certainty):
                yield element, url, paged

    def _paged(self, url: str) -> PagedUrl | None:
        """The URL as one of a numbered page of this story; None when it is none."""
        if "%" not in url and not url.partition("://")[2].removeprefix("www.").startswith(self._prefixes):
            return None
        for each in paged_urls(url):
            if each.root in self._roots:
                return each
        return None


def first_page_url(page: Page) -> str | None:
    """URL of the first page of a story that this page continues, as it links it; None when it continues none."""
    if page.kind != "story" and not page.reason.startswith("continuation"):
        return None
    roots = {each.root: each for each in paged_urls(page.url) if each.number}
    if not roots:
        return None
    join = HrefResolver(page.document.base_url).join
    canonical = page.story.canonical_url if page.story is not None else None
    if canonical is not None and (own := roots.get(text_root(canonical))) is not None and _is_later(own):
        return canonical
    is_previous = {link.url for link in page.head_links if {"prev", "previous"} & set(link.rel)}
    for element in page.document.root.iter("a"):
        href = element.get("href")
        if (
            not href
            or (url := join(href)) is None
            or _COMMENTS.search(href.partition("#")[2])
            or url == page.url
        ):
            continue
        own = roots.get(text_root(url)) or next(
            (roots[each.root] for each in paged_urls(url) if each.root in roots and each.number <= 1), None
        )
        if own is None or own.number < 1 or _is_elsewhere(element, own.certainty):
            continue
        label = _label(element)
        if _counted(label) == 1 or (own.number == 2 and own.certainty > Certainty.GUESS and _is_back(label)):
            return url
    for url in is_previous:
        own = roots.get(text_root(url))
        if own is not None and own.number == 2 and own.certainty > Certainty.GUESS:
            return url
    return None


def _is_later(own: PagedUrl) -> bool:
    return own.number > 1 and own.certainty > Certainty.GUESS


def _is_back(label: str) -> bool:
    return says(label) == "previous" and not is_newer(label)


def _counted(label: str) -> int | None:
    """The page's number that a label is or names: `2`, `Page 2`, `Lies weiter auf Seite 2`."""
    if (number := number_of(label)) is not None:
        return number
    named = _NAMED_NUMBER.search(label)
    return int(named[1] or named[2]) if named is not None else None


def _is_next(element: etree._Element, label: str) -> bool:
    """True for a link that leads to the next page by its rel, its class or its label."""
    if is_older(label) or is_newer(label) or says(label) == "previous":
        return False
    rel = (element.get("rel") or "").lower().split()
    if "next" in rel or says(label) in ("next", "arrow", "last"):
        return True
    return _NEXT_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _is_elsewhere(element: etree._Element, certainty: Certainty) -> bool:
    """True for a link in a block that pages something else, or that leads to the story's neighbours."""
    if _PICTURE_LABEL.search(_label(element)):
        return True
    node: etree._Element | None = element
    for _ in range(_STEPS):
        if node is None or node.tag in ("body", "html", "article", "main"):
            return False
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if names != " ":
            if _OTHER_PAGES.search(names) or node.tag == "aside":
                return True
            if certainty is not Certainty.WORD and _NEIGHBOURS.search(names):
                return True
        node = node.getparent()
    return False


def _label(element: etree._Element) -> str:
    text = " ".join("".join(map(str, element.itertext())).split())
    if not text:
        image = next(element.iter("img"), None)
        text = (
            element.get("aria-label")
            or element.get("title")
            or (image.get("alt") if image is not None else "")
            or ""
        )
    return text[: 2 * LONGEST]
