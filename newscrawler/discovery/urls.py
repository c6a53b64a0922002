"""Which URLs are one page: `url_key` by rule, `UrlIdentity` with what a site's URLs have shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from w3lib.url import canonicalize_url

from newscrawler.discovery.hosts import folded_host, registrable
from newscrawler.urls import strip_tracking

MAX_LENGTH = 2000  # characters; longer URLs are never stories, browsers and sitemaps stop there too

# Needs no canonicalisation: most links of a page.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)((?:/[A-Za-z0-9_~!,-][A-Za-z0-9._~!,-]*)*/?)", re.ASCII)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|shtml|cfm)$", re.IGNORECASE)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_SLASHES = re.compile(r"//+")
# URL parameters that choose how, not what, is shown: with any value, or with these values.
_ANYHOW = (
    "share replytocom showcomment comment commentid nomobile showmobile mobileaction isamp ampmode ref referer "
    "phpsessid jsessionid aspsessionid sessionid session_id cfid cftoken zenid osclsid"
)
_SHOWN: dict[str, re.Pattern[str] | None] = {
    name: re.compile(values, re.IGNORECASE)
    for name, values in {
        "amp": r"|1|true|amp",
        "outputtype": r"amp|print|mobile",
        "output": r"amp|print",
        "format": r"amp|print|mobile",
        "view": r"amp|print|mobile|desktop",
        "mode": r"amp|print",
        "tmpl": r"print|component",
        "print": r"|1|true|yes|y|print|pdf",
        "printable": r"|1|true|yes",
        "mobile": r"|1|true|yes",
        "display": r"amp|print|mobile",
    }.items()
} | dict.fromkeys(_ANYHOW.split())
_SESSION_ID = re.compile(r"[0-9a-f]{26,64}", re.IGNORECASE)
_TWIN_SEGMENTS = frozenset({"print", "printable", "share", "email", "comments", "mobile"})
_STORYLIKE = re.compile(r"\d{4,}|(?:[^/-]+-){3}")


def split_url(url: str) -> SplitResult | None:
    """The parts of an http(s) URL with a host; None for anything else. Never raises."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    return None


def joined(base: str, reference: str | None) -> str | None:
    """`reference` as an absolute http(s) URL, nothing taken from it; None when there is none or it is malformed."""
    reference = (reference or "").strip()
    try:
        address = urljoin(base, reference) if reference else ""
    except ValueError:
        return None
    return address if split_url(address) is not None else None


@lru_cache(maxsize=1 << 16)
def url_key(url: str) -> str | None:
    """One key for every URL of the same page; it has the form of a URL, and is its own key.

    Canonical by w3lib (RFC 3986 normalisation, sorted query), then without scheme differences, `www.`, default
    ports, tracking, session and presentation parameters, fragment, `index.html`, trailing slash, and the marks
    of AMP, print, mobile and share twins. None for what is not an http(s) URL of at most `MAX_LENGTH`
    characters. Never raises.
    """
    if len(url) > MAX_LENGTH:
        return None
    plain = _PLAIN.fullmatch(url)
    if plain:
        host, path, query = plain[1], plain[2], ""
    else:
        try:
            parts = split_url(canonicalize_url(strip_tracking(url.strip())))
        except (ValueError, UnicodeError):
            return None
        if parts is None or not parts.hostname:
            return None
        host, path, query = parts.hostname, parts.path, parts.query
        if parts.port not in (None, 80, 443):
            host, port = parts.hostname, f":{parts.port}"
            folded = folded_host(host, path in ("", "/"))
            return None if folded is None else _key_of(folded + port, path, query)
    folded = folded_host(host, path in ("", "/"))
    return None if folded is None else _key_of(folded, path, query)


def _key_of(host: str, path: str, query: str) -> str:
    key = f"https://{host}{_folded_path(path)}"
    if query in ("m=1", "m=0"):
        return key
    if query:
        query = "&".join(part for part in query.split("&") if part and not _is_presentation(part))
    return f"{key}?{query}" if query else key


def _folded_path(path: str) -> str:
    """Until nothing changes, so that a key is its own key."""
    if ";" in path:
        path = _SESSION_PATH.sub("", path)
    if "//" in path:
        path = _SLASHES.sub("/", path)
    for _ in range(8):
        before = path
        path = _INDEX.sub("", path.rstrip("/"))
        low = path.lower()
        if low.endswith(("/amp", ".amp")):
            if "/" in low[1:]:
                path = path[:-4]
        elif low.endswith(".amp.html"):
            path = path[:-9] + ".html"
        elif low.startswith("/amp/") and len(low) > 5:
            path = path[4:]
        else:
            head, _, last = path.rpartition("/")
            if last.lower() in _TWIN_SEGMENTS and _STORYLIKE.search(head):
                path = head
            elif low.startswith("/print/") and _STORYLIKE.search(path):
                path = path[6:]
        if path == before:
            break
    return path


def _is_presentation(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower()
    if name in _SHOWN:
        values = _SHOWN[name]
        return values is None or bool(values.fullmatch(value))
    return name in ("sid", "s") and bool(_SESSION_ID.fullmatch(value))


class _Numbered:
    """What is known of one URL form with a number in it: is the number the story's key?"""

    __slots__ = ("refuted", "rests", "told", "total")
    ENOUGH = 8  # distinct numbers before the form is believed
    LIMIT = 20_000  # numbers remembered; the verdict is long clear by then

    def __init__(self) -> None:
        self.rests: dict[str, set[int]] = {}
        self.total = 0
        self.refuted = False
        self.told = False  # believed by an earlier run

    def observe(self, number: str, rest: str) -> None:
        if self.refuted:
            return
        rests = self.rests.get(number)
        if rests is None:
            if len(self.rests) >= self.LIMIT:
                return
            rests = self.rests[number] = set()
        mark = hash(rest)
        if rest and mark not in rests:
            rests.add(mark)
            self.total += 1
            # A section's number or a date comes with many slugs, a story's with one, two after an edit.
            if len(rests) > 3 or self.total > 1.3 * len(self.rests) + 4:
                self.refuted = True
                self.rests.clear()

    @property
    def believed(self) -> bool:
        return not self.refuted and (self.told or len(self.rests) >= self.ENOUGH)


class UrlIdentity:
    """`url_key`, and beyond it what this site's URLs have shown.

    Where a site's URLs have a number in the path that differs from page to page, the number is the story and
    the words beside it are noise: `/en/news/983389/any-slug`, `/any-slug-983389.html`. That is believed when
    `story_patterns` (whole-path patterns with a group `id`, of a profile) say so, or after enough different
    numbers of one form came with one slug each; a number that comes with many slugs (a section, a date) is
    not a key. `revision` grows whenever such a belief is given up: keys given before may then be too broad.
    `learned` is what `learned()` gave at the end of an earlier run: the same URLs get the same keys then;
    `lessons` grows whenever there is something new to keep.
    """

    def __init__(
        self, story_patterns: Sequence[re.Pattern[str]] = (), learned: Mapping[str, Any] | None = None
    ) -> None:
        self._patterns = [pattern for pattern in story_patterns if "id" in pattern.groupindex]
        self._forms: dict[str, _Numbered] = {}
        self._claims: dict[str, tuple[str, str]] = {}
        self._shared: set[str] = set()
        self._ignored: set[str] = set((learned or {}).get("ignored", ()))
        for form, believed in (learned or {}).get("forms", {}).items():
            known = self._forms[form] = _Numbered()
            known.told, known.refuted = bool(believed), not believed
        self.revision = 0
        self.lessons = 0

    def observe(self, urls: Iterable[str]) -> None:
        """Take in URLs of the site, each of which was seen on a page or in a source."""
        for url in urls:
            key = url_key(url)
            found = story_number_of(key) if key is not None else None
            if found is None:
                continue
            form, number, rest = found
            known = self._forms.get(form)
            if known is None:
                if len(self._forms) >= 5000:
                    continue
                known = self._forms[form] = _Numbered()
            believed = known.believed
            known.observe(number, rest)
            if believed and known.refuted:
                self.revision += 1
            self.lessons += believed != known.believed

    def learned(self) -> dict[str, Any]:
        """Which forms of URLs have a story's number, or were wrongly thought to, and which parameters say nothing;
        plain data."""
        forms = {
            form: known.believed for form, known in self._forms.items() if known.believed or known.refuted
        }
        return {"forms": forms, "ignored": sorted(self._ignored)}

    def key(self, url: str) -> str | None:
        """The key of a URL's page, None when the URL is malformed."""
        key = url_key(url)
        if key is None:
            return None
        if self._ignored and "?" in key:
            key = self._without_ignored(key)
        if self._patterns and (number := self._profiled(key)):
            return number
        found = story_number_of(key)
        if found is not None:
            known = self._forms.get(found[0])
            if known is not None and known.believed:
                return found[0].replace("#", found[1], 1)
        return key

    def story_number(self, url: str) -> str | None:
        """The number in the URL that is known to be the story's own, as text."""
        key = url_key(url)
        if key is None:
            return None
        path = urlsplit(key).path
        for pattern in self._patterns:
            if match := pattern.fullmatch(path):
                return match["id"]
        found = story_number_of(key)
        if found is not None and (known := self._forms.get(found[0])) is not None and known.believed:
            return found[1]
        return None

    def ignore_parameter(self, name: str) -> None:
        """From now on this URL parameter is noise: it was seen to change nothing."""
        self._ignored.add(name)
        self.lessons += 1

    def _without_ignored(self, key: str) -> str:
        path, _, query = key.partition("?")
        query = "&".join(part for part in query.split("&") if part.partition("=")[0] not in self._ignored)
        return f"{path}?{query}" if query else path

    def canonical_key(self, url: str, canonical: str | None, title: str = "") -> str | None:
        """The key of the address that a page declares, when it may be believed, else None.

        It must be of the same site, not the front page, and not be claimed by pages with different titles
        (a template's mistake): from the second such claim on, nobody's claim to it is believed.
        """
        own, key = self.key(url), self.key(canonical) if canonical else None
        if own is None or key is None or key == own:
            return key
        own_parts, parts = urlsplit(own), urlsplit(key)
        if registrable(parts.hostname or "") != registrable(own_parts.hostname or ""):
            return None
        if parts.path.count("/") < 2 and not parts.query and len(parts.path) <= 3:
            return None  # the front page, or a language's front page
        claimed = self._claims.setdefault(key, (own, title))
        if claimed[0] != own and claimed[1] != title:
            self._shared.add(key)
        return None if key in self._shared else key

    def _profiled(self, key: str) -> str | None:
        parts = urlsplit(key)
        for pattern in self._patterns:
            if match := pattern.fullmatch(parts.path):
                return f"https://{parts.netloc}{parts.path[: match.end('id')]}"
        return None


_DIGITS = re.compile(r"\d{4,12}")
_YEAR = re.compile(r"(?:1[3-9]|20)\d\d")
_DATE = re.compile(r"(?:1[3-9]|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\d{4}|\d{6})?")
_LISTING_WORDS = frozenset(
    {"page", "p", "pages", "tag", "tags", "topic", "topics", "author", "archive", "date"}
)


@lru_cache(maxsize=1 << 14)
def story_number_of(key: str) -> tuple[str, str, str] | None:
    """(form, number, rest) of a key whose path has one number that may be the story's own, else None.

    The number is a whole segment, or begins or ends one; years, dates and page numbers are none. In the form
    `#` stands for the number, and what follows a whole-segment number, or the words beside it, are the rest.
    """
    if "?" in key or "#" in key:
        return None
    start = key.find("/", 8)
    if start < 0:
        return None
    segments = key[start + 1 :].split("/")
    if len(segments) > 8:
        return None
    for index, segment in enumerate(segments):
        if not _DIGITS.fullmatch(segment) or _YEAR.fullmatch(segment) or _DATE.fullmatch(segment):
            continue
        if len(segments) - index > 2 or (index and segments[index - 1].lower() in _LISTING_WORDS):
            return None
        if segments[-1] != segment and segments[-1].isdigit():
            return None  # a further page of it
        form = key[: start + 1] + "/".join([*segments[:index], "#"])
        return form, segment, "/".join(segments[index + 1 :])
    last = segments[-1]
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix) > 5:
        stem, suffix = last, ""
    for number, rest in (stem.partition("-")[::2], stem.rpartition("-")[::-2]):
        if len(number) >= 5 and rest and _DIGITS.fullmatch(number) and not _DATE.fullmatch(number):
            form = key[: start + 1] + "/".join([*segments[:-1], "#" + dot + suffix if suffix else "#"])
            return form, number, rest
    return None
