"""The elements of a page by their place and by their tag: looked up once for all readers."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

from lxml import etree


class ElementIndex:
    """`elements`: every element in document order; `orders`: each one's place in it.

    `by_tag`: the elements of each tag in document order, an empty list for a tag that the page has not.
    """

    def __init__(self, root: etree._Element) -> None:
        elements: list[etree._Element] = list(root.iter(etree.Element))
        self.orders = dict(zip(elements, count()))
        by_tag: defaultdict[str, list[etree._Element]] = defaultdict(list)
        for element in elements:
            by_tag[element.tag].append(element)
        self.by_tag = by_tag
        # The last to be let go, from its end: lxml then finds each element's parent still there, and looks no further.
        self.elements = elements

    def end(self, element: etree._Element) -> int:
        """The place of the first element after all that an element holds; how many there are when none follows."""
        above: etree._Element | None = element
        while above is not None:
            if (following := above.getnext()) is not None:
                return self.orders.get(following, len(self.elements))
            above = above.getparent()
        return len(self.elements)
