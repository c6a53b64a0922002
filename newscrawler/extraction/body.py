"""The story's own text."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.document import Document
from newscrawler.extraction.rules import Rules
from newscrawler.extraction.title import TitleFound


class BodyFound(NamedTuple):
    """The story's text: paragraphs joined by a blank line, `lead` apart where the page marks it as one.

    `elements` are the text blocks' elements in document order (empty when the text came out of a script).
    """

    text: str
    source: str
    lead: str | None
    lead_source: str
    elements: list[etree._Element]


def find_body(document: Document, rules: Rules, title: TitleFound) -> BodyFound:
    """The story's text; `text` is empty when the page has none."""
    paragraphs = [(p, " ".join("".join(map(str, p.itertext())).split())) for p in document.root.iter("p")]
    kept = [(p, text) for p, text in paragraphs if len(text) > 60]
    return BodyFound("\n\n".join(text for _, text in kept), "dom", None, "dom", [p for p, _ in kept])
