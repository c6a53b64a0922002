"""URL shapes, and the evidence of what pages of one shape turned out to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from newscrawler.discovery.scope import is_language
from newscrawler.discovery.urls import url_key

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:0?[1-9]|1[0-2])[-_.]?(?:0?[1-9]|[12]\d|3[01])?")
_CODE = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9]{6,}|[0-9a-fA-F-]{24,}")
_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")
_WORDS = re.compile(r"[-_+.~]|%20")


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
        if _YEAR.fullmatch(segment):
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
    ending = _ENDING.search(segment)
    stem, suffix = (segment[: ending.start()], ending[0].lower()) if ending else (segment, "")
    if _NUMBER.fullmatch(stem):
        return "<num>" + suffix
    if _DATE.fullmatch(stem):
        return "<date>" + suffix
    words = [word for word in _WORDS.split(stem) if word]
    if (
        len(words) >= 4
        or len(stem) > 60
        or (len(words) >= 2 and any(len(w) >= 4 and w.isdigit() for w in words))
    ):
        return "<slug>" + suffix
    if _CODE.fullmatch(stem):
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

    def __init__(self) -> None:
        self._queries: dict[str, set[str]] = {}
        self._directories: dict[str, set[str]] = {}

    def of(self, shape: str, of_stories: bool = False) -> str:
        """The family of a shape: itself, as long as its site keeps to a limited number of them."""
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


@dataclass(slots=True)
class Evidence:
    """What pages of one kind of link turned out to be.

    `stories`, `listings` (pages that brought stories not known before), `nothing`: counts. `gain`: new stories
    per page that was no story, recent pages counting more. `barren`: pages in a row that were no story and
    brought nothing new; `empty`: those of them that did not even list known stories not listed there before.
    """

    stories: float = 0
    listings: float = 0
    nothing: float = 0
    gain: float = 0.0
    barren: int = 0
    empty: int = 0
    requests: int = 0
    tired: bool = False  # an earlier run lost its patience with these

    MEMORY: ClassVar[int] = (
        20  # pages after which older evidence fades, so that a turn for the worse shows soon
    )

    def story(self) -> None:
        """A page turned out to be a story."""
        self._fade()
        self.stories += 1
        self.barren = self.empty = 0

    def page(self, new: int, progress: int) -> None:
        """A page turned out to be no story; it brought `new` stories, and listed `progress` known ones."""
        self._fade()
        seen = self.listings + self.nothing
        self.gain += (new - self.gain) / min(seen + 1, 5)
        if new:
            self.listings += 1
            self.barren = self.empty = 0
            self.tired = False
        else:
            self.nothing += 1
            self.barren += 1
            self.empty = 0 if progress else self.empty + 1

    def _fade(self) -> None:
        total = self.stories + self.listings + self.nothing
        if total > self.MEMORY:
            share = self.MEMORY / total
            self.stories *= share
            self.listings *= share
            self.nothing *= share

    def story_chance(self, prior: float, weight: float = 3.0) -> float:
        """How likely the next one is a story (posterior mean of a Beta prior with that mean and weight)."""
        seen = self.stories + self.listings + self.nothing
        return (self.stories + prior * weight) / (seen + weight)

    def expected_gain(self, prior: float, weight: float = 2.0) -> float:
        """New stories to expect of the next page, if it is no story."""
        seen = min(self.listings + self.nothing, 5)
        return (self.gain * seen + prior * weight) / (seen + weight)


def evidence_to_dict(book: Mapping[str, Evidence], limit: int = 2000) -> dict[str, Any]:
    """A plain dict of the best-known evidence, to be kept between runs."""
    known = sorted(
        ((name, e) for name, e in book.items() if e.stories + e.listings + e.nothing >= 3),
        key=lambda item: -(item[1].stories + item[1].listings + item[1].nothing),
    )
    return {
        name: [round(e.stories), round(e.listings), round(e.nothing), round(e.gain, 2)]
        for name, e in known[:limit]
    }


def evidence_from_dict(data: object) -> dict[str, Evidence]:
    """The evidence of earlier runs, weighed down so that a changed site is noticed; what is malformed is left out."""
    book: dict[str, Evidence] = {}
    if not isinstance(data, dict):
        return book
    for name, values in data.items():
        if not isinstance(name, str) or not isinstance(values, list) or len(values) != 5:
            continue
        if not all(isinstance(value, int | float) and 0 <= value < 1e9 for value in values):
            continue
        stories, listings, nothing, gain, tired = values
        weight = min(1.0, 10 / max(1.0, stories + listings + nothing))
        book[name] = Evidence(
            stories * weight, listings * weight, nothing * weight, float(gain), tired=bool(tired)
        )
    return book


def shape_of_url(url: str) -> str | None:
    """The shape of any URL; None when it is malformed."""
    key = url_key(url)
    return None if key is None else shape_of(key)
