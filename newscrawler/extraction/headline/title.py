"""The headline, and the kicker above it.

Witnesses: the visible headline (h1, itemprop=headline), JSON-LD headline, og:title, twitter:title, `<title>`. Each
loses the site's name; the text that most of them bear out is the title, the visible one where they agree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.headline.headings import (
    declared_heading,
    headline_text,
    is_crumb,
    is_framed,
    links_to_front_page,
    own_heading,
    printed_as,
    repeated_alt,
)
from newscrawler.extraction.headline.site_affixes import is_site, names_site, pieces, strip_site
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.site_template import SiteTemplate
from newscrawler.extraction.html.structured_data import alphanumeric_key
from newscrawler.extraction.html.text_content import line_of
from newscrawler.text import clean_line


class TitleFound(NamedTuple):
    """`element` is the visible headline's element, where there is one; `source` as in `Extracted`."""

    title: str | None
    source: str
    kicker: str | None
    kicker_source: str
    element: etree._Element | None


class _Witness(NamedTuple):
    text: str
    key: str
    source: str
    weight: float
    element: etree._Element | None


# How far each place is trusted; measured on real pages, and rounded.
_WEIGHTS = {
    "h1": 1.8,
    "itemprop": 1.0,
    "json-ld": 1.5,
    "og:title": 1.2,
    "twitter:title": 0.6,
    "parsely-title": 0.6,
    "dc.title": 0.6,
    "dcterms.title": 0.6,
    "sailthru.title": 0.6,
    "title": 0.5,
}
_DIVIDERS = frozenset("-–—|｜ㅣ丨_·•»›<>/:")
_METAS = (
    ("og:title", "opengraph"),
    ("twitter:title", "meta"),
    ("parsely-title", "meta"),
    ("dc.title", "meta"),
    ("dcterms.title", "meta"),
    ("sailthru.title", "meta"),
)
_ENTITY = re.compile(
    r"&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE
)
_LONGEST = 500  # characters of a headline that are looked at
_MOST_PIECES = 5  # of a title between separators; bounds the runs that are looked for on the page
_MASTHEAD = 0.1  # the weight of an h1 that is the site's name


def find_title(document: Document, selectors: Selectors) -> TitleFound:
    """The story's headline without site suffix or section prefix; None when the page has none."""
    kicker, kicker_source = _kicker_by_selector(document, selectors)
    for element in selectors.select(document.root, "title"):
        if text := line_of(element):
            return TitleFound(text, "profile", kicker, kicker_source, element)
    sites = document.facts.site_keys
    witnesses = _witnesses(document, sites)
    if not witnesses and (own := own_heading(document)) is not None:
        return TitleFound(headline_text(document, own), "template", kicker, kicker_source, own)
    if not witnesses:
        alt = repeated_alt(document)
        if alt is None:
            return TitleFound(None, "dom", kicker, kicker_source, None)
        return TitleFound(alt[0], "dom", kicker, kicker_source, alt[1])
    best = max(witnesses, key=lambda witness: _support(witness, witnesses))
    visible = best.element if best.element is not None else printed_as(document, best.key)
    if visible is None:
        # Of a declared title the piece that is printed: the rest is a section or a slogan.
        best, visible = _printed(document, [best], best.key) or (best, None)
    if best.source == "dom" and all(other is best or _support(best, [other]) < 0.05 for other in witnesses):
        # A heading that nothing else on the page knows, as a masthead is, against a declared one that is printed.
        best, visible = _printed(document, [one for one in witnesses if one is not best]) or (best, visible)
    if kicker is None and visible is not None:
        kicker, kicker_source = _kicker_above(document, visible, best.key, sites), "dom"
    # Of one headline the fullest spelling: a kicker's colon is often drawn by the style sheet alone.
    spelling = max((witness.text for witness in (best, *witnesses) if witness.key == best.key), key=len)
    source = "meta" if best.source == "title" else best.source
    return TitleFound(spelling, source, kicker, kicker_source, visible)


def _printed(
    document: Document, witnesses: Iterable[_Witness], unprinted: str = ""
) -> tuple[_Witness, etree._Element] | None:
    """The first witness that is printed on the page, whole or in part: the most of its pieces that are.

    `unprinted` is the key of a headline that is known not to be.
    """
    for witness in witnesses:
        parts = pieces(witness.text)[:_MOST_PIECES]
        runs = [
            witness.text[parts[first][1] : parts[first + count - 1][2]]
            for count in range(len(parts), 0, -1)
            for first in range(len(parts) - count + 1)
        ]
        for text in runs:
            key = alphanumeric_key(text)
            if (
                len(key) > (12 if text.isascii() else 6)
                and (element := printed_as(document, key)) is not None
            ):
                return witness._replace(text=text, key=key), element
    return None


def _witnesses(document: Document, sites: list[str]) -> list[_Witness]:
    """Every headline that the page states. One place that states it twice counts once."""
    facts = document.facts
    found: list[_Witness] = []
    seen: set[tuple[str, str]] = set()

    def add(text: str | None, source: str, weight: float, element: etree._Element | None = None) -> None:
        if text and document.template.is_shared_heading(text, element):
            return
        if text and element is None and _ENTITY.search(text[:_LONGEST]):  # declared, and encoded twice
            text = clean_line(html.unescape(text[:_LONGEST]))
        text = _without_site(text[:_LONGEST], sites, document.template) if text else None
        key = alphanumeric_key(text) if text else ""
        if (
            text
            and len(key) > 1
            and not any(site.startswith(key) for site in sites)
            and (key, source) not in seen
        ):
            seen.add((key, source))
            found.append(_Witness(text, key, source, weight, element))

    headlines = [
        element
        for element in document.index.by_tag["h1"][:20]
        if not is_framed(document, element)
        and not document.template.is_shared_heading(line_of(element), element)
    ]
    for index, element in enumerate(headlines[:6]):
        if is_crumb(element) and (visible := declared_heading(document)) is not None:
            # A page title at the end of the breadcrumb, and the real headline in an h2 that og:title repeats.
            add(headline_text(document, visible), "dom", _WEIGHTS["h1"], visible)
            add(line_of(element), "title", 0.3)
            continue
        weight = _WEIGHTS["h1"] if len(headlines) == 1 else 1.4 if index == 0 else 0.8
        if is_site(line_of(element), sites) or links_to_front_page(document, element):
            weight = _MASTHEAD
        add(headline_text(document, element), "dom", weight, element)
    for element in document.marks.props.get("headline", ())[:4]:
        if element.tag == "meta":
            add(clean_line(element.get("content") or ""), "microdata", _WEIGHTS["itemprop"])
        elif element.tag != "h1":
            add(line_of(element), "microdata", _WEIGHTS["itemprop"], element)
    before = len(found)
    add(facts.text("headline"), "json-ld", _WEIGHTS["json-ld"])
    if len(found) == before:
        add(facts.text("name"), "json-ld", 0.6)
    known = [witness for witness in found if witness.weight > _MASTHEAD]
    for name, source in _METAS:
        for text in facts.meta(name)[:1]:
            # Titles for services are mostly one text: the first counts, the others add little.
            add(_leading(text, known), source, _WEIGHTS[name] if source not in _sources(found) else 0.3)
    for element in document.index.by_tag["title"]:
        if text := line_of(element):
            add(_leading(text, [one for one in found if one.weight > _MASTHEAD]), "title", _WEIGHTS["title"])
            break
    return found


def _without_site(text: str, sites: list[str], template: SiteTemplate) -> str:
    """A title without what the site adds to it: by its other pages where they are known, else by its name."""
    return template.without_affixes(text) if template.known else strip_site(text, sites)


def _sources(witnesses: Iterable[_Witness]) -> set[str]:
    return {witness.source for witness in witnesses}


def _leading(text: str, known: Iterable[_Witness]) -> str:
    """A `<title>` cut to the piece that another witness knows as the headline; else the text itself."""
    text = text[:_LONGEST]
    for witness in known:
        rest = text[len(witness.text) :].lstrip()
        if rest and len(witness.text) > 12 and rest[0] in _DIVIDERS and text.startswith(witness.text):
            return witness.text
    parts = pieces(text)
    if len(parts) > 1:
        keys = {witness.key for witness in known}
        for first in range(len(parts)):
            for last in range(len(parts), first, -1):
                piece = text[parts[first][1] : parts[last - 1][2]]
                if alphanumeric_key(piece) in keys:
                    return piece
    return text


def _support(witness: _Witness, witnesses: list[_Witness]) -> float:
    total = 0.0
    words = None
    for other in witnesses:
        if other.key == witness.key:
            total += other.weight
        elif len(witness.key) > 8 and (witness.key in other.key or other.key in witness.key):
            total += (
                0.5
                * other.weight
                * min(len(witness.key), len(other.key))
                / max(len(witness.key), len(other.key))
            )
        else:
            words = words or _words(witness.text)
            total += 0.4 * other.weight * _overlap(words, _words(other.text))
    return total + (0.01 if witness.element is not None else 0.0)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in text.split() if len(word) > 2}


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _kicker_by_selector(document: Document, selectors: Selectors) -> tuple[str | None, str]:
    for element in selectors.select(document.root, "kicker"):
        if text := line_of(element):
            return text, "profile"
    return None, "dom"


def _kicker_above(document: Document, headline: etree._Element, key: str, sites: list[str]) -> str | None:
    """A short line marked as kicker, right above the headline or inside it."""
    marked = document.marks.named["kicker"]
    if not marked:
        return None
    around = headline.getparent()
    for _ in range(2):
        if around is None:
            break
        for element in marked:
            if element is not headline and _inside(element, around):
                text = line_of(element).rstrip(" :")
                if text and len(text) < 90 and alphanumeric_key(text) != key and not names_site(text, sites):
                    return text
        around = around.getparent()
    return None


def _inside(element: etree._Element, around: etree._Element) -> bool:
    return any(above is around for above in islice(element.iterancestors(), 64))
