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
from newscrawler.extraction.names import is_person, people_of, split_byline
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
# A line that begins a byline: the name follows in the same text, or in an element after it.
_BYLINE = re.compile(
    r"\W{0,3}(?:by|von|par|por|di|af|av|door|text|نوشته|بقلم|автор|yazan|oleh)\s*:?(?:\s+\S|\s*$)",
    re.IGNORECASE,
)
_MOST = 100  # candidates looked at
_FRAME = frozenset({"nav", "figure", "figcaption"})
_FOREIGN_NAMES = ("comment", "related", "teaser", "sidebar")
# Classes of microformats: a card, whose it is, the name on it.
_CARDS, _AUTHORS = frozenset({"vcard", "h-card"}), frozenset({"author", "p-author"})
_NAMES = frozenset({"fn", "p-name"})
_BUTTON = re.compile(r"follow|btn|button")  # beside a byline: in small letters, of classes
_UNREAD = frozenset({"script", "style", "title"})
_LONGEST_BYLINE = 120  # characters
_LONGEST_SIGNATURE = 60  # characters
_BOLD = 0.9  # share of a signature's characters


def find_authors(document: Document, rules: Rules, body: BodyFound) -> Found[list[str]]:
    """People's names, in the page's order, no organisations or roles.

    Only where the page names no person at all: the credit that it declares as author (an agency, the newsroom, a name
    of one word).
    """
    sites = document.facts.site_keys
    if elements := rules.select(document.root, "authors"):
        return Found(people_of(map(line_of, elements), sites), "profile")
    if people := people_of(_declared(document), sites):
        return Found(people, "json-ld")
    foreign = _foreign(body)
    if people := people_of(_marked_up(document, foreign), sites):
        return Found(people, "microdata")
    bylines = _bylines(document, body, foreign)
    if people := _printed(document, body, sites, bylines):
        return Found(people, "dom")
    metas = _metas(document)
    if people := people_of(metas, sites):
        return Found(people, "meta")
    if people := _signed(body, sites, foreign):
        return Found(people, "dom")
    if credited := _declared(document, organisations=True):
        return Found(_plain(credited), "json-ld")
    if credited := _plain(metas):
        return Found(credited, "meta")
    return Found(_plain(_cards(bylines)), "dom")


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


def _marked_up(document: Document, foreign: Inside) -> list[str]:
    """Microdata: names of itemprop=author elements outside comments."""
    names = []
    for element in document.marks.props.get("author", ())[:_MOST]:
        if element.tag == "meta":
            names.append(element.get("content") or "")
        elif not foreign.holds(element) and not _of_something_else(element):
            inner = [one for one in element.iter() if "name" in (one.get("itemprop") or "").split()]
            names += [one.get("content") or line_of(one) for one in inner] or [line_of(element)]
    return [name for name in names if len(name) < 200 and "://" not in name]


def _foreign(body: BodyFound) -> Inside:
    """What stands in a frame of the page, in one of its comments or in a teaser.

    What is around the story's text is none, whatever its classes say of its layout (`right-sidebar`).
    """
    container = body.container
    home = set() if container is None else {container, *container.iterancestors()}

    def is_foreign(element: etree._Element) -> bool:
        if element in home:
            return False
        if element.tag in _FRAME or (
            element.tag == "footer" and next(element.iterancestors("article"), None) is None
        ):
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        return any(word in names for word in _FOREIGN_NAMES)

    return Inside(is_foreign)


def _of_something_else(element: etree._Element) -> bool:
    """Whether microdata states the author of a picture, a comment or a quoted work, not of the story."""
    for above in islice(element.iterancestors(), 64):
        if above.get("itemscope") is not None:
            return any(
                word in (above.get("itemtype") or "").lower()
                for word in ("image", "comment", "review", "video")
            )
    return False


def _bylines(document: Document, body: BodyFound, foreign: Inside) -> list[etree._Element]:
    """Author links and elements named as a byline about the story's text, those above it first."""
    marks, orders = document.marks, document.index.orders
    first = orders.get(body.elements[0], 0) if body.elements else 0
    last = orders.get(body.elements[-1], 0) if body.elements else len(orders)
    near = [
        element
        for element in sorted(
            {*marks.rels.get("author", ())[:_MOST], *marks.named["author"][:_MOST]}, key=orders.__getitem__
        )
        if (not first or first - 120 <= orders[element] <= last + 60)
        and not foreign.holds(element)
        and not _BUTTON.search((element.get("class") or "").lower())
    ]
    # One below the text may be a box about its author.
    return sorted(near, key=lambda one: orders[one] > first)


def _printed(
    document: Document, body: BodyFound, sites: Sequence[str], bylines: Iterable[etree._Element]
) -> list[str]:
    """People of the visible byline: author links and byline elements next to the story, then a `By …` line."""
    for element in bylines:
        texts, linked = _byline_texts(element)
        if people := people_of(texts, sites, printed=not linked):
            return people
    first = document.index.orders.get(body.elements[0], 0) if body.elements else 0
    for element in document.index.elements[max(first - 60, 0) : first + 4]:
        if element.tag in _UNREAD:
            continue
        for text, whole in ((element.text, element), (element.tail, None)):
            if not text or len(text) > _LONGEST_BYLINE or not _BYLINE.match(text.strip()):
                continue
            line = line_of(whole) if whole is not None else text
            if len(line) < _LONGEST_BYLINE and (people := people_of([line], sites, printed=True)):
                return people
    return []


def _signed(body: BodyFound, sites: Sequence[str], foreign: Inside) -> list[str]:
    """People in a line at the text's very beginning or end that is bold and holds nothing but names."""
    if not body.chosen:
        return []
    first, last = body.chosen[0], body.chosen[-1]
    for at in dict.fromkeys((max(first - 1, 0), first, last, min(last + 1, len(body.blocks) - 1))):
        block = body.blocks[at]
        size = len(block.text)
        if size > _LONGEST_SIGNATURE or block.strong < _BOLD * size or block.text[-1] in ".:?!…":
            continue
        if not foreign.covers(block.box.element):
            names = split_byline(block.text)
            people = people_of([block.text], sites, printed=True)
            if people and len(people) == len(names) and all(map(_is_full_name, people)):
                return people
    return []


def _is_full_name(name: str) -> bool:
    """Whether a name has two to four words, each with a capital (particles aside)."""
    words = name.split()
    return 1 < len(words) <= 4 and words[0][0].isupper() and words[-1][0].isupper()


def _cards(bylines: Iterable[etree._Element]) -> list[str]:
    """Names on the author's cards among the bylines: `fn` in a `vcard`, `p-name` in an `h-card` (microformats.org).

    They say who wrote, be it by a name of one word or the site's own; `admin` is nobody.
    """
    names: list[str] = []
    for element in bylines:
        classes = frozenset((element.get("class") or "").split())
        if classes & _CARDS and classes & _AUTHORS:
            inner = [one for one in element.iter() if not _NAMES.isdisjoint((one.get("class") or "").split())]
            names += filter(is_person, split_byline(line_of(inner[0] if inner else element)))
    return names


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
