"""The headline, and the kicker above it.

Witnesses: the visible headline (h1, itemprop=headline), JSON-LD headline, og:title, twitter:title, `<title>`. Each
loses the site's name; the text that most of them bear out is the title, the visible one where they agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.document import Document
from newscrawler.extraction.headline import pieces, site_words, strip_site
from newscrawler.extraction.rules import Rules
from newscrawler.extraction.structured import title_key
from newscrawler.text import clean_line


class TitleFound(NamedTuple):
    """`element` is the visible headline's element, where there is one; `source` as in `Found`."""

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


_ALL_TEXT = etree.XPath("string()", smart_strings=False)
_BLOCKS = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "p", "div", "span", "td", "strong", "b", "font", "header", "center"}
)
_FRAME = frozenset({"nav", "footer", "aside"})


def find_title(document: Document, rules: Rules) -> TitleFound:
    """The story's headline without site suffix or section prefix; None when the page has none."""
    kicker, kicker_source = _kicker_by_rule(document, rules)
    for element in rules.select(document.root, "title"):
        if text := text_of(element):
            return TitleFound(text, "profile", kicker, kicker_source, element)
    sites = site_words(document.facts.site_names, document.url)
    witnesses = _witnesses(document, sites)
    if not witnesses:
        alt = _repeated_alt(document)
        if alt is None:
            return TitleFound(None, "dom", kicker, kicker_source, None)
        return TitleFound(alt[0], "dom", kicker, kicker_source, alt[1])
    best = max(witnesses, key=lambda witness: _support(witness, witnesses))
    visible = best.element if best.element is not None else _visible(document, best.key)
    if kicker is None and visible is not None:
        kicker, kicker_source = _kicker_above(document, visible, best.key), "dom"
    return TitleFound(best.text, best.source, kicker, kicker_source, visible)


def text_of(element: etree._Element) -> str:
    """An element's text on one line."""
    return clean_line(str(_ALL_TEXT(element)))


def _witnesses(document: Document, sites: list[str]) -> list[_Witness]:
    facts = document.facts
    found: list[_Witness] = []

    def add(text: str | None, source: str, weight: float, element: etree._Element | None = None) -> None:
        text = strip_site(text, sites) if text else None
        key = title_key(text) if text else ""
        if text and len(key) > 1 and key not in sites:
            found.append(_Witness(text, key, source, weight, element))

    headlines = [element for element in document.root.iter("h1") if not _framed(element)]
    weight = 1.6 if len(headlines) == 1 else 1.2
    for element in headlines[:6]:
        add(text_of(element), "dom", weight, element)
    for element in document.marks.props.get("headline", ())[:4]:
        if element.tag == "meta":
            add(clean_line(element.get("content") or ""), "microdata", 1.0)
        elif element.tag != "h1":
            add(text_of(element), "microdata", 1.0, element)
    add(facts.text("headline"), "json-ld", 1.5)
    if not any(witness.source == "json-ld" for witness in found):
        add(facts.text("name"), "json-ld", 0.6)
    for name, source, weight in (
        ("og:title", "opengraph", 1.2),
        ("twitter:title", "meta", 0.8),
        ("dc.title", "meta", 0.7),
        ("dcterms.title", "meta", 0.7),
        ("parsely-title", "meta", 0.9),
        ("sailthru.title", "meta", 0.7),
    ):
        for text in facts.meta(name)[:1]:
            add(text, source, weight)
    for element in document.root.iter("title"):
        text = text_of(element)
        if text:
            add(_leading(text, found), "meta", 0.7)
            break
    return found


def _leading(text: str, known: Iterable[_Witness]) -> str:
    """A `<title>` cut to the piece that another witness knows as the headline; else the text itself."""
    parts = pieces(text)
    if len(parts) > 1:
        keys = {witness.key for witness in known}
        for first in range(len(parts)):
            for last in range(len(parts), first, -1):
                piece = text[parts[first][1] : parts[last - 1][2]]
                if title_key(piece) in keys:
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


def _framed(element: etree._Element) -> bool:
    return any(above.tag in _FRAME for above in element.iterancestors())


def _visible(document: Document, key: str) -> etree._Element | None:
    """The first element outside links and frames whose text is the headline."""
    start = key[:12]
    for element in document.marks.elements:
        if (
            element.tag in _BLOCKS
            and (text := element.text)
            and title_key(text[:60]).startswith(start)
            and title_key(text_of(element)) == key
            and not _framed(element)
        ):
            return element
    return None


def _repeated_alt(document: Document) -> tuple[str, etree._Element] | None:
    """On a page without any headline mark-up: the text block that a picture repeats as its alt text."""
    alts = {
        title_key(alt): image
        for image in document.root.iter("img")
        if len(alt := image.get("alt") or "") > 20
    }
    for element in document.marks.elements if alts else ():
        if (
            element.tag in _BLOCKS
            and (text := element.text)
            and title_key(text) in alts
            and not _linked(element)
        ):
            return clean_line(text), element
    return None


def _linked(element: etree._Element) -> bool:
    return any(above.tag in ("a", "nav") for above in element.iterancestors())


def _kicker_by_rule(document: Document, rules: Rules) -> tuple[str | None, str]:
    for element in rules.select(document.root, "kicker"):
        if text := text_of(element):
            return text, "profile"
    return None, "dom"


def _kicker_above(document: Document, headline: etree._Element, key: str) -> str | None:
    """A short line marked as kicker that stands right above the headline, or inside it."""
    marked = document.marks.named["kicker"]
    if not marked:
        return None
    around = headline.getparent()
    for _ in range(2):
        if around is None:
            break
        for element in marked:
            if element is not headline and _inside(element, around):
                text = text_of(element)
                if text and len(text) < 90 and title_key(text) != key:
                    return text
        around = around.getparent()
    return None


def _inside(element: etree._Element, around: etree._Element) -> bool:
    return any(above is around for above in element.iterancestors())
