"""Which URLs belong to the crawl: the site of the start URLs, in their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from newscrawler.discovery.urls.canonical_url import MAX_LENGTH, split_url
from newscrawler.discovery.urls.file_extensions import is_no_page
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.discovery.urls.twin_hosts import folded_host
from newscrawler.discovery.urls.url_languages import code_of, go_together, language_of_host, language_of_path
from newscrawler.hosts import is_address, normal_host, registrable

# What stands before the path of most URLs, and how many of these are remembered.
_ORIGIN = re.compile(r"https?://([a-z0-9.-]+)(?::(\d{1,5}))?", re.ASCII)
_MOST_ORIGINS = 10_000
_MOST_VOUCHED = (
    200  # addresses on other hosts that a site may name as its own feeds, sitemaps or counted links
)


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
        self._endings = tuple(self._sites)
        self._ports = {
            part.port for part in parts if is_address(part.hostname or "") or "." not in (part.hostname or "")
        }
        self._by_host = scope != "site"
        self._prefix = scope.rstrip("/") if scope.startswith("/") else ""
        known = [language_of_path(part.path) or language_of_host(part.hostname or "") for part in parts]
        self._languages: set[str] = {language for language in known if language} | {
            code for language in languages if (code := code_of(language))
        }
        # A start URL without a language is at home in all of the site, until hreflang says otherwise.
        self._all_languages = "all" in languages
        self._any_language = self._all_languages or not all(known)
        self._foreign: set[tuple[str, str]] = set()
        self._origins: dict[str, tuple[Refusal | None, str]] = {}
        self.home: set[str] = set()  # of these, those in scope, each with the slash after it
        self._vouched: set[str] = set()  # sources elsewhere that the site names
        self._counted: set[str] = set()  # addresses elsewhere that a feed of the site has for its stories

    def refusal(self, url: str) -> Refusal | None:
        """Why a page is not to be asked for: `malformed`, `too-long`, `offsite`, `host`, `path`, `language`,
        `not-a-page`; None when it is in scope. Never raises.
        """
        if len(url) > MAX_LENGTH:
            return Refusal.TOO_LONG
        if url in self._counted:
            return None
        cut = url.find("/", 8)
        known = self._origins.get(url[:cut])
        refusal, host = known or self._placed(url)
        if refusal:
            return refusal
        if known is not None and url.isprintable():
            path = url[cut:].partition("?")[0].partition("#")[0]
        else:
            path = urlsplit(url).path
        if self._prefix and not (path == self._prefix or path.startswith(self._prefix + "/")):
            return Refusal.PATH
        if is_no_page(path.rpartition("/")[2]):
            return Refusal.NOT_A_PAGE
        if (self._foreign or not self._any_language) and not self._speaks(host, path):
            return Refusal.LANGUAGE
        return None

    def source_refusal(self, url: str) -> Refusal | None:
        """The same for a sitemap or a feed: only its host (and its being a URL at all) is looked at."""
        if len(url) > MAX_LENGTH:
            return Refusal.MALFORMED
        return None if url in self._vouched else self._placed(url)[0]

    def vouch(self, url: str) -> None:
        """Take in a feed or sitemap that the site names: it may be on any host. Its entries are no more in scope."""
        if len(self._vouched) < _MOST_VOUCHED:
            self._vouched.add(url)

    def count_link(self, url: str) -> None:
        """Take in an address elsewhere that a feed of the site has for a story, and that may redirect to the site."""
        if len(self._counted) < _MOST_VOUCHED:
            self._counted.add(url)

    def is_counted(self, url: str) -> bool:
        """True for an address that is asked for only for where it redirects to."""
        return url in self._counted

    def off_site(self, url: str) -> Refusal | None:
        """`offsite` or `host` when the URL's host is out of scope, else None."""
        reason = Refusal.MALFORMED if len(url) > MAX_LENGTH else self._placed(url)[0]
        return reason if reason in (Refusal.OFFSITE, Refusal.HOST) else None

    def allows(self, url: str) -> bool:
        """True when a page is in scope."""
        return self.refusal(url) is None

    def learn_languages(self, url: str, alternates: Mapping[str, str]) -> None:
        """Take in a page's `hreflang` alternates (code -> absolute URL): front pages of other languages.

        Only what is clearly a language's own part of the site counts: a first path segment or a host.
        """
        here = split_url(url)
        own = {
            code
            for name, target in alternates.items()
            if _same_address(target, url) and (code := code_of(name))
        }
        if here is None or not own or self._all_languages:
            return
        home = _area(here.hostname or "", here.path)
        for name, target in alternates.items():
            code, there = code_of(name), split_url(target)
            if code is None or there is None or code in own:
                continue
            if any(go_together(code, wanted) for wanted in self._languages):
                continue
            area = _area(there.hostname or "", there.path)
            if area != home and (area[1] or area[0] != home[0]):
                self._foreign.add(area)

    def move(self, url: str) -> None:
        """Take in the site of a URL that a start URL has moved to for good."""
        parts = split_url(url)
        host = normal_host(parts.hostname or "") if parts is not None else None
        if parts is None or host is None:
            return
        if is_address(host) or "." not in host:
            self._ports.add(parts.port)
        self._hosts.add(folded_host(host) or host)
        self._sites.add(registrable(host))
        self._endings = tuple(self._sites)
        self._origins.clear()

    def _placed(self, url: str) -> tuple[Refusal | None, str]:
        """Why a URL's host is out of scope, if it is, and the host."""
        cut = url.find("/", 8)
        origin = url[:cut] if cut > 0 else ""
        known = self._origins.get(origin)
        if known is not None:
            return known
        plain = _ORIGIN.fullmatch(origin)
        if plain is None:
            parts = split_url(url)
            if parts is None:
                return Refusal.MALFORMED, ""
            host = parts.hostname or ""
            return self._host_refusal(host, parts.port), host
        host, port = plain[1], int(plain[2]) if plain[2] else None
        if port is not None and not 0 < port < 65_536:
            return Refusal.MALFORMED, ""
        placed = self._host_refusal(host, port), host
        if len(self._origins) < _MOST_ORIGINS:
            self._origins[origin] = placed
            if placed[0] is None:
                self.home.add(f"{origin}/")
        return placed

    def _host_refusal(self, host: str, port: int | None) -> Refusal | None:
        normal = normal_host(host)
        if normal is None:
            return Refusal.MALFORMED
        # Most hosts are told by their ending, without the list of public suffixes.
        if not normal.endswith(self._endings) or registrable(normal) not in self._sites:
            return Refusal.OFFSITE
        if self._ports and port not in self._ports and (is_address(host) or "." not in host):
            return Refusal.OFFSITE
        return Refusal.HOST if self._by_host and (folded_host(normal) or normal) not in self._hosts else None

    def _speaks(self, host: str, path: str) -> bool:
        if self._foreign:
            folded = folded_host(host) or host
            first = path.split("/", 2)[1].lower() if path.count("/") else ""
            if (folded, first) in self._foreign or (folded, "") in self._foreign:
                return False
        if self._any_language:
            return True
        language = language_of_path(path)
        if language is None:
            if path in ("", "/"):
                return language_of_host(host) in self._languages
            language = language_of_host(host)
        return language is None or any(go_together(language, wanted) for wanted in self._languages)


def _area(host: str, path: str) -> tuple[str, str]:
    folded = folded_host(host) or host
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return folded, first.lower() if language_of_path(path) else ""


def _same_address(one: str, other: str) -> bool:
    try:
        first, second = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    return first.netloc == second.netloc and first.path.rstrip("/") == second.path.rstrip("/")
