"""Which of a page's machine-readable facts describe THIS story: JSON-LD nodes and names of the site.

A page may carry many JSON-LD objects (the story, stories it links to, the site, its crumbs). `StoryFacts` chooses
those of the story, best first, and answers with the first value that any of them has.
Terms: schema.org (NewsArticle and its relatives), Open Graph protocol (ogp.me).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import unquote

from newscrawler.hosts import registrable
from newscrawler.text import clean_line, titles_differ
from newscrawler.url_cleaning import host_of, path_of

# How surely a node of the type is the story itself; what is not here is not a story.
_SURENESS = {
    "newsarticle": 10,
    "reportagenewsarticle": 10,
    "analysisnewsarticle": 10,
    "opinionnewsarticle": 10,
    "backgroundnewsarticle": 10,
    "reviewnewsarticle": 10,
    "askpublicnewsarticle": 10,
    "liveblogposting": 10,
    "blogposting": 9,
    "socialmediaposting": 7,
    "article": 9,
    "advertisercontentarticle": 9,
    "satiricalarticle": 9,
    "scholarlyarticle": 8,
    "techarticle": 9,
    "report": 8,
    "review": 6,
    "claimreview": 6,
    "howto": 6,
    "recipe": 6,
    "medicalwebpage": 5,
    "podcastepisode": 5,
    "creativework": 4,
    "videoobject": 4,
    "audioobject": 2,
    "webpage": 3,
    "itempage": 3,
}
# Types of a whole story: https://schema.org/Article, its subtypes, and what publishers use in their place.
STORY_TYPES = frozenset(name for name, sureness in _SURENESS.items() if sureness >= 6)
_PAGES = frozenset({"webpage", "itempage"})
_MEDIA = frozenset({"videoobject", "audioobject"})
_MAX_NODES = 300
_NOT_LETTERS = re.compile(r"[\W_]+")
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_SHORT_NAME = 25  # characters
_LONGEST_KEPT = 300  # characters


class StoryFacts:
    """The machine-readable facts of one page, sorted by what they describe.

    `json_ld` are the page's typed JSON-LD objects, `meta` its `<meta>` contents by lower-case name, `title` the
    window's title.
    """

    def __init__(
        self, url: str, json_ld: list[dict[str, Any]], meta: dict[str, list[str]], title: str = ""
    ) -> None:
        self._title = title
        self._url = url
        self._path = _path(url)
        self._meta = meta
        self._cleaned: dict[str, list[str]] = {}
        self._all = list(_opened(json_ld))

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for node in self._all:
            if isinstance(identity := node.get("@id"), str) and len(node) > 2:
                found.setdefault(identity, node)
        return found

    @cached_property
    def nodes(self) -> list[dict[str, Any]]:
        """JSON-LD nodes of the story itself, the surest first; empty when the page has none."""
        scored: list[tuple[float, dict[str, Any]]] = []
        declared = {alphanumeric_key(text) for text in self.meta("og:title", "twitter:title")}
        for node in self._all:
            weight = max((_SURENESS.get(name, 0) for name in types_of(node)), default=0)
            if not weight:
                continue
            score = float(weight)
            paths = {_path(address) for address in _addresses(node)} - {"", "/"}
            headline = alphanumeric_key(first_text(node.get("headline") or node.get("name")) or "")
            if not paths and not self.may_be_own(node):
                continue
            if self._path in paths:
                score += 6
            elif paths and weight > 3 and not any(_same_story(path, self._path) for path in paths):
                score -= 4  # another story's address: a teaser, or a moved story when nothing better is there
            if headline and any(headline in title or title in headline for title in declared if title):
                score += 3
            score += 0.1 * sum(key in node for key in ("datePublished", "author", "articleBody", "headline"))
            scored.append((score, node))
        if not scored:
            return []
        scored.sort(key=lambda pair: -pair[0])
        best = scored[0][0]
        return [node for score, node in scored if score >= best - 8 and score >= 3]

    def may_be_own(self, node: dict[str, Any]) -> bool:
        """False for a node that has another headline than the page: a teaser, or a video in it.

        To be asked of nodes without an address, which says more.
        """
        headline = first_text(node.get("headline") or node.get("name")) or ""
        key, title = alphanumeric_key(headline), alphanumeric_key(self._title)
        if not key or not title or key in title or title in key:
            return True
        if not types_of(node).isdisjoint(_MEDIA):
            return False
        return "headline" not in node or not titles_differ(headline, self._title)

    @cached_property
    def _own_nodes(self) -> list[dict[str, Any]]:
        """The story's nodes without those of the page around it."""
        return [node for node in self.nodes if not types_of(node) <= _PAGES]

    @property
    def node(self) -> dict[str, Any]:
        """The story's surest JSON-LD node; an empty one when there is none."""
        return self.nodes[0] if self.nodes else {}

    @cached_property
    def types(self) -> set[str]:
        """Lower-case @type names of the story's nodes, the page's own (`webpage`) left out."""
        return {name for node in self.nodes for name in types_of(node)} - _PAGES

    def values(self, key: str, *, of_page: bool = False) -> list[Any]:
        """The values of `key` of the first story node that has any, references (`@id`) resolved, as a flat list.

        Nodes of type WebPage speak only when `of_page`.
        """
        for node in self.nodes if of_page else self._own_nodes:
            if found := [self.resolve(value) for value in as_list(node.get(key))]:
                return found
        return []

    def text(self, *keys: str, of_page: bool = False) -> str | None:
        """The first text of the first of `keys` that has one, entities decoded once, on one line."""
        for key in keys:
            for value in self.values(key, of_page=of_page):
                if text := first_text(value):
                    return text
        return None

    def resolve(self, value: Any) -> Any:
        """A reference `{"@id": …}` as the node that it names, where the page has it; else the value itself."""
        if isinstance(value, dict) and isinstance(identity := value.get("@id"), str):
            target = self._by_id.get(identity)
            if target is not None and target is not value:
                return {**target, **value}
        return value

    def of_type(self, *names: str) -> list[dict[str, Any]]:
        """Every JSON-LD node of the page with one of the lower-case type names, in page order."""
        wanted = set(names)
        return [node for node in self._all if wanted & types_of(node)]

    def meta(self, *names: str) -> list[str]:
        """Contents of the `<meta>` elements of the given lower-case names, in the order of the names."""
        found: list[str] = []
        for name in names:
            if name not in self._cleaned:
                self._cleaned[name] = [clean_line(content) for content in self._meta.get(name, ())]
            found += self._cleaned[name]
        return found

    @cached_property
    def site_names(self) -> list[str]:
        """Names that the site gives itself: og:site_name, publisher, WebSite and application names; no duplicates.

        A long one that only repeats the page's title is no name.
        """
        names = self.meta("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name")
        for node in self._all:
            if {"website", "newsmediaorganization"} & types_of(node):
                names += [text for key in ("name", "alternateName") if (text := first_text(node.get(key)))]
        for publisher in (*self.values("publisher"), *self.values("sourceOrganization")):
            if name := first_text(publisher):
                names.append(name)
        names += self.meta("publisher", "dc.publisher", "twitter:app:name:iphone", "copyright")
        titles = set(self.meta("og:title", "twitter:title"))
        return list(
            dict.fromkeys(
                name
                for name in names
                if 1 < len(name) < 80 and not (len(name) > _SHORT_NAME and name in titles)
            )
        )

    @cached_property
    def site_keys(self) -> list[str]:
        """Keys (`alphanumeric_key`) by which a piece of a title is known as the site's name, the longest first."""
        return site_keys(self.site_names, self._url)


def as_list(value: Any) -> list[Any]:
    """JSON-LD writes one value bare and several as a list: always a list here."""
    if value is None or value == "":
        return []
    if isinstance(value, list):
        return [item for item in value if item is not None and item != ""]
    if isinstance(value, dict) and "@list" in value:
        return as_list(value["@list"])
    return [value]


def first_text(value: Any) -> str | None:
    """The text of a JSON-LD value: itself, its `@value`, its `name`, or of a list the first that has one."""
    for _ in range(4):
        if isinstance(value, str):
            return clean_line(html.unescape(value) if "&" in value else value) or None
        if isinstance(value, list):
            value = next((item for item in value if item), None)
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("headline")
        else:
            return None
    return None


def types_of(node: dict[str, Any]) -> set[str]:
    """Lower-case type names of a node, without vocabulary prefix."""
    return {
        name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for name in as_list(node.get("@type"))
        if isinstance(name, str)
    }


def alphanumeric_key(text: str) -> str:
    """Letters and digits only, case folded: equal for headlines that differ in punctuation and case alone."""
    return _key(text) if len(text) <= _LONGEST_KEPT else _bare(text)


def _bare(text: str) -> str:
    if text.isascii():
        return text.translate(_NO_LETTERS).lower()  # several times faster than the pattern
    return _NOT_LETTERS.sub("", text).casefold()


_key = lru_cache(maxsize=1024)(_bare)  # the same few texts are asked for by several readers


def site_keys(site_names: Iterable[str], url: str) -> list[str]:
    """The site's names and its host's as keys, the longest first."""
    keys = {alphanumeric_key(name) for name in site_names}
    host = host_of(url)
    if host:
        site = registrable(host)
        keys |= {
            alphanumeric_key(site),
            alphanumeric_key(site.split(".")[0]),
            alphanumeric_key(host.removeprefix("www.")),
        }
    return sorted((key for key in keys if len(key) > 1), key=len, reverse=True)


def _opened(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The nodes, and the objects they wrap as `mainEntity`, `mainEntityOfPage` or `subjectOf`."""
    for node in nodes[:_MAX_NODES]:
        yield node
        for key in ("mainEntity", "mainEntityOfPage", "subjectOf"):
            for inner in as_list(node.get(key)):
                if isinstance(inner, dict) and "@type" in inner and len(inner) > 2:
                    yield inner


def _addresses(node: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in as_list(node.get(key)):
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url")
            if isinstance(value, str) and "/" in value and not (key == "@id" and "#" in value):
                yield value


def _path(url: str) -> str:
    path = path_of(url.strip())
    return (unquote(path) if "%" in path else path).rstrip("/").lower() or "/"


def _same_story(one: str, other: str) -> bool:
    """True when two paths share their last segment (`/amp/x` and `/x`)."""
    return one.rsplit("/", 1)[-1] == other.rsplit("/", 1)[-1]
