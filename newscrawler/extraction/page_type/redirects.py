"""Pages that send the reader on to another address, by `<meta http-equiv="refresh">` or by a script."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin

from lxml import etree

from newscrawler.extraction.html.document import Document

_SOON = 5.0  # seconds: later than that is a page that reloads itself while it is read
_LITTLE = 300  # characters of a page that only sends on
_LONGEST = 4000  # characters of a script that does
# HTML, "shared declarative refresh steps": seconds, then a semicolon or comma, then the address.
_REFRESH = re.compile(
    r"\s*(\d{0,4}(?:\.\d{0,9})?)\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']{1,2000})", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"(?<![\w.$])(?:(?:window|document|self|top|parent)\s{0,3}\.\s{0,3}){0,2}location"
    r"(?:\s{0,3}\.\s{0,3}(?:href\s{0,3}=|(?:replace|assign)\s{0,3}\()|\s{0,3}=)\s{0,3}[\"']([^\"'\s]{1,2000})[\"']"
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "title"))


def redirect_target(document: Document) -> str | None:
    """The absolute address that the page sends its readers on to within seconds; None when it stays."""
    if _has_text(document.root) or (target := _refresh(document) or _by_script(document)) is None:
        return None
    try:
        url = urldefrag(urljoin(document.base_url, target.strip()))[0]
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")) or url == urldefrag(document.url)[0]:
        return None
    return url


def _refresh(document: Document) -> str | None:
    for meta in document.root.iter("meta"):
        is_refresh = meta.get("http-equiv", "").strip().lower() == "refresh"
        if is_refresh and next(meta.iterancestors("noscript"), None) is None:
            found = _REFRESH.match(meta.get("content", "")[:2100])
            if found and float(found[1].strip(".") or 0) <= _SOON:
                return found[2]
    return None


def _by_script(document: Document) -> str | None:
    for script in document.root.iter("script"):
        text = script.text or ""
        if len(text) <= _LONGEST and (found := _SCRIPT.search(text)):
            return found[1]
    return None


def _has_text(root: etree._Element) -> bool:
    """True when the page has more text than one that only sends on."""
    length, stack = 0, [root]
    while stack and length <= _LITTLE:
        element = stack.pop()
        length += len((element.text or "").strip()) + len((element.tail or "").strip())
        stack.extend(child for child in element if isinstance(child.tag, str) and child.tag not in _UNSEEN)
    return length > _LITTLE
