"""What a page's URL, declarations and layout say about its kind, as numbers.

Each sign is a general habit of news sites (a story's address has a slug or a number, a listing repeats
headings that are links, …); `kinds` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log1p
from typing import Any
from unicodedata import combining, normalize
from urllib.parse import unquote, urlsplit

from lxml import etree

from newscrawler.extraction.blocks import Box
from newscrawler.extraction.body import BodyFound
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
_FORUM = re.compile(
    r"(?:^|[/._?-])(?:foro|forums?|boards?|viewtopic|showthread|viewforum|forumdisplay|threads?|memberlist)(?:$|[/._?&=-])"
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
_PRICE = re.compile(r"[€$£¥₽₹]\s?\d|\d\s?(?:[€$£¥₽₹]|zł|руб|kr\b|EUR\b|USD\b|Kč|грн)")
# Shorter text is a label or a teaser (characters).
_SENTENCE = 60
_FRONT = _words(
    "index index.html index.htm index.php index.asp index.aspx index.jsp home home.html default.aspx"
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_TYPED = ("article", "section", "main", "div", "html", "body")
_HEADINGS = frozenset(("h2", "h3", "h4"))
_PARAGRAPHS = frozenset(("p", "div", "li", "span"))
# A block is a link when this share of it is (of ten), a headline link from so many characters on.
_LINKED, _HEADLINE = 8, 25
# Longer lines are no price tags (characters).
_TAG = 80

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
)


def signs(document: Document, title: TitleFound, body: BodyFound, dated: bool) -> list[float]:
    """The numbers for `NAMES`, each about 0 to 10; `dated`: whether a date of publication was found."""
    return [
        *_address(document.url),
        *_declared(document, dated),
        *_headline(document, title, body),
        *_layout(document.root, body),
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
        float(_FORUM.search(f"{parts.netloc.lower()}{whole}") is not None),
        float(bool(parts.query) and words < 3),
        float(_QUERY_NUMBER.search(parts.query.lower()) is not None),
        float(bool(extension)),
    ]


def _declared(document: Document, dated: bool) -> list[float]:
    meta = document.meta
    og = (meta.get("og:type") or [""])[0].strip().lower()
    types = declared_types(document)
    stories = sum(1 for kind in types if kind in STORY_TYPES)
    items = 0
    if document.marks.props:  # microdata: itemtype never stands without itemprop
        found = [name for element in document.root.iter(*_TYPED) if (name := element.get("itemtype"))]
        items = sum(name.strip().rstrip("/").rpartition("/")[2].lower() in STORY_TYPES for name in found)
    head = document.root.find("head")
    follows = embeddable = False
    for link in head.iterchildren("link") if head is not None else ():
        rel = (link.get("rel") or "").lower()
        if rel == "next":
            follows = follows or _PAGED.search((link.get("href") or "").lower()) is not None
        elif rel == "alternate":
            embeddable = embeddable or "oembed" in (link.get("type") or "")
    body = document.root.find("body")
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


_DATE_NAMES = _words(
    """article:published_time og:article:published_time datepublished parsely-pub-date date pubdate publishdate
    dc.date.issued dcterms.created sailthru.date cxenseparse:recs:publishtime"""
)


def _headline(document: Document, title: TitleFound, body: BodyFound) -> list[float]:
    headline = title.title or ""
    element = document.root.find("head/title")
    window = " ".join(((element.text if element is not None else None) or "").split()).casefold()
    words = len(headline.split())
    if words and any(ord(letter) > 0x2FF for letter in headline[:20]):
        words = max(words, len(headline) // 4)
    shared = _shared_words(headline, document.url)
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


def _shared_words(headline: str, url: str) -> int:
    """How many words of the headline the last part of the address has, accents apart."""
    last = unquote(url.partition("?")[0].rstrip("/").rpartition("/")[2])
    slug = set(_WORD.findall(_plain(last)))
    return min(8, sum(1 for word in set(_WORD.findall(_plain(headline))) if word in slug))


_WORD = re.compile(r"[^\W\d_]{2,}")


def _plain(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text.lower()) if not combining(letter))


def _layout(root: etree._Element, body: BodyFound) -> list[float]:
    blocks = body.blocks
    linked = plain = teasers = linked_text = every = 0
    runs: dict[Box | None, int] = {}
    tags = []
    for block in blocks:
        size = len(block.text)
        every += size
        linked_text += block.linked
        if block.linked * 10 >= size * _LINKED and size >= _HEADLINE:
            teasers += 1
        if block.box.tag in _HEADINGS:
            if block.linked * 2 > size:
                linked += 1
            else:
                plain += 1
        elif (own := size - block.linked) >= _SENTENCE:
            holder = block.box if block.broken or block.box.tag not in _PARAGRAPHS else block.box.parent
            runs[holder] = runs.get(holder, 0) + own
        if size < _TAG:
            tags.append(block.text)
    total = sum(runs.values())
    longest = max(runs.values(), default=0)
    links, numbers = _links(root)
    tagged = [element.tag for element in root.iter("h1", "article", "time")]
    return [
        log1p(min(tagged.count("h1"), 20)),
        log1p(linked),
        log1p(plain),
        log1p(tagged.count("article")),
        log1p(tagged.count("time")),
        log1p(links),
        log1p(numbers),
        log1p(len(_PRICE.findall("\n".join(tags)))),
        log1p(teasers),
        linked_text / every if every else 0.0,
        log1p(total / 100),
        log1p(longest / 100),
        longest / total if total else 0.0,
        log1p(total / (links + 1)),
        float(longest >= 600 and longest >= 0.5 * total),
        float(longest >= 1500),
        log1p(len(body.text) / 100),
        log1p(_within(body)),
    ]


def _links(root: etree._Element) -> tuple[int, int]:
    """How many links there are, and how many page numbers in a row (`1 2 3 …`) are among them."""
    texts = [element.text for element in root.iter("a")]
    printed = {text.strip() for text in texts if text and len(text) < 20}
    numbers = {int(text) for text in printed if len(text) <= 3 and text.isdecimal()}
    return len(texts), max((_row(numbers, first) for first in (1, 2, 3)), default=0)


def _row(numbers: set[int], first: int) -> int:
    after = first
    while after in numbers:
        after += 1
    return after - first


def _within(body: BodyFound) -> int:
    """Headings that are links between the first and the last block of the text that was found."""
    if not body.chosen:
        return 0
    between = body.blocks[body.chosen[0] : body.chosen[-1] + 1]
    return sum(
        1
        for block in between
        if (block.box.tag in _HEADINGS or block.box.tag == "h1") and block.linked * 2 > len(block.text)
    )


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
