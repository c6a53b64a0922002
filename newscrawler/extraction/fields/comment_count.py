"""The number of readers' comments on a story."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.printed_labels import label_of
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.structured_data import types_of
from newscrawler.extraction.html.text_content import all_text, line_of

_NUMBER = re.compile(r"\d[\d., \u00a0\u202f]*")


def find_comment_count(document: Document, selectors: Selectors) -> Extracted[int | None]:
    """Read the number of readers' comments; None when the page states none."""
    for element in selectors.select(document.root, "comment_count"):
        if (count := _count_in(all_text(element))) is not None:
            return Extracted(count, "profile")
    facts = document.facts
    for value in facts.values("commentCount"):
        if (count := _count_in(str(value))) is not None:
            return Extracted(count, "json-ld")
    for value in facts.values("interactionStatistic"):
        if isinstance(value, dict) and "comment" in _interaction_type(value):
            count = _count_in(str(value.get("userInteractionCount", "")))
            if count is not None:
                return Extracted(count, "json-ld")
    for prop in ("commentcount", "interactioncount"):
        for element in document.marks.props.get(prop, ())[:10]:
            text = element.get("content") or all_text(element)
            if (prop == "commentcount" or "comment" in text.lower()) and (
                count := _count_in(text)
            ) is not None:
                return Extracted(count, "microdata")
    for element in document.marks.named["comments"][:40]:
        # The count is the element itself, or heads a whole section of comments.
        for part in (element, *element.iterchildren("h2", "h3", "h4", "h5")) if len(element) else (element,):
            text = line_of(part) if not len(part) or len(list(islice(part.iter(), 8))) < 8 else ""
            if 0 < len(text) < 40 and (count := _printed_count(text)) is not None and not _leads_away(part):
                return Extracted(count, "dom")
    return Extracted(None, "dom")


def _printed_count(text: str) -> int | None:
    """The number in `12 comments` or `Kommentare (12)`; None for any other text."""
    if not any(map(str.isdigit, text)):
        return None
    label = label_of(_NUMBER.sub(" ", text, count=1))
    return _count_in(text) if label == ("comments", "") else None


def _leads_away(element: etree._Element) -> bool:
    """True for a count in a link to another page, as in teasers of other stories."""
    links = [above for above in (element, *islice(element.iterancestors(), 64)) if above.tag == "a"] or list(
        element.iter("a")
    )
    return any("#" not in (link.get("href") or "#") for link in links)


def _interaction_type(statistic: dict[str, Any]) -> str:
    kind = statistic.get("interactionType")
    if isinstance(kind, dict):
        return " ".join(types_of(kind))
    return str(kind).lower()


def _count_in(text: str) -> int | None:
    """The first number of a text, in the digits of any script; more than seven digits count nothing."""
    match = _NUMBER.search(text)
    digits = re.sub(r"\D", "", match[0]) if match else ""
    return int(digits) if digits and len(digits) < 8 else None
