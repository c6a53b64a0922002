"""Every link of a page, once, with its place on the page.

The tree is walked once for the links; the place of a container (menu, related block, running text) is
cached per element, so that a page's cost grows with its size and not with links times depth. This runs for
every page that is fetched: what most links need is done in few steps, the rest on demand.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from lxml import etree

from newscrawler.extraction.dates.story_dates import page_language
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.links.anchor_text import HEADINGS, AnchorText
from newscrawler.extraction.links.href_resolver import HrefResolver
from newscrawler.extraction.links.link import HeadLink, Link, Place
from newscrawler.extraction.links.link_dates import entry_dates
from newscrawler.extraction.links.link_placement import MAY_RUN, LinkPlacement, in_running_text

MAX_LINKS = 5_000  # of a page; the most that 1400 saved pages have is 3400
_MAX_HEAD_LINKS = 500
_GATHERED = ("a", "area", "h2", "h3", "h4", "h5", "h6")
_Shape = tuple[str | None, ...]
_new = tuple.__new__  # a third of the time that a named tuple's own takes, for each link of every page


def find_links(document: Document) -> list[Link]:
    """Links in page order, absolute; malformed ones left out; text link and image link of one URL merged.

    The text is the best that any link to the URL shows: a heading's, else a headline-long one, else what
    there is (a `title` or `aria-label` when nothing is visible). `position` counts the page's URLs from 0.
    Dates are not looked for: see `find_dated_links`.
    """
    shown, headings = _anchor_texts(document)
    return _links(shown, _places(document, shown, headings), {})


def find_dated_links(document: Document, fetched: datetime | None = None) -> list[Link]:
    """`find_links`, with the date that is printed beside a story's link; `fetched`: what relative ones count from."""
    shown, headings = _anchor_texts(document)
    places = _places(document, shown, headings)
    dates = entry_dates(
        (
            (position, link.element, link.text)
            for position, (link, place) in enumerate(zip(shown.values(), places, strict=True))
            if link.headline and place not in (Place.NAVIGATION, Place.BODY)
        ),
        language=page_language(document),
        fetched=fetched,
    )
    return _links(shown, places, dates)


def _anchor_texts(document: Document) -> tuple[dict[str, AnchorText], list[etree._Element]]:
    """The anchor text of each URL that the page links to, and the headings that are no links, in page order."""
    elements = list(document.root.iter(*_GATHERED))
    hrefs = [element.get("href") for element in elements]
    join = HrefResolver(document.base_url).join
    urls = {href: join(href) if href is not None else None for href in set(hrefs)}
    rel_of = document.marks.rel_of.get
    shown: dict[str, AnchorText] = {}
    headings = []
    for element, href in zip(elements, hrefs, strict=True):
        if (url := urls[href]) is not None:
            if url in shown:
                shown[url].merge(AnchorText(element, rel_of(element)))
            else:
                shown[url] = AnchorText(element, rel_of(element))
                if len(shown) == MAX_LINKS:
                    break
        elif href is None and element.tag in HEADINGS:
            headings.append(element)
    return shown, headings


def _places(document: Document, shown: dict[str, AnchorText], headings: list[etree._Element]) -> list[Place]:
    """`Link.place` of each link."""
    zone_of = LinkPlacement(document, headings).of
    other = Place.OTHER  # looked up once: a member of an enum by name costs 80 ns (Python 3.11)
    places: list[Place] = []
    alike: dict[_Shape, list[int]] = {}
    for position, link in enumerate(shown.values()):
        parent = link.parent
        place = zone_of(parent) if parent is not None else None
        if place is None and parent is not None and parent.tag in MAY_RUN and in_running_text(link.element):
            place = Place.BODY
        if place is None or place is other:
            place = other
            if link.headline:
                alike.setdefault(_shape(link), []).append(position)
        places.append(place)
    values = list(shown.values())
    for positions in alike.values():
        if len(positions) < 2:
            continue
        many = len(positions) >= 3
        for position in positions:
            if many or values[position].heading:
                places[position] = Place.LISTING
    return places


def _links(shown: dict[str, AnchorText], places: list[Place], dates: dict[int, str]) -> list[Link]:
    links = []
    for position, (url, link) in enumerate(shown.items()):
        rel = tuple(link.rel.lower().split()) if link.rel else ()
        date = dates.get(position) if dates else None
        links.append(_new(Link, (url, link.text, link.alt, date, places[position], rel, position)))
    return links


def find_head_links(document: Document) -> list[HeadLink]:
    """Every `<link rel href>` of the page in order, absolute; malformed ones left out."""
    joiner = HrefResolver(document.base_url)
    links = []
    for element in islice(document.root.iter("link"), _MAX_HEAD_LINKS):
        rel, href = element.get("rel"), element.get("href")
        if rel and href and (url := joiner.join(href)) is not None:
            type_ = (element.get("type") or "").partition(";")[0].strip().lower() or None
            links.append(
                HeadLink(
                    tuple(rel.lower().split()),
                    url,
                    type_,
                    (element.get("hreflang") or "").strip() or None,
                    (element.get("title") or "").strip() or None,
                )
            )
    return links


def _shape(link: AnchorText) -> _Shape:
    """The link's classes and the tags of its ancestors: equal for the links of one list."""
    above = link.parent
    if above is None:
        return (link.element.get("class"),)
    second = above.getparent()
    third = second.getparent() if second is not None else None
    return (
        link.element.get("class"),
        above.tag,
        second.tag if second is not None else None,
        third.tag if third is not None else None,
    )
