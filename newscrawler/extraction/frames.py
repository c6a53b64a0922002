"""What is beside a page's story: menus, heads and feet, readers' comments, blocks of other stories."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from lxml import etree

from newscrawler.extraction.index import Index

# Marked as an entry by microformats and systems: named after its subject it may be (`post tag-cookies`).
_ENTRIES = frozenset(("h-entry", "hentry", "post", "entry", "node", "story", "article"))
WHOLE = frozenset(("html", "body", "main", "article"))  # their names speak of the page, not of a part
# A heading is named after its chapter (`nav_part_two`).
_NONE = WHOLE | {"h1", "h2", "h3", "h4", "h5", "h6"}
_PARAGRAPHS, _ELEMENTS = 0.4, 0.5  # the shares of a page's from which a box is no mere part of its frame
_FEWEST = 3  # paragraphs that are such a share


def frames(
    index: Index, named: Iterable[etree._Element], story: Iterable[etree._Element]
) -> set[etree._Element]:
    """The boxes beside a page's story: asides, forms, and those `named` as a part of the frame.

    Not those around what is known to be of the `story` (its headline), nor those that hold much of the page.
    """
    found = {
        element
        for element in named
        if element.tag not in _NONE and _ENTRIES.isdisjoint((element.get("class") or "").split())
    }
    found.update(index.by_tag["aside"], index.by_tag["form"])
    for element in story:
        found.discard(element)
        found.difference_update(element.iterancestors())
    return found.difference(_large(index, found))


def _large(index: Index, boxes: set[etree._Element]) -> list[etree._Element]:
    """Those of the boxes that hold much of the page's paragraphs or elements."""
    paragraphs, elements = index.by_tag["p"], index.elements
    # A box with so much of the page has one of these inside.
    pillars = [elements[len(elements) // 2], *paragraphs[:: max(1, int(len(paragraphs) * _PARAGRAPHS))][:4]]
    suspects = {above for pillar in pillars for above in pillar.iterancestors() if above in boxes}
    orders = [index.orders[paragraph] for paragraph in paragraphs] if suspects else []
    large = []
    for box in suspects:
        start, end = index.orders[box], _end(box, index)
        inside = bisect_left(orders, end) - bisect_left(orders, start)
        if (inside >= _FEWEST and inside > _PARAGRAPHS * len(orders)) or end - start > _ELEMENTS * len(
            elements
        ):
            large.append(box)
    return large


def _end(box: etree._Element, index: Index) -> int:
    """The place of the first element after all of a box."""
    above: etree._Element | None = box
    while above is not None:
        if (following := above.getnext()) is not None:
            return index.orders.get(following, len(index.elements))
        above = above.getparent()
    return len(index.elements)


class Inside:
    """Whether elements of one page stand inside one that is `such`; found once for all that share an element above."""

    def __init__(self, such: Callable[[etree._Element], bool]) -> None:
        self._such = such
        self._known: dict[etree._Element, bool] = {}

    def holds(self, element: etree._Element) -> bool:
        """Whether one of the elements around this one is such."""
        passed = []
        found: bool | None = None
        above = element.getparent()
        while above is not None and (found := self._known.get(above)) is None:
            passed.append(above)
            if self._such(above):
                found = True
                break
            above = above.getparent()
        self._known.update(dict.fromkeys(passed, bool(found)))
        return bool(found)
