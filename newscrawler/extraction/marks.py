"""Elements that say what they hold: by class or id, itemprop, rel, or a printed label such as `Tagged`.

One look at the tree serves every field.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Set
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.index import Index
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
_FORMS = (str.lower, str.capitalize, str.upper)
_MEANS = {form(word): means for means, words in _WORDS.items() for word in words.split() for form in _FORMS}
# First halves of the words that are written apart as well (`read-more`, `docId`).
_FIRST_HALVES = """
    most also doc see lire palabras mots read more up next over roof top super pre sup eye by bread news story
    article info meist"""
_HALVES = frozenset(form(word) for word in _FIRST_HALVES.split() for form in _FORMS)
# Longer words are told by their ends (`articletags`).
_ENDINGS = {
    "tags": "tags",
    "author": "author",
    "byline": "author",
    "breadcrumb": "crumbs",
    "breadcrumbs": "crumbs",
}
_ENDS = tuple(_ENDINGS)
_ENDS_FROM = 9  # letters
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_VALUE, _LONGEST_NAME, _LONGEST_LABEL = 1000, 80, 80  # characters
_ABOVE = 40  # elements that may stand between a label of the story's and the h1 below it
_MOST_KNOWN = 50_000  # values
_HAS_MICRODATA = etree.XPath("boolean(descendant-or-self::*/@itemprop)")
# fmt: off
# Elements whose id is looked at: boxes and headings.
_IDENTIFIED = frozenset((
    "article", "aside", "blockquote", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "main", "nav", "ol", "p", "section", "span", "table", "tbody", "td", "tr", "ul",
))
# Elements that hold nothing to read.
_SILENT = frozenset((
    "base", "br", "g", "head", "html", "iframe", "img", "input", "link", "meta", "noscript", "object", "option", "path",
    "script", "source", "style", "svg", "symbol", "template", "title", "track", "use", "video",
))
_LABEL_TAGS = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "b", "strong", "dt", "dd", "td", "th", "li", "label",
    "em", "i", "u", "font", "legend", "small", "header", "section", "figcaption", "button", "center", "summary",
))
# fmt: on


class Label(NamedTuple):
    """A printed label: what it announces, its element, its place in document order, and what follows in it."""

    means: str
    element: etree._Element
    order: int
    rest: str


class Marks:
    """What passes over the tree find; each is made when it is first asked for. Lists are in document order."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def props(self) -> dict[str, list[etree._Element]]:
        """Elements by each lower-case token of their itemprop."""
        return _by_token(self._index.elements, "itemprop") if _HAS_MICRODATA(self._index.elements[0]) else {}

    @cached_property
    def rels(self) -> dict[str, list[etree._Element]]:
        """Links by each lower-case token of their rel."""
        return _by_token(self._index.by_tag["a"], "rel")

    @cached_property
    def named(self) -> dict[str, list[etree._Element]]:
        """Elements by what their class or id says."""
        groups = [elements for tag, elements in self._index.by_tag.items() if tag not in _SILENT]
        silent = _VOCABULARY.silent
        # Comprehensions with one get() each are several times cheaper than a loop over all attributes.
        hits = [
            (element, names)
            for elements in groups
            for element in elements
            if (names := element.get("class")) not in silent
        ]
        hits += [
            (element, names)
            for tag, elements in self._index.by_tag.items()
            if tag in _IDENTIFIED
            for element in elements
            if (names := element.get("id")) not in silent
        ]
        told = _VOCABULARY.telling({names for _, names in hits if names})
        found: dict[str, set[etree._Element]] = {means: set() for means in _WORDS}
        for element, names in hits:
            for means in told.get(names or "", ()):
                found[means].add(element)
        order = self._index.orders.__getitem__
        return {means: sorted(elements, key=order) for means, elements in found.items()}

    @cached_property
    def labels(self) -> list[Label]:
        """Labels in elements' first texts and after line breaks, from a little above the first h1 on."""
        by_tag, orders, elements = self._index.by_tag, self._index.orders, self._index.elements
        start = max(orders[by_tag["h1"][0]] - _ABOVE, 0) if by_tag["h1"] else 0
        start = start if start * 2 < len(elements) else 0  # an h1 that ends the page is no headline
        # Comprehensions over the elements of one tag are much cheaper than a look at every element's tag.
        texts = [
            (text, element)
            for group in [group for tag, group in by_tag.items() if tag in _LABEL_TAGS]
            for element in group[bisect_left(group, start, key=orders.__getitem__) :]
            if (text := element.text) and len(text) < _LONGEST_LABEL and not text.isspace()
        ]
        texts += [
            (text, element)
            for element in by_tag["br"]
            if (text := element.tail) and len(text) < _LONGEST_LABEL and not text.isspace()
        ]
        found = [
            Label(label[0], element, orders[element], label[1])
            for text, element in texts
            if (label := label_of(text))
        ]
        return sorted(found, key=attrgetter("order"))


def _by_token(elements: Iterable[etree._Element], attribute: str) -> dict[str, list[etree._Element]]:
    """Elements by each lower-case token of an attribute."""
    found: dict[str, list[etree._Element]] = {}
    for element in elements:
        if tokens := element.get(attribute):
            for token in tokens.lower().split():
                found.setdefault(token, []).append(element)
    return found


class _Vocabulary:
    """What class and id values say, kept from page to page: the pages of a site share most of theirs.

    Values longer than `_LONGEST_VALUE` say nothing.

    `silent`: the values that are known to say nothing, None among them.
    """

    def __init__(self) -> None:
        self.silent: set[str | None] = {None}
        self._values: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, tuple[str, ...]] = {}

    def telling(self, values: Set[str]) -> dict[str, tuple[str, ...]]:
        """What those of the values say that say something; the others are silent from now on."""
        if max(len(self.silent), len(self._values), len(self._names)) > _MOST_KNOWN:
            self.silent, self._values, self._names = {None}, {}, {}
        for value in values:
            if value not in self._values and len(value) <= _LONGEST_VALUE:
                if said := self._said(value):
                    self._values[value] = said
                else:
                    self.silent.add(value)
        return {value: self._values[value] for value in values if value in self._values}

    def _said(self, value: str) -> tuple[str, ...]:
        said: tuple[str, ...] = ()
        for name in value.split():
            if name not in self._names:
                self._names[name] = _meaning(name)
            said += self._names[name]
        return said


_VOCABULARY = _Vocabulary()


def _meaning(name: str) -> tuple[str, ...]:
    """What one name says."""
    found: tuple[str, ...] = ()
    before = ""
    for word in _WORD.findall(name) if len(name) <= _LONGEST_NAME else ():
        if means := _MEANS.get(word) or (before in _HALVES and _MEANS.get(before.lower() + word.lower())):
            found += (means,)
        elif len(word) >= _ENDS_FROM and word.endswith(_ENDS):
            found += tuple(means for ending, means in _ENDINGS.items() if word.endswith(ending))
        before = word
    return found
