"""Hrefs of a page resolved to absolute http(s) URLs; what leads to no page is left out."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

# Characters; longer URLs are session state or attacks, and servers refuse them too.
MAX_URL = 2000
# Browsers drop these anywhere in a URL (WHATWG URL Standard, section 4.4).
_DROPPED = re.compile(r"[\t\n\r]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
# A host that needs no closer look, international names included.
_PLAIN = re.compile(r"https?://[^\W_](?:[\w.\-]*\w)?\.?(?::\d{1,5})?(?=[/?]|$)", re.IGNORECASE)
# The shape of most hrefs, with nothing to mend or to check; no segment begins with a dot, so none is relative.
_SOUND = re.compile(
    r"(https?://[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?(?=/))?(?:/[\w%~+,;:@!$&()*='\-][\w.%~+,;:@!$&()*='\-]*)+/?"
    r"(?:\?[\w./%~+,;:@!$&()*='?\-]*)?"
)
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>\"\\^`{|}]")

_ROOTED = ("/", "http://", "https://")  # relative to the origin alone, or to nothing
_LONGEST_KEPT = 300  # characters


class HrefResolver:
    """Resolves the hrefs of one page."""

    def __init__(self, base: str) -> None:
        """`base`: the absolute URL that relative ones are relative to."""
        self._base = base
        try:
            parts = urlsplit(base)
        except ValueError:
            parts = urlsplit("")
        self._scheme = f"{parts.scheme}:" if parts.scheme in ("http", "https") else ""
        self._origin = f"{self._scheme}//{parts.netloc}" if self._scheme and parts.netloc else ""
        self._folder = ""
        if self._origin:
            self._folder = self._origin + (parts.path.rpartition("/")[0] or "") + "/"

    def join(self, href: str) -> str | None:
        """The absolute http(s) URL without fragment; None for what leads to no other page or is malformed.

        Spaces inside the path are written `%20`, as browsers do; in the host they make it malformed.
        """
        if len(href) <= _LONGEST_KEPT and href.startswith(_ROOTED):
            return _from_root(self._scheme, self._origin, href)
        return _resolved(self._scheme, self._origin, self._folder, self._base, href)


@lru_cache(maxsize=1 << 13)  # pages of a site share most of these: a tenth of the cost of a page's links
def _from_root(scheme: str, origin: str, href: str) -> str | None:
    return _resolved(scheme, origin, "", origin, href)


def _resolved(scheme: str, origin: str, folder: str, base: str, href: str) -> str | None:
    if sound := _SOUND.fullmatch(href):
        if len(href) + len(origin) > MAX_URL:
            return None
        return href if sound[1] else origin + href if origin else None
    href = href.strip()
    if not href or href[0] == "#":
        return None
    href = href.partition("#")[0].rstrip()
    if len(href) > MAX_URL:
        return None
    if "\\" in href:  # a slash to browsers, but for the query (WHATWG URL Standard, section 4.4)
        path, mark, query = href.partition("?")
        href = path.replace("\\", "/") + mark + query
    if not href.isprintable():
        href = _DROPPED.sub("", href)
    if _SCHEME.match(href):
        if href[:4].lower() != "http":
            return None
        url = href
    elif href[:2] == "//":
        url = scheme + href
    elif href[:1] == "/":
        url = origin + href
    elif "." in href[:1] or "/." in href or href[:1] == "?" or not folder:
        try:
            url = urljoin(base, href)
        except ValueError:
            return None
    else:
        url = folder + href
    if "/../" in url or "/./" in url or url.endswith(("/..", "/.")):
        try:
            url = urljoin(url, urlsplit(url).path) + url[len(url.partition("?")[0]) :]
        except ValueError:
            return None
    return _checked(url)


def _checked(url: str) -> str | None:
    if len(url) > MAX_URL:
        return None
    plain = _PLAIN.match(url)
    if plain is None:
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname or _UNFIT.search(parts.netloc):
            return None
        if " " in parts.netloc or "." in (parts.hostname[:1], parts.hostname[-2:-1]):
            return None
    if " " in url:
        url = url.replace(" ", "%20")
    if not url.isprintable():
        return None
    return url if plain is None or url[plain.end() :] else url + "/"
