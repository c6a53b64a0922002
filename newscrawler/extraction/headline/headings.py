"""Headings as a page prints them: which element shows a headline, and what it shows besides."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.regions import Region
from newscrawler.extraction.html.structured_data import alphanumeric_key
from newscrawler.extraction.html.text_content import line_of
from newscrawler.text import clean_line
from newscrawler.url_cleaning import absolute, path_of

# fmt: off
# Elements of headlines.
_BLOCKS = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "td", "th", "dt", "strong", "b", "font", "header", "center",
))
# fmt: on
_LEVELS = ("h1", "h2", "h3")
_MOST_HEADINGS = 40  # of a level that are looked at
_SHORTEST_HEADLINE = 8  # characters
_FRAME = frozenset({Region.NAVIGATION, Region.FOOTER, Region.SIDEBAR})


def headline_text(document: Document, element: etree._Element) -> str:
    """A heading's text without the kicker inside it, where that is marked or the declared headline lacks it."""
    text = line_of(element)
    first = next(iter(element), None)
    while (
        first is not None
        and len(element) == 1
        and not (element.text or "").strip()
        and not (first.tail or "").strip()
    ):
        element, first = first, next(iter(first), None)
    if first is None or (element.text or "").strip():
        return text
    head = line_of(first)
    rest = text[len(head) :].strip(" :|–—-") if head and text.startswith(head) else ""
    if len(rest) < 12 or len(head) > 90:
        return text
    facts = document.facts
    declared = {alphanumeric_key(one) for one in (facts.text("headline") or "", *facts.meta("og:title"))}
    if alphanumeric_key(text) in declared:
        return text
    return rest if first in document.marks.named["kicker"] or alphanumeric_key(rest) in declared else text


def is_crumb(headline: etree._Element) -> bool:
    """True for an h1 that is the last item of a breadcrumb: by name, or by the links before it in its line."""
    element = headline
    for _ in range(4):
        if "crumb" in f"{element.get('class') or ''} {element.get('id') or ''}".lower():
            return True
        parent = element.getparent()
        if parent is None or parent.tag == "body":
            return False
        element = parent
    before = headline.getprevious()
    return before is not None and (
        before.tag == "a" or (before.tag in ("li", "span") and before.find("a") is not None)
    )


def links_to_front_page(document: Document, headline: etree._Element) -> bool:
    """True for a heading that is nothing but a link to the site's front page."""
    link = next(headline.iter("a"), None)
    if link is None or line_of(link) != line_of(headline):
        return False
    url = absolute(document.base_url, link.get("href"))
    return url is not None and path_of(url) in ("", "/") and path_of(document.url) not in ("", "/")


def declared_heading(document: Document) -> etree._Element | None:
    """The first h2 with the text of og:title."""
    keys = [key for text in document.facts.meta("og:title") if len(key := alphanumeric_key(text)) > 12]
    for element in document.index.by_tag["h2"][:40]:
        if (
            keys
            and (key := alphanumeric_key(line_of(element)))
            and (keys[0] in key or (len(key) > 20 and key in keys[0]))
        ):
            return element
    return None


def is_framed(document: Document, element: etree._Element) -> bool:
    """True when an element is in a menu, a page's foot or a sidebar."""
    return not _FRAME.isdisjoint(document.regions.around(element))


def printed_as(document: Document, key: str) -> etree._Element | None:
    """The first element outside links and frames whose text is the headline."""
    start = key[:12]
    for element in document.index.elements:
        if (
            element.tag in _BLOCKS
            and (text := element.text)
            and not text.isspace()
            and next(filter(str.isalnum, text), "").casefold()[:1] == start[:1]  # most texts end here
            and alphanumeric_key(text[:60]).startswith(start)
            and alphanumeric_key(line_of(element)) == key
            and not is_framed(document, element)
        ):
            return element
    return None


def repeated_alt(document: Document) -> tuple[str, etree._Element] | None:
    """On a page without any headline mark-up: the text block that a picture repeats as its alt text."""
    alts = {
        alphanumeric_key(alt): image
        for image in document.index.by_tag["img"]
        if len(alt := image.get("alt") or "") > 20
    }
    for element in document.index.elements if alts else ():
        if (
            element.tag in _BLOCKS
            and (text := element.text)
            and alphanumeric_key(text) in alts
            and not _linked(element)
        ):
            return clean_line(text), element
    return None


def _linked(element: etree._Element) -> bool:
    return any(above.tag in ("a", "nav") for above in islice(element.iterancestors(), 64))


def own_heading(document: Document) -> etree._Element | None:
    """The first heading that other pages of a known site do not have: the headline where h1 is the masthead."""
    if not document.template.known:
        return None
    for level in _LEVELS:
        for element in document.index.by_tag[level][:_MOST_HEADINGS]:
            text = line_of(element)
            if (
                len(text) >= _SHORTEST_HEADLINE
                and not is_framed(document, element)
                and not _linked(element)
                and not document.template.is_shared_heading(text, element)
            ):
                return element
    return None
