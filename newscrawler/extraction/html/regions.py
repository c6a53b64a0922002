"""The map of a page's regions: menus, heads and feet, sidebars, comments, blocks of other stories, its content.

Every reader that keeps to the story asks this map and names the regions that it refuses. What mark-up declares (tag,
ARIA role, place in the tree) is kept apart from what class and id names suggest: sites name layout loosely
(`right-sidebar` on what holds the whole page), so that readers ask for names nearby and for mark-up at any distance.
"""

from __future__ import annotations

import re
from collections.abc import Set
from enum import StrEnum
from functools import lru_cache

from lxml import etree

from newscrawler.extraction.html.class_vocabulary import REGIONS, class_bits
from newscrawler.extraction.html.semantic_marks import SemanticMarks


class Region(StrEnum):
    """A part of a page by what it is for."""

    NAVIGATION = "navigation"
    HEADER = "header"
    FOOTER = "footer"
    SIDEBAR = "sidebar"
    RELATED = "related"
    CAROUSEL = "carousel"  # of other stories, or of this one's pictures
    COMMENTS = "comments"
    SHARING = "sharing"
    ADVERTISING = "advertising"
    SIGN_UP = "sign-up"
    CONSENT = "consent"
    FIGURE = "figure"
    CONTENT = "content"


Found = frozenset[Region]

_NONE: Found = frozenset()
_BY_TAG: dict[object, Found] = {
    "nav": frozenset((Region.NAVIGATION,)),
    "header": frozenset((Region.HEADER,)),
    "footer": frozenset((Region.FOOTER,)),
    "aside": frozenset((Region.SIDEBAR,)),
    "figure": frozenset((Region.FIGURE,)),
    "figcaption": frozenset((Region.FIGURE,)),
    "article": frozenset((Region.CONTENT,)),
    "main": frozenset((Region.CONTENT,)),
}
# Landmark roles of WAI-ARIA 1.2, and menus.
_BY_ROLE: dict[str | None, Found] = {
    "navigation": _BY_TAG["nav"],
    "menu": _BY_TAG["nav"],
    "menubar": _BY_TAG["nav"],
    "banner": _BY_TAG["header"],
    "contentinfo": _BY_TAG["footer"],
    "complementary": _BY_TAG["aside"],
}
# Classes of an entry's own header or footer (`entry-footer`).
_ENTRY = re.compile(r"entry|post|article|story", re.IGNORECASE)
_BITS = {Region(name): bit for name, bit in REGIONS.items()}
_ALL_BITS = sum(_BITS.values())


class Regions:
    """Answers for the elements of one page; each is looked at once, whoever asks."""

    def __init__(self, marks: SemanticMarks) -> None:
        self._marks = marks
        self._own: dict[etree._Element, Found] = {}
        self._around: dict[etree._Element, Found] = {}
        self._nearest: dict[etree._Element, Found] = {}

    def own(self, element: etree._Element) -> Found:
        """The region that an element itself opens, by tag, role and place; empty for most elements."""
        found = self._own.get(element)
        if found is None:
            found = self._own[element] = _by_markup(element)
        return found

    def named(self, regions: Set[Region]) -> set[etree._Element]:
        """The page's elements whose class or id is named after one of the regions."""
        wanted = sum(_BITS[region] for region in regions)
        return {element for element, bits in self._marks.name_bits if bits & wanted}

    def around(self, element: etree._Element) -> Found:
        """The regions that an element opens or is in, by tag, role and place."""
        known, passed = self._around, []
        node: etree._Element | None = element
        while node is not None and node not in known:
            passed.append(node)
            node = node.getparent()
        found = known[node] if node is not None else _NONE
        for node in reversed(passed):
            own = self.own(node)
            found = known[node] = found | own if own else found
        return found

    def nearest(self, element: etree._Element) -> Found:
        """The innermost region that an element opens or is in, by tag, role and place."""
        known, passed = self._nearest, []
        node: etree._Element | None = element
        while node is not None and node not in known:
            passed.append(node)
            node = node.getparent()
        found = known[node] if node is not None else _NONE
        for node in reversed(passed):
            found = known[node] = self.own(node) or found
        return found

    def meets(
        self,
        element: etree._Element,
        home: Set[etree._Element],
        declared: Set[Region],
        by_name: Set[Region],
    ) -> bool:
        """True when an element is in, or opens, a refused region below what is `home` (elements around the story).

        `declared` are refused where mark-up opens them, `by_name` where an element is named after them.
        """
        node: etree._Element | None = element
        while node is not None and node not in home:
            if not declared.isdisjoint(self.own(node)) or not by_name.isdisjoint(named(node)):
                return True
            node = node.getparent()
        return False


def named(element: etree._Element) -> Found:
    """The regions that an element's class and id are named after."""
    bits = 0
    if names := element.get("class"):
        bits = class_bits(names)
    if names := element.get("id"):
        bits |= class_bits(names)
    return _of_bits(bits & _ALL_BITS) if bits else _NONE


@lru_cache(maxsize=1024)
def _of_bits(bits: int) -> Found:
    return frozenset(region for region, bit in _BITS.items() if bits & bit)


def _by_markup(element: etree._Element) -> Found:
    found = _BY_TAG.get(element.tag) or _BY_ROLE.get(element.get("role"), _NONE)
    if element.tag in ("header", "footer") and _is_the_storys_own(element):
        return _NONE
    return found


def _is_the_storys_own(element: etree._Element) -> bool:
    """True for a header or footer of an entry rather than of the page."""
    return (
        is_sectioned(element)
        or _ENTRY.search(element.get("class") or "") is not None
        or (element.tag == "header" and next(element.iter("h1"), None) is not None)
    )


def is_sectioned(element: etree._Element) -> bool:
    """True inside article, main or section: a header or footer there is no landmark of the page (HTML-AAM)."""
    return next(element.iterancestors("article", "main", "section"), None) is not None
