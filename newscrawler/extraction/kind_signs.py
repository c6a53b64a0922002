"""What a page's URL, declarations and layout say about its kind, as numbers.

Each sign is a general habit of news sites (a story's address has a slug or a number, a listing repeats
headings that are links, …); `kinds` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log1p
from typing import Any, NamedTuple
from unicodedata import combining, normalize
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
_STORY_WORDS = _words(
    """article articles story stories artikel articulo artigo articolo noticia nota noticias-detalle newsview
    view detail details read arsarticle content newsdetail articleview"""
)
_PATH_WORD = re.compile(r"[a-z]+")
# From the second page on: stories keep their listing's `page=1`.
_PAGED = re.compile(
    r"(?:^|[/?&;])(?:p(?!=\d{3})|page|paged|pg|seite|pagina|start|offset|pageno|pagenum)[=/](?!1(?:\D|$))\d{1,3}(?:\D|$)"
)
_QUERY_NUMBER = re.compile(r"(?:^|&)(?!s=|sid=|start|offset|from|cat|c=|f=|page)\w*=\w{0,3}\d{3,}(?:&|$)")
_DATED = re.compile(r"/(?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])(?:[/_-]?(?:0?[1-9]|[12]\d|3[01]))?(?=\D|$)")
_ARCHIVE = re.compile(r"/(?:19|20)\d\d(?:/\d\d?){0,2}/?$")
_NUMBER = re.compile(r"\d{4,}")
_SPLIT = re.compile(r"[-_+ ]+")
_GROUPING = frozenset(("article", "section", "main", "div"))
# Shorter text is a label or a teaser (characters).
_SENTENCE = 60
_FRONT = _words(
    "index index.html index.htm index.php index.asp index.aspx index.jsp home home.html default.aspx"
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_LOOKED_AT = ("a", "p", "br", "h1", "h2", "h3", "h4", "article", "time", "section", "main", "div")

# For each sign its name; the order is that of the weights.
NAMES = (
    "front_page",
    "depth",
    "slug_words",
    "slug_number",
    "path_dated",
    "path_archive",
    "path_listing_word",
    "path_story_word",
    "path_paged",
    "query_only",
    "query_number",
    "extension",
    "og_article",
    "og_other",
    "declared_story",
    "declared_listing",
    "many_story_types",
    "published_meta",
    "dated",
    "rel_next",
    "headline",
    "headline_words",
    "headline_in_window_title",
    "headline_in_address",
    "headline_is_address",
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
    "one_text",
    "long_text",
)


def signs(document: Document, title: TitleFound, dated: bool) -> list[float]:
    """The numbers for `NAMES`, each about 0 to 10; `dated`: whether a date of publication was found."""
    seen = _look(document.root)
    return [
        *_address(document.url),
        *_declared(document, seen.items, dated),
        *_headline(document, title, seen.h1s),
        *_layout(seen),
    ]


def is_front_page(url: str) -> bool:
    """Whether the address is a site's, or a language's, first page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    if segments and segments[-1] in _FRONT:
        segments.pop()
    if segments and _LANGUAGE.fullmatch(segments[0]):
        segments.pop(0)
    return not segments and not any(sign.isdigit() for sign in parts.query)


def is_continuation(url: str, headline: str) -> bool:
    """Whether the page is the second or a later one of a story: its address and its headline both say so."""
    said = _LATER_PAGE.search(headline)
    return said is not None and re.search(rf"(?:\D|^)0?{int(said[1])}(?:\D|$)", url[8:]) is not None


# `… page 2`, `… (Seite 3 von 4)`, `… - 2/3`.
_LATER_PAGE = re.compile(
    r"\b(?:page|seite|p[áa]gina|pagina|strona|str[áa]nka|sida|side|sayfa|halaman|trang|страница|стр\.|σελίδα|صفحة|صفحه|"
    r"页|ページ)\s*([2-9]|1\d)(?:\s*(?:/|of|von|de|sur|di|van|z|из)\s*\d+)?\W*$",
    re.IGNORECASE,
)


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
        return [0.0] * 12
    path = unquote(parts.path).lower()
    segments = [segment for segment in path.split("/") if segment]
    last = segments[-1] if segments else ""
    stem, dot, extension = last.rpartition(".")
    if not dot or not 2 <= len(extension) <= 5 or extension.isdigit():
        stem, extension = last, ""
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
        float(
            any(
                not _STORY_WORDS.isdisjoint(_PATH_WORD.findall(segment)) for segment in [*segments[:-1], stem]
            )
        ),
        float(bool(_PAGED.search(whole))),
        float(bool(parts.query) and words < 3),
        float(_QUERY_NUMBER.search(parts.query.lower()) is not None),
        float(bool(extension)),
    ]


def _declared(document: Document, items: int, dated: bool) -> list[float]:
    meta = document.meta
    og = (meta.get("og:type") or [""])[0].strip().lower()
    types = declared_types(document)
    stories = sum(1 for kind in types if kind in STORY_TYPES)
    article = og in ("article", "news", "newsarticle", "blog:post", "video.other")
    head = document.root.find("head")
    follows = head is not None and any(
        (link.get("rel") or "").lower() == "next" and _PAGED.search((link.get("href") or "").lower())
        for link in head.iterchildren("link")
    )
    return [
        float(article),
        float(bool(og) and not article),
        float(stories == 1 or items == 1 or (stories > 1 and types[0] in STORY_TYPES)),
        float(any(kind in LISTING_TYPES for kind in types) and not stories),
        float(stories > 3 or items > 2),
        float(not _DATE_NAMES.isdisjoint(meta)),
        float(dated),
        float(follows),
    ]


_DATE_NAMES = _words(
    """article:published_time og:article:published_time datepublished parsely-pub-date date pubdate publishdate
    dc.date.issued dcterms.created sailthru.date cxenseparse:recs:publishtime"""
)


def _headline(document: Document, title: TitleFound, h1s: int) -> list[float]:
    headline = title.title or ""
    element = document.root.find("head/title")
    window = " ".join(((element.text if element is not None else None) or "").split()).casefold()
    words = len(headline.split())
    if words and any(ord(letter) > 0x2FF for letter in headline[:20]):
        words = max(words, len(headline) // 4)
    shared = _shared_words(headline, document.url)
    return [
        float(bool(headline)),
        log1p(min(words, 20)),
        float(words >= 3 and headline[:40].casefold() in window),
        log1p(shared),
        float(shared >= 3),
        log1p(min(h1s, 20)),
    ]


def _shared_words(headline: str, url: str) -> int:
    """How many words of the headline the last part of the address has, accents apart."""
    last = unquote(url.partition("?")[0].rstrip("/").rpartition("/")[2])
    slug = set(_WORD.findall(_plain(last)))
    return min(8, sum(1 for word in set(_WORD.findall(_plain(headline))) if word in slug))


_WORD = re.compile(r"[^\W\d_]{2,}")


def _plain(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text.lower()) if not combining(letter))


class _Seen(NamedTuple):
    """What one walk over the page counts; `runs`: characters of text per element whose children it is in."""

    h1s: int
    linked: int
    plain: int
    articles: int
    items: int
    times: int
    links: int
    runs: list[int]


def _look(root: etree._Element) -> _Seen:
    h1s = linked = plain = articles = items = times = links = 0
    runs: dict[etree._Element | None, int] = {}
    for element in root.iter(*_LOOKED_AT):
        tag = element.tag
        if tag == "a":
            links += 1
        elif tag == "p" or tag == "br":
            length = _own_text(element) if tag == "p" else len((element.tail or "").strip())
            if length >= _SENTENCE:
                parent = element.getparent()
                runs[parent] = runs.get(parent, 0) + length
        elif tag == "time":
            times += 1
        elif tag in _GROUPING:
            articles += tag == "article"
            if kind := element.get("itemtype"):
                items += kind.strip().rstrip("/").rpartition("/")[2].lower() in STORY_TYPES
            if (
                tag == "div"
                and (text := element.text)
                and len(text) >= _SENTENCE
                and len(text.strip()) >= _SENTENCE
            ):
                # Paragraphs that are divs, or text with line breaks in its own container.
                holder = element.getparent() if not len(element) else element
                runs[holder] = runs.get(holder, 0) + len(text)
        elif tag == "h1":
            h1s += 1
        elif _is_linked(element):
            linked += 1
        else:
            plain += 1
    return _Seen(h1s, linked, plain, articles, items, times, links, list(runs.values()))


def _layout(seen: _Seen) -> list[float]:
    total = sum(seen.runs)
    longest = max(seen.runs, default=0)
    return [
        log1p(seen.linked),
        log1p(seen.plain),
        log1p(seen.articles),
        log1p(seen.times),
        log1p(seen.links),
        log1p(total / 100),
        log1p(longest / 100),
        longest / total if total else 0.0,
        log1p(total / (seen.links + 1)),
        float(longest >= 600 and longest >= 0.5 * total),
        float(longest >= 1500),
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
