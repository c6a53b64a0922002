"""Offers found links to the frontier, and journals those that it takes."""

from __future__ import annotations

from asyncio import sleep
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from newscrawler.crawl_state import CrawlState
from newscrawler.discovery import (
    Candidate,
    ExpectedType,
    LinkType,
    Source,
    SourceKind,
    candidates_of_links,
    candidates_of_source,
    earliest,
    feeds_in_page,
    joined,
    pagination,
    without_empty_dates,
)
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.extraction import Page
from newscrawler.spiders.conversions import found_page
from newscrawler.spiders.crawl_start import CANONICALIZER
from newscrawler.spiders.earlier_runs import EarlierRuns
from newscrawler.spiders.time_limit import time_limit

_AT_ONCE = 500  # links that are offered at once: those of nearly any page, for they are best judged together


class LinkFollower:
    """Takes the links of pages, sources and robots.txt. Every method raises `JournalFailed`."""

    def __init__(self, state: CrawlState, journal: JournalExtension, earlier: EarlierRuns) -> None:
        self._state = state
        self._journal = journal
        self._earlier = earlier
        self._version = 0  # of the canonicalizer as it was kept in the journal

    async def follow(self, page: Page, parent: Candidate) -> int:
        """Offer the links of a page, other pages have their turn between many; the number of those taken.

        Raises TooSlow.
        """
        with time_limit():
            found = self._found(page, parent)
        accepted = 0
        for start in range(0, len(found), _AT_ONCE):
            if len(found) > _AT_ONCE:
                await sleep(0)
            accepted += self.offer(found[start : start + _AT_ONCE], parent)
        return accepted

    def _found(self, page: Page, parent: Candidate) -> list[Candidate]:
        if parent.link_type == LinkType.SEED:
            alternates = {link.hreflang: link.url for link in page.head_links if link.hreflang}
            self._state.scope.learn_languages(page.url, alternates)
        feeds = feeds_in_page(page.document.root, page.document.base_url)
        for url, _ in feeds:
            self._state.scope.vouch(url)
        found = [
            Candidate(url, LinkType.FEED, page.url, parent.depth + 1, expected_type=ExpectedType.SOURCE)
            for url, _ in feeds
        ]
        next_pages = pagination(page) if page.kind != "story" else []
        links = self._state.frontier.new_links(page.links, page.kind, parent)
        found += candidates_of_links(links, page.url, parent.depth, page.kind, next_pages)
        return found

    def start_links(self, page: Page, candidate: Candidate) -> tuple[int, bool]:
        """Of a start page: the number of its links to other pages of the site, and True when earlier runs read any."""
        frontier, scope = self._state.frontier, self._state.scope
        keys = {frontier.canonicalizer.key(link.url) for link in page.links if scope.allows(link.url)}
        keys -= {None, candidate.key, frontier.canonicalizer.key(page.url)}
        feeds = feeds_in_page(page.document.root, page.document.base_url)
        known = self._earlier.has_read_any([key for key in keys if key is not None])
        return len(keys) + len(feeds), known

    def follow_robots(self, robots_url: str, sitemaps: Iterable[str]) -> None:
        """Offer the sitemaps that a robots.txt names; some are relative."""
        urls = [joined(robots_url, written) for written in sitemaps]
        for url in urls if self._state.scope.off_site(robots_url) is None else ():
            if url:
                self._state.scope.vouch(url)
        named = (
            Candidate(url, LinkType.SITEMAP, robots_url, 1, expected_type=ExpectedType.SOURCE)
            for url in urls
            if url
        )
        self.offer(named, None)

    def entries(self, source: Source, parent: Candidate, url: str) -> list[Candidate]:
        """What a feed or sitemap at `url` names, with its addresses and dates where these can be trusted.

        Where a link leads elsewhere, the entry's permalink on the site is taken, or else, where half of the feed leads
        to that host, a redirect is tried.
        """
        scope = self._state.scope
        found = []
        hosts = Counter(urlsplit(entry.url).netloc for entry in source.entries)
        for entry in without_empty_dates(source.entries, datetime.now(UTC)):
            if entry.kind == "sitemap":
                scope.vouch(entry.url)
            elif source.kind == SourceKind.FEED and scope.off_site(entry.url):
                if entry.permalink and scope.allows(entry.permalink):
                    entry = entry._replace(url=entry.permalink)
                elif 2 * hosts[urlsplit(entry.url).netloc] >= len(source.entries):
                    scope.count_link(entry.url)
            found.append(entry)
        if source.next_url:
            scope.vouch(source.next_url)
        return candidates_of_source(replace(source, entries=found), url, parent.depth)

    def offer(self, candidates: Iterable[Candidate], parent: Candidate | None) -> int:
        """Offer candidates; the number of those taken."""
        frontier = self._state.frontier
        candidates = list(candidates)
        if not self._state.arguments.again:
            frontier.revisit(self._outdated(candidates))
        accepted = frontier.offer(candidates, parent)
        canonicalizer = frontier.canonicalizer
        if canonicalizer.version != self._version:
            # At once: a later run, should this one be killed, must know pages by the same keys.
            self._version = canonicalizer.version
            self._journal.remember(CANONICALIZER, canonicalizer.learned())
        with self._journal.use() as journal:
            journal.pages.offer(self._journal.site, map(found_page, accepted))
        return len(accepted)

    def _outdated(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Known stories that a source says were changed since they were fetched."""
        changed: dict[str, tuple[Candidate, datetime]] = {}
        for one in candidates:
            moment = earliest(one.modified)
            if moment is not None and (key := self._state.frontier.canonicalizer.key(one.url)) is not None:
                changed[key] = one, moment
        for key in self._earlier.outdated({key: moment for key, (_, moment) in changed.items()}):
            yield replace(changed[key][0], expected_type=ExpectedType.STORY)
