"""A page, decoded once and parsed once: what every field reader works on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from newscrawler.extraction.html.element_index import ElementIndex
from newscrawler.extraction.html.json_ld import parse_json_ld
from newscrawler.extraction.html.parser import parse
from newscrawler.extraction.html.regions import Regions
from newscrawler.extraction.html.semantic_marks import SemanticMarks
from newscrawler.extraction.html.site_template import NO_TEMPLATE, PathsAround, SiteTemplate
from newscrawler.extraction.html.structured_data import StoryFacts


class Document:
    """One parsed page.

    `root` is the tree (never None: an empty page has an empty html element), `encoding` the name of the
    character encoding that was used, `cut` why the page's end was left out (None: it is whole),
    `template` what is known of the site's other pages. The facts a page declares about itself are gathered on
    first use.
    """

    def __init__(
        self, body: bytes, url: str, content_type: str | None = None, template: SiteTemplate = NO_TEMPLATE
    ) -> None:
        self.template = template
        self.url = url
        self.content_type = content_type
        self.root: etree._Element
        self.root, self.encoding, self.cut = parse(body, content_type)

    @cached_property
    def index(self) -> ElementIndex:
        """The page's elements by their place and by their tag."""
        return ElementIndex(self.root)

    @cached_property
    def paths(self) -> PathsAround:
        """Paths of elements, by which lines are told from the same words elsewhere."""
        return PathsAround()

    @cached_property
    def base_url(self) -> str:
        """Base of relative links: `<base href>`, else the page's URL."""
        for base in self.index.by_tag["base"]:
            if href := base.get("href"):
                try:
                    return urljoin(self.url, href.strip())
                except ValueError:
                    break
        return self.url

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Lower-case name, property, itemprop or http-equiv of each `<meta>` -> its contents, in order."""
        found: dict[str, list[str]] = {}
        for element in self.index.by_tag["meta"]:
            content = (element.get("content") or "").strip()
            if not content:
                continue
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                if key := element.get(attribute):
                    found.setdefault(key.strip().lower(), []).append(content)
        return found

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD object of the page that has an @type, containers (@graph, lists) opened, in order."""
        nodes: list[dict[str, Any]] = []
        for script in self.index.by_tag["script"]:
            if "ld+json" in (script.get("type") or "").lower() and script.text:
                nodes.extend(_typed(parse_json_ld(script.text)))
        return nodes

    @cached_property
    def facts(self) -> StoryFacts:
        """The JSON-LD and meta facts that describe this story."""
        return StoryFacts(self.url, self.json_ld, self.meta, self.root.findtext("head/title") or "")

    @cached_property
    def marks(self) -> SemanticMarks:
        """Elements whose class, id, itemprop, rel or label says what they hold."""
        return SemanticMarks(self.index)

    @cached_property
    def regions(self) -> Regions:
        """The map of the page's menus, heads and feet, sidebars, comments and other parts."""
        return Regions(self.marks)


def _typed(value: Any) -> Iterator[dict[str, Any]]:
    """Objects with an @type, outermost first, without descending into typed objects' own properties."""
    queue = [value]
    while queue:
        node = queue.pop(0)
        if isinstance(node, list):
            queue[:0] = node
        elif isinstance(node, dict):
            if "@type" in node:
                yield node
            if "@graph" in node:
                queue.append(node["@graph"])
