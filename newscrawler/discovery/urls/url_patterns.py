"""URL shapes, and families of them."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawler.discovery.urls.url_languages import is_language

_CENTURIES = ("19", "20")
_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:0?[1-9]|1[0-2])[-_.]?(?:0?[1-9]|[12]\d|3[01])?")
_SLUG = re.compile(r"(?:[^\W_]+-){3}[^\W_]")
_HEX = re.compile(r"[0-9a-fA-F-]+")
_LEAST_HEX = 24  # letters that may be a number
_MOST_SEGMENTS = 6  # of a shape
# Parameters whose word names a kind of page, as directories do elsewhere: `index?page=article&id=7`.
_KIND_PARAMETERS = frozenset(
    ("page", "view", "option", "action", "act", "mod", "module", "op", "cmd", "do", "task")
)
_LONGEST_KIND = 20  # letters of such a word


def shape_of(key: str) -> str:
    """The shape of a URL (its key): host and first words literal, what differs from page to page named.

    `https://example.org/en/news/983389/some-slug-of-it` -> `example.org/en/news/<num>/<slug>`,
    `/2026/11/23/some-slug` -> `<date>/<slug>`, `?page=2&sort=x` -> `?page=<num>&sort=<word>`,
    `/index?page=article&id=7` -> `/<word>/article?id=<num>`.
    """
    path, _, query = key.partition("://")[2].partition("?")
    directory, slash, last = path.rpartition("/")
    shape = path_shape(directory, last) if slash else path
    return with_query(shape, query) if query else shape


def path_shape(directory: str, last: str) -> str:
    """The shape of a key without a query; `directory`: its host and path before the last segment."""
    if last.isdecimal():  # a year, or the day of a date that the directory begins
        return "/".join(_forms(f"{directory}/{last}"))
    before, form_before, end = _directory_shape(directory)
    form = form_of(last)
    return f"{before.rstrip('+')}+" if form == form_before else f"{before}/{end or form}"


def with_query(shape: str, query: str) -> str:
    """The shape of a key with a query, from that of its path."""
    kind, query = _page_kind(query)
    return f"{shape}{f'/{kind}' if kind else ''}{f'?{query_shape(query)}' if query else ''}"


def _page_kind(query: str) -> tuple[str | None, str]:
    """The word by which a script with many kinds of pages is told which one to show, and the rest of the query."""
    pairs = query.split("&", 8)
    for at, pair in enumerate(pairs[:8]):
        name, _, value = pair.partition("=")
        if name in _KIND_PARAMETERS and value.isalpha() and len(value) <= _LONGEST_KIND:
            return value.lower(), "&".join([*pairs[:at], *pairs[at + 1 :]])
    return None, query


def query_shape(query: str) -> str:
    """The shape of a key's query."""
    pairs = [part.partition("=") for part in query.split("&", 8)[:8]]
    if len(pairs) == 1:
        name, _, value = pairs[0]
        return f"{name[:30]}={form_of(value)}" if value else _name_form(name)
    forms = [f"{name[:30]}={form_of(value)}" if value else _name_form(name) for name, _, value in pairs]
    return "&".join(dict.fromkeys(forms))


def _name_form(name: str) -> str:
    """The form of a parameter without a value; its name may end in a number: `?article12`."""
    word = name.rstrip("0123456789")
    return f"{name[:30]}=" if word == name else f"{word[:30]}<num>"


def _forms(path: str) -> list[str]:
    """The host and the forms of a path's segments, a date's and alike ones taken together."""
    host, *segments = path.split("/")
    shaped = [host]
    index = 0
    while index < len(segments) and len(shaped) <= _MOST_SEGMENTS:
        segment = segments[index]
        if segment[:2] in _CENTURIES and len(segment) == 4 and segment.isdecimal():
            index += 1
            while index < len(segments) and segments[index].isdecimal() and len(segments[index]) <= 2:
                index += 1
            shaped.append("<date>")
            continue
        form = form_of(segment, literal=index == 0 or (index == 1 and is_language(segments[0])))
        if form.startswith("<") and shaped[-1].rstrip("+") == form:
            shaped[-1] = form + "+"  # of any depth
        else:
            shaped.append(form)
        index += 1
    if index < len(segments):
        shaped.append("...")
    return shaped


@lru_cache(maxsize=1 << 12)  # the links of a site share few directories
def _directory_shape(directory: str) -> tuple[str, str | None, str]:
    """Shape of a key's host and path before the last segment, its last form unless literal, and `...` if it is full."""
    forms = _forms(directory)
    if len(forms) > _MOST_SEGMENTS:
        return "/".join(forms[: _MOST_SEGMENTS + 1]), None, "..."
    return "/".join(forms), forms[-1].rstrip("+") if forms[-1].startswith("<") else None, ""


def form_of(segment: str, literal: bool = False) -> str:
    """What a segment of a path or a value in a query is one of; `literal`: a word stands for itself."""
    if segment.isalpha() and len(segment) < _LEAST_HEX:  # as most are
        return segment.lower() if literal else "<word>"
    stem, dot, suffix = segment.rpartition(".")
    if dot and suffix.isalpha() and 2 <= len(suffix) <= 5 and suffix.isascii():
        suffix = f".{suffix.lower()}"
    else:
        stem, suffix = segment, ""
    if _SLUG.match(stem):  # most of those that are left
        return f"<slug>{suffix}"
    if stem.isdecimal():
        return f"<num>{suffix}"
    if not segment:
        return ""
    if stem.startswith(_CENTURIES) and _DATE.fullmatch(stem):
        return f"<date>{suffix}"
    words = _words(stem)
    if len(words) >= 4 or len(stem) > 60 or (len(words) >= 2 and any(map(_is_long_number, words))):
        return f"<slug>{suffix}"
    if len(stem) >= 6 and _is_code(stem):
        return f"<code>{suffix}"
    return f"{stem.lower()}{suffix}" if literal and len(stem) <= 30 else f"<word>{suffix}"


def _words(stem: str) -> list[str]:
    if "%" in stem:
        stem = stem.replace("%20", " ")
    for blank in "_+.~":
        if blank in stem:
            stem = stem.replace(blank, " ")
    return stem.replace("-", " ").split()


def _is_long_number(word: str) -> bool:
    return word.isdigit() and len(word) >= 4


def _is_code(stem: str) -> bool:
    """Whether letters and digits are mixed, or hexadecimal digits are many."""
    if stem.isalnum() and stem.isascii() and not stem.isalpha():
        return True
    return len(stem) >= _LEAST_HEX and _HEX.fullmatch(stem) is not None


_STORY_FORM = re.compile(r"<(?:slug|num|code)>[^/?]*(?:\?|$)|[?&](?:[a-z_]*id|p)=<num>")
_PAGING = re.compile(r"[?&](?:p|pg|page|paged|start|offset)=<num>|/(?:page|<word>)/<num>$")


def is_story_form(shape: str) -> bool:
    """True when URLs of this shape look like stories' (headline words or a number at the end), and not like pages'."""
    return _STORY_FORM.search(shape) is not None and _PAGING.search(shape) is None


class PatternGroups:
    """Shapes put together where a site makes up new ones without end.

    A path with many combinations of parameters (facets), a site with ever new first directories, or ever new
    host names, would give every page a shape of its own, with patience of its own.
    """

    MAX_QUERIES = 3  # different sets of parameter names per path shape
    MAX_STORY_QUERIES = 30  # the same, of links that look like stories
    MAX_DIRECTORIES = 120  # different first directories per host
    MAX_HOSTS = 30
    MAX_KNOWN = 20_000

    def __init__(self) -> None:
        self._queries: dict[str, set[str]] = {}
        self._directories: dict[str, set[str]] = {}
        self._known: dict[tuple[str, bool], str] = {}

    def of(self, shape: str, of_stories: bool = False) -> str:
        """The family of a shape: itself, as long as its site keeps to a limited number of them."""
        family = self._known.get((shape, of_stories))
        if family is None:
            family = self._of(shape, of_stories)
            if len(self._known) < self.MAX_KNOWN:
                self._known[shape, of_stories] = family
        return family

    def _of(self, shape: str, of_stories: bool) -> str:
        path, mark, query = shape.partition("?")
        host, slash, rest = path.partition("/")
        directories = self._directories.get(host)
        if directories is None:
            if len(self._directories) >= self.MAX_HOSTS:
                host = "*"
            directories = self._directories.setdefault(host, set())
        first, deeper, further = rest.partition("/")
        if deeper and first not in directories:
            if len(directories) < self.MAX_DIRECTORIES:
                directories.add(first)
            else:
                first = "<word>"
        path = f"{host}{slash}{first}{deeper}{further}"
        if not mark:
            return path
        queries = self._queries.setdefault(path, set()) if len(self._queries) < 5000 else set()
        limit = self.MAX_STORY_QUERIES if of_stories else self.MAX_QUERIES
        if (query.count("&") >= 2 and not of_stories) or (query not in queries and len(queries) >= limit):
            return f"{path}?*"
        queries.add(query)
        return f"{path}?{query}"
