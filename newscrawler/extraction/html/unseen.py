"""Elements that a page has and does not show: for screen readers alone, or hidden by a style of their own."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from newscrawler.extraction.html.document import Document

_STYLED = etree.XPath("//*[@style]")
_HIDDEN = etree.XPath("//*[@hidden]")
# Declarations that hide an element, or cut all of it off: it is there for screen readers.
_HIDING = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*[01](?:px)?\b)",
    re.IGNORECASE,
)
# In a style sheet, in small letters: a pattern that minds their case is several times faster.
_HIDING_RULE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*[01](?:px)?\b")
_SHOWING = re.compile(
    r"(?:^|[;\s])display\s*:\s*(?!none|\s)|(?:^|[;\s])visibility\s*:\s*visible", re.IGNORECASE
)
_PLAIN = re.compile(r"[.#][\w-]+")  # a selector of one class or id
_BOUND = re.compile(r"[{};]")
_LONGEST_STYLE = 500  # characters of an attribute or a rule
_LONGEST_SHEET = 300_000  # characters of a page's style sheets
_LONGEST_SELECTORS = 300  # characters before a rule's declarations
_MOST_RULES = 200  # that hide something


def unseen(document: Document) -> set[etree._Element]:
    """The elements that readers do not see: by attribute, class (`sr-only`), or the page's own style sheet."""
    styled: list[etree._Element] = _STYLED(document.root)  # type: ignore[assignment]
    found = {element for element in styled if _HIDING.search((element.get("style") or "")[:_LONGEST_STYLE])}
    found.update(_HIDDEN(document.root))  # type: ignore[arg-type]
    hidden = _hidden_names(document)
    for mark, named in ((".", document.marks.classes), ("#", document.marks.ids)) if hidden else ():
        hiding = {
            own for own in {own for _, own in named} if not hidden.isdisjoint(map(mark.__add__, own.split()))
        }
        found.update(element for element, own in named if own in hiding)
    return found.union(document.marks.named["unseen"])


def _hidden_names(document: Document) -> set[str]:
    """The selectors of one class or id that the page's style sheets hide on every screen, and show on none."""
    sheet = "}".join(
        sheet.text
        for sheet in document.index.by_tag["style"]
        if sheet.text and sheet.get("media") in (None, "", "all", "screen")
    )[:_LONGEST_SHEET]
    if "/*" in sheet:
        first, *others = sheet.split("/*")
        sheet = "".join((first, *(other.partition("*/")[2] for other in others)))
    names: set[str] = set()
    depth = last = 0
    for hit in islice(_HIDING_RULE.finditer(sheet), _MOST_RULES):
        opened = sheet.rfind("{", last, hit.start())
        if opened < 0:
            continue
        depth += sheet.count("{", last, opened) - sheet.count("}", last, opened)
        last = opened
        if depth <= 0:
            selectors = _BOUND.split(sheet[max(0, opened - _LONGEST_SELECTORS) : opened])[-1]
            names.update(name for each in selectors.split(",") if _PLAIN.fullmatch(name := each.strip()))
    return {name for name in names if not _is_shown(sheet, name)}


def _is_shown(sheet: str, name: str) -> bool:
    """True when a rule for the selector itself, perhaps for some screens alone, shows its elements."""
    start, looks = 0, 0
    while (at := sheet.find(name, start)) >= 0 and looks < _MOST_RULES:
        start, looks = at + len(name), looks + 1
        opened = sheet.find("{", start, start + _LONGEST_SELECTORS)
        if opened >= 0 and (start == opened or sheet[start] in ", \n\t"):
            declarations = sheet[opened + 1 : opened + _LONGEST_STYLE].partition("}")[0]
            if sheet[start:opened].strip()[:1] in ("", ",") and _SHOWING.search(declarations):
                return True
    return False
