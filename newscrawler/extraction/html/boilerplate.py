"""Boxes beside a page's story: menus, heads and feet, readers' comments, blocks of other stories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from lxml import etree

from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.element_index import ElementIndex
from newscrawler.extraction.html.regions import Region
from newscrawler.extraction.html.text_content import all_text, line_of

# Marked as an entry by microformats and systems: named after its subject it may be (`post tag-cookies`).
_ENTRIES = frozenset(("h-entry", "hentry", "post", "entry", "node", "story", "article"))
WHOLE = frozenset(("html", "body", "main", "article"))  # named after the page, not after a part
# A heading is named after its chapter (`nav_part_two`).
_NONE = WHOLE | {"h1", "h2", "h3", "h4", "h5", "h6"}
# Shares of a page's running text that make a box more than a part of its frame: one alone, all of one class together.
_ALONE, _TOGETHER = 0.4, 0.6
_RUNNING = 40  # characters from which a paragraph counts as running text
_BESIDE = frozenset(Region) - {Region.FIGURE, Region.CONTENT}  # these two are of the story
_LONGEST_FORM = 400  # characters of a box with a form and a line about it
_MOST_AROUND = 40  # boxes around a paragraph that are looked at, from the outermost on
_FEWEST = 3  # paragraphs that are such a share
# A chapter's box may have its heading for an id (`menu-planning-for-small-teams`): it has words and paragraphs enough.
_SLUG_WORDS, _CHAPTER = 3, 2
_CHAPTER_TEXT = 100  # characters of a paragraph of a chapter
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def frames(document: Document, story: Iterable[etree._Element]) -> set[etree._Element]:
    """The boxes beside a page's story: asides, forms, and those named after a region beside it.

    Not those around what is known to be of the `story` (its headline), nor those that hold much of the page.
    """
    index = document.index
    found = {
        element
        for element in document.regions.named(_BESIDE)
        if element.tag not in _NONE and _ENTRIES.isdisjoint((element.get("class") or "").split())
    }
    forms = index.by_tag["form"]
    around = [box for box in map(_around_form, forms) if box is not None]
    found.update(index.by_tag["aside"], forms, around)
    for element in story:
        found.discard(element)
        found.difference_update(element.iterancestors())
    found = {box for box in found if not _is_chapter(box)}
    return found.difference(_large(index, found))


def _around_form(form: etree._Element) -> etree._Element | None:
    """The box around a form that has nothing else but a line or two about it; None where there is none."""
    box = form.getparent()
    if (
        box is None
        or box.tag in _NONE
        or next(islice(box.iter("p", "h1", "article"), 3, None), None) is not None
    ):
        return None
    return box if len(all_text(box)) < _LONGEST_FORM else None


def _is_chapter(box: etree._Element) -> bool:
    """True when a box is named after the heading that it begins with, and paragraphs follow."""
    slug = _NOT_LETTERS.sub(" ", box.get("id") or "").strip().casefold()
    if slug.count(" ") + 1 < _SLUG_WORDS:
        return False
    heading = next(box.iter("h1", "h2", "h3", "h4"), None)
    if heading is None or not _NOT_LETTERS.sub(" ", line_of(heading)).strip().casefold().startswith(slug):
        return False
    long = (paragraph for paragraph in box.iter("p") if len(all_text(paragraph)) >= _CHAPTER_TEXT)
    return next(islice(long, _CHAPTER - 1, None), None) is not None


def _large(index: ElementIndex, boxes: set[etree._Element]) -> set[etree._Element]:
    """Those of the boxes that hold much of the page's running text, by themselves or with all of their class."""
    if not boxes:
        return set()
    middle = len(index.elements) // 2
    around: dict[etree._Element, tuple[etree._Element, ...]] = {}
    sizes: Counter[etree._Element] = Counter()
    counts: Counter[etree._Element] = Counter()
    of_class: Counter[str] = Counter()
    total = held = 0
    for paragraph in index.by_tag["p"]:
        size = len(all_text(paragraph).strip())
        if size < _RUNNING:
            continue
        total += size
        if found := _around(paragraph, boxes, around):
            held += 1
            for box in found:
                sizes[box] += size
                counts[box] += 1
            for names in {names for box in found if (names := box.get("class"))}:
                of_class[names] += size
    large = {box for box, size in sizes.items() if size >= _ALONE * total and counts[box] >= _FEWEST}
    if held >= _FEWEST:
        common = {names for names, size in of_class.items() if size >= _TOGETHER * total}
        large |= {box for box in boxes if box.get("class") in common}
    # Not all pages have paragraphs. A box with half of the elements has the middle one inside.
    for box in index.elements[middle].iterancestors():
        if box in boxes and index.end(box) - index.orders[box] > middle:
            large.add(box)
    return large


def _around(
    element: etree._Element,
    boxes: set[etree._Element],
    known: dict[etree._Element, tuple[etree._Element, ...]],
) -> tuple[etree._Element, ...]:
    """The boxes around an element; `known` are those around others, for the next."""
    passed = []
    above = element.getparent()
    while above is not None and above not in known:
        passed.append(above)
        above = above.getparent()
    found = known[above] if above is not None else ()
    for one in reversed(passed):
        known[one] = found = (*found, one) if one in boxes and len(found) < _MOST_AROUND else found
    return found
