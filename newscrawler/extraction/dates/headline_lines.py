"""The headline of a page, and the short lines of text about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.element_index import ElementIndex
from newscrawler.extraction.html.text_content import all_text

_PROSE = 200  # characters of a text that is the story rather than a line about it
_PROSE_ENDS = 3  # so many such texts, and the story has begun
_HOLDERS = 3  # elements around the headline with texts of their own right before and after it
_LINE_PARTS = 60  # elements in a line at most
SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "select", "button", "nav"})
_INLINE = frozenset(
    {
        "a",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "time",
        "small",
        "font",
        "abbr",
        "bdi",
        "u",
        "label",
        "sup",
        "sub",
        "data",
    }
)
_HAS_DATE = re.compile(r"\d{4}|\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d|[年月년월]|'\d\d|[ก-ฮ]\.\s?\d\d")
_HAS_DIGIT = re.compile(r"\d")


def headline(document: Document) -> etree._Element | None:
    """The element of the visible headline: the h1 (else h2) that the page's declared titles begin with."""
    declared = document.meta.get("og:title") or [document.root.findtext("head/title") or ""]
    declared = [" ".join(text.split()).casefold() for text in declared]
    first: etree._Element | None = None
    best: tuple[int, etree._Element] | None = None
    for tag in ("h1", "h2"):
        for element in document.index.by_tag[tag][:13]:
            text = " ".join(all_text(element).split()).casefold()
            if len(text) < 4 or next(element.iterancestors("footer", "nav", "aside"), None) is not None:
                continue
            place = min((at for title in declared if (at := title.find(text[:40])) >= 0), default=None)
            if place == 0:
                return element
            if place is not None and (best is None or place < best[0]):
                best = (place, element)
            if first is None and tag == "h1":
                first = element
    return best[1] if best is not None else first


class HeadlineLine(NamedTuple):
    text: str
    holder: etree._Element
    times: list[etree._Element]


def below(title: etree._Element, index: ElementIndex, home: Set[etree._Element]) -> Iterator[etree._Element]:
    """The closest ancestors of the headline, for their own texts; then the elements after it, in document order.

    `home` are those around it.
    """
    yield from islice(title.iterancestors(), _HOLDERS)
    elements = index.elements
    at = index.orders.get(title, len(elements)) + 1
    while at < len(elements):
        element = elements[at]
        if element.tag in SKIPPED and element.getparent() in home:
            at = index.end(element)
        else:
            yield element
            at += 1


def above(title: etree._Element) -> Iterator[etree._Element]:
    """Elements before the headline, the nearest first."""
    holder: etree._Element | None = title
    while holder is not None:
        sibling = holder.getprevious()
        while sibling is not None:
            yield from _backwards(sibling)
            sibling = sibling.getprevious()
        holder = holder.getparent()


def _backwards(top: etree._Element) -> Iterator[etree._Element]:
    """An element and those inside it, each before its own, last ones first."""
    element = top
    while True:
        yield element
        if len(element) and element.tag not in SKIPPED:
            element = element[-1]
            continue
        while element is not top:
            previous = element.getprevious()
            if previous is not None:
                element = previous
                break
            parent = element.getparent()
            if parent is None:
                return
            element = parent
        else:
            return


def short_lines(
    elements: Iterator[etree._Element], limit: int, seen: set[etree._Element], relative: bool
) -> Iterator[tuple[HeadlineLine, float]]:
    """Short lines with digits, each once, with their nearness to the headline (2 beside it, 0 far off)."""
    has_digit, has_date = _HAS_DIGIT.search, (_HAS_DIGIT if relative else _HAS_DATE).search
    prose = 0
    for count, element in enumerate(elements):
        if count > limit:
            return
        tag, tail = element.tag, element.tail
        text = None if tag in SKIPPED else element.text  # a script's is long
        if tag == "time":
            holder: etree._Element | None = element
        elif text and len(text) < _PROSE and not text.isspace() and has_digit(text) and has_date(text):
            holder = element
        elif tail and len(tail) < _PROSE and not tail.isspace() and has_digit(tail) and has_date(tail):
            holder = element.getparent()
        else:
            prose += (text is not None and len(text) > _PROSE and tag == "p") or (
                tail is not None and len(tail) > _PROSE
            )
            if prose >= _PROSE_ENDS:
                return
            continue
        line = _line(holder) if holder is not None else None
        if line is None and holder is not None and (own := text if holder is element else tail):
            line = HeadlineLine(" ".join(own.split()), element, [])
        if line is not None and line.holder not in seen:
            seen.add(line.holder)
            yield line, 2.0 * (1.0 - count / limit)


def _line(element: etree._Element) -> HeadlineLine | None:
    """The whole line around an element: up to the first block that contains it, while it stays short."""
    best: HeadlineLine | None = None
    for _ in range(5):
        line = _short_line(element)
        if line is None:
            break
        best = line
        parent = element.getparent()
        if element.tag not in _INLINE or parent is None:
            break
        element = parent
    return best


def _short_line(element: etree._Element) -> HeadlineLine | None:
    """The text of a small element, None when it is not one."""
    if not len(element):
        text = " ".join((element.text or "").split())
        return (
            HeadlineLine(text, element, [element] if element.tag == "time" else [])
            if len(text) <= _PROSE
            else None
        )
    parts = list(islice(element.iter(), _LINE_PARTS))
    if len(parts) == _LINE_PARTS:
        return None
    times = [part for part in parts if part.tag == "time"]
    if len(times) > 3:
        return None
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        length += len(piece) if not piece.isspace() else 1
        if length > 2 * _PROSE:
            return None
        pieces.append(str(piece))
    text = " ".join(" ".join(pieces).split())
    return HeadlineLine(text, element, times) if len(text) <= _PROSE else None
