"""The anchor text of links: what a reader sees, a picture's alternative text, a headline or not."""

from __future__ import annotations

import re

from lxml import etree

from newscrawler.text import is_headline_long, single_spaced

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset(("span", "b", "strong", "em", "i", "u", "font", "small"))
_UNSHOWN = frozenset(("script", "style", "noscript"))
_NOFOLLOW = re.compile(r"\bnofollow\b", re.IGNORECASE)


class AnchorText:
    """The best anchor text of the links to one URL.

    `text`: a heading's, else all that is visible, else the `title` or `aria-label` (not `visible` then);
    `headline`: long enough to name a story; `heading`: marked as one; `parent`: of the element. Made for every
    link of every page: the usual links, of a text alone or of one leaf, take no walk.
    """

    __slots__ = ("alt", "element", "heading", "headline", "parent", "rel", "text", "visible")

    def __init__(self, element: etree._Element, rel: str | None) -> None:
        self.element = element
        self.parent = parent = element.getparent()
        self.rel = rel
        self.alt: str | None = None
        heading = False
        text: str | None
        size = len(element)
        if not size:
            text = element.text
        elif size == 1 and not len(only := element[0]) and (tag := only.tag) not in _UNSHOWN:
            if tag == "img":
                self.alt = _line(only.get("alt")) or None
                text = element.text
                if only.tail:
                    text = f"{text or ''} {only.tail}"
            elif tag in HEADINGS and (text := _line(only.text)):
                heading = True
            else:
                text = f"{element.text or ''} {only.text or ''} {only.tail or ''}"
        else:
            text, heading = self._walked(element)
        text = single_spaced(text) if text else ""
        if text:
            self.visible = True
            if not heading and parent is not None:
                tag = parent.tag
                if tag in _INLINE and (above := parent.getparent()) is not None:
                    tag = above.tag
                heading = tag in HEADINGS
        else:
            self.visible = False
            text = _line(element.get("title") or element.get("aria-label") or element.get("alt"))
        self.text = text
        self.heading = heading
        self.headline = len(text) >= 8 and is_headline_long(text)  # most links are shorter

    def _walked(self, element: etree._Element) -> tuple[str, bool]:
        """The text of a link with elements of its own, and True with it for a heading's; sets `alt`."""
        pieces = [element.text or ""]
        headed = None
        for node in element.iterdescendants():
            tag = node.tag
            if tag not in _UNSHOWN:
                if tag == "img":
                    self.alt = self.alt or _line(node.get("alt")) or None
                elif headed is None and tag in HEADINGS:
                    headed = node
                if node.text:
                    pieces.append(node.text)
            if node.tail:
                pieces.append(node.tail)
        if headed is not None and (title := _line("".join(map(str, headed.itertext())))):
            return title, True
        return " ".join(pieces), False

    def merge(self, other: AnchorText) -> None:
        """Another link to the same URL: the better text of the two, and any picture's."""
        if self.alt is None:
            self.alt = other.alt
        if other._rank > self._rank:
            self.element, self.parent = other.element, other.parent
            self.text, self.visible = other.text, other.visible
            self.headline, self.heading = other.headline, other.heading
        if other.rel:
            # A link that is followed somewhere is not a nofollow link.
            both = self.rel and _NOFOLLOW.search(self.rel) and _NOFOLLOW.search(other.rel)
            self.rel = f"{self.rel or ''} {other.rel}"
            if not both:
                self.rel = _NOFOLLOW.sub("", self.rel)
        elif self.rel:
            self.rel = _NOFOLLOW.sub("", self.rel)

    @property
    def _rank(self) -> int:
        if not self.text:
            return 0
        return 1 + self.visible + self.headline * 2 + (self.heading and self.visible) * 4


def _line(text: str | None) -> str:
    return single_spaced(text) if text else ""
