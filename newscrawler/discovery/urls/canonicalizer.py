"""Which URLs of a site are one page: `url_key` by rule, and beyond it what the site's URLs have shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from newscrawler.discovery.urls.story_numbers import NumberForm, story_number_of
from newscrawler.discovery.urls.url_facts import UrlFacts, facts_of, facts_of_key
from newscrawler.hosts import registrable


class UrlCanonicalizer:
    """`url_key`, and beyond it what this site's URLs have shown.

    Where a site's URLs have a number in the path that differs from page to page, the number is the story and
    the words beside it are noise: `/en/news/983389/any-slug`, `/any-slug-983389.html`. That is believed when
    `story_patterns` (whole-path patterns with a group `id`, of a profile) say so, or after enough different
    numbers of one form came with one slug each; a number that comes with many slugs (a section, a date) is
    not a key. `revision` grows whenever such a belief is given up: keys given before may then be too broad.
    `learned` is what `learned()` gave at the end of an earlier run: the same URLs get the same keys then;
    `version` grows whenever there is something new to keep.
    """

    MOST_PAGES = 16_000  # remembered, with 2 kB each where every page has a directory of its own

    def __init__(
        self, story_patterns: Sequence[re.Pattern[str]] = (), learned: Mapping[str, Any] | None = None
    ) -> None:
        self._patterns = [pattern for pattern in story_patterns if "id" in pattern.groupindex]
        self._forms: dict[str, NumberForm] = {}
        self._claims: dict[str, tuple[str, str]] = {}
        self._shared: set[str] = set()
        self._ignored: set[str] = set((learned or {}).get("ignored", ()))
        for form, believed in (learned or {}).get("forms", {}).items():
            known = self._forms[form] = NumberForm()
            known.believed_before, known.refuted = bool(believed), not believed
        self.revision = 0
        self.version = 0
        self.pages: dict[str, UrlFacts] = {}  # of URLs that were asked about since the last lesson

    def observe(self, urls: Iterable[str]) -> None:
        """Take in URLs of the site, each of which was seen on a page or in a source."""
        for url in urls:
            found = (self.pages.get(url) or self.page(url)).number
            if found is None:
                continue
            form, number, rest = found
            known = self._forms.get(form)
            if known is None:
                if len(self._forms) >= 5000:
                    continue
                known = self._forms[form] = NumberForm()
            believed = known.believed
            known.observe(number, rest)
            if believed and known.refuted:
                self.revision += 1
            if believed != known.believed:
                self._learn()

    def learned(self) -> dict[str, Any]:
        """Which forms of URLs have a story's number, or were wrongly thought to, and which parameters say nothing;
        plain data."""
        forms = {
            form: known.believed for form, known in self._forms.items() if known.believed or known.refuted
        }
        return {"forms": forms, "ignored": sorted(self._ignored)}

    def key(self, url: str) -> str | None:
        """The key of a URL's page, None when the URL is malformed."""
        return self.page(url).key or None

    def page(self, url: str) -> UrlFacts:
        """Facts of a URL, those of its page's key (empty for a malformed URL).

        `number` is of the URL itself: it may be in the key no longer.
        """
        known = self.pages.get(url)
        if known is not None:
            return known
        if len(self.pages) >= self.MOST_PAGES:
            self.pages.clear()
        facts = facts_of(url)
        if facts.number is not None or self._ignored or self._patterns:
            key = self._key(facts)
            if key != facts.key:
                facts = facts_of_key(key)._replace(number=facts.number)
        self.pages[url] = facts
        return facts

    def _key(self, facts: UrlFacts) -> str:
        key, found = facts.key, facts.number
        if self._ignored and "?" in key:
            key = self._without_ignored(key)
            found = story_number_of(key)
        if self._patterns and key and (number := self._profiled(key)):
            return number
        if found is not None:
            known = self._forms.get(found[0])
            if known is not None and known.believed:
                return found[0].replace("#", found[1], 1)
        return key

    def ignore_parameter(self, name: str) -> None:
        """From now on this URL parameter is noise: it was seen to change nothing."""
        self._ignored.add(name)
        self._learn()

    def _learn(self) -> None:
        self.version += 1
        self.pages.clear()

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
        front, slash, path = key.partition("?")[0][8:].partition("/")
        path = slash + path
        for pattern in self._patterns:
            if match := pattern.fullmatch(path):
                return f"https://{front}{path[: match.end('id')]}"
        return None
