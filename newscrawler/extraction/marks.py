"""Elements that say what they hold: by class or id, itemprop, rel, or a printed label such as `Tagged`.

One pass over the tree serves every field. Each distinct class string of a page is looked at once.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.labels import label_of

# Words of class and id names, in the languages that sites are written in. A word is a run of small letters, with
# the capital before it (articleTags), so that `stage` is no `tag`.
_WORDS = {
    "title": """
        headline title titr titulo titel titolo titre titulaire heading""",
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
        breadcrumb breadcrumbs crumb crumbs ariane migas brotkrumen rastro""",
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
    ("headline", "title"),
    ("title", "title"),
    ("breadcrumb", "crumbs"),
    ("breadcrumbs", "crumbs"),
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SILENT = frozenset({"script", "style", "noscript", "head", "meta", "link", "option", "svg", "path", "html"})


class Label(NamedTuple):
    """A printed label: what it announces, its element, its place in document order, and what follows in it."""

    means: str
    element: etree._Element
    order: int
    rest: str


class Marks:
    """What one pass over the tree finds; lists are in document order."""

    def __init__(self, root: etree._Element) -> None:
        self.named: dict[str, list[etree._Element]] = {name: [] for name in _WORDS}
        self.props: dict[str, list[etree._Element]] = {}
        self.rels: dict[str, list[etree._Element]] = {}
        self.labels: list[Label] = []
        self.elements: list[etree._Element] = list(root.iter(etree.Element))
        known: dict[str, tuple[str, ...]] = {}
        for order, element in enumerate(self.elements):
            tag = element.tag
            if tag in _SILENT:
                continue
            attributes = element.attrib
            if attributes:
                for key in ("class", "id"):
                    if name := element.get(key):
                        for token in name.split():
                            means = known.get(token)
                            if means is None:
                                means = known[token] = _meanings(token)
                            for one in means:
                                self._note(one, element)
                if prop := element.get("itemprop"):
                    for one in prop.split():
                        self.props.setdefault(one.lower(), []).append(element)
                if tag == "a" and (rel := element.get("rel")):
                    for one in rel.split():
                        self.rels.setdefault(one.lower(), []).append(element)
            text = element.text
            if text and len(text) < 80 and (label := label_of(text)):
                self.labels.append(Label(label[0], element, order, label[1]))
            if tag == "br" and (text := element.tail) and len(text) < 80 and (label := label_of(text)):
                self.labels.append(Label(label[0], element, order, label[1]))

    def _note(self, means: str, element: etree._Element) -> None:
        elements = self.named[means]
        if not elements or elements[-1] is not element:
            elements.append(element)

    @cached_property
    def orders(self) -> dict[etree._Element, int]:
        """Each element's place in document order."""
        return {element: order for order, element in enumerate(self.elements)}


def _meanings(name: str) -> tuple[str, ...]:
    """What one class token or id says."""
    if len(name) > 80:
        return ()
    found = []
    before = ""
    for word in map(str.lower, _WORD.findall(name)):
        means = _MEANS.get(word) or _MEANS.get(before + word)
        if means is None and len(word) > 8:
            means = next((kind for ending, kind in _ENDINGS if word.endswith(ending)), None)
        if means is not None and means not in found:
            found.append(means)
        before = word
    return tuple(found)
