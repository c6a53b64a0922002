"""Elements of a story's page in which general rules found its fields, as paths that pages of one template share."""

from __future__ import annotations

from sys import intern

from lxml import etree

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.headline.title import TitleFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.site_template import PathsAround, element_path
from newscrawler.items import Story

_GIVEN = frozenset(("profile", "family", "template"))  # sources of values that general rules did not find
_BEFORE = 40  # elements before the headline that may hold a date or a code
_MOST = 3000  # elements from there on that are looked at
_MORE = 60  # characters beside a printed value: `Published on`, `By … in …`
_MOST_ALIKE = 400  # elements of one tag that are looked at
_LISTS = frozenset(("tags", "authors"))  # fields with an element for each value
_LONGEST_PATH = 300  # characters; bounds the memory


def template_place(document: Document, title: TitleFound, body: BodyFound) -> tuple[str, str]:
    """Paths of the headline and of the element around the text, each empty where there is none."""
    return (
        element_path(title.element)[:_LONGEST_PATH] if title.element is not None else "",
        element_path(body.container)[:_LONGEST_PATH] if body.container is not None else "",
    )


def field_paths(
    document: Document, title: TitleFound, body: BodyFound, story: Story | None, around: PathsAround
) -> dict[str, str]:
    """By field the path of its element; the headline's tells the template, and is there always.

    A path that other elements of the page have too says nothing: it is empty.
    """
    headline, container = template_place(document, title, body)
    found = {"title": intern(headline)}
    if container:
        found["body"] = intern(container)
    wanted = _printed(story) if story is not None else {}
    start = document.index.orders.get(title.element, 0) if title.element is not None else 0
    first = max(0, start - _BEFORE)
    longest = max(map(len, wanted.values()), default=0) + _MORE
    for at, element in enumerate(document.index.elements[first : first + _MOST] if wanted else (), first):
        text = element.text
        if not text or len(text) > longest or at == start:
            continue
        for field, value in wanted.items():
            if value in text and len(text) <= len(value) + _MORE:
                if field == "tags" and (text.strip() != value or at < start):
                    continue  # the same word in a menu is no tag
                path = element_path(element, around)[:_LONGEST_PATH]
                most = len(getattr(story, field)) if field in _LISTS else 1
                found[field] = intern(path) if _elements_at(document, element, path, around) <= most else ""
                del wanted[field]
                break
        if not wanted:
            break
    return found


def _elements_at(document: Document, element: etree._Element, path: str, around: PathsAround) -> int:
    """Number of the page's elements with the path of this one, among the first ones of its tag."""
    parent = element.getparent()
    if parent is None:
        return 1
    names, outer = element.get("class"), around.name(parent)
    found = 0
    for one in document.index.by_tag[str(element.tag)][:_MOST_ALIKE]:
        if one.get("class") == names:
            other = one.getparent()
            same = other is parent or (other is not None and around.name(other) == outer)
            found += same and element_path(one, around) == path
    return found


def _printed(story: Story) -> dict[str, str]:
    """A text for each field by which its element is known, where general rules found the field."""
    texts = {
        "published": story.published_raw,
        "authors": story.authors[0] if story.authors else None,
        "tags": story.tags[0] if story.tags else None,
        "story_code": story.story_code,
    }
    return {field: text for field, text in texts.items() if text and story.sources.get(field) not in _GIVEN}
