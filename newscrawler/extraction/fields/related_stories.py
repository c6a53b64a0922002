"""The related or featured block as data.

A block is recognised by its printed label (`Featured Stories`, `Lesen Sie auch`) or by its class or id, after the
story or beside it. Its entries are grouped by URL: of one URL, the image link gives `image_alt`, the text link the
title; a date belongs to the entry whose own container it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.dates import parse_printed
from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.story_links import StoryLinks
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.printed_labels import RELATED
from newscrawler.extraction.html.regions import Region
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.text_content import all_text, line_of
from newscrawler.items import RelatedStory
from newscrawler.text import clean_line
from newscrawler.url_cleaning import path_of

_FRAME = frozenset({Region.NAVIGATION, Region.FOOTER, Region.HEADER})
# The end of a story's path: a number, a slug of several words, or a document's extension.
_STORY_PATH = re.compile(r"\d{4,}|[^/-]+-[^/-]+-[^/-]+[^/]*/?$|\.(?:s?html?|php|aspx?)$|/[^/]*%[^/]*/?$")
_TITLE_NAME = re.compile(r"headline|title|titel|titre|titulo|titr")  # of names in small letters
_TEXT_BLOCKS = ("div", "p", "span", "figcaption", "li", "dd", "dt", "td", "strong", "b")
_UNREAD = frozenset({"script", "style", "noscript"})
_MAX_ENTRIES = 60  # of a block
_MAX_BLOCKS = 12  # of a page
_MAX_LABELS, _MAX_NAMED, _MAX_CLIMB = 30, 120, 8  # a page may be hostile: what is looked at is bounded
_LONGEST_DATE = 60  # characters of a text that may be a date
_FULL = 12  # stories of a block, of which more are no better
_LABELLED = 4  # stories that a printed label is worth
_MAY_DATE = re.compile("[\\d年]")


@dataclass
class _Entry:
    url: str
    texts: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    links: list[etree._Element] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def add(self, link: etree._Element) -> None:
        """Take in one more link of the entry: its text, or of a card its heading, and its picture's alt text."""
        self.links.append(link)
        if text := _title_in(link):
            self.texts.append(text)
        for image in link.iter("img") if len(link) else ():
            if alt := clean_line(image.get("alt") or ""):
                self.alts.append(alt)


def _title_in(link: etree._Element) -> str:
    """A link's text; of a card with several texts its heading, else the longest of them."""
    if len(link) == 0:
        return clean_line(link.text or "")
    heading = next(link.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    if heading is not None:
        return line_of(heading)
    blocks = [
        (one, text)
        for one in link.iter(*_TEXT_BLOCKS)
        if not len(one) and (text := one.text) and not text.isspace()
    ]
    if len(blocks) < 2:
        return line_of(link)
    texts = [clean_line(text) for _, text in blocks]
    for (one, _), text in zip(blocks, texts, strict=True):
        if (names := one.get("class")) and _TITLE_NAME.search(names.lower()) and _may_be_title(text):
            return text
    # Above the title a card may have a time or a section, below it a summary.
    first = next((text for text in texts if text.count(" ") > 2 and not text[0].isdigit()), None)
    return first or max(texts, key=len)


class _Block(NamedTuple):
    element: etree._Element
    start: int
    labelled: bool


def find_related(document: Document, selectors: Selectors, body: BodyFound) -> Extracted[list[RelatedStory]]:
    """The entries in page order, each URL once: its text link is the title, its picture's alt `image_alt`."""
    language = document.root.get("lang")
    story_links = StoryLinks(document)
    if elements := selectors.select(document.root, "related"):
        return Extracted(_stories(_entries(document, story_links, elements), language), "profile")
    best: list[RelatedStory] = []
    best_score = 0
    for block in _blocks(document, story_links, body):
        bonus, least = (_LABELLED, 1) if block.labelled else (0, 2)
        least = max(least, best_score - bonus + 1)  # stories, for the block to be better
        if least > _FULL:  # labelled blocks come first: none that follows is better
            break
        if len(list(islice(block.element.iter("a"), least))) < least:
            continue
        entries = _entries(document, story_links, [block.element], block.start)
        stories = _stories(entries, language)
        if len(stories) >= least:
            best, best_score = stories, min(len(stories), _FULL) + bonus
    return Extracted(best, "dom")


def _blocks(document: Document, story_links: StoryLinks, body: BodyFound) -> Iterable[_Block]:
    """Candidate blocks in page order, labelled ones with the position of their label."""
    marks = document.marks
    own: set[etree._Element] = set()
    for part in body.elements:
        holder: etree._Element | None = part
        while holder is not None and holder not in own:
            own.add(holder)
            holder = holder.getparent()
    seen: set[etree._Element] = set()
    count = 0
    for label in [label for label in marks.labels if label.means in RELATED][:_MAX_LABELS]:
        if not label.rest and not _is_framed(document, label.element):
            element = _block_of(story_links, label.element, own)
            if element is not None and element not in seen:
                seen.add(element)
                yield _Block(element, label.order, True)
                count += 1
                if count >= _MAX_BLOCKS:
                    return
    for element in marks.named["related"][:_MAX_NAMED]:
        if element.tag in ("a", "img", "body", "html", "script") or element in own or element in seen:
            continue
        if _is_framed(document, element) or (
            seen and any(above in seen for above in islice(element.iterancestors(), 64))
        ):
            continue
        seen.add(element)
        yield _Block(element, -1, False)
        count += 1
        if count >= _MAX_BLOCKS:
            return


def _is_framed(document: Document, element: etree._Element) -> bool:
    return not _FRAME.isdisjoint(document.regions.around(element))


def _block_of(
    story_links: StoryLinks, label: etree._Element, own: set[etree._Element]
) -> etree._Element | None:
    """The nearest element around a label that holds story links besides it and none of the story's own text."""
    element = label
    for _ in range(6):
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html", "article", "main"):
            break
        if parent in own:
            break
        element = parent
        if _story_links(story_links, element, label) >= 2:
            return element
    parent = element.getparent()
    if parent is not None and _story_links(story_links, parent, label) >= 1:
        return parent
    return None


def _story_links(story_links: StoryLinks, element: etree._Element, label: etree._Element) -> int:
    urls = set()
    for link in islice(element.iter("a"), 200):
        if link is not label and (url := story_links.of(link)):
            urls.add(url)
            if len(urls) > 2:
                break
    return len(urls)


def _entries(
    document: Document, story_links: StoryLinks, elements: Iterable[etree._Element], start: int = -1
) -> list[_Entry]:
    """Links of the blocks after `start`, grouped by URL in page order, with the texts that go with each."""
    entries: dict[str, _Entry] = {}
    orders = document.index.orders
    for element in elements:
        owners: dict[etree._Element, str] = {}
        for link in islice(element.iter("a"), 400):
            if orders.get(link, 0) > start and (url := story_links.of(link)):
                if len(entries) >= _MAX_ENTRIES and url not in entries:
                    break
                owners[link] = url
                entries.setdefault(url, _Entry(url)).add(link)
        for url in dict.fromkeys(owners.values()):
            entry = entries[url]
            box = _own_box(entry.links[0], element, owners)
            entry.loose += (
                _texts_outside_links(box) if box is not entry.links[0] else _texts_after(entry.links[-1])
            )
    return list(entries.values())


def _own_box(
    link: etree._Element, block: etree._Element, owners: dict[etree._Element, str]
) -> etree._Element:
    """The outermost element below the block that holds the link and no other entry's."""
    box, own = link, owners[link]
    for _ in range(_MAX_CLIMB):
        parent = box.getparent()
        if parent is None or parent is block:
            break
        if any(owners.get(other, own) != own for other in islice(parent.iter("a"), 100)):
            break
        box = parent
    return box


def _texts_outside_links(box: etree._Element) -> list[str]:
    """The texts of an entry that may be dates."""
    texts: list[str] = []
    for node in islice(box.iter(etree.Element), 200):
        tag = node.tag
        if tag not in _UNREAD:
            if tag != "a" and (text := node.text) and _MAY_DATE.search(text) and not _in_link(node, box):
                texts.append(text)
            if tag == "time" and (moment := node.get("datetime")):
                texts.insert(0, moment)
        tail = None if node is box else node.tail
        if tail and _MAY_DATE.search(tail) and not _in_link(node, box, outer=True):
            texts.append(tail)
    return texts


def _texts_after(link: etree._Element) -> list[str]:
    """Texts between a link and the next one, for entries without a container of their own."""
    texts = [link.tail or ""]
    for sibling in islice(link.itersiblings(), 10):
        if sibling.tag == "a" or next(sibling.iter("a"), None) is not None:
            break
        texts += [all_text(sibling), sibling.tail or ""]
    return texts


def _in_link(node: etree._Element, stop: etree._Element, *, outer: bool = False) -> bool:
    above = node.getparent() if outer else node
    while above is not None and above is not stop:
        if above.tag == "a":
            return True
        above = above.getparent()
    return False


def _stories(entries: list[_Entry], language: str | None) -> list[RelatedStory]:
    found = []
    for entry in entries:
        title = max(entry.texts, key=len, default="") or next(iter(entry.alts), "")
        if not _may_be_title(title) or not (len(title) > 30 or _STORY_PATH.search(path_of(entry.url))):
            continue
        found.append(
            RelatedStory(
                title=title,
                url=entry.url,
                published=_date_in(entry.loose, language),
                image_alt=next(iter(entry.alts), None),
            )
        )
    return found


def _may_be_title(text: str) -> bool:
    """True for a text that can be a story's title: some words, or some characters of an unspaced script.

    Looser than `is_headline_long`: in a block of related stories most links are stories.
    """
    return (
        text.count(" ") >= 2 or (len(text) > 5 and not text.isascii() and " " not in text) or len(text) > 22
    )


def _date_in(texts: Iterable[str], language: str | None) -> str | None:
    """The first date among an entry's short texts, as ISO 8601."""
    for text in texts:
        if _MAY_DATE.search(text) is None:
            continue
        text = clean_line(text)
        if 5 < len(text) <= _LONGEST_DATE and (date := parse_printed(text, language=language)):
            return date.iso
    return None
