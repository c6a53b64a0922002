"""The elements of a story's page that print a field's value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml import etree

from newscrawler.extraction import Page, Selectors
from newscrawler.extraction.body.body_extractor import find_body
from newscrawler.extraction.fields.story_links import StoryLinks
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.structured_data import alphanumeric_key
from newscrawler.extraction.html.text_content import line_of
from newscrawler.items import Story

# Fields that are learned, in the order of a profile's file.
FIELDS = (
    "title",
    "kicker",
    "lead",
    "body",
    "published",
    "modified",
    "authors",
    "section",
    "tags",
    "related",
)
Alternative = Sequence[etree._Element]
_MOST = 12  # places of a field's value that are looked at
_LARGEST = 30_000  # elements of a page; a larger one takes long, and other pages are as good
_DEAREST = 10_000  # elements whose text is put together to find one value
_BLANKS = 200  # characters of white space that an element's text may have besides
_DATE_WORDS = 60  # characters around a printed date, as `Published on … by …` has
_BYLINE_WORDS = 60  # characters around authors' names
_CLIMB = 4  # elements around a tag's link that may hold all tags
_NO_SELECTORS = Selectors()
_UNREAD = frozenset({"script", "style", "noscript", "title", "head", "html", "body", "option"})


def field_elements(page: Page) -> dict[str, list[Alternative]]:
    """For each of `FIELDS` that a page of a story has: the sets of elements that may be the field's place."""
    if page.story is None or len(page.document.index.elements) > _LARGEST:
        return {}
    document, story = page.document, page.story
    title = find_title(document, _NO_SELECTORS)
    container = find_body(document, _NO_SELECTORS, title).container
    texts = _Texts(document)
    found: dict[str, list[Alternative]] = {
        "title": [] if title.element is None else [[title.element]],
        "kicker": _single(texts.equal(story.kicker)),
        "lead": _single(texts.equal(story.lead)),
        "body": [] if container is None or container.tag in _UNREAD else [[container]],
        "published": [
            *_stamped(document, story.published),
            *_single(texts.holding([story.published_raw or ""], _DATE_WORDS)),
        ],
        "modified": _stamped(document, story.modified),
        "authors": _of_authors(texts, story.authors),
        "section": _lists(texts, (story.section or "").split(" > ")),
        "tags": _lists(texts, story.tags),
        "related": _around_related(document, story),
    }
    return {field: found[field][:_MOST] for field in FIELDS if found[field]}


class _Texts:
    """Elements by their text, those with the least around it first.

    Lengths are summed once, from the leaves up, so that few texts are put together.
    """

    def __init__(self, document: Document) -> None:
        self._index = document.index
        self.elements = [one for one in document.index.elements if one.tag not in _UNREAD]
        self._sizes: dict[etree._Element, int] = {}
        self._lines: dict[etree._Element, str] = {}
        for element in reversed(document.index.elements):
            inner = sum(self._sizes.get(child, 0) + len(child.tail or "") for child in element)
            self._sizes[element] = len(element.text or "") + inner

    def equal(self, text: str | None) -> list[etree._Element]:
        """Those whose text is this one, but for marks and white space."""
        key = alphanumeric_key(text) if text else ""
        if not text or not key:
            return []
        near = self._sized(len(key), 2 * len(text) + _BLANKS)
        return self._innermost(one for one in near if alphanumeric_key(self._line(one)) == key)

    def holding(self, texts: Sequence[str], more: int) -> list[etree._Element]:
        """Those whose text holds all of these and at most so many characters more."""
        least = sum(map(len, texts))
        if not all(texts) or not texts:
            return []
        near = self._sized(least, 2 * least + more + _BLANKS)
        lines = ((one, self._line(one)) for one in near)
        return self._innermost(
            one for one, line in lines if len(line) <= least + more and all(text in line for text in texts)
        )

    def _innermost(self, elements: Iterable[etree._Element]) -> list[etree._Element]:
        def inside(element: etree._Element) -> tuple[int, int]:
            return self._sizes[element], self._index.end(element) - self._index.orders[element]

        return sorted(islice(elements, _MOST), key=inside)

    def _sized(self, least: int, most: int) -> Iterator[etree._Element]:
        near = (element for element in self.elements if least <= self._sizes[element] <= most)
        return islice(near, _DEAREST)

    def _line(self, element: etree._Element) -> str:
        if element not in self._lines:
            self._lines[element] = line_of(element)
        return self._lines[element]


def _single(elements: Sequence[etree._Element]) -> list[Alternative]:
    return [[element] for element in elements]


def _stamped(document: Document, iso: str | None) -> list[Alternative]:
    if not iso:
        return []
    return [
        [one] for one in document.index.by_tag["time"] if (one.get("datetime") or "").startswith(iso[:10])
    ]


def _of_authors(texts: _Texts, authors: Sequence[str]) -> list[Alternative]:
    """Elements of the names alone, one for each author, and those that hold the whole byline."""
    if not authors:
        return []
    each = [texts.equal(name) for name in authors]
    alone = [list(names) for names in zip(*each, strict=False)]
    return [*alone, *_single(texts.holding(authors, _BYLINE_WORDS))]


def _lists(texts: _Texts, names: Sequence[str]) -> list[Alternative]:
    """Elements that hold nothing but these names, and the names' own elements inside these."""
    names = [name for name in names if name]
    if not names:
        return []
    found: list[Alternative] = []
    each = [texts.equal(name) for name in names]
    if not all(each):
        return []
    for last in each[-1]:
        if len(names) == 1:
            found.append([last])
        for above in islice(last.iterancestors(), _CLIMB):
            inside = [one for many in each for one in many if above in one.iterancestors()]
            links = [one for one in inside if one.tag == "a"]
            if len(links) == len(names):
                found += [links, [above]]
                break
    return found


def _around_related(document: Document, story: Story) -> list[Alternative]:
    """The smallest element with links to all related stories."""
    wanted = {one.url for one in story.related}
    if not wanted:
        return []
    links = StoryLinks(document)
    found: dict[str, list[etree._Element]] = {}
    for link in document.index.by_tag["a"]:
        url = links.of(link)
        if url in wanted and len(places := found.setdefault(url, [])) < _MOST:
            places.append(link)
    if len(found) < len(wanted):
        return []
    around = [{above for link in places for above in link.iterancestors()} for places in found.values()]
    smallest: list[Alternative] = []
    for link in min(found.values(), key=len):
        above = next((one for one in link.iterancestors() if all(one in each for each in around)), None)
        if above is not None and above.tag not in _UNREAD:
            smallest.append([above])
    return smallest
