"""The text that an element holds, that of the elements inside it too."""

from __future__ import annotations

from lxml import etree

from newscrawler.text import clean_line

_ALL_TEXT = etree.XPath("string()", smart_strings=False)


def all_text(element: etree._Element) -> str:
    """The text as it is in the tree."""
    return str(_ALL_TEXT(element)) if len(element) else element.text or ""


def has_more_children(element: etree._Element, count: int) -> bool:
    """True when an element has more than `count` children; `len()` would count those of a long list each time."""
    try:
        return element[count] is not None
    except IndexError:
        return False


def line_of(element: etree._Element) -> str:
    """The text on one line."""
    return clean_line(all_text(element))
