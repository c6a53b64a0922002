"""Pages of applications that fill themselves in a browser, and came without their content.

They have in common an empty element for the application, its state in a script, a notice for
readers without JavaScript. One sign alone says little, since many a complete page has them; it counts where the
page has hardly any text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newscrawler.extraction.html.document import Document

_LITTLE = 400  # characters outside menus: a page with more has content of its own, a list of links at least
_LONGEST_STATE = 300_000  # characters of a script that are looked through for a state's name
_MAX_ELEMENTS = 20_000

# Menus and the like, and what nobody sees.
_CHROME = frozenset(
    ("nav", "header", "footer", "aside", "script", "style", "noscript", "template", "svg", "select")
)
_HOLDERS = frozenset(("div", "main", "section", "article"))
# Ids (or classes) of elements that frameworks and their tutorials have the application fill.
_ROOT = re.compile(
    r"_{0,3}(?:next|nuxt|gatsby|layout)|(?:react|vue|ember|svelte|spa|js|main|web|page|site)?[-_]?(?:app|root|mount)"
    r"(?:[-_]?(?:root|container|wrapper|content|mount|main|body|shell))?|q-app|outlet|router-?(?:view|outlet)",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"(?:main|page|article|story|post|news|entry|view)?[-_]?(?:content|body|text|container|wrapper|feed|list|view)",
    re.IGNORECASE,
)
_ATTRIBUTES = (
    "data-reactroot",
    "ng-app",
    "ng-version",
    "data-v-app",
    "data-server-rendered",
    "data-turbo-root",
)
_STATE = re.compile(
    r"__(?:NEXT_DATA|NUXT(?:_DATA)?|INITIAL_(?:STATE|DATA|PROPS)|PRELOADED_STATE|APOLLO_STATE|REDUX_STATE|"
    r"remixContext|sveltekit|staticRouterHydrationData|next_f|STATE|DATA)(?:__|\w{0,20})?\b|\bApolloState\b"
)
_NOTICE = re.compile(
    r"java\s?script|جاوا\s?اسکریپت|جافا\s?سكريبت|джаваскрипт|ג'אווה ?סקריפט|जावास्क्रिप्ट|자바스크립트",
    re.IGNORECASE,
)
_DATA_TYPES = ("json", "template", "speculationrules", "importmap")
# Walls are no applications: what they want is not an answer that a crawl gives.
_WALLS = ("blocked", "login-wall", "error-page", "consent-wall", "product-declared", "forum-declared")


def application(document: Document, kind: str, reason: str) -> str | None:
    """The reason why a page of this kind (`reason` from `page_kind`) is an application without its content, or None.

    None too where there is no script that could fill it.
    """
    if kind == "story" or reason.startswith(_WALLS) or not _has_program(document):
        return None
    little, root, holder = _looked_over(document)
    if little:
        if root is not None:
            return f"its element {root} is empty"
        if state := _state(document):
            return f"it has hardly any text, and a state in a script ({state})"
        if _notice(document):
            return "it has hardly any text, and a notice for readers without JavaScript"
        return f"it has hardly any text, and its element {holder} is empty" if holder is not None else None
    if reason.startswith(("no-body", "no-title")):
        empty = root or holder
        if empty is not None:
            return f"its element {empty} is empty"
        if _notice(document) and _state(document):
            return "it has a state in a script, and a notice for readers without JavaScript"
    return None


def _has_program(document: Document) -> bool:
    for script in document.root.iter("script"):
        kind = (script.get("type") or "").lower()
        if not any(data in kind for data in _DATA_TYPES) and (script.get("src") or script.text):
            return True
    return False


def _looked_over(document: Document) -> tuple[bool, str | None, str | None]:
    """True when the page has little text outside menus; then its empty application and content elements, if any."""
    body = document.root.find("body")
    if body is None:
        return True, None, None
    length = 0
    root = holder = None
    for element in _visible(body):
        length += len((element.text or "").strip())
        if (tail := element.tail) and element is not body:
            length += len(tail.strip())
        if root is None or holder is None:
            name = _empty_name(element)
            if name is not None and root is None and _is_root(element):
                root = name
            elif name is not None and holder is None and _is_holder(element):
                holder = name
    return length < _LITTLE, root, holder


def _visible(body: etree._Element) -> Iterator[etree._Element]:
    stack, seen = [body], 0
    while stack and seen < _MAX_ELEMENTS:
        element = stack.pop()
        seen += 1
        yield element
        stack.extend(child for child in reversed(element) if child.tag not in _CHROME)


def _empty_name(element: etree._Element) -> str | None:
    """The element as a reader of HTML would write it, where it holds nothing that is seen."""
    tag = element.tag
    if not isinstance(tag, str) or (tag not in _HOLDERS and "-" not in tag):
        return None
    if (element.text or "").strip() or any(
        child.tag not in _CHROME and (child.tag not in _HOLDERS or len(child) or (child.text or "").strip())
        for child in element
    ):
        return None
    name = element.get("id")
    return f"<{tag} id={name[:40]!r}>" if name else f"<{tag}>"


def _is_root(element: etree._Element) -> bool:
    if "-" in element.tag or any(element.get(name) is not None for name in _ATTRIBUTES):
        return "-" not in element.tag or bool(re.search(r"app|root|main|page|view|router", element.tag))
    return any(_ROOT.fullmatch(name) for name in _names(element))


def _is_holder(element: etree._Element) -> bool:
    return element.get("aria-busy") == "true" or any(_CONTENT.fullmatch(name) for name in _names(element))


def _names(element: etree._Element) -> list[str]:
    return [name for name in (element.get("id"), *(element.get("class") or "")[:200].split()) if name]


def _state(document: Document) -> str | None:
    for script in document.root.iter("script"):
        if match := _STATE.search(script.get("id") or "") or _STATE.search(
            (script.text or "")[:_LONGEST_STATE]
        ):
            return match[0]
    return None


def _notice(document: Document) -> bool:
    return any(_NOTICE.search("".join(map(str, each.itertext()))) for each in document.root.iter("noscript"))
