"""Who wrote the story.

The structured data (JSON-LD author, author metas) and the visible byline are read apart; where the structured data
name people, they speak; where they name the publisher, an agency or nobody, the byline does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml import etree

from newscrawler.extraction.body import BodyFound
from newscrawler.extraction.document import Document
from newscrawler.extraction.element_text import line_of
from newscrawler.extraction.found import Found
from newscrawler.extraction.frames import Inside
from newscrawler.extraction.names import people_of
from newscrawler.extraction.rules import Rules
from newscrawler.extraction.structured import first_text
from newscrawler.text import clean_line

_AUTHOR_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author_name",
    "cxenseparse:author",
    "citation_author",
    "og:article:author",
)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|in|a)?|auteurs?|autore|by|profiles?|people|person|staff|team|reporters?|journalists?|"
    r"redaktion|verfasser|contributors?|columnists?|writers?|bio|av|forfatter|skribent|yazar(?:lar)?|av|author-.*)(?:/|-|\?|$)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^\W{0,3}(?:by|von|par|por|di|af|av|door|text|نوشته|بقلم|автор|yazan|oleh)\s*:?\s+\S", re.IGNORECASE
)
_MOST = 100  # candidates looked at
_FRAME = frozenset({"nav", "footer", "figure", "figcaption"})


def find_authors(document: Document, rules: Rules, body: BodyFound) -> Found[list[str]]:
    """People's names, in the page's order, no organisations or roles.

    Only where the page names no person at all: the credit that it declares as author (an agency, the newsroom).
    """
    sites = document.facts.site_keys
    if elements := rules.select(document.root, "authors"):
        return Found(people_of(map(line_of, elements), sites), "profile")
    if people := people_of(_declared(document), sites):
        return Found(people, "json-ld")
    if people := people_of(_marked_up(document), sites):
        return Found(people, "microdata")
    if people := _printed(document, body, sites):
        return Found(people, "dom")
    metas = _metas(document)
    if people := people_of(metas, sites):
        return Found(people, "meta")
    if credited := _declared(document, organisations=True):
        return Found(_plain(credited), "json-ld")
    return Found(_plain(metas), "meta")


def _plain(names: Iterable[str]) -> list[str]:
    """Credited names as they are declared: where no person is named, the page's own credit is the fact there is."""
    return list(
        dict.fromkeys(name for text in names if 1 < len(name := clean_line(text).strip(" ,;|")) < 60)
    )[:5]


def _declared(document: Document, *, organisations: bool = False) -> list[str]:
    """Names of the JSON-LD authors, creators where there are none; declared organisations only when asked for."""
    facts = document.facts
    for key in ("author", "creator"):
        names = []
        for value in islice(facts.values(key), _MOST):
            if isinstance(value, dict):
                if not organisations and "organization" in str(value.get("@type", "")).lower():
                    continue
                given, family = value.get("givenName"), value.get("familyName")
                name = first_text(value.get("name"))
                if name is None and isinstance(given, str) and isinstance(family, str):
                    name = f"{given} {family}"
            else:
                name = first_text(value)
            if name and "://" not in name:
                names.append(name)
        if names:
            return names
    return []


def _metas(document: Document) -> list[str]:
    facts = document.facts
    for name in _AUTHOR_META:
        names = [
            html.unescape(text)
            for text in facts.meta(name)
            if "://" not in text and "facebook.com" not in text
        ]
        if names:
            return names
    labels = facts.meta("twitter:label1", "twitter:label2")
    for label, name in zip(labels, facts.meta("twitter:data1", "twitter:data2"), strict=False):
        if re.match(
            r"(?i)written|author|verfasst|écrit|escrito|autor|scritto|geschreven|skriv|автор|yazan|von$|by$",
            label,
        ):
            return [name]
    return []


def _marked_up(document: Document) -> list[str]:
    """Microdata: names of itemprop=author elements outside comments."""
    names = []
    foreign = Inside(_is_foreign).holds
    for element in document.marks.props.get("author", ())[:_MOST]:
        if element.tag == "meta":
            names.append(element.get("content") or "")
        elif not foreign(element) and not _of_something_else(element):
            inner = [one for one in element.iter() if "name" in (one.get("itemprop") or "").split()]
            names += [one.get("content") or line_of(one) for one in inner] or [line_of(element)]
    return [name for name in names if len(name) < 200 and "://" not in name]


def _is_foreign(element: etree._Element) -> bool:
    """Whether an element is a frame of the page, one of its comments or a teaser."""
    if element.tag in _FRAME:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return "comment" in names or "related" in names or "teaser" in names or "sidebar" in names


def _of_something_else(element: etree._Element) -> bool:
    """Whether microdata states the author of a picture, a comment or a quoted work, not of the story."""
    for above in islice(element.iterancestors(), 64):
        if above.get("itemscope") is not None:
            return any(
                word in (above.get("itemtype") or "").lower()
                for word in ("image", "comment", "review", "video")
            )
    return False


def _printed(document: Document, body: BodyFound, sites: Sequence[str]) -> list[str]:
    """People of the visible byline: author links and byline elements next to the story, then a `By …` line."""
    marks = document.marks
    orders = document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    last = orders.get(body.elements[-1], 0) if body.elements else len(orders)
    foreign = Inside(_is_foreign).holds
    near = [
        element
        for element in sorted(
            {*marks.rels.get("author", ())[:_MOST], *marks.named["author"][:_MOST]},
            key=lambda one: orders[one],
        )
        if (not first or first - 120 <= orders[element] <= last + 60) and not foreign(element)
    ]
    # The byline above the text is the story's; one below it may be a box about its author.
    near.sort(key=lambda one: orders[one] > first)
    for element in near:
        texts, linked = _byline_texts(element)
        if people := people_of(texts, sites, printed=not linked):
            return people
    for element in document.index.elements[max(first - 60, 0) : first + 4]:
        text = element.text
        if (
            text
            and len(text) < 120
            and element.tag not in ("script", "style", "title")
            and _BYLINE.match(text)
        ):
            whole = line_of(element)
            if len(whole) < 120 and (people := people_of([whole], sites, printed=True)):
                return people
    return []


def _byline_texts(element: etree._Element) -> tuple[list[str], bool]:
    """Texts of the author links in a byline element, each a name; without any, its own text when it is short."""
    links = [
        link
        for link in element.iter("a")
        if "author" in (link.get("rel") or "") or _AUTHOR_PATH.search(link.get("href") or "")
    ]
    if texts := [text for link in links if 2 < len(text := line_of(link)) < 80]:
        return texts, True
    text = line_of(element)
    return ([text] if 2 < len(text) < 160 else []), False
