"""Elements marked by class or id, itemprop, rel, or a printed label such as `Tagged`.

One look at the tree serves every field.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from lxml import etree

from newscrawler.extraction.html.class_vocabulary import HINTS, MEANINGS, class_bits
from newscrawler.extraction.html.element_index import ElementIndex
from newscrawler.extraction.html.printed_labels import label_of

_LONGEST_LABEL = 80  # characters
_ABOVE = 40  # elements that may be between a label of the story's and the h1 below it
_ITEMPROPS = etree.XPath("descendant-or-self::*/@itemprop")
# fmt: off
# Elements whose id is looked at: boxes and headings.
_IDENTIFIED = frozenset((
    "article", "aside", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "main", "nav", "ol", "p", "section", "span", "table", "ul",
))
# Elements that hold nothing to read, and items of lists: these are named after their list, or each in its own way.
_SILENT = frozenset((
    "base", "br", "g", "head", "html", "iframe", "img", "input", "li", "link", "meta", "noscript", "object", "option",
    "path", "script", "source", "style", "svg", "symbol", "template", "title", "track", "use", "video",
))
_LABEL_TAGS = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "b", "strong", "dt", "dd", "td", "th", "li", "label",
    "em", "i", "u", "font", "legend", "small", "header", "section", "figcaption", "button", "center", "summary",
))
# fmt: on


class Label(NamedTuple):
    """A printed label: what it announces, its element, its place in document order, and what follows in it."""

    means: str
    element: etree._Element
    order: int
    rest: str


class SemanticMarks:
    """Marked elements of one page, each group found when it is first asked for. Lists are in document order."""

    def __init__(self, index: ElementIndex) -> None:
        self._index = index

    @cached_property
    def props(self) -> dict[str, list[etree._Element]]:
        """Elements by each lower-case token of their itemprop."""
        values: list[Any] = _ITEMPROPS(self._index.elements[0])  # type: ignore[assignment]
        found: dict[str, list[etree._Element]] = {}
        for value in values:
            for token in value.lower().split():
                found.setdefault(token, []).append(value.getparent())
        return found

    @cached_property
    def rels(self) -> dict[str, list[etree._Element]]:
        """Links by each lower-case token of their rel."""
        found: dict[str, list[etree._Element]] = {}
        for element, rel in self.rel_of.items():
            for token in rel.lower().split():
                found.setdefault(token, []).append(element)
        return found

    @cached_property
    def rel_of(self) -> dict[etree._Element, str]:
        """The rel of each link that has one."""
        return {element: rel for element in self._index.by_tag["a"] if (rel := element.get("rel"))}

    # Comprehensions with one get() each are several times cheaper than a loop over all attributes.
    @cached_property
    def classes(self) -> list[tuple[etree._Element, str]]:
        """Elements that have something to read, with their class."""
        return [
            (element, names)
            for tag, elements in self._index.by_tag.items()
            if tag not in _SILENT
            for element in elements
            if (names := element.get("class"))
        ]

    @cached_property
    def ids(self) -> list[tuple[etree._Element, str]]:
        """Boxes and headings with their id."""
        return [
            (element, name)
            for tag, elements in self._index.by_tag.items()
            if tag in _IDENTIFIED
            for element in elements
            if (name := element.get("id"))
        ]

    @cached_property
    def name_bits(self) -> list[tuple[etree._Element, int]]:
        """Elements whose class or id has a meaning or is a region's, with its bits (`class_vocabulary`)."""
        return [
            (element, bits)
            for element, names in (*self.classes, *self.ids)
            if (bits := class_bits(names)) > HINTS
        ]

    @cached_property
    def named(self) -> dict[str, list[etree._Element]]:
        """Elements by the meanings of their class or id."""
        order = self._index.orders.__getitem__
        return {
            means: sorted({element for element, bits in self.name_bits if bits & bit}, key=order)
            for means, bit in MEANINGS.items()
        }

    @cached_property
    def labels(self) -> list[Label]:
        """Labels in elements' first texts and after line breaks, from a little above the first h1 on."""
        by_tag, orders, elements = self._index.by_tag, self._index.orders, self._index.elements
        start = max(orders[by_tag["h1"][0]] - _ABOVE, 0) if by_tag["h1"] else 0
        start = start if start * 2 < len(elements) else 0  # an h1 that ends the page is no headline
        # Comprehensions over the elements of one tag are much cheaper than a look at every element's tag.
        texts = [
            (text, element)
            for group in [group for tag, group in by_tag.items() if tag in _LABEL_TAGS]
            for element in group[bisect_left(group, start, key=orders.__getitem__) :]
            if (text := element.text) and len(text) < _LONGEST_LABEL and not text.isspace()
        ]
        texts += [
            (text, element)
            for element in by_tag["br"]
            if (text := element.tail) and len(text) < _LONGEST_LABEL and not text.isspace()
        ]
        found = [
            Label(label[0], element, orders[element], label[1])
            for text, element in texts
            if (label := label_of(text))
        ]
        return sorted(found, key=attrgetter("order"))
