"""The headline, and the kicker above it."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.document import Document
from newscrawler.extraction.rules import Rules


class TitleFound(NamedTuple):
    """`element` is the visible headline's element, where there is one; `source` as in `Found`."""

    title: str | None
    source: str
    kicker: str | None
    kicker_source: str
    element: etree._Element | None


def find_title(document: Document, rules: Rules) -> TitleFound:
    """The story's headline without site suffix or section prefix; None when the page has none."""
    for element in rules.select(document.root, "title") or document.root.iter("h1"):
        if text := " ".join("".join(map(str, element.itertext())).split()):
            return TitleFound(text, "dom", None, "dom", element)
    return TitleFound(None, "dom", None, "dom", None)
