"""The publisher's tags for the story."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice
from typing import Any

from lxml import etree

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.printed_labels import TAGS, label_of
from newscrawler.extraction.html.regions import Region
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.semantic_marks import Label
from newscrawler.extraction.html.structured_data import first_text, types_of
from newscrawler.extraction.html.text_content import all_text
from newscrawler.scripts import UNSPACED
from newscrawler.text import clean_line

_MAX_TAGS = 60  # of a story
_MOST = 100  # candidates looked at
_COMMAS = re.compile("[,;،；，、|]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
# Facts for machines written among the tags: flags, ids, hashes, host names, `Category: News`.
_PSEUDO = re.compile(
    r"^(?:[\w .-]{2,24}:\s?\S.*|_\w+|\d{5,}|[0-9a-f-]{16,}|[a-z0-9-]+(?:\.[a-z0-9-]+)+|https?:.*|[a-z]+_[a-z_]+|"
    r"none|null)$",
    re.IGNORECASE,
)
_NOTHING = frozenset(("none", "null"))
_SHORTEST_HASH = 16  # characters
# Tags that name their kind first: `topic/floods`, `Person: Jane Doe`.
_KIND = re.compile(
    r"^(?:(?:topics?|subjects?|tags?|keywords?|themes?|entit(?:y|ies)|persons?|people|organi[sz]ations?|company|companies|"
    r"locations?|places?|geo|countr(?:y|ies)|events?|sections?)/|(?:topics?|subjects?|tags?|keywords?|themes?|persons?|"
    r"organi[sz]ations?|locations?|places?|nlp entity tokens):\s*)(?=\S)",
    re.IGNORECASE,
)
# Of lower-case URLs; alternatives that begin with a literal sign are several times faster.
_TAG_PATH = re.compile(
    r"/(?:tags?|topics?|t|themen?|themenseiten?|schlagwort\w*|stichw\w+|keywords?|etiquetas?|temas?|noticias-de|noticias-sobre|"
    r"mot-?cles?|sujets?|dossiers?|argoment[oi]|emne\w*|etiket\w*|konu\w*|label|subjects?|wiki|tagi?|temy?|theme?s?|avainsana|"
    r"om|amne|thema|stikord|key|tag-\w+|search/label)(?:/|$|\?)|\?(?:tag|topic|keyword|q)=|&(?:tag|topic|keyword|q)="
)
_TAGS_NAME = re.compile(r"(?:^|[\s_-]|[a-z])(?:[tT]ags?|[tT]ag-?[lL]ist|[kK]eywords)(?:$|[\s_-]|\d)")
_FRAME = frozenset({Region.NAVIGATION, Region.SIDEBAR, Region.HEADER, Region.FOOTER})
# How far each source is the publisher's own tag list, where it is there at all (measured by set-F1 on real pages).
_TRUST = {
    "json-ld": 1.0,
    "article:tag": 1.0,
    "dom": 0.8,
    "news_keywords": 0.8,
    "parsely-tags": 0.8,
    "keywords": 0.7,
}


def find_tags(document: Document, selectors: Selectors) -> Extracted[list[str]]:
    """The publisher's tags for this story, in order.

    Of several lists that differ, the one that the others bear out the most.
    """
    if elements := selectors.select(document.root, "tags"):
        return Extracted(_clean(texts_of(elements)), "profile")
    lists = {name: tags for name, tags in tag_lists(document) if tags}
    if not lists:
        return Extracted(_clean(_by_path(document)), "dom")
    # Keywords of another node than the story's own (a template's article, say) are weaker evidence.
    trust = dict(_TRUST)
    if not document.facts.node.get("keywords"):
        trust["json-ld"] = 0.6
    keys = {name: {tag.casefold() for tag in tags} for name, tags in lists.items()}

    def support(name: str) -> float:
        return trust[name] + 0.7 * sum(
            trust[other] * _f1(keys[name], keys[other]) for other in keys if other != name
        )

    best = max(lists, key=support)
    return Extracted(lists[best], best if best in ("json-ld", "dom") else "meta")


def _f1(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def tag_lists(document: Document) -> Iterable[tuple[str, list[str]]]:
    """Each place where the page lists tags, by name."""
    facts = document.facts
    yield "json-ld", _clean(_keywords(facts.values("keywords")))
    yield "dom", _clean(_visible(document))
    for name in ("article:tag", "news_keywords", "parsely-tags", "keywords"):
        yield name, _clean(_split(facts.meta(name)))


def _keywords(values: Iterable[Any]) -> list[str]:
    found = []
    for value in values:
        if (
            isinstance(value, dict)
            and "definedterm" not in types_of(value)
            and "thing" not in types_of(value)
        ):
            continue
        if text := first_text(value):
            found.append(text)
    return _split(found)


def _split(texts: Iterable[str]) -> list[str]:
    """Comma-separated lists as their parts."""
    parts: list[str] = []
    for text in texts:
        text = html.unescape(text[:5000]) if "&" in text else text[:5000]
        found = _COMMAS.split(text)
        # Scripts that write no spaces inside words: spaces divide the list.
        parts += text.split() if len(found) == 1 and text.count(" ") > 1 and _UNSPACED.match(text) else found
    return parts


def _clean(texts: Iterable[str]) -> list[str]:
    tags: dict[str, str] = {}
    for text in texts:
        text = clean_line(text)
        if "/" in text or ":" in text:
            text = _KIND.sub("", text)
        text = text.strip('#,;،|„“”"«» ')
        if 1 < len(text) <= 80 and not _is_pseudo(text):
            tags.setdefault(text.casefold(), text)
        if len(tags) >= _MAX_TAGS:
            break
    return list(tags.values())


def _is_pseudo(text: str) -> bool:
    if text.replace(" ", "").isalpha() and (" " in text or len(text) < _SHORTEST_HASH):
        return text.lower() in _NOTHING  # mostly so, and found out much faster than by the pattern
    return _PSEUDO.match(text) is not None


def texts_of(elements: Iterable[etree._Element]) -> list[str]:
    """Each link one tag; an element without links is one tag by itself, or a list when commas divide it."""
    found = []
    for element in elements:
        links = [link for link in element.iter("a") if link.get("href")]
        if links:
            found += [all_text(link) for link in links]
        else:
            found += _COMMAS.split(all_text(element))
    return found


def _visible(document: Document) -> list[str]:
    """Tags printed on the page: rel=tag links, else links after a tag label, else links in a block named for tags."""
    marks = document.marks
    links = [
        link
        for link in marks.rels.get("tag", ())[:_MOST]
        if "category" not in link.get("rel", "") and not _framed(document, link)
    ]
    if not links:
        for label in [label for label in marks.labels if label.means in TAGS][:20]:
            if not _framed(document, label.element) and (links := links_after(label)):
                break
    if not links:
        for block in marks.named["tags"][:_MOST]:
            if block.tag in ("body", "html", "article", "main") or _framed(document, block):
                continue
            inside = _tag_links(block)
            if block.tag == "a" and inside and (parent := block.getparent()) is not None:
                inside = _tag_links(parent)
            if len(inside) > len(links) and _short(inside):
                links = inside
    return [text for link in links if label_of(text := all_text(link)) is None]


def _tag_links(block: etree._Element) -> list[etree._Element]:
    """Links of a block that lead to a tag's page; any link where the block is named for tags and nothing else."""
    links = [link for link in block.iter("a") if link.get("href")]
    names = f"{block.get('class') or ''} {block.get('id') or ''}"
    if len(links) > 1 and _TAGS_NAME.search(names):
        return links
    return [link for link in links if _leads_to_tag(link)]


def _leads_to_tag(link: etree._Element) -> bool:
    href = link.get("href")
    return href is not None and _TAG_PATH.search(href.lower()) is not None


def _by_path(document: Document) -> list[str]:
    """The largest group of short links beside each other that lead to tag pages, for pages that mark no tags."""
    groups: dict[etree._Element, list[etree._Element]] = {}
    orders = document.index.orders
    start = max((orders.get(headline, 0) for headline in document.index.by_tag["h1"]), default=0)
    links = document.index.by_tag["a"]
    for link in links[bisect_right(links, start, key=orders.__getitem__) :]:
        if len(groups) >= _MOST:
            break
        if _leads_to_tag(link) and not _framed(document, link):
            above = link.getparent()
            while above is not None and len(above) == 1 and above.tag != "body":
                above = above.getparent()
            if above is not None:
                groups.setdefault(above, []).append(link)
    tags = max(groups.values(), key=len, default=[])
    return [all_text(link) for link in tags] if len(tags) > 1 and _short(tags) else []


def _framed(document: Document, element: etree._Element) -> bool:
    """True when an element is in the page's frame rather than in its content."""
    around = document.regions.around(element)
    return Region.CONTENT not in around and not _FRAME.isdisjoint(around)


def links_after(label: Label) -> list[etree._Element]:
    """The links that follow a label in its own block, or in the block right after it; none when prose comes first."""
    element = label.element
    for _ in range(3):
        inside = (
            [link for link in element.iter("a") if link.get("href")] if element is not label.element else []
        )
        if not inside and element is label.element:
            inside = [link for link in element.iter("a") if link.get("href") and link is not element]
        if inside:
            return _short(inside)
        for sibling in islice(element.itersiblings(), 10):
            found = [link for link in sibling.iter("a") if link.get("href")]
            if found:
                return _short([*found, *_more(sibling)])
            if len(all_text(sibling).strip()) > 3:
                return []
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return []
        element = parent
    return []


def _more(first: etree._Element) -> list[etree._Element]:
    """Links of an element's siblings."""
    if first.tag not in ("a", "span", "li", "b", "strong", "dd"):
        return []
    return [
        link for sibling in islice(first.itersiblings(), 40) for link in sibling.iter("a") if link.get("href")
    ]


def _short(links: list[etree._Element]) -> list[etree._Element]:
    return links if len(links) <= 25 and all(len(all_text(link).split()) <= 6 for link in links) else []
