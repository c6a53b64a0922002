"""Boxes beside a page's story: menus, heads and feet, readers' comments, blocks of other stories, what is not shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from lxml import etree

from newscrawler.extraction.html.class_vocabulary import RELATED, class_bits
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.element_index import ElementIndex
from newscrawler.extraction.html.regions import Region
from newscrawler.extraction.html.text_content import all_text, line_of
from newscrawler.extraction.html.unseen import unseen

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
# Names of the field for a comment, in the languages of systems.
_COMMENT = re.compile(r"comm?ent|kom?mentar|reply")
_LONGEST_NAME = 100  # characters of a field's name and id
_MOST_FORMS, _MOST_HEADS = 20, 60  # that are looked at
_STORY = 280  # characters of paragraphs that are a story, however short
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def frames(document: Document, story: Iterable[etree._Element]) -> set[etree._Element]:
    """The boxes beside a page's story: asides, forms, those named after a region beside it, and what is not shown.

    Not those around what is known to be of the `story` (its headline), nor those that hold much of the page. Readers'
    comments around the form for one more, and stories below the first, may hold more than the story.
    """
    index = document.index
    found = {
        element
        for element in document.regions.named(_BESIDE)
        if element.tag not in _NONE and _ENTRIES.isdisjoint((element.get("class") or "").split())
    }
    forms = index.by_tag["form"]
    around = [box for box in map(_around_form, forms) if box is not None]
    found.update(index.by_tag["aside"], forms, around, unseen(document))
    story = [*story]
    for element in story:
        found.discard(element)
        found.difference_update(element.iterancestors())
    found = {box for box in found if not _is_chapter(box)}
    found.difference_update(_large(index, found))
    for element in story[:1]:
        found.update(_comments(index, element), _next_stories(index, element))
    return found


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


def _comments(index: ElementIndex, headline: etree._Element) -> set[etree._Element]:
    """The boxes around forms for readers' comments that do not hold the headline."""
    above = set(headline.iterancestors())
    found = set()
    for field in index.by_tag["textarea"][:_MOST_FORMS]:
        form = next(field.iterancestors("form"), None)
        box = form.getparent() if form is not None else None
        if box is None or box in above or box.tag in WHOLE:
            continue
        if _COMMENT.search(f"{field.get('name') or ''} {field.get('id') or ''}"[:_LONGEST_NAME].lower()):
            found.add(box)
    return found


def _next_stories(index: ElementIndex, headline: etree._Element) -> set[etree._Element]:
    """The boxes of whole stories below the headline's own, which pages put there for readers who scroll on.

    The own story is in an `<article>`, or in a `<section>` whose next one is named like it; the others have a headline.
    """
    own = next(headline.iterancestors("article", "section"), None)
    if own is None or _text_size(own) < _STORY:
        return set()
    above = {own, *own.iterancestors()}
    found = set()
    if own.tag == "article":
        heads = index.by_tag["h1"][:_MOST_HEADS] if headline.tag == "h1" else []
        for head in heads:
            if index.orders[head] < index.end(own):
                continue
            box = head
            while (parent := box.getparent()) is not None and parent not in above:
                box = parent
            if box is not head and _text_size(box) >= _STORY:
                found.add(box)
    names = frozenset((own.get("class") or "").split())
    for other in own.itersiblings(own.tag) if names else ():
        more = frozenset((other.get("class") or "").split())
        if names < more and class_bits(" ".join(more - names)) & RELATED and _text_size(other) >= _STORY:
            found.add(other)
    return found


def _text_size(box: etree._Element) -> int:
    """Characters of a box's paragraphs, counted up to what a story has."""
    size = 0
    for paragraph in box.iter("p"):
        size += len(all_text(paragraph))
        if size >= _STORY:
            break
    return size


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
