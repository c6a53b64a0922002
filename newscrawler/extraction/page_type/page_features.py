"""Features of a page for its type, from its address, declarations and layout.

Each sign is a general habit of news sites (a story's address has a slug or a number, a listing repeats
headings that are links, …); `kinds` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log1p
from typing import Any

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.dates import DatesFound
from newscrawler.extraction.headline.title import TitleFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.structured_data import STORY_TYPES
from newscrawler.extraction.page_type import purpose_features
from newscrawler.extraction.page_type.layout_features import layout_signs
from newscrawler.extraction.page_type.url_features import LAST_OF_LATIN, PAGED, address_signs, shared_words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LISTING_TYPES = _words(
    "collectionpage searchresultspage itemlist profilepage imagegallery mediagallery productcollection"
)
# Class and id names of <body> that templates give to single entries and to pages of many (WordPress, Drupal, …).
_SINGLE_CLASS = re.compile(
    r"(?:single(?:-post|-article|-news|-format\S*)?|postid-\d+|(?:is-|type-)?article(?:-?page)?|story(?:-?page)?|"
    r"page-article|post-page|post-template\S*|node-type-(?:article|news|story|blog)|(?:news-?)?detail(?:-?page)?)"
)
_LISTING_CLASS = re.compile(
    r"(?:archive(?:-page)?|category(?:-\S*)?|tag(?:-\S*)?|author(?:-\S*)?|search(?:-results)?|home(?:-?page)?|blog|paged|"
    r"front(?:-?page)?|section(?:-?page)?|date|index(?:-?page)?|forum|list(?:ing)?|taxonomy|tax-\S*|page-taxonomy\S*|"
    r"catalog-\S*|product\S*|page-views|topic(?:-page)?|landing\S*|hub(?:-?page)?)"
)
_REL_LENGTHS = (len("next"), len("alternate"))
# What is looked at of microdata: properties of a name, boxes above each.
_MAX_PROPS, _MAX_HOPS = 60, 40
# For each sign its name; the order is that of the weights.
NAMES = (
    "depth",
    "slug_words",
    "slug_number",
    "path_dated",
    "path_archive",
    "path_listing_word",
    "path_story_word",
    "path_paged",
    "path_forum",
    "query_only",
    "query_number",
    "extension",
    "og_article",
    "declared_story",
    "many_story_types",
    "published_meta",
    "dated",
    "embeddable",
    "rel_next",
    "single_class",
    "listing_class",
    "headline",
    "headline_words",
    "headline_in_window_title",
    "headline_in_address",
    "headline_is_address",
    "headline_visible",
    "headline_linked",
    "headline_over_text",
    "h1s",
    "linked_headings",
    "plain_headings",
    "articles",
    "times",
    "links",
    "page_numbers",
    "prices",
    "headline_links",
    "linked_share",
    "text",
    "longest_run",
    "longest_share",
    "text_per_link",
    "one_text",
    "long_text",
    "body",
    "body_headline_links",
    *purpose_features.NAMES,
)


def signs(document: Document, title: TitleFound, body: BodyFound, dates: DatesFound) -> list[float]:
    """The numbers for `NAMES`, each about 0 to 10."""
    types = declared_types(document)
    return [
        *address_signs(document.url),
        *_declared(document, types, dates.published is not None),
        *_headline(document, title, body),
        *layout_signs(document.index.by_tag, body),
        *purpose_features.purpose_signs(document, types, dates),
    ]


def declared_types(document: Document) -> list[str]:
    """The page's JSON-LD types, lower case, without schema.org's address."""
    return [kind for node in document.json_ld for kind in _types(node)]


def _types(node: dict[str, Any]) -> Iterator[str]:
    kinds = node.get("@type")
    for kind in kinds if isinstance(kinds, list) else (kinds,):
        if isinstance(kind, str):
            yield kind.rpartition("/")[2].strip().lower()


def _declared(document: Document, types: list[str], dated: bool) -> list[float]:
    meta = document.meta
    og = (meta.get("og:type") or [""])[0].strip().lower()
    stories = sum(1 for kind in types if kind in STORY_TYPES)
    items = _story_items(document)
    head, body = (_child(document, name) for name in ("head", "body"))
    follows = embeddable = False
    for link in document.index.by_tag["link"]:
        rel = link.get("rel") or ""
        if len(rel) not in _REL_LENGTHS or link.getparent() is not head:
            continue
        rel = rel.lower()
        if rel == "next":
            follows = follows or PAGED.search((link.get("href") or "").lower()) is not None
        elif rel == "alternate":
            embeddable = embeddable or "oembed" in (link.get("type") or "")
    names = (
        f"{body.get('class') or ''} {body.get('id') or ''}".lower()[:2000].split() if body is not None else []
    )
    return [
        float(og in ("article", "news", "newsarticle", "blog:post", "video.other")),
        float(stories == 1 or items == 1 or (stories > 1 and types[0] in STORY_TYPES)),
        float(stories > 3 or items > 2),
        float(not _DATE_NAMES.isdisjoint(meta)),
        float(dated),
        float(embeddable),
        float(follows),
        float(any(map(_SINGLE_CLASS.fullmatch, names))),
        float(any(map(_LISTING_CLASS.fullmatch, names))),
    ]


def _child(document: Document, tag: str) -> etree._Element | None:
    """The root's first child of a tag."""
    root = document.root
    return next((one for one in document.index.by_tag[tag] if one.getparent() is root), None)


def _story_items(document: Document) -> int:
    """Number of stories that the page's microdata describes."""
    found = set()
    for name in ("headline", "articlebody", "datepublished"):
        for element in document.marks.props.get(name, [])[:_MAX_PROPS]:
            at: etree._Element | None = element
            for _ in range(_MAX_HOPS):
                if at is None:
                    break
                if kind := at.get("itemtype"):
                    if kind.strip().rstrip("/").rpartition("/")[2].lower() in STORY_TYPES:
                        found.add(at)
                    break
                at = at.getparent()
    return len(found)


_DATE_NAMES = _words(
    """article:published_time og:article:published_time datepublished parsely-pub-date date pubdate publishdate
    dc.date.issued dcterms.created sailthru.date cxenseparse:recs:publishtime"""
)


def _headline(document: Document, title: TitleFound, body: BodyFound) -> list[float]:
    headline = title.title or ""
    window = " ".join(_window_title(document).split()).casefold()
    words = len(headline.split())
    if words and not headline.isascii() and max(headline[:20]) > LAST_OF_LATIN:
        words = max(words, len(headline) // 4)
    shared = shared_words(headline, document.url)
    begins = body.chosen[0] if body.chosen else 0
    return [
        float(bool(headline)),
        log1p(min(words, 20)),
        float(words >= 3 and headline[:40].casefold() in window),
        log1p(shared),
        float(shared >= 3),
        float(title.element is not None),
        float(title.element is not None and _is_linked(title.element)),
        float(bool(headline) and headline in [block.text for block in body.blocks[:begins]]),
    ]


def _window_title(document: Document) -> str:
    head = _child(document, "head")
    for element in document.index.by_tag["title"] if head is not None else ():
        if element.getparent() is head:
            return element.text or ""
    return ""


def _is_linked(heading: etree._Element) -> bool:
    for child in heading:
        if child.tag == "a" or (len(child) and child[0].tag == "a"):
            return True
    parent = heading.getparent()
    for _ in range(2):
        if parent is None:
            return False
        if parent.tag == "a":
            return True
        parent = parent.getparent()
    return False
