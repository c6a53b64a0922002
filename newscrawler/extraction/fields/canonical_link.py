"""The story's own URLs: the page's without tracking, and the declared canonical one."""

from __future__ import annotations

from urllib.parse import urlsplit

from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.html.document import Document
from newscrawler.hosts import registrable
from newscrawler.url_cleaning import absolute, host_of, strip_tracking

# Caches that serve a publisher's AMP page under their own name: the canonical URL leads away from them.
_AMP_CACHES = ("cdn.ampproject.org", "google.com", "bing-amp.com", "amp.cloudflare.com")


def story_url(document: Document) -> str:
    """The page's URL without tracking parameters and fragment."""
    return strip_tracking(document.url)


def find_canonical(document: Document) -> Extracted[str | None]:
    """The declared canonical URL when plausible: same site, not the front page, http(s)."""
    declared: list[tuple[str, str | None]] = []
    for link in document.index.by_tag["link"]:
        if "canonical" in (link.get("rel") or "").lower().split():
            declared.append(("dom", link.get("href")))
            break
    declared += [("opengraph", url) for url in document.meta.get("og:url", ())[:1]]
    for source, reference in declared:
        own = host_of(document.url)
        if own and reference and reference.strip().startswith(f"{own}/"):  # an address without its scheme
            reference = f"//{reference.strip()}"
        url = absolute(document.base_url, reference)
        if url and _plausible(url, document.url):
            return Extracted(url, source)
    return Extracted(None, "dom")


def _plausible(canonical: str, url: str) -> bool:
    host, own = host_of(canonical), host_of(url)
    if own and registrable(host) != registrable(own) and not own.endswith(_AMP_CACHES):
        return False
    target, here = urlsplit(canonical), urlsplit(url)
    if target.path in ("", "/") and not target.query:
        return here.path in ("", "/") and not here.query
    return True
