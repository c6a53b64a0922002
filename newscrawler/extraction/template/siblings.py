"""Siblings of a page: pages of one template under one form of address."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawler.extraction.html.document import Document

_NUMBER = re.compile(r"\d+")
_LONGEST_WORD = 24  # characters of a path segment that is a directory's name and no slug
_MOST_HYPHENS = 2
_MOST_SEGMENTS = 2  # from the front: deeper ones are mostly a story's own
_MOST_PARAMETERS = 4
_LONGEST_VALUE = 12  # letters of a parameter that names a kind of page: `page=article`
_STEM = re.compile(r"[^\W\d_]{2,12}(?=\d)")  # `article` of `article123.html`
# Words of a body's class by which content management systems name the type of what they show.
_BODY_TYPE = re.compile(
    r"(?:single|post-type|page|archive|category|tag|home|blog|node-type|page-node-type|type)(?:-[a-z_-]+)?"
)
_LONGEST_TYPE = 40  # characters
_LONGEST_LANGUAGE = 3  # letters of a directory that is a language
_SOURCE_FOLDERS = frozenset(("feed", "feeds", "rss", "atom", "xml", "sitemap", "sitemaps"))
_NEWS_WORDS = Path(__file__).with_name("news_words.toml")


def sibling_group(document: Document, headline_path: str) -> str:
    """The group of pages that a page belongs to: where its headline is, its body's type, its form of address."""
    body = document.index.by_tag["body"]
    names = (body[0].get("class") or "").split() if body else []
    types = sorted({name for name in names if len(name) <= _LONGEST_TYPE and _BODY_TYPE.fullmatch(name)})
    return "|".join((headline_path, ".".join(types), address_form(document.url)))


def is_static_page(document: Document) -> bool:
    """True where WordPress names its body a page and no post (`body_class` of its themes)."""
    body = document.index.by_tag["body"]
    names = (body[0].get("class") or "").split() if body else []
    return "page" in names and any(name.startswith(("page-id-", "page-template")) for name in names)


def address_form(url: str) -> str:
    """The form of an address: its first directories, the stem and ending of its last segment, its parameters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    *folders, last = [unquote(segment).lower() for segment in parts.path.split("/") if segment] or [""]
    form = [_NUMBER.sub("0", one) if _is_word(one) else "*" for one in folders[:_MOST_SEGMENTS]]
    stem, dot, ending = last.rpartition(".")
    known = _STEM.match(stem if dot else last)
    form.append((known[0] if known else "*") + (f".{ending}" if dot and len(ending) <= 5 else ""))
    query = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True)[:_MOST_PARAMETERS]:
        stem_of_name = _STEM.match(name)
        query.append(
            f"{stem_of_name[0] if stem_of_name else name}={value if value.isalpha() and len(value) < 12 else ''}"
        )
    return "/".join(form) + (f"?{'&'.join(sorted(query))}" if query else "")


def names_news(url: str) -> bool:
    """True for an address with a directory that is named after news or press releases, in many languages."""
    try:
        path = unquote(urlsplit(url).path).lower()
    except ValueError:
        return False
    return not _news_words().isdisjoint(_plain(segment) for segment in path.split("/")[:-1] if segment)


def is_main_source(url: str) -> bool:
    """True for a feed or sitemap of the whole site or of its news: systems make one for every section and post."""
    try:
        *folders, _ = [segment for segment in urlsplit(url).path.lower().split("/") if segment] or [""]
    except ValueError:
        return False
    return all(
        len(folder) <= _LONGEST_LANGUAGE or folder in _SOURCE_FOLDERS or _plain(folder) in _news_words()
        for folder in folders
    )


def _is_word(segment: str) -> bool:
    return len(segment) <= _LONGEST_WORD and segment.count("-") <= _MOST_HYPHENS


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text)
    return "".join(character for character in folded if not unicodedata.combining(character))


@cache
def _news_words() -> frozenset[str]:
    lists = tomllib.loads(_NEWS_WORDS.read_text(encoding="utf-8"))
    return frozenset(_plain(word) for words in lists.values() for word in words)
