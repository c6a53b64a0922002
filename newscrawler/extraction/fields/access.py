"""Access to a story: free, or behind a paywall."""

from __future__ import annotations

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.html.document import Document


def find_is_free(document: Document) -> Extracted[bool | None]:
    """Read if the whole text is free to read; None when the page does not declare it.

    schema.org `isAccessibleForFree`, then Facebook's `article:content_tier` (metered counts as not free).
    """
    for value in document.facts.values("isAccessibleForFree"):
        if isinstance(value, bool):
            return Extracted(value, "json-ld")
        if isinstance(value, str) and (word := value.strip().lower().rsplit("/", 1)[-1]) in ("true", "false"):
            return Extracted(word == "true", "json-ld")
    for name in ("article:content_tier", "content_tier", "og:content_tier"):
        for content in document.meta.get(name, ()):
            if (tier := content.strip().lower()) in ("free", "metered", "locked"):
                return Extracted(tier == "free", "meta")
    return Extracted(None, "dom")
