"""URL shapes, and families of them."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawler.discovery.scope import is_language
from newscrawler.discovery.urls import url_key

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:0?[1-9]|1[0-2])[-_.]?(?:0?[1-9]|[12]\d|3[01])?")
_CODE = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9]{6,}|[0-9a-fA-F-]{24,}")
_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")
_BLANKS = str.maketrans("-_+.~", "     ")


@lru_cache(maxsize=1 << 15)
def shape_of(key: str) -> str:
    """The shape of a URL (its key): host and first words literal, what differs from page to page named.

    `https://example.org/en/news/983389/some-slug-of-it` -> `example.org/en/news/<num>/<slug>`,
    `/2026/11/23/some-slug` -> `<date>/<slug>`, `?page=2&sort=x` -> `?page=<num>&sort=<word>`.
    """
    host_path, _, query = key.partition("://")[2].partition("?")
    host, *segments = host_path.split("/")
    shaped: list[str] = []
    index = 0
    while index < len(segments) and len(shaped) < 6:
        segment = segments[index]
        if len(segment) == 4 and _YEAR.fullmatch(segment):
            index += 1
            while index < len(segments) and _NUMBER.fullmatch(segments[index]) and len(segments[index]) <= 2:
                index += 1
            shaped.append("<date>")
            continue
        last = index == len(segments) - 1
        literal = not last and (index == 0 or (index == 1 and is_language(segments[0])))
        form = _shaped(segment, literal)
        if shaped and form.startswith("<") and shaped[-1].rstrip("+") == form:
            shaped[-1] = form + "+"  # of any depth
        else:
            shaped.append(form)
        index += 1
    if index < len(segments):
        shaped.append("...")
    text = "/".join([host, *shaped])
    if query:
        pairs = (part.partition("=") for part in query.split("&")[:8])
        text += "?" + "&".join(
            dict.fromkeys(f"{name[:30]}={_shaped(value, False)}" for name, _, value in pairs)
        )
    return text


def _shaped(segment: str, literal: bool) -> str:
    if not segment:
        return ""
    stem, suffix = segment, ""
    if "." in segment and (ending := _ENDING.search(segment)):
        stem, suffix = segment[: ending.start()], ending[0].lower()
    if stem.isdecimal():
        return "<num>" + suffix
    if stem[:2] in ("19", "20") and _DATE.fullmatch(stem):
        return "<date>" + suffix
    words = (stem.replace("%20", " ") if "%" in stem else stem).translate(_BLANKS).split()
    if (
        len(words) >= 4
        or len(stem) > 60
        or (len(words) >= 2 and any(len(word) >= 4 and word.isdigit() for word in words))
    ):
        return "<slug>" + suffix
    if len(stem) >= 6 and _CODE.fullmatch(stem):
        return "<code>" + suffix
    if literal and len(stem) <= 30:
        return stem.lower() + suffix
    return "<word>" + suffix


_STORY_FORM = re.compile(r"<(?:slug|num|code)>[^/?]*(?:\?|$)|[?&](?:[a-z_]*id|p)=<num>")
_PAGING = re.compile(r"[?&](?:p|pg|page|paged|start|offset)=<num>|/(?:page|<word>)/<num>$")


def is_story_form(shape: str) -> bool:
    """Whether URLs of this shape look like stories' (headline words or a number at the end), and not like pages'."""
    return _STORY_FORM.search(shape) is not None and _PAGING.search(shape) is None


class Families:
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


def shape_of_url(url: str) -> str | None:
    """The shape of any URL; None when it is malformed."""
    key = url_key(url)
    return None if key is None else shape_of(key)
