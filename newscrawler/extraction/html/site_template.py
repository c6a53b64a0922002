"""The template of a site as known from its other pages: lines, headings and values that many stories share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from lxml import etree

from newscrawler.text import clean_line

_NUMBER = re.compile(r"\d+")
_PATH_LEVELS = (
    4  # elements from the line outwards: enough to tell a sidebar from an article, few enough to be shared
)
_CLASS_WORDS = 2  # of an element; later ones are often states
_LONGEST_NAME = 30  # characters: longer ids and classes name one page
_GLANCE = 16  # characters at a line's beginning that mostly hold so many letters
_FEWEST_LETTERS = 4  # with fewer, numbers are the text
_MOST_HYPHENS = 2  # more of them make a slug
LONGEST_VALUE = 200  # characters of a declared value that are compared
INNER_LENGTH = 20  # characters below which a repeated line inside bodies may be a column's own subheading


def line_shape(text: str) -> str:
    """A line with its numbers made equal, so that a printed date or counter is one line on all pages."""
    folded = text.casefold()
    shape = _NUMBER.sub("0", folded)
    if sum(map(str.isalpha, shape[:_GLANCE])) >= _FEWEST_LETTERS:
        return shape
    return shape if sum(map(str.isalpha, shape)) >= _FEWEST_LETTERS else folded


@lru_cache(maxsize=1024)  # the lines of one page are asked for several times
def text_key(text: str) -> int:
    """The 32-bit key of a line, wherever it is printed."""
    return crc32(line_shape(text).encode("utf-8", "replace"))


def line_key(text: str, element: etree._Element, *, linked: bool, around: PathsAround | None = None) -> int:
    """The 32-bit key of a line at its place: shape of the text, path of elements, mostly a link or not.

    A teaser in a sidebar and the same words in their own story differ in place.
    """
    return crc32(
        f"{element_path(element, around)}{'>a' if linked else ''}".encode("utf-8", "replace"), text_key(text)
    )


def heading_key(text: str, element: etree._Element | None, around: PathsAround | None = None) -> int:
    """The 32-bit key of a heading at its place; without an element, of a declared title."""
    if element is None:
        return crc32(b"declared", text_key(text))
    return line_key(text, element, linked=False, around=around)


class PathsAround:
    """Paths of one page's elements as they are asked for, so that siblings share those of the elements around them."""

    def __init__(self) -> None:
        self._names: dict[etree._Element, str] = {}
        self._paths: dict[etree._Element, str] = {}
        self._whole: dict[etree._Element, str] = {}

    def of(self, element: etree._Element) -> str:
        """The path of an element, see `element_path`."""
        path = self._whole.get(element)
        if path is None:
            parent = element.getparent()
            path = self.name(element) if parent is None else f"{self.name(element)}<{self.path(parent)}"
            self._whole[element] = path
        return path

    def path(self, element: etree._Element) -> str:
        """The part of a path that begins with this element around the path's own."""
        path = self._paths.get(element)
        if path is None:
            path = self.name(element)
            outer = element.getparent()
            for _ in range(_PATH_LEVELS - 2):
                if outer is None:
                    break
                path = f"{path}<{self.name(outer)}"
                outer = outer.getparent()
            self._paths[element] = path
        return path

    def name(self, element: etree._Element) -> str:
        """An element's own part of its path."""
        name = self._names.get(element)
        if name is None:
            name = self._names[element] = _name(element)
        return name


def element_path(element: etree._Element, around: PathsAround | None = None) -> str:
    """Tags with their first classes and ids, innermost first; names with digits and slugs are left out.

    `around`: of the same page, where paths of several of its elements are asked for.
    """
    return (around or PathsAround()).of(element)


def _name(element: etree._Element) -> str:
    return _named(str(element.tag), element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=4096)  # a page's boxes have few different names
def _named(tag: str, classes: str, identity: str) -> str:
    names = [name for name in classes.split() if _is_shared(name)][:_CLASS_WORDS]
    if identity and _is_shared(identity):
        names.append(f"#{identity}")
    return ".".join([tag, *names])


def _is_shared(name: str) -> bool:
    """True for a class or id that pages of one template have in common: no digits, no slug."""
    return (
        len(name) <= _LONGEST_NAME
        and name.count("-") + name.count("_") <= 2 * _MOST_HYPHENS
        and not any(map(str.isdigit, name))
    )


def picture_key(name: str, element: etree._Element, around: PathsAround | None = None) -> int:
    """The 32-bit key of a picture at its place; `name` is its address without its size."""
    path = element_path(element, around).encode("utf-8", "replace")
    return crc32(name.encode("utf-8", "replace"), crc32(path))


class Siblings(NamedTuple):
    """Counts of the pages of one group that were seen.

    `stories`: those read as stories. `dated`: those that print their date. `named`: those that their address, their
    declared type or a dated list names news. `fed`: those that a feed or news sitemap names.
    """

    pages: int
    stories: int
    dated: int
    named: int
    fed: int


@dataclass(frozen=True, slots=True)
class SiteTemplate:
    """Facts that stories of one site share, as sets of keys. The empty one knows nothing and changes nothing.

    `stories`: distinct stories that it rests on. `lines`: keys of lines at their places; `everywhere`: those of them
    that at least half of the stories have. `texts`: keys of long lines in bodies, wherever printed. `headings`: keys
    of headings. `heads`, `tails`: beginnings and ends of titles, each with its separator, the longest first.
    `values`: field -> declared values that are the same on nearly all pages. `siblings`: counts by group of pages
    (`sibling_group`); `dated_siblings`: the same of those pages alone that print their date. `elements`: path of the
    headline -> field -> path of the element in which stories with this headline agree to have the field. `places`:
    paths of headlines and texts of several stories; `agreement`: the share of stories that have one of them.
    """

    stories: int = 0
    lines: frozenset[int] = frozenset()
    everywhere: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()
    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    siblings: Mapping[str, Siblings] = field(default_factory=dict)
    dated_siblings: Mapping[str, Siblings] = field(default_factory=dict)
    elements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: frozenset[tuple[str, str]] = frozenset()
    agreement: float = 0.0

    @property
    def known(self) -> bool:
        """True when enough stories were seen to say anything."""
        return self.stories > 0

    def adds_to(self, earlier: SiteTemplate) -> bool:
        """True when it knows anything of the pages' text that one made of fewer pages did not."""
        return not (
            self.lines <= earlier.lines
            and self.texts <= earlier.texts
            and self.headings <= earlier.headings
            and set(self.heads) <= set(earlier.heads)
            and set(self.tails) <= set(earlier.tails)
            and all(values <= earlier.values.get(name, frozenset()) for name, values in self.values.items())
        )

    def is_boilerplate(
        self, text: str, element: etree._Element, *, linked: bool = False, around: PathsAround | None = None
    ) -> bool:
        """True for a line that stories of this site share, word for word but for numbers."""
        if not self.known:
            return False
        return (len(text) >= INNER_LENGTH and text_key(text) in self.texts) or (
            line_key(text, element, linked=linked, around=around) in self.lines
        )

    def is_everywhere(
        self, text: str, element: etree._Element, *, linked: bool = False, around: PathsAround | None = None
    ) -> bool:
        """True for a line that at least half of the site's stories have at this place."""
        return self.known and line_key(text, element, linked=linked, around=around) in self.everywhere

    def is_shared_picture(self, name: str, element: etree._Element) -> bool:
        """True for a picture that at least half of the site's stories show at this place: a logo, a portrait."""
        return self.known and picture_key(name, element) in self.everywhere

    def is_shared_heading(self, text: str, element: etree._Element | None) -> bool:
        """True for a heading that pages with different stories print at this place.

        Without an element it is a title that they declare. A headline in a list of other stories has another place.
        """
        return self.known and heading_key(text, element) in self.headings

    def is_shared_value(self, name: str, value: str | None) -> bool:
        """True for a declared value that says nothing of one page, since nearly all pages declare it."""
        return value is not None and value[:LONGEST_VALUE] in self.values.get(name, ())

    def without_affixes(self, title: str) -> str:
        """A title without the head and tail that this site's titles share."""
        for tail in self.tails:
            if title.endswith(tail) and len(title) > len(tail):
                title = title[: -len(tail)]
                break
        for head in self.heads:
            if title.startswith(head) and len(title) > len(head):
                title = title[len(head) :]
                break
        return clean_line(title)


NO_TEMPLATE = SiteTemplate()
