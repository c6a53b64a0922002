"""CSS selectors for elements of a page, those first that are likeliest to hold on the site's other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from newscrawler.extraction import Selectors

_ANCESTORS = 4  # around an element that a selector may name
_MOST = 40  # candidates that are tried
_NAME = re.compile(r"[A-Za-z_][A-Za-z_-]{1,39}(?:\d{1,2}(?:[A-Z_-][A-Za-z_-]*)?)?")
# Names that build tools make up anew with every release of a site: prefixes of CSS-in-JS, hashes of CSS modules.
_GENERATED = re.compile(r"(?:css|sc|jss|svelte|emotion)-|[a-z][A-Z][a-z][A-Z]|__(?=\w*[A-Z\d])\w{5,}$")
_RELS = ("tag", "author", "category")
# Tags that by themselves say what they hold.
_TELLING_TAGS = frozenset({"h1", "article", "main", "time", "address"})


def unique_selectors(root: etree._Element, elements: Sequence[etree._Element]) -> list[str]:
    """The selectors that select exactly these elements of the page, the best first.

    An id is better than a class, that than a tag, and all these than a name of an element around.
    """
    wanted = list(elements)
    return [
        selector
        for selector in islice(dict.fromkeys(_candidates(wanted)), _MOST)
        if Selectors({"title": [selector]}).select(root, "title") == wanted
    ]


def _candidates(elements: list[etree._Element]) -> Iterator[str]:
    first, *others = elements
    tag = str(first.tag)
    own = [name for name in _named(first) if all(name in _named(other) for other in others)]
    yield from own
    if tag in _TELLING_TAGS:
        yield tag
    above = [
        element
        for element in islice(first.iterancestors(), _ANCESTORS)
        if element.tag not in ("body", "html") and all(element in other.iterancestors() for other in others)
    ]
    alike = all(other.tag == tag for other in others)
    for element in above:
        for outer in _named(element):
            if alike:
                yield f"{outer} {tag}"
            yield from (f"{outer} {inner}" for inner in own)


def _named(element: etree._Element) -> list[str]:
    """Selectors of one element by its names."""
    tag, found = str(element.tag), []
    if _is_lasting(name := element.get("id") or ""):
        found.append(f"#{name}")
    if _is_lasting(name := element.get("itemprop") or ""):
        found.append(f'{tag}[itemprop="{name}"]')
    found += [f"{tag}.{name}" for name in (element.get("class") or "").split()[:12] if _is_lasting(name)]
    rels = (element.get("rel") or "").split()
    return found + [f'{tag}[rel~="{rel}"]' for rel in _RELS if rel in rels]


def _is_lasting(name: str) -> bool:
    """True for a name that people gave: no story's number or slug, no name that a build tool made up."""
    return _NAME.fullmatch(name) is not None and name.count("-") < 5 and not _GENERATED.search(name)
