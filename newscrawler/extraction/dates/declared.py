"""Machine-readable dates of a page: JSON-LD, meta elements, the URL, state in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.days import is_plausible
from newscrawler.extraction.dates.partial_datetime import PartialDatetime, read_stamp
from newscrawler.extraction.html.document import Document
from newscrawler.url_cleaning import path_of


class Declared(NamedTuple):
    """One declared date; `text` as the page writes it."""

    stamp: PartialDatetime
    source: str
    text: str


_ARTICLE = re.compile(r"article|posting|report|review|analysis|opinion|backgroundnews|liveblog|howto|recipe")
_PAGE = re.compile(r"webpage|itempage|creativework|medicalwebpage")
_MEDIA = re.compile(r"^(?:video|audio)object$|newsvideo")
_PUBLISHED_KEYS = ("datePublished", "datepublished", "publishedAt")
_CREATED_KEYS = ("dateCreated", "uploadDate")
_MODIFIED_KEYS = ("dateModified", "datemodified")


class DeclaredDates(NamedTuple):
    """Dates of publication, of changes and of creation (which may be long before), the likeliest first."""

    published: list[Declared]
    modified: list[Declared]
    created: list[Declared]


def json_ld_dates(document: Document, language: str | None) -> DeclaredDates:
    """The dates of the nodes that describe this page."""
    found = DeclaredDates([], [], [])
    for node in _story_nodes(document):
        found.published.extend(_dates(node, _PUBLISHED_KEYS, language))
        found.modified.extend(_dates(node, _MODIFIED_KEYS, language))
        found.created.extend(_dates(node, _CREATED_KEYS, language))
    return found


def _dates(node: dict[str, Any], keys: tuple[str, ...], language: str | None) -> Iterator[Declared]:
    for key in filter(node.__contains__, keys):
        value = node[key]
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@value")
        stamp = read_stamp(value, language)
        if stamp is not None:
            yield Declared(stamp, "json-ld", str(value).strip())


def _story_nodes(document: Document) -> list[dict[str, Any]]:
    """Nodes that may describe this story: articles before pages before media, this page's own ones first."""
    ranked: list[tuple[int, int, dict[str, Any]]] = []
    own = _path(document.url)
    canonical = next((_path(url) for url in document.meta.get("og:url", ())), None)
    for position, node in enumerate(_with_main_entities(document.json_ld)):
        types = node.get("@type")
        names = (" ".join(map(str, types)) if isinstance(types, list) else str(types)).lower()
        rank = (
            0 if _ARTICLE.search(names) else 2 if _PAGE.search(names) else 4 if _MEDIA.search(names) else None
        )
        if rank is None or position > 200:
            continue
        addresses = {_path(address) for address in _addresses(node)}
        if addresses and not addresses & {own, canonical}:
            rank += 1
        elif not addresses and not document.facts.may_be_own(node):
            continue
        ranked.append((rank, position, node))
    ranked.sort(key=lambda entry: entry[:2])
    best = ranked[0][0] // 2 if ranked else 0
    return [node for rank, _, node in ranked if rank // 2 == best or rank // 2 == 1]


def _with_main_entities(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        for key in ("mainEntity", "mainEntityOfPage"):
            inner = node.get(key)
            if isinstance(inner, dict) and "@type" in inner and len(inner) > 2:
                yield inner


def _addresses(node: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http", "/")):
            yield value


def _path(url: str) -> str:
    path = path_of(url)
    return (unquote(path) if "%" in path else path).rstrip("/").lower()


_PUBLISHED_META = table("meta")["published"]
_MODIFIED_META = table("meta")["modified"]
_LOOKS_PUBLISHED = re.compile(
    r"publi(?:sh|cation)|pub[_.-]?(?:date|time)|creat(?:ed|ion)[_.-]?(?:date|time|at)|issued"
)
_LOOKS_MODIFIED = re.compile(r"modif|updat|lastmod|revis")
_LOOKS_DATED = re.compile(r"date|time|_at\b|issued|published$|(?:19|20)\d\d")


def meta_dates(document: Document, language: str | None) -> tuple[list[Declared], list[Declared]]:
    """Published and modified dates of meta elements, the likeliest first."""
    meta = document.meta
    published, modified = list(_named_meta(meta, _PUBLISHED_META, language)), []
    modified = list(_named_meta(meta, _MODIFIED_META, language))
    if not published:
        names = [
            name for name in meta
            if _LOOKS_PUBLISHED.search(name) and _LOOKS_DATED.search(name) and not _LOOKS_MODIFIED.search(name)
        ]  # fmt: skip
        published = list(_named_meta(meta, names, language))
    return published, modified


def declared_date_texts(document: Document) -> tuple[list[str], list[str]]:
    """The texts of dates of publication and of changes, as the page writes them."""
    facts, meta = document.facts, document.meta
    published = [str(value).strip() for value in facts.values("datePublished", of_page=True)[:2]]
    modified = [str(value).strip() for value in facts.values("dateModified", of_page=True)[:2]]
    published += [meta[name][0] for name in _PUBLISHED_META if name in meta]
    modified += [meta[name][0] for name in _MODIFIED_META if name in meta]
    return published, modified


def _named_meta(meta: dict[str, list[str]], names: list[str], language: str | None) -> Iterator[Declared]:
    for name in filter(meta.__contains__, names):
        for content in meta[name][:2]:
            stamp = read_stamp(content, language)
            if stamp is not None:
                yield Declared(stamp, "meta", content)


_MONTHS = {name: number for number, name in enumerate(table("meta")["english_months"], 1)}
_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:(?P<s>[/_.-])(?P<m>\d\d?|[a-z]{3})(?P=s)(?P<d>\d\d?)|/(?P<m2>\d\d)(?P<d2>\d\d)"
    r"|(?P<m3>[01]\d)(?P<d3>[0-3]\d))(?![\d])"
)


def url_date(url: str) -> Declared | None:
    """The day in a URL's path; None for none or more than one."""
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return None
    days: dict[date, str] = {}
    for found in _URL_DAY.finditer(path[:500]):
        month = found["m"] or found["m2"] or found["m3"]
        number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
        try:
            day = date(int(found["y"]), number, int(found["d"] or found["d2"] or found["d3"]))
        except ValueError:
            continue
        if is_plausible(day):
            days.setdefault(day, found[0])
    if len(days) != 1:
        return None
    day, text = next(iter(days.items()))
    return Declared(PartialDatetime(day), "url", text)


# A date of publication in the JSON that a page's scripts carry: `"publishedAt": "2024-05-03T10:00:00Z"`, quotes
# escaped when the JSON is inside a string.
_STATE = re.compile(
    r"ub(?:lish|lication|_?[dD]ate)[A-Za-z_]{0,20}\\{0,4}\"\s{0,2}:\s{0,2}"
    r"(?:\\{0,4}\"(?P<text>[\w:+., /-]{8,40})\\{0,4}\"|(?P<number>1\d{9}(?:\d{3})?)(?!\d))"
)
_STATE_LONGEST = 3_000_000  # characters of scripts that are looked through
_STATE_MOST = 200  # dates, after which a page's state is a listing's


def state_dates(document: Document, language: str | None) -> list[Declared]:
    """The date of publication in the page's scripts, where they hold one day only: else it is another story's."""
    found: dict[str, list[Declared]] = {}
    budget, count = _STATE_LONGEST, 0
    for script in document.index.by_tag["script"]:
        text = script.text
        if not text or "ld+json" in (script.get("type") or ""):
            continue
        text = text[:budget]
        budget -= len(text)
        for match in _STATE.finditer(text):
            key = text[
                text.rfind('"', max(0, match.start() - 24), match.start()) + 1 : match.end()
            ].partition('"')[0]
            if _LOOKS_MODIFIED.search(key.lower()) or "publisher" in key.lower():
                continue
            count += 1
            if count > _STATE_MOST:
                return []
            written = match["text"] or match["number"]
            stamp = read_stamp(written, language)
            if stamp is not None:
                found.setdefault(key, []).append(Declared(stamp, "state", written))
    for dates in found.values():
        if len({date.stamp.day for date in dates}) == 1:
            return dates[:1]
    return []
