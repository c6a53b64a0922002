"""Features of a page's URL for its type: slugs and numbers of stories, words and pages of listings."""

from __future__ import annotations

import re
from itertools import filterfalse
from math import log1p
from unicodedata import combining, normalize
from urllib.parse import unquote, urlsplit


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LISTING_WORDS = _words(
    """category categories categoria categorias categorie kategorie kategori kategorien tag tags topic topics
    tema temas thema themen theme themes section sections rubrik rubrique rubric sezione seccion author authors
    auteur autor autores autore archive archives archivo archivio archiv search suche recherche buscar busca
    cerca forum forums board boards memberlist list listing index page seite pagina strona label labels home
    latest all gallery galleries shop store product products cart member members user users profile
    category.php tag.php forumdisplay.php viewforum.php"""
)
# Scripts that show every kind of page, by their query.
_SCRIPTS = frozenset(("index", "page"))
_STORY_WORDS = _words(
    """article articles story stories artikel articulo artigo articolo noticia nota noticias-detalle newsview
    view detail details read arsarticle content newsdetail articleview"""
)
_PATH_WORD = re.compile(r"[a-z]+")
# From the second page on: stories keep their listing's `page=1`.
PAGED = re.compile(
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
_FRONT = _words(
    "index index.html index.htm index.php index.asp index.aspx index.jsp home home.html default.aspx"
)
LAST_OF_LATIN = "\u02ff"  # beyond it words are counted by their length
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")


def is_front_page(url: str) -> bool:
    """True when the address is a site's, or a language's, first page."""
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
    """True for the second or a later page of a story, by its address and its headline both."""
    page = _LATER_PAGE.search(headline)
    return page is not None and re.search(rf"(?:\D|^)0?{int(page[1])}(?:\D|$)", url[8:]) is not None


# `… page 2`, `… (Seite 3 von 4)`, `… - 2/3`.
_LATER_PAGE = re.compile(
    r"\b(?:page|seite|p[áa]gina|pagina|strona|str[áa]nka|sida|side|sayfa|halaman|trang|страница|стр\.|σελίδα|صفحة|صفحه|"
    r"页|ページ)\s*([2-9]|1\d)(?:\s*(?:/|of|von|de|sur|di|van|z|из)\s*\d+)?\W*$",
    re.IGNORECASE,
)


def address_signs(url: str) -> list[float]:
    """The numbers for the first of `page_features.NAMES`, `depth` to `extension`."""
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
    if not stem.isascii() and max(stem) > LAST_OF_LATIN:
        words = max(words, len(stem) // 5)
    query = parts.query.lower()
    whole = f"{path}?{query}" if query else path
    archive = _ARCHIVE.search(path) is not None
    return [
        float(min(len(segments), 6)) / 2,
        log1p(min(words, 15)),
        float(bool(_NUMBER.search(stem) or (len(segments) > 1 and _NUMBER.fullmatch(segments[-2])))),
        float(not archive and _DATED.search(path) is not None),
        float(archive),
        float(not _LISTING_WORDS.isdisjoint(segments[:-1] if query and last in _SCRIPTS else segments)),
        float(not _STORY_WORDS.isdisjoint(_PATH_WORD.findall("/".join([*segments[:-1], stem])))),
        float(bool(PAGED.search(whole))),
        float(_FORUM.search(f"{parts.netloc.lower()}{whole}") is not None),
        float(bool(parts.query) and words < 3),
        float(bool(query) and _QUERY_NUMBER.search(query) is not None),
        float(bool(extension)),
    ]


def shared_words(headline: str, url: str) -> int:
    """Number of the headline's words in the last part of the address, accents apart."""
    last = unquote(url.partition("?")[0].rstrip("/").rpartition("/")[2])
    slug = set(_WORD.findall(_plain(last)))
    return min(8, len(slug.intersection(_WORD.findall(_plain(headline)))))


_WORD = re.compile(r"[^\W\d_]{2,}")


def _plain(text: str) -> str:
    text = text.lower()
    return text if text.isascii() else "".join(filterfalse(combining, normalize("NFKD", text)))
