"""URLs of the pages of one story: `?page=2`, `/2/`, `/page/2`, `-2.html`, `,2`, in many languages."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

# Names of parameters and words in paths that count pages. `cpage` and `comments` count comments, `start` and `offset`
# entries of a listing, `slide` and `image` pictures: they are no pages of a text.
_WORDS = (
    "page paged pages pg p pn pageno page_no pagenum page_num pagenumber pagenr currentpage article_page part partie "
    "teil parte pagina página pag seite strona str stránka stranka sida side sivu sayfa halaman hal trang oldal lap "
    "lk lehekülg puslapis lapa страница стр сторінка сторiнка σελίδα صفحه صفحة 页 頁 ページ 페이지"
)
_PAGE_WORDS = frozenset(_WORDS.split())
_WORD = "|".join(sorted(map(re.escape, _PAGE_WORDS), key=len, reverse=True))
_EXTENSION = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm|do)$", re.IGNORECASE)
_SEGMENT = re.compile(rf"(?:({_WORD})[-_=,.]?)?(\d{{1,2}})", re.IGNORECASE)
_INDEX = re.compile(r"index[-_,]?(\d{1,2})", re.IGNORECASE)
_SUFFIX = re.compile(rf"([-_,.;~:/])(?:({_WORD})[-_=,.]?)?(\d{{1,2}})$", re.IGNORECASE)
_LONGEST = 2000  # characters of a URL that is read


class Certainty(IntEnum):
    """Degree to which a URL by itself is that of a page of a text."""

    GUESS = 1  # `/slug-2`, `/slug_2.html`: also the second story of that slug
    NUMBER = 2  # `/slug/2/`, `/slug-2.html`
    WORD = 3  # `?page=2`, `/slug/page/2`, `/slug,seite-2`, `/slug,2`


class PagedUrl(NamedTuple):
    """A URL taken apart: `root` names the text, `number` its page."""

    root: str
    number: int
    certainty: Certainty


def text_root(url: str) -> str:
    """The URL of a text's first page in comparable form; empty when it is malformed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return _root(parts.netloc, unquote(parts.path).rstrip("/"), parts.query)


def paged_urls(url: str) -> list[PagedUrl]:
    """Ways to read the URL as that of a numbered page, the likeliest first; numbers have at most two digits."""
    if len(url) > _LONGEST:
        return []
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    host, path, query = parts.netloc, unquote(parts.path).rstrip("/"), parts.query
    found: list[PagedUrl] = []
    parameters = [part for part in query.split("&") if part]
    for at, parameter in enumerate(parameters):
        name, _, value = parameter.partition("=")
        if value.isascii() and value.isdigit() and len(value) <= 2 and unquote(name).lower() in _PAGE_WORDS:
            rest = "&".join(parameters[:at] + parameters[at + 1 :])
            found.append(PagedUrl(_root(host, path, rest), int(value), Certainty.WORD))
    extension = _EXTENSION.search(path)
    stem = path[: extension.start()] if extension else path
    folder, _, last = stem.rpartition("/")
    if segment := _SEGMENT.fullmatch(last):
        named = segment[1] is not None
        if not named and folder.rpartition("/")[2].lower() in _PAGE_WORDS:
            folder, named = folder.rpartition("/")[0], True
        certainty = Certainty.WORD if named else Certainty.NUMBER
        found.append(PagedUrl(_root(host, folder, query), int(segment[2]), certainty))
    elif index := _INDEX.fullmatch(last):
        found.append(PagedUrl(_root(host, folder, query), int(index[1]), Certainty.NUMBER))
    elif (suffix := _SUFFIX.search(last)) and suffix.start():
        if suffix[2] is not None or suffix[1] == ",":
            certainty = Certainty.WORD
        else:
            certainty = Certainty.NUMBER if extension and suffix[1] != "_" else Certainty.GUESS
        root = _root(host, f"{folder}/{last[: suffix.start()]}", query)
        found.append(PagedUrl(root, int(suffix[3]), certainty))
    return found


def _root(host: str, path: str, query: str) -> str:
    path = _EXTENSION.sub("", path.rstrip("/"))
    if path.rpartition("/")[2].lower() == "index":
        path = path.rpartition("/")[0]
    return f"{host.lower().removeprefix('www.')}{path.rstrip('/')}?{query}"
