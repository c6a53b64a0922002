"""A story's text that is only inside a script: JSON-LD articleBody, or the state of a JavaScript page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from newscrawler.extraction.body.nextjs_flight import flight_rows, spoken
from newscrawler.extraction.html.document import Document
from newscrawler.text import clean_line

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,2000}>")
_BREAKING = re.compile("p|br|div|li|ul|ol|h[1-6]|blockquote|tr|table|section|figure", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style|figure|iframe)\b[^<>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
# fmt: off
_BODY_KEYS = {  # lower case, without underscores
    "articlebody", "body", "bodytext", "bodyhtml", "content", "contenthtml", "text", "html",
    "fulltext", "storybody", "articlecontent", "maintext", "paragraphs", "contents", "value",
    "articletext", "description", "rendered", "blocks", "elements", "contentelements", "children",
}
# fmt: on
_VALUE = re.compile(r"(?:^|[=(])\s{0,20}(?=[\[{])")
MAX_STATE = 3_000_000  # characters of one script that are looked at
MAX_NODES = 60_000
MAX_VALUES = 20
_DEEPEST, _MOST_LEAVES = 4, 500  # of one paragraph's tree


def structured_body(document: Document) -> str:
    """The longest articleBody that the page's JSON-LD declares, as paragraphs; empty when there is none."""
    best = ""
    for node in document.json_ld:
        text = node.get("articleBody")
        if isinstance(text, str) and len(text) > len(best):
            best = text
    return paragraphs_of(best[:500_000]) if len(best) > 100 else ""


def paragraphs_of(text: str) -> str:
    """Plain paragraphs of a text that may be HTML, entities decoded once."""
    if "<" in text:
        text = _DROPPED.sub(" ", text)
        text = _TAG.sub(lambda tag: "\n\n" if _BREAKING.fullmatch(tag.group(2)) else " ", text)
    if "&" in text:
        text = html.unescape(text)
        if "<" in text and _TAG.search(text):  # HTML inside an attribute's worth of escaping
            text = _TAG.sub(lambda tag: "\n\n" if _BREAKING.fullmatch(tag.group(2)) else " ", text)
    lines = (clean_line(line) for line in re.split(r"\n+", text))
    return "\n\n".join(line for line in lines if line)


def state_body(document: Document) -> str:
    """The longest run of prose in the JSON of the page's scripts, Next.js flight streams too; empty without any."""
    texts = [
        text
        for script in document.index.by_tag["script"]
        if (text := script.text) and len(text) < MAX_STATE and "ld+json" not in (script.get("type") or "")
    ]
    best = ""
    for value in (value for text in texts if len(text) > 500 for value in _values(text)):
        best = max([best, *_prose(value)], key=len)
    for row in flight_rows(texts):
        best = max([best, spoken(row), *_prose(row)], key=len)
    return best if len(best) > 300 else ""


def _values(text: str) -> Iterator[Any]:
    """The JSON values that a script is, assigns or hands to a function; small ones are passed over."""
    decoder = json.JSONDecoder(strict=False)
    start = tried = 0
    while tried < MAX_VALUES:
        match = _VALUE.search(text, start)
        if match is None:
            return
        tried += 1
        start = match.end()
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if end - start > 300:
            yield value
        start = end


def _prose(value: Any) -> Iterator[str]:
    """Texts of the values under keys that name a body: a string, or a list of pieces joined in order."""
    stack: list[tuple[str, Any]] = [("", value)]
    seen = 0
    while stack and seen < MAX_NODES:
        key, node = stack.pop()
        seen += 1
        if isinstance(node, dict):
            stack.extend((str(name).lower().replace("_", ""), child) for name, child in node.items())
        elif isinstance(node, list):
            if key in _BODY_KEYS and len(node) > 1:
                pieces = [piece for child in node[:2000] if (piece := _piece(child))]
                if sum(map(len, pieces)) > 300:
                    yield "\n\n".join(pieces)
            stack.extend((key, child) for child in node)
        elif isinstance(node, str) and key in _BODY_KEYS and len(node) > 300 and " " in node[:200]:
            yield paragraphs_of(node[:500_000])


def _leaves(node: Any, depth: int) -> Iterator[str]:
    """Texts at the ends of a rich text's tree, as Contentful (`content`, `value`) and Sanity (`children`) write it."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list) and depth:
        for child in node[:_MOST_LEAVES]:
            yield from _leaves(child, depth - 1)
    elif isinstance(node, dict):
        for name in ("text", "value", "content", "children"):
            if name in node:
                yield from _leaves(node[name], depth)
                return


def _piece(node: Any) -> str:
    if isinstance(node, dict):
        kind = str(node.get("type") or node.get("__typename") or node.get("kind") or "").lower()
        if any(
            word in kind for word in ("image", "video", "ad", "embed", "related", "caption", "list_item")
        ) and ("head" not in kind and "read" not in kind):
            return ""
        for name in ("content", "text", "html", "value", "body", "data", "model"):
            child = node.get(name)
            if isinstance(child, str) and child.strip():
                return paragraphs_of(child[:100_000])
            if isinstance(child, dict):
                for inner in ("text", "content", "html"):
                    if isinstance(child.get(inner), str):
                        return paragraphs_of(child[inner][:100_000])
        return clean_line("".join(_leaves(node, _DEEPEST)))
    return paragraphs_of(node[:100_000]) if isinstance(node, str) and " " in node else ""
