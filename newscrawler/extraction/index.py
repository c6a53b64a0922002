"""The elements of a page by their place and by their tag: looked up once for all readers."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from lxml import etree


class Index:
    """`elements`: every element in document order; while they are held, lxml need not make them again."""

    def __init__(self, root: etree._Element) -> None:
        self.elements: list[etree._Element] = list(root.iter(etree.Element))

    @cached_property
    def orders(self) -> dict[etree._Element, int]:
        """Each element's place in document order."""
        return {element: order for order, element in enumerate(self.elements)}

    @cached_property
    def by_tag(self) -> defaultdict[str, list[etree._Element]]:
        """The elements of each tag in document order; an empty list for a tag that the page has not."""
        found: defaultdict[str, list[etree._Element]] = defaultdict(list)
        for element in self.elements:
            found[element.tag].append(element)
        return found
