"""CSS selectors of a site profile, per field, compiled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

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
    "story_code",
    "related",
    "comment_count",
    "remove",
)


@lru_cache(maxsize=512)
def _compile(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector, prefix="descendant::"), smart_strings=False)


class Selectors:
    """Selectors per field; of several, the first that selects anything counts.

    Raises ValueError, naming the field and the selector, when a selector is not valid CSS.
    """

    def __init__(self, selectors: Mapping[str, Sequence[str]] | None = None) -> None:
        self._paths: dict[str, list[etree.XPath]] = {}
        for field, many in (selectors or {}).items():
            if field not in FIELDS:
                raise ValueError(f"{field}: no such field; known are {', '.join(FIELDS)}")
            for selector in many:
                try:
                    self._paths.setdefault(field, []).append(_compile(selector))
                except SelectorError as error:
                    raise ValueError(f"{field}: {selector!r} is not a CSS selector: {error}") from None

    def __bool__(self) -> bool:
        return bool(self._paths)

    def select(self, root: etree._Element, field: str) -> list[etree._Element]:
        """The elements that the first selecting selector of `field` gives, in document order."""
        for path in self._paths.get(field, ()):
            found = path(root)
            if isinstance(found, list) and found:
                return [element for element in found if isinstance(element, etree._Element)]
        return []
