"""Elements that a site's stories agree on, as selectors of a page's fields."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from newscrawler.extraction.body.body_extractor import MIN_TEXT, BodyFound, find_body
from newscrawler.extraction.headline.title import TitleFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.site_template import element_path

# Elements of a field; more are a list of something else. One of any other field.
_MOST = {"tags": 30, "authors": 8}
_MUCH = 0.3  # of the text that general rules found: with less inside the learned element, it is not doubted


class LearnedElements(Selectors):
    """Selectors of one page's fields by the paths that its template has taught; empty where it taught nothing."""

    def __init__(self, document: Document, title: TitleFound) -> None:
        super().__init__()
        self._document = document
        known = document.template.elements
        headline = element_path(title.element) if known and title.element is not None else ""
        self._elements: Mapping[str, str] = known.get(headline, {})

    def __bool__(self) -> bool:
        return bool(self._elements)

    def select(self, root: etree._Element, field: str) -> list[etree._Element]:
        """The elements at the path of `field`, in document order; none where they are many."""
        path = self._elements.get(field)
        if path is None:
            return []
        tag = path.partition("<")[0].partition(".")[0]
        found = [one for one in self._document.index.by_tag[tag] if element_path(one) == path]
        return found if len(found) <= _MOST.get(field, 1) else []


def body_in_template(
    document: Document, title: TitleFound, general: BodyFound, learned: LearnedElements
) -> BodyFound:
    """The text in the element that the template has taught, where general rules found it elsewhere or not at all.

    `general`: what these found, which counts where they chose inside that element, or it holds hardly any of the text.
    """
    if general.source == "profile" or not learned:
        return general
    places = learned.select(document.root, "body")
    if len(places) != 1:
        return general
    around = [] if general.container is None else [general.container, *general.container.iterancestors()]
    if len(general.text) >= MIN_TEXT and places[0] in around:
        return general
    again = find_body(document, learned, title)
    if again.source != "profile" or len(again.text) < max(MIN_TEXT, _MUCH * len(general.text)):
        return general
    return again._replace(source="template")
