"""From what an href says to an absolute URL, fast, and nothing that is no page address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

# Longer addresses are session state or attacks; servers and browsers refuse them too.
MAX_URL = 2000
# What a site's pages share: addresses that mean the same on each of them are joined once.
_ANYWHERE = ("/", "http://", "https://")
_MOST_KNOWN, _KEPT = 4000, 300  # addresses of a site, and characters of each
_NEW = ""  # no address
_SHORT = 1000  # no page's own address adds more than this allows for

# Browsers drop these wherever they stand in an address (WHATWG URL Standard, section 4.4).
_DROPPED = re.compile(r"[\t\n\r]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
# A host that needs no closer look, international names included.
_PLAIN = re.compile(r"https?://[^\W_](?:[\w.\-]*\w)?\.?(?::\d{1,5})?(?=[/?]|$)", re.IGNORECASE)
# What most hrefs look like: nothing in them to mend or to doubt. No dot begins a segment, so none climbs.
_SOUND = re.compile(
    r"(https?://[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?(?=/))?(?:/[\w%~+,;:@!$&()*='\-][\w.%~+,;:@!$&()*='\-]*)+/?"
    r"(?:\?[\w./%~+,;:@!$&()*='?\-]*)?"
)
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>\"\\^`{|}]")


class HrefResolver:
    """Makes the hrefs of one page absolute."""

    def __init__(self, base: str) -> None:
        """`base`: the absolute URL that relative addresses are relative to."""
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
        self._known = _known_at(self._scheme, self._origin)

    def join_all(self, hrefs: Iterable[str | None]) -> dict[str | None, str | None]:
        """What `join` gives for each of many hrefs; None for None."""
        known = self._known
        urls = {href: known.get(href, _NEW) if href is not None else None for href in hrefs}
        new = [href for href, url in urls.items() if url == _NEW and href is not None]
        if new:
            joined = self._join_new(new)
            urls.update(joined)
            if len(known) + len(joined) > _MOST_KNOWN:
                known.clear()
            known.update(
                {
                    href: url
                    for href, url in joined.items()
                    if href.startswith(_ANYWHERE) and len(href) < _KEPT
                }
            )
        return urls

    def _join_new(self, hrefs: list[str]) -> dict[str, str | None]:
        """What `join` gives for each of many hrefs that are seen for the first time."""
        urls: dict[str, str | None] = {}
        join, origin, folder = self.join, self._origin, self._folder
        sound = {origin}  # beginnings of addresses that need no second look
        # Where nothing is to be mended on the whole page, that is seen by one look at all of them.
        together = "|".join(hrefs)
        all_plain = bool(origin) and _is_plain(together)
        all_short = len(together) <= _SHORT or max(map(len, hrefs)) <= _SHORT
        for href in hrefs:
            if not all_plain and not (origin and _is_plain(href)):
                urls[href] = join(href)
                continue
            plain = href.partition("#")[0] if "#" in href else href
            if not all_short and len(plain) > _SHORT:
                urls[href] = join(href)
            elif (first := plain[:1]) == "/" and plain[:2] != "//":
                urls[href] = origin + plain
            elif first.isalnum() and ":" not in plain:
                urls[href] = folder + plain
            elif (cut := plain.find("/", 8)) > 0 and plain[:cut] in sound:
                urls[href] = plain
            else:
                url = urls[href] = join(href)
                if cut > 0 and url == plain:
                    sound.add(plain[:cut])
        return urls

    def join(self, href: str) -> str | None:
        """The absolute http(s) URL without fragment; None for what leads to no other page or is malformed.

        Spaces inside the path are written `%20`, as browsers do; in the host they make it malformed.
        """
        if sound := _SOUND.fullmatch(href):
            if len(href) + len(self._origin) > MAX_URL:
                return None
            return href if sound[1] else self._origin + href if self._origin else None
        href = href.strip()
        if not href or href[0] == "#" or len(href) > MAX_URL:
            return None
        if not href.isprintable():
            href = _DROPPED.sub("", href)
        href = href.partition("#")[0].rstrip()
        if _SCHEME.match(href):
            if href[:4].lower() != "http":
                return None
            url = href
        elif href[:2] == "//":
            url = self._scheme + href
        elif href[:1] == "/":
            url = self._origin + href
        elif "." in href[:1] or "/." in href or href[:1] == "?" or not self._folder:
            try:
                url = urljoin(self._base, href)
            except ValueError:
                return None
        else:
            url = self._folder + href
        if "/../" in url or "/./" in url or url.endswith(("/..", "/.")):
            try:
                url = urljoin(url, urlsplit(url).path) + url[len(url.partition("?")[0]) :]
            except ValueError:
                return None
        return _checked(url)


def _is_plain(text: str) -> bool:
    """Whether every character stands for itself (of ASCII, printable, no space), and no dot begins a segment."""
    return text.isascii() and text.isprintable() and " " not in text and "/." not in text


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


@lru_cache(maxsize=4)
def _known_at(scheme: str, origin: str) -> dict[str, str | None]:
    """The addresses that were joined on pages of a site."""
    return {}
