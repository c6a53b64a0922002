"""Elements of the story itself: pictures and players between its headline and the end of its text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.regions import Region, named
from newscrawler.url_cleaning import absolute, path_of

_LONGEST_NAME = 500  # characters of a class attribute that are looked at
_MOST = 300  # elements of a page
# Regions by name whose pictures are not the story's. Menus are known by words of their own: `nav` also names what is
# beside one (`nav-padding`), and portraits and logos stand in parts of the story.
_OTHERS = frozenset(
    {
        Region.RELATED,
        Region.SIDEBAR,
        Region.COMMENTS,
        Region.SHARING,
        Region.ADVERTISING,
        Region.SIGN_UP,
        Region.FOOTER,
    }
)
_NO_PICTURES = re.compile(r"author|avatar|byline|logo|teaser|navbar|menu")
_FRAME = frozenset({Region.NAVIGATION, Region.SIDEBAR, Region.HEADER, Region.FOOTER})
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)")
_PICTURE_PATH = re.compile(r"gallery|photo|image|foto|bild")


def story_elements(document: Document, body: BodyFound, *tags: str) -> Iterator[etree._Element]:
    """Elements of the given tags between the headline and the end of the story's text, in document order."""
    by_tag, orders = document.index.by_tag, document.index.orders
    if not any(by_tag[tag] for tag in tags):
        return
    if body.elements:
        last = orders.get(body.elements[-1], 0)
        first = orders.get(body.elements[0], 0)
        headline = max(
            (order for one in by_tag["h1"][:20] if (order := orders.get(one, 0)) < first),
            default=first - 60,
        )
        start, end = max(headline - 40, 0), last + 12
    else:
        start, end = 0, len(orders)
    place = orders.__getitem__
    between = [
        one
        for tag in tags
        for one in by_tag[tag][
            bisect_left(by_tag[tag], start, key=place) : bisect_right(by_tag[tag], end, key=place)
        ]
    ]
    neighbourhood = StoryNeighbourhood(document)
    for element in sorted(between, key=place)[:_MOST]:
        if not neighbourhood.is_elsewhere(element):
            yield element


class StoryNeighbourhood:
    """Test of the elements around pictures and players; each is tested once, however many pictures it holds."""

    def __init__(self, document: Document) -> None:
        self._base = document.base_url
        self._path = path_of(document.url)
        self._regions = document.regions
        self._ends: dict[etree._Element, bool | None] = {}
        self._named: dict[etree._Element, bool] = {}

    def is_elsewhere(self, element: etree._Element) -> bool:
        """True for an element in the page's frame, in a block of other things, or in a link to another page."""
        for depth, above in enumerate(islice(element.iterancestors(), 64)):
            if above in self._ends:
                end = self._ends[above]
            else:
                end = self._ends[above] = self._end(above)
            if end is not None:
                return end
            if depth < 6:
                if above not in self._named:
                    self._named[above] = _is_named_elsewhere(above)
                if self._named[above]:
                    return True
        return False

    def _end(self, above: etree._Element) -> bool | None:
        """True when what is inside is elsewhere, False when it is content, None when the element leaves it open."""
        if above.tag == "body":
            return False
        if regions := self._regions.own(above):
            if Region.CONTENT in regions:
                return False
            if not _FRAME.isdisjoint(regions):
                return True
        return True if above.tag == "a" and self._leads_away(above.get("href")) else None

    def _leads_away(self, href: str | None) -> bool:
        target = absolute(self._base, href)
        if not target or _PICTURE_FILE.search(target.lower()):
            return False
        path = path_of(target)
        return path not in (self._path, "") and not _PICTURE_PATH.search(path)


def _is_named_elsewhere(element: etree._Element) -> bool:
    if not _OTHERS.isdisjoint(named(element)):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _NO_PICTURES.search(names[:_LONGEST_NAME].lower()) is not None
