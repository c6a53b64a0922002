"""Which URLs belong to the crawl: the site of the start URLs, in their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from newscrawler.discovery.hosts import folded_host, is_address, normal_host, registrable
from newscrawler.discovery.urls import MAX_LENGTH, split_url

# ISO 639-1, and the codes that sites use instead of one.
_LANGUAGE_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
    ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so
    sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    eng ara per fas pes urd fre fra ger deu spa esp rus tur chi cn jp ckb"""
_LANGUAGES = frozenset(_LANGUAGE_CODES.split())
_CODE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2,4}|\d{3}))?", re.IGNORECASE)
_SAME = {"eng": "en", "ara": "ar", "per": "fa", "fas": "fa", "pes": "fa", "urd": "ur", "fre": "fr", "fra": "fr"} | {
    "ger": "de", "deu": "de", "spa": "es", "esp": "es", "rus": "ru", "tur": "tr", "chi": "zh", "cn": "zh", "jp": "ja"
}  # fmt: skip
_NO_PAGE_SUFFIXES = """
    jpg jpeg png gif webp avif svg ico bmp tif tiff heic psd ai eps mp3 mp4 m4a m4v m3u8 mpd webm ogg ogv oga opus
    wav flac aac avi mov wmv flv mkv 3gp mpg mpeg ts pdf doc docx xls xlsx ppt pptx odt ods odp rtf epub mobi azw3
    zip gz tgz bz2 xz 7z rar tar iso dmg exe msi apk ipa deb rpm bin jar css js mjs map json xml rss atom rdf txt
    csv tsv ics vcf woff woff2 ttf otf eot swf torrent"""
# What stands before the path of most URLs, and how many of these are remembered.
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?", re.ASCII)
_MOST_ORIGINS = 10_000
_NO_PAGE = frozenset(_NO_PAGE_SUFFIXES.split())


class Scope:
    """The pages that a crawl may ask for.

    `start`: the start URLs. `scope`: `site` (the registrable domain of any start URL, all its hosts), `host`
    (their exact hosts, `www.` aside), or a path prefix such as `/en/` (on their hosts). Where start URLs name
    a language (`/en/…`, `en.example.org`), the site's other languages are out; `languages` (codes, or `all`) lets
    more in.
    Raises ValueError when `start` has no usable URL or `scope` is none of these.
    """

    def __init__(self, start: Iterable[str], scope: str = "site", languages: Iterable[str] = ()) -> None:
        languages = list(languages)
        parts = [split for url in start if (split := split_url(url)) is not None]
        if not parts:
            raise ValueError("no start URL is a full http(s) address")
        if scope not in ("site", "host") and not scope.startswith("/"):
            raise ValueError(f"scope {scope!r} is none of site, host and a path such as /en/")
        hosts = [host for part in parts if (host := normal_host(part.hostname or "")) is not None]
        if not hosts:
            raise ValueError("no start URL has a usable host name")
        self._hosts = {folded_host(host) or host for host in hosts}
        self._sites = {registrable(host) for host in hosts}
        self._ports = {
            part.port for part in parts if is_address(part.hostname or "") or "." not in (part.hostname or "")
        }
        self._by_host = scope != "site"
        self._prefix = scope.rstrip("/") if scope.startswith("/") else ""
        known = [_language_of_path(part.path) or _language_of_host(part.hostname or "") for part in parts]
        self._languages: set[str] = {language for language in known if language} | {
            code for language in languages if (code := _code(language))
        }
        # A start URL without a language is at home in all of the site, until hreflang says otherwise.
        self._all_languages = "all" in languages
        self._any_language = self._all_languages or not all(known)
        self._foreign: set[tuple[str, str]] = set()
        self._origins: dict[str, tuple[str | None, str]] = {}

    def refusal(self, url: str) -> str | None:
        """Why a page is not to be asked for: `malformed`, `too-long`, `offsite`, `host`, `path`, `language`,
        `not-a-page`; None when it is in scope. Never raises.
        """
        if len(url) > MAX_LENGTH:
            return "too-long"
        refusal, host = self._placed(url)
        if refusal:
            return refusal
        cut = url.find("/", 8)
        if url.isprintable() and url[:cut] in self._origins:
            path = url[cut:].partition("?")[0].partition("#")[0]
        else:
            path = urlsplit(url).path
        if self._prefix and not (path == self._prefix or path.startswith(self._prefix + "/")):
            return "path"
        if _is_no_page(path):
            return "not-a-page"
        if not self._speaks(host, path):
            return "language"
        return None

    def source_refusal(self, url: str) -> str | None:
        """The same for a sitemap or a feed: only its host (and its being a URL at all) is looked at."""
        return "malformed" if len(url) > MAX_LENGTH else self._placed(url)[0]

    def allows(self, url: str) -> bool:
        """Whether a page is in scope."""
        return self.refusal(url) is None

    def learn_languages(self, url: str, alternates: Mapping[str, str]) -> None:
        """Take in a page's `hreflang` alternates (code -> absolute URL): front pages of other languages.

        Only what is clearly a language's own part of the site counts: a first path segment or a host.
        """
        here = split_url(url)
        own = {
            code
            for name, target in alternates.items()
            if _same_address(target, url) and (code := _code(name))
        }
        if here is None or not own or self._all_languages:
            return
        home = _area(here.hostname or "", here.path)
        for name, target in alternates.items():
            code, there = _code(name), split_url(target)
            if code is None or there is None or code in own:
                continue
            if any(_matches(code, wanted) for wanted in self._languages):
                continue
            area = _area(there.hostname or "", there.path)
            if area != home and (area[1] or area[0] != home[0]):
                self._foreign.add(area)

    def _placed(self, url: str) -> tuple[str | None, str]:
        """Why a URL's host is out of scope, if it is, and the host."""
        cut = url.find("/", 8)
        origin = url[:cut] if cut > 0 else ""
        known = self._origins.get(origin)
        if known is not None:
            return known
        parts = split_url(url)
        if parts is None:
            return "malformed", ""
        host = parts.hostname or ""
        placed = self._host_refusal(host, parts.port), host
        if _ORIGIN.fullmatch(origin) and len(self._origins) < _MOST_ORIGINS:
            self._origins[origin] = placed
        return placed

    def _host_refusal(self, host: str, port: int | None) -> str | None:
        where = _located(host)
        if where is None:
            return "malformed"
        site, folded = where
        if site not in self._sites:
            return "offsite"
        if self._ports and port not in self._ports and (is_address(host) or "." not in host):
            return "offsite"
        return "host" if self._by_host and folded not in self._hosts else None

    def _speaks(self, host: str, path: str) -> bool:
        if self._foreign:
            folded = folded_host(host) or host
            first = path.split("/", 2)[1].lower() if path.count("/") else ""
            if (folded, first) in self._foreign or (folded, "") in self._foreign:
                return False
        if self._any_language:
            return True
        language = _language_of_path(path)
        if language is None:
            if path in ("", "/"):
                return _language_of_host(host) in self._languages
            language = _language_of_host(host)
        return language is None or any(_matches(language, wanted) for wanted in self._languages)


@lru_cache(maxsize=4096)
def _located(host: str) -> tuple[str, str] | None:
    normal = normal_host(host)
    return None if normal is None else (registrable(normal), folded_host(normal) or normal)


def _is_no_page(path: str) -> bool:
    last = path.rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".")
    return bool(dot and stem) and suffix.lower() in _NO_PAGE


def _code(tag: str) -> str | None:
    match = _CODE.fullmatch(tag.strip())
    if match is None:
        return None
    language = _SAME.get(match[1].lower(), match[1].lower())
    return f"{language}-{match[2].lower()}" if match[2] else language


@lru_cache(maxsize=4096)
def is_language(segment: str) -> bool:
    """Whether a path segment or host label is a language code (ISO 639-1 or a usual substitute), region or not."""
    match = _CODE.fullmatch(segment)
    return match is not None and match[1].lower() in _LANGUAGES


def _language_of_path(path: str) -> str | None:
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return _code(first) if is_language(first) else None


@lru_cache(maxsize=4096)
def _language_of_host(host: str) -> str | None:
    site = registrable(host)
    label = host.lower().removesuffix(site).strip(".").removeprefix("www.").split(".")[0]
    return _code(label) if is_language(label) else None


def _matches(language: str, wanted: str) -> bool:
    """`en` and `en-gb` go together, `en-us` and `en-gb` do not."""
    return language == wanted or language.startswith(wanted + "-") or wanted.startswith(language + "-")


def _area(host: str, path: str) -> tuple[str, str]:
    folded = folded_host(host) or host
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return folded, first.lower() if _language_of_path(path) else ""


def _same_address(one: str, other: str) -> bool:
    try:
        first, second = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    return first.netloc == second.netloc and first.path.rstrip("/") == second.path.rstrip("/")
