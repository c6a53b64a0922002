"""Who wrote the story.

The structured data (JSON-LD author, author metas) and the visible byline are read apart; where the structured data
name people, they are taken; where they name the publisher, an agency or nobody, the byline is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import partial
from itertools import islice
from typing import Any

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.bylines import (
    StoryNeighbourhood,
    bylines,
    card_names,
    credits,
    printed_people,
    signed_people,
)
from newscrawler.extraction.fields.person_names import is_handle, people_of
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.structured_data import as_list, first_text
from newscrawler.extraction.html.text_content import line_of
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
_NEAR = 60  # elements about the text
_UNREAD = frozenset(("script", "style", "title"))
_MOST = 100  # candidates looked at


def find_authors(
    document: Document, selectors: Selectors, body: BodyFound, headline: etree._Element | None = None
) -> Extracted[list[str]]:
    """People's names, in the page's order, no organisations or roles.

    Only where the page names no person at all: the credit that it declares as author (an agency, the newsroom, a name
    of one word). `headline` is the element of the printed title.
    """
    sites = document.facts.site_keys
    if elements := selectors.select(document.root, "authors"):
        return Extracted(people_of(map(line_of, elements), sites), "profile")
    own = partial(_own, document, body)
    declared = people_of(own(_declared(document)), sites)
    if not all(map(is_handle, declared)):
        return Extracted(declared, "json-ld")
    surroundings = StoryNeighbourhood(document.regions, body, headline)
    if people := people_of(_marked_up(document, surroundings), sites):
        return Extracted(people, "microdata")
    candidates = bylines(document, body, surroundings)
    if people := printed_people(document, body, sites, candidates, surroundings):
        return Extracted(people, "dom")
    metas = own(_metas(document))
    people = people_of(metas, sites)
    if not all(map(is_handle, people)) or (people and not declared):
        return Extracted(people, "meta")
    if people := signed_people(body, sites, surroundings):
        return Extracted(people, "dom")
    if declared:  # the account's name is all that there is
        return Extracted(declared, "json-ld")
    if credited := own(_declared(document, organisations=True)):
        return Extracted(_plain(credited), "json-ld")
    if credited := _plain(metas):
        return Extracted(credited, "meta")
    return Extracted(_plain(card_names(candidates) or credits(candidates)), "dom")


def declared_authors(document: Document) -> list[str]:
    """Names that the page declares as authors for machines."""
    return [*_declared(document, organisations=True)[:3], *_metas(document)[:2]]


def _own(document: Document, body: BodyFound, names: list[str]) -> list[str]:
    """Declared names without those that nearly all pages of the site declare and no line about the text prints."""
    shared = [name for name in names if document.template.is_shared_value("author", name)]
    if not shared:
        return names
    orders = document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    last = orders.get(body.elements[-1], 0) if body.elements else 0
    near = document.index.elements[max(first - _NEAR, 0) : last + _NEAR]
    printed = " ".join(
        text for one in near if one.tag not in _UNREAD for text in (one.text, one.tail) if text
    )
    return [name for name in names if name not in shared or name in printed]


def _plain(names: Iterable[str]) -> list[str]:
    """Credited names as they are declared: where no person is named, the page's own credit is the fact there is."""
    found: dict[str, str] = {}
    for text in names:
        name = clean_line(text).strip(" ,;|")
        if 1 < len(name) < 60 and any(map(str.isalpha, name)):
            found.setdefault(name.casefold(), name)
    return list(found.values())[:5]


def _declared(document: Document, *, organisations: bool = False) -> list[str]:
    """Names of the JSON-LD authors, creators where there are none; declared organisations only when asked for."""
    facts = document.facts
    for key in ("author", "creator"):
        names = []
        for value in islice(facts.values(key), _MOST):
            if isinstance(value, dict):
                if not organisations and "organization" in str(value.get("@type", "")).lower():
                    continue
                named = as_list(value.get("name"))[:_MOST]
                given, family = value.get("givenName"), value.get("familyName")
                if not named and isinstance(given, str) and isinstance(family, str):
                    named = [f"{given} {family}"]
            else:
                named = [value]
            texts = (first_text(_before_break(one)) for one in named)
            names += [text for text in texts if text and "://" not in text]
        if names:
            return names
    return []


def _before_break(name: Any) -> Any:
    """A name as far as an invisible space, behind which some systems put the job or the place."""
    return name.partition("\u200b")[0] if isinstance(name, str) and name.strip("\u200b ") else name


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


def _marked_up(document: Document, surroundings: StoryNeighbourhood) -> list[str]:
    """Microdata: names of itemprop=author elements outside comments."""
    names = []
    for element in document.marks.props.get("author", ())[:_MOST]:
        if element.tag == "meta":
            names.append(element.get("content") or "")
        elif not surroundings.are_foreign(element) and not _of_something_else(element):
            inner = [one for one in element.iter() if "name" in (one.get("itemprop") or "").split()]
            names += [one.get("content") or line_of(one) for one in inner] or [line_of(element)]
    return [name for name in names if len(name) < 200 and "://" not in name]


def _of_something_else(element: etree._Element) -> bool:
    """True for microdata about the author of a picture, a comment or a quoted work, not of the story."""
    for above in islice(element.iterancestors(), 64):
        if above.get("itemscope") is not None:
            return any(
                word in (above.get("itemtype") or "").lower()
                for word in ("image", "comment", "review", "video")
            )
    return False
