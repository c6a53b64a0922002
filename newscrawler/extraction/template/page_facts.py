"""Facts of one page that a site's template is told by: keys of its lines and headings, titles, declared values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from enum import IntFlag
from sys import intern
from typing import Any, NamedTuple

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.body.segmentation import Block
from newscrawler.extraction.dates import DatesFound
from newscrawler.extraction.dates.declared import declared_date_texts
from newscrawler.extraction.fields.authors import declared_authors
from newscrawler.extraction.fields.image_urls import image_url
from newscrawler.extraction.fields.image_urls import picture_key as picture_name
from newscrawler.extraction.fields.images import declared_images
from newscrawler.extraction.fields.section import declared_sections
from newscrawler.extraction.headline.title import TitleFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.site_template import (
    INNER_LENGTH,
    LONGEST_VALUE,
    PathsAround,
    element_path,
    heading_key,
    line_key,
    picture_key,
    text_key,
)
from newscrawler.extraction.html.text_content import line_of
from newscrawler.extraction.template.field_places import field_paths
from newscrawler.extraction.template.siblings import is_static_page, names_news, sibling_group
from newscrawler.items import Story
from newscrawler.url_cleaning import absolute, path_of

_MOST_LINES = 300  # of a page; bounds the memory
_MOST_HEADINGS = 40
_FIRST, _LAST = 2, 3  # lines of a body that count as its ends
_LONGEST = 6  # body lines that a story is recognised by
_LONG_TEXT = 40  # characters from which a body line counts wherever it is printed
_LONGEST_TITLE = 200  # characters
# fmt: off
_NEWS_TYPES = frozenset((
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "reviewnewsarticle", "askpublicnewsarticle", "liveblogposting", "blogposting",
))
# fmt: on
_HEADINGS = ("h1", "h2", "h3", "h4")
_MOST_VALUES = 6  # of a field
_MOST_PICTURES = 30
_PICTURES_BEFORE, _PICTURES_AFTER = (
    100,
    12,
)  # elements about the text, as far as a story's pictures are looked for


class Evidence(IntFlag):
    """Signs that a page is news, beside those of its own kind."""

    DATED = 1  # its date is printed
    NEWS_TYPE = 2  # declared NewsArticle, BlogPosting or their like
    NEWS_WORD = 4  # a directory of its address is named after news
    FED = 8  # a feed or news sitemap names it
    LISTED = 16  # a list links it beside a date
    STATIC = 32  # against it: the content management system says that it is no post
    CHANGED = 64  # neither for nor against: it prints only when it was changed, as pages of all kinds do


class SiblingFacts(NamedTuple):
    """Evidence of one page for its group: evidence for news, and whether it was read as a story."""

    group: str
    evidence: Evidence
    is_story: bool = False


class PageFacts(NamedTuple):
    """Contribution of one story's page to the memory of its site's template; keys are 32-bit.

    `lines`: keys of all lines at their places. `body`: keys of long lines of the body. `inside`: keys (at their
    places) of short lines inside the body, neither first nor last. `longest`: keys of the body's longest lines,
    longest first: they tell one story from another. `titles`: the headline as printed and as declared. `values`:
    declared values by field. `elements`: by field the path of the element in which general rules found it.
    """

    lines: tuple[int, ...]
    body: tuple[int, ...]
    inside: tuple[int, ...]
    longest: tuple[int, ...]
    headings: tuple[int, ...]
    titles: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    elements: Mapping[str, str]

    def to_list(self, kept: Set[int]) -> list[Any]:
        """Plain data for the journal; of lines and headings those in `kept`, since the others were seen once."""
        lines, body, inside, _, headings = ([key for key in keys if key in kept] for keys in self[:5])
        return [
            lines,
            body,
            inside,
            list(self.longest),
            headings,
            list(self.titles),
            {name: list(values) for name, values in self.values.items()},
            dict(self.elements),
        ]

    @classmethod
    def from_list(cls, data: Sequence[Any]) -> PageFacts:
        """The facts out of their plain form. Raises ValueError or TypeError when it is none."""
        lines, body, inside, longest, headings, titles, values, elements = data
        return cls(
            tuple(map(int, lines)),
            tuple(map(int, body)),
            tuple(map(int, inside)),
            tuple(map(int, longest)),
            tuple(map(int, headings)),
            tuple(map(str, titles)),
            {str(name): tuple(map(str, found)) for name, found in values.items()},
            {str(name): intern(str(path)) for name, path in elements.items()},
        )


def sibling_facts(document: Document, title: TitleFound, dates: DatesFound) -> SiblingFacts:
    """Evidence of a page for its group before its kind is known; the crawl adds how it was found."""
    evidence = Evidence(0)
    if dates.published_raw is not None or dates.prints_day:
        evidence |= Evidence.DATED
    elif dates.modified_raw is not None:
        evidence |= Evidence.CHANGED
    if not _NEWS_TYPES.isdisjoint(document.facts.types):
        evidence |= Evidence.NEWS_TYPE
    if names_news(document.url):
        evidence |= Evidence.NEWS_WORD
    if is_static_page(document):
        evidence |= Evidence.STATIC
    path = element_path(title.element) if title.element is not None else ""
    return SiblingFacts(sibling_group(document, path), evidence)


def facts_of(document: Document, title: TitleFound, body: BodyFound, story: Story | None = None) -> PageFacts:
    """The facts of one story's page; `body` as general rules find it, whatever the site's template tells."""
    around = document.paths
    chosen = [body.blocks[at] for at in body.chosen]
    blocks = [*body.blocks, *body.boilerplate][:_MOST_LINES]
    long = sorted(chosen, key=lambda block: -len(block.text))[:_LONGEST]
    return PageFacts(
        lines=tuple({_key(block, around) for block in blocks} | _pictures(document, body, around)),
        body=tuple(
            {text_key(one.text) for one in (*chosen, *body.boilerplate) if len(one.text) >= _LONG_TEXT}
        ),
        inside=tuple(
            {_key(block, around) for block in chosen[_FIRST:-_LAST] if len(block.text) < INNER_LENGTH}
        ),
        longest=tuple(text_key(block.text) for block in long),
        headings=tuple(_headings(document, around)),
        titles=tuple(dict.fromkeys(_titles(document, title))),
        values=_values(document),
        elements=field_paths(document, title, body, story, around),
    )


def _key(block: Block, around: PathsAround) -> int:
    return line_key(block.text, block.box.element, linked=2 * block.linked > len(block.text), around=around)


def _headings(document: Document, around: PathsAround) -> set[int]:
    printed = [element for tag in _HEADINGS for element in document.index.by_tag[tag][:_MOST_HEADINGS]]
    found = {heading_key(text, element, around) for element in printed if (text := line_of(element))}
    return found | {heading_key(text, None) for text in _declared_titles(document)}


def _declared_titles(document: Document) -> list[str]:
    printed = [line_of(element) for element in document.index.by_tag["title"][:1]]
    return [text for text in (*printed, *document.facts.meta("og:title")[:1]) if text]


def _titles(document: Document, title: TitleFound) -> list[str]:
    printed = line_of(title.element) if title.element is not None else ""
    return [text[:_LONGEST_TITLE] for text in (*_declared_titles(document), printed) if text]


def _pictures(document: Document, body: BodyFound, around: PathsAround) -> set[int]:
    """Keys of the pictures about the story's text."""
    if not body.elements:
        return set()
    orders = document.index.orders
    start = orders.get(body.elements[0], 0) - _PICTURES_BEFORE
    end = orders.get(body.elements[-1], 0) + _PICTURES_AFTER
    near = [one for one in document.index.by_tag["img"] if start <= orders[one] <= end][:_MOST_PICTURES]
    return {
        picture_key(picture_name(path_of(url)), one, around)
        for one in near
        if (url := absolute(document.base_url, image_url(one)))
    }


def _values(document: Document) -> dict[str, tuple[str, ...]]:
    published, modified = declared_date_texts(document)
    found = {
        "author": declared_authors(document),
        "image": declared_images(document),
        "published": published,
        "modified": modified,
        "description": [*document.meta.get("description", ()), *document.meta.get("og:description", ())],
        "section": declared_sections(document),
        "language": [language] if (language := document.root.get("lang")) else [],
    }
    return {
        name: tuple(dict.fromkeys(value[:LONGEST_VALUE] for value in values[:_MOST_VALUES]))
        for name, values in found.items()
        if values
    }
