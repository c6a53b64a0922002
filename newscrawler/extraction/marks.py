"""Elements that say what they hold: by class or id, itemprop, rel, or a printed label such as `Tagged`.

One pass over the tree serves every field. Each distinct class string of a page is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.labels import label_of

# Words of class and id names, in the languages that sites are written in. A word is a run of small letters, with
# the capital before it (articleTags), so that `stage` is no `tag`.
_WORDS = {
    "kicker": """
        kicker overline roofline rooftitle rutitr titrrou dachzeile spitzmarke topline eyebrow antetitulo
        volanta surtitre supertitle suptitle pretitle toptitle overtitle ontitr occhiello""",
    "author": """
        byline bylines author authors auteur autor autores autore autoren writer writers journalist reporter
        verfasser skribent forfatter yazar muhabir contributor contributors redakteur columnist signature firma
        szerzo nevisande""",
    "tags": """
        tag tags tagged taglist tagcloud topic topics keyword keywords themen thema stichworte stichwort
        schlagwort schlagworte schlagwoerter etiqueta etiquetas tema temas palabrasclave motscles etiketter
        barchasb""",
    "crumbs": """
        breadcrumb breadcrumbs crumb crumbs ariane migas brotkrumen rastro docsection""",
    "related": """
        related relacionadas relacionados relacionado relation featured recommend recommended recommendation
        recommendations recirc readmore readnext readalso morestories morenews morefrom moreon mostread
        mostviewed mostpopular alsoread alsolike popular trending similar verwandt verwandte meistgelesen
        lireaussi correlati correlate correlato upnext seealso nextstories suggested suggestions""",
    "comments": """
        comment comments disqus kommentar kommentare comentarios commentaires commenti yorum yorumlar""",
    "code": """
        docid infocode storycode newscode newsid storyid articleid""",
}
_MEANS: dict[str, str] = {word: means for means, words in _WORDS.items() for word in words.split()}
_ENDINGS = (
    ("tags", "tags"),
    ("author", "author"),
    ("byline", "author"),
    ("breadcrumb", "crumbs"),
    ("breadcrumbs", "crumbs"),
)
_ENDS = tuple(ending for ending, _ in _ENDINGS)
# First halves of the words that are written apart (`read-more`, `docId`).
_PAIR_STARTS = frozenset({"most", "also", "doc", "see", "lire", "palabras", "mots"})
# The shortest words that every telling name holds: what is looked for first.
_FIRST = {*_PAIR_STARTS, "read", "more", *_MEANS, *_ENDS}
_STEMS = sorted(word for word in _FIRST if not any(other in word for other in _FIRST if other != word))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HAS_MICRODATA = etree.XPath("boolean(descendant-or-self::*/@itemprop)")
_SILENT = frozenset({"script", "style", "noscript", "head", "meta", "link", "option", "svg", "path", "html"})

_LABEL_TAGS = (
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "div",
        "span",
        "b",
        "strong",
        "dt",
        "dd",
        "td",
        "th",
        "li",
        "label",
    ),
    *(
        "em",
        "i",
        "u",
        "font",
        "legend",
        "small",
        "header",
        "section",
        "figcaption",
        "button",
        "br",
        "center",
        "summary",
    ),
)


class Label(NamedTuple):
    """A printed label: what it announces, its element, its place in document order, and what follows in it."""

    means: str
    element: etree._Element
    order: int
    rest: str


class Marks:
    """What one pass over the tree finds; lists are in document order."""

    def __init__(self, root: etree._Element) -> None:
        # Comprehensions with one get() each are several times cheaper than a loop over all attributes.
        self.elements: list[etree._Element] = list(root.iter(etree.Element))
        self.props = _by_token(self.elements, "itemprop") if _HAS_MICRODATA(root) else {}
        self.rels = _by_token(root.iter("a"), "rel")
        self.named = self._by_name()
        self.labels = self._labels(root)

    @cached_property
    def orders(self) -> dict[etree._Element, int]:
        """Each element's place in document order."""
        return {element: order for order, element in enumerate(self.elements)}

    def _by_name(self) -> dict[str, list[etree._Element]]:
        """Elements by what their class or id says."""
        columns = [[element.get(attribute) for element in self.elements] for attribute in ("class", "id")]
        told = _telling({name for column in columns for name in set(column) if name})
        orders: dict[str, set[int]] = {means: set() for means in _WORDS}
        for column in columns:
            for order, name in [(order, name) for order, name in enumerate(column) if name in told]:
                for means in told[name or ""]:
                    orders[means].add(order)
        return {
            means: [
                element for order in sorted(found) if (element := self.elements[order]).tag not in _SILENT
            ]
            for means, found in orders.items()
        }

    def _labels(self, root: etree._Element) -> list[Label]:
        """Labels in elements' first texts and after line breaks."""
        found = []
        for element in root.iter(*_LABEL_TAGS):
            text = element.tail if element.tag == "br" else element.text
            if text and len(text) < 80 and not text.isspace() and (label := label_of(text)):
                found.append(Label(label[0], element, self.orders[element], label[1]))
        return found


def _by_token(elements: Iterable[etree._Element], attribute: str) -> dict[str, list[etree._Element]]:
    """Elements by each lower-case token of an attribute."""
    found: dict[str, list[etree._Element]] = {}
    for element in elements:
        if tokens := element.get(attribute):
            for token in tokens.lower().split():
                found.setdefault(token, []).append(element)
    return found


def _telling(values: set[str]) -> dict[str, tuple[str, ...]]:
    """What the class and id values say that hold a telling word: most pages have a few among hundreds."""
    text = "\x00".join(values)  # no markup can hold a NUL
    lowered = text.lower()
    if len(lowered) != len(text):  # some letters outside of ASCII have a longer small form
        return {value: means for value in values if (means := _meanings(value))}
    tokens = " ".join(set(lowered.replace("\x00", " ").split()))
    telling: set[str] = set()
    for stem in _STEMS:
        place = tokens.find(stem)
        while place >= 0:
            end = tokens.find(" ", place)
            telling.add(tokens[tokens.rfind(" ", 0, place) + 1 : end if end >= 0 else None])
            place = tokens.find(stem, end) if end >= 0 else -1
    found: set[str] = set()
    for token in telling:
        place = lowered.find(token)
        while place >= 0:
            end = lowered.find("\x00", place)
            found.add(text[lowered.rfind("\x00", 0, place) + 1 : end if end >= 0 else None])
            place = lowered.find(token, end) if end >= 0 else -1
    return {value: means for value in found if (means := _meanings(value))}


@lru_cache(maxsize=4096)
def _meanings(names: str) -> tuple[str, ...]:
    """What a class attribute or an id says."""
    if len(names) > 2000:
        return ()
    return tuple(dict.fromkeys(means for name in names.split() for means in _meaning(name)))


def _meaning(name: str) -> tuple[str, ...]:
    if len(name) > 80:
        return ()
    found = []
    before = ""
    for word in map(str.lower, _WORD.findall(name)):
        means = _MEANS.get(word) or _MEANS.get(before + word)
        if means is None and len(word) > 8:
            means = next((kind for ending, kind in _ENDINGS if word.endswith(ending)), None)
        if means is not None:
            found.append(means)
        before = word
    return tuple(found)
