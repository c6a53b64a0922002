"""Small pages for tests of single fields."""

from __future__ import annotations

import json
from typing import Any

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.html.document import Document

URL = "https://www.example.org/politics/2024/05/03/a-bridge-reopens-1234567.html"


def page(body: str = "", head: str = "", *, ld: Any = None, url: str = URL, lang: str = "en") -> Document:
    """A parsed page with the given body, head and JSON-LD."""
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    html = f'<html lang="{lang}"><head><meta charset="utf-8">{head}{script}</head><body>{body}</body></html>'
    return Document(html.encode(), url, "text/html; charset=utf-8")


def body_of(document: Document) -> BodyFound:
    """The page's `<p class=t>` elements as its story."""
    elements = [element for element in document.root.iter("p") if element.get("class") == "t"]
    return BodyFound("\n\n".join(element.text or "" for element in elements), "dom", None, "dom", elements)
