"""Captions that no mark-up names: a short line right behind a picture, with a credit or with the words of its `alt`."""

from __future__ import annotations

import re

from lxml import etree

from newscrawler.extraction.body.captions import split_credit_text
from newscrawler.extraction.body.segmentation import Block
from newscrawler.extraction.html.text_content import all_text, line_of
from newscrawler.text import clean_line

_LONGEST = 300  # characters
_SHORTEST = 8  # characters before a credit
_SHORTEST_ALT = 12  # characters that are the same by no accident
_UP = 3  # boxes around a line, the first in each, that the picture may be in front of
_DOWN = 6  # boxes around a picture
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PICTURES = ("img", "picture", "amp-img")
# Credits of languages without spaces, at the end: `何晓 摄`, `林健太撮影`.
_DENSE_CREDIT = re.compile(r"(?:摄|攝|撮影|提供|供图|供圖|촬영|제공)\s?[)）】\]。.]?$")


def is_unmarked_caption(block: Block) -> bool:
    """True when a block is such a line, and no heading."""
    text = block.text
    if len(text) > _LONGEST or block.box.tag in _HEADINGS or "://" in text:
        return False
    picture = _picture_before(block.box.element)
    if picture is None:
        return False
    alt = clean_line(picture.get("alt") or "")
    if len(alt) >= _SHORTEST_ALT and alt == clean_line(text):
        return True
    caption, credit = split_credit_text(text)
    is_credited = caption is not None and len(caption) >= _SHORTEST and credit is not None
    return is_credited or _DENSE_CREDIT.search(text) is not None


def _picture_before(element: etree._Element) -> etree._Element | None:
    """The picture that an element's text begins with, or that is right in front of it with no text between."""
    node = element
    for _ in range(_DOWN):
        if (node.text and not node.text.isspace()) or not len(node):
            break
        node = node[0]
        if node.tag in _PICTURES:
            return _image(node)
    node = element
    for _ in range(_UP):
        before = node.getprevious()
        while before is not None and not (before.tail and before.tail.strip()) and _is_nothing(before):
            before = before.getprevious()
        if before is not None:
            if before.tail and before.tail.strip():
                return None
            picture = before if before.tag in _PICTURES else next(before.iter(*_PICTURES), None)
            return _image(picture) if picture is not None and not line_of(before) else None
        above = node.getparent()
        if above is None or (above.text and above.text.strip()):
            return None
        node = above
    return None


def _is_nothing(element: etree._Element) -> bool:
    return not isinstance(element.tag, str) or (
        element.tag in ("br", "script", "style", "noscript", "meta")
        or (not len(element) and not all_text(element).strip() and element.tag not in _PICTURES)
    )


def _image(picture: etree._Element) -> etree._Element:
    return picture if picture.tag != "picture" else next(picture.iter("img"), picture)
