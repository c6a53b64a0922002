"""What a page's URL, declarations and layout say about its kind, as numbers.

Each sign is a general habit of news sites (a story's address has a slug or a number, a listing repeats
headings that are links, …); `kinds` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log1p
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from newscrawler.extraction.document import Document
from newscrawler.extraction.title import TitleFound


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# https://schema.org/Article and its subtypes, and what publishers use in their place.
STORY_TYPES = _words(
    """article newsarticle analysisnewsarticle askpublicnewsarticle backgroundnewsarticle opinionnewsarticle
    reportagenewsarticle reviewnewsarticle advertisercontentarticle satiricalarticle scholarlyarticle
    techarticle blogposting liveblogposting socialmediaposting report claimreview recipe"""
)
LISTING_TYPES = _words(
    "collectionpage searchresultspage itemlist profilepage imagegallery mediagallery productcollection"
)
_LISTING_WORDS = _words(
    """category categories categoria categorias categorie kategorie kategori kategorien tag tags topic topics
    tema temas thema themen theme themes section sections rubrik rubrique rubric sezione seccion author authors
    auteur autor autores autore archive archives archivo archivio archiv search suche recherche buscar busca
    cerca forum forums board boards memberlist list listing index page seite pagina strona label labels home
    latest all gallery galleries shop store product products cart member members user users profile
    category.php tag.php forumdisplay.php viewforum.php"""
)
_PAGED = re.compile(
    r"(?:^|[/?&;])(?:p|page|paged|pg|seite|pagina|start|offset|pageno|pagenum)[=/]\d{1,4}(?:\D|$)"
)
_DATED = re.compile(r"/(?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])(?:[/_-]?(?:0?[1-9]|[12]\d|3[01]))?(?=\D|$)")
_ARCHIVE = re.compile(r"/(?:19|20)\d\d(?:/\d\d?){0,2}/?$")
_NUMBER = re.compile(r"\d{4,}")
_SPLIT = re.compile(r"[-_+ ]+")
_FRONT = _words(
    "index index.html index.htm index.php index.asp index.aspx index.jsp home home.html default.aspx"
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_LINKED = ("h2", "h3", "h4")
_LOOKED_AT = ("p", "h1", "h2", "h3", "h4", "article", "time", "br")

# For each sign its name; the order is that of the weights.
NAMES = (
    "front_page",
    "depth",
    "slug_words",
    "slug_number",
    "path_dated",
    "path_archive",
    "path_listing_word",
    "path_paged",
    "query_only",
    "extension",
    "og_article",
    "og_other",
    "declared_story",
    "declared_listing",
    "many_story_types",
    "published_meta",
    "rel_next",
    "headline",
    "headline_words",
    "headline_in_window_title",
    "h1s",
    "linked_headings",
    "plain_headings",
    "articles",
    "times",
    "links",
    "text",
    "longest_run",
    "longest_share",
    "text_per_link",
)


def signs(document: Document, title: TitleFound) -> list[float]:
    """The numbers for `NAMES`, each about 0 to 10."""
    return [
        *_address(document.url),
        *_declared(document),
        *_headline(document, title),
        *_layout(document.root),
    ]


def is_front_page(url: str) -> bool:
    """Whether the address is a site's, or a language's, first page."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    if segments and segments[-1] in _FRONT:
        segments.pop()
    if segments and _LANGUAGE.fullmatch(segments[0]):
        segments.pop(0)
    return not segments and not any(sign.isdigit() for sign in parts.query)


def declared_types(document: Document) -> list[str]:
    """The page's JSON-LD types, lower case, without schema.org's address."""
    return [kind for node in document.json_ld for kind in _types(node)]


def _types(node: dict[str, Any]) -> Iterator[str]:
    kinds = node.get("@type")
    for kind in kinds if isinstance(kinds, list) else (kinds,):
        if isinstance(kind, str):
            yield kind.rpartition("/")[2].strip().lower()


def _address(url: str) -> list[float]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return [0.0] * 10
    path = unquote(parts.path).lower()
    segments = [segment for segment in path.split("/") if segment]
    last = segments[-1] if segments else ""
    stem, _, extension = last.rpartition(".") if 2 <= len(last) - last.rfind(".") <= 6 else (last, "", "")
    words = max((len(_SPLIT.split(segment)) for segment in segments[-2:]), default=0)
    if stem and any(ord(letter) > 0x2FF for letter in stem):
        words = max(words, len(stem) // 5)
    whole = f"{path}?{parts.query.lower()}" if parts.query else path
    return [
        float(is_front_page(url)),
        float(min(len(segments), 6)) / 2,
        log1p(min(words, 15)),
        float(bool(_NUMBER.search(stem) or (len(segments) > 1 and _NUMBER.fullmatch(segments[-2])))),
        float(bool(_DATED.search(path) and not _ARCHIVE.search(path))),
        float(bool(_ARCHIVE.search(path))),
        float(any(segment in _LISTING_WORDS for segment in segments)),
        float(bool(_PAGED.search(whole))),
        float(bool(parts.query) and words < 3),
        float(bool(extension)),
    ]


def _declared(document: Document) -> list[float]:
    meta = document.meta
    og = (meta.get("og:type") or [""])[0].strip().lower()
    types = declared_types(document)
    stories = sum(1 for kind in types if kind in STORY_TYPES)
    items = 0
    found = _ITEM_TYPES(document.root)
    for written in found if isinstance(found, list) else ():
        items += str(written).strip().rstrip("/").rpartition("/")[2].lower() in STORY_TYPES
    article = og in ("article", "news", "newsarticle", "blog:post", "video.other")
    dated = any(
        name in meta
        for name in (
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "parsely-pub-date",
            "date",
            "pubdate",
            "publishdate",
            "dc.date.issued",
            "dcterms.created",
            "sailthru.date",
            "cxenseparse:recs:publishtime",
        )
    )
    return [
        float(article),
        float(bool(og) and not article),
        float(stories == 1 or items == 1 or (stories > 1 and types[0] in STORY_TYPES)),
        float(any(kind in LISTING_TYPES for kind in types) and not stories),
        float(stories > 3 or items > 2),
        float(dated),
        float(bool(_REL_NEXT(document.root))),
    ]


_ITEM_TYPES = etree.XPath("//@itemtype", smart_strings=False)
_REL_NEXT = etree.XPath("boolean(//link[@rel='next' or @rel='Next'])", smart_strings=False)
_LINK_COUNT = etree.XPath("count(//a[@href])", smart_strings=False)
_WINDOW_TITLE = etree.XPath("string(//title)", smart_strings=False)


def _headline(document: Document, title: TitleFound) -> list[float]:
    headline = title.title or ""
    window = str(_WINDOW_TITLE(document.root))
    h1s = sum(1 for _ in document.root.iter("h1"))
    words = len(headline.split())
    if words and any(ord(letter) > 0x2FF for letter in headline[:20]):
        words = max(words, len(headline) // 4)
    return [
        float(bool(headline)),
        log1p(min(words, 20)),
        float(words >= 3 and headline[:40].casefold() in window.casefold()),
        log1p(min(h1s, 20)),
    ]


def _layout(root: etree._Element) -> list[float]:
    linked = plain = articles = times = 0
    runs: dict[etree._Element, int] = {}
    total = 0
    for element in root.iter(*_LOOKED_AT):
        tag = element.tag
        if tag == "p" or tag == "br":
            length = _own_text(element) if tag == "p" else len((element.tail or "").strip())
            if length >= 60:
                total += length
                parent = element.getparent()
                if parent is not None:
                    runs[parent] = runs.get(parent, 0) + length
        elif tag in _LINKED:
            if _is_linked(element):
                linked += 1
            else:
                plain += 1
        elif tag == "article":
            articles += 1
        elif tag == "time":
            times += 1
    links = float(str(_LINK_COUNT(root)))
    longest = max(runs.values(), default=0)
    return [
        log1p(linked),
        log1p(plain),
        log1p(articles),
        log1p(times),
        log1p(links),
        log1p(total / 100),
        log1p(longest / 100),
        longest / total if total else 0.0,
        log1p(total / (links + 1)),
    ]


def _own_text(paragraph: etree._Element) -> int:
    """Length of the paragraph's text outside of links, to one level of inline elements."""
    length = len(paragraph.text) if paragraph.text else 0
    for child in paragraph:
        if child.tail:
            length += len(child.tail)
        if child.tag != "a" and child.text:
            length += len(child.text)
    return length


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
