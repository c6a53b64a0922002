"""Adds new links to the frontier and counts the ones already seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from newscrawler.discovery.frontier.age_filter import AgeFilter
from newscrawler.discovery.frontier.budget import RequestBudget
from newscrawler.discovery.frontier.candidates import VIA_OF, Candidate
from newscrawler.discovery.frontier.dupefilter import MOST_NAVIGATION, DupeFilter
from newscrawler.discovery.frontier.freshness import FreshnessEstimator
from newscrawler.discovery.frontier.link_types import ExpectedType, LinkContext, LinkType
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.discovery.frontier.pending import PendingCandidates
from newscrawler.discovery.frontier.priority import context_of
from newscrawler.discovery.frontier.url_filter import UrlFilter
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.extraction.links.link import Link

_MOST_FOLDED = 5000
# Looked up once: a member of an enum by name costs 80 ns (Python 3.11), for each of a page's links.
_SEED, _PAGINATION, _SOURCE = LinkType.SEED, LinkType.PAGINATION, ExpectedType.SOURCE
_MAIN_CONTEXTS = frozenset((LinkContext.SEED, LinkContext.MAIN))
_MENUS = frozenset((LinkContext.NAV, LinkContext.MENU))


class Enqueuer:
    """Adds candidates to the pending ones.

    `known`: of some keys, those that earlier runs have as stories. `returning`: earlier runs know the site, or
    only new stories are wanted; `home`: the first seed.
    """

    def __init__(
        self,
        canonicalizer: UrlCanonicalizer,
        url_filter: UrlFilter,
        pending: PendingCandidates,
        freshness: FreshnessEstimator,
        age_filter: AgeFilter,
        seen: DupeFilter,
        budget: RequestBudget,
        known: Callable[[Collection[str]], Collection[str]] | None,
    ) -> None:
        self._canonicalizer = canonicalizer
        self._url_filter = url_filter
        self._pending = pending
        self._freshness = freshness
        self._age_filter = age_filter
        self._dupefilter = seen
        self._counters = budget.counters
        self._known = known
        self._page_yields: dict[str, PageYield] = {}
        self._main: set[str] = set()  # keys of seeds and the pages after them
        self._folded: dict[str, list[Candidate]] = {}
        self._folded_at = canonicalizer.revision
        self._resumed = False
        self.returning = age_filter.since is not None
        self.home: str | None = None

    def new_links(self, links: Sequence[Link], page_kind: str, parent: Candidate) -> list[Link]:
        """Those of a page's links that may be news, to be offered as candidates.

        Most links of a crawl's pages were seen before: what they say of their page is taken in here, at once.
        """
        page_yield = self._yield_of(parent)
        vias = VIA_OF[page_kind == "story"]
        waiting, page_of, off_site = (
            self._pending.waiting,
            self._canonicalizer.page,
            self._url_filter.off_site,
        )
        seen, claims = self._dupefilter.seen, self._dupefilter.canonical_claims
        navigation, older = self._dupefilter.navigation, self._age_filter.older_keys
        facts = self._canonicalizer.pages
        rest = []
        count = 0
        for link in links:
            url = link.url
            link_type = vias.get(link.place)
            if link_type is None:
                if url in navigation and link.date is None:
                    continue
                if not off_site(url):
                    if len(navigation) < MOST_NAVIGATION:
                        navigation.add(url)
                    rest.append(link)
                continue
            page = facts.get(url)
            if page is None:
                if off_site(url):
                    continue  # before its key is worked out
                page = page_of(url)
            key = page.key
            if key in seen and key not in claims and key not in older:
                count += 1
                self._dupefilter.count_seen(key, link_type, parent, page_yield)
            elif (known := waiting.get(key)) is not None and self._says_nothing(known, link, link_type):
                count += 1
                self._listed_waiting(known, link_type, parent, page_yield)
            elif not off_site(url):
                rest.append(link)
        self._counters["seen"] += count
        return rest

    @staticmethod
    def _says_nothing(waiting: Candidate, link: Link, link_type: LinkType) -> bool:
        """True when a link to a pending page adds nothing to the one before it."""
        queue = waiting.queue
        if waiting.url != link.url or (link.date and waiting.date is None) or queue is None:
            return False
        if queue.context not in _MENUS:
            return True
        return waiting.link_type == link_type and waiting.title == (link.text or link.alt or "")

    def offer(self, candidates: Iterable[Candidate], parent: Candidate | None = None) -> list[Candidate]:
        """Take in candidates; gives back those that wait now and did not before.

        `parent`: the candidate whose page or source they are from. They are best offered all at once: what a
        listing's stories are decides whether its next page is worth a request.
        """
        offered = list(candidates)
        self._canonicalizer.observe([candidate.url for candidate in offered])
        self._unfold()
        page_yield = self._yield_of(parent) if parent is not None else None
        if (
            parent is None
            and self._age_filter.since is None
            and any(c.link_type not in (LinkType.SEED, LinkType.SITEMAP, LinkType.FEED) for c in offered)
        ):
            # What an earlier run left undone: this one goes on where that stopped, as if it were one.
            self._resumed, self.returning = True, False
        for candidate in offered:
            candidate.from_earlier_run = parent is None
        fresh = [candidate for candidate in offered if self.admit(candidate, parent, page_yield)]
        fresh = self._without_known(fresh, page_yield)
        # Pages that go on come last: what stands on this page says how new the next one can be.
        fresh.sort(key=lambda candidate: candidate.link_type == _PAGINATION)
        for candidate in fresh:
            self.place(candidate, parent, page_yield)
        self._counters["offered"] += len(offered)
        self._counters["accepted"] += len(fresh)
        return fresh

    def revisit(self, candidates: Iterable[Candidate]) -> None:
        """Take in pages and sources that earlier runs fetched and that are to be looked at again by now."""
        for candidate in candidates:
            if self.admit(candidate, None, None):
                self.returning = not self._resumed
                self.place(candidate, None, None)

    def _yield_of(self, parent: Candidate) -> PageYield:
        page_yield = self._page_yields.get(parent.key)
        if page_yield is None:
            queue = parent.queue
            context = queue.context if queue is not None else None
            page_yield = self._page_yields[parent.key] = PageYield()
            page_yield.front = (
                context in (LinkContext.SEED, LinkContext.MENU) or parent.expected_type == ExpectedType.SOURCE
            )
        return page_yield

    def admit(self, candidate: Candidate, parent: Candidate | None, page_yield: PageYield | None) -> bool:
        facts = self._canonicalizer.page(candidate.url)
        key = candidate.key = facts.key
        if key in self._age_filter.older_keys:
            if page_yield is not None:
                page_yield.older += 1
            return False
        if key and (key in self._dupefilter.seen or key in self._pending.waiting):
            self._again(candidate, parent, page_yield)
            return False
        candidate.url_pattern, candidate.period = facts.url_pattern, facts.period
        if (reason := self._url_filter.refusal(candidate, facts)) is not None:
            if reason == Refusal.OLDER:
                self._mark_older(candidate, page_yield)
            return False
        if self._age_filter.since is not None and self._age_filter.older_by_number(candidate):
            self._url_filter.refuse(candidate, Refusal.OLDER)
            self._mark_older(candidate, page_yield)
            return False
        self._pending.add(candidate)
        return True

    def _mark_older(self, candidate: Candidate, page_yield: PageYield | None) -> None:
        self._age_filter.mark_older(candidate.key, page_yield)
        self._pending.drop(candidate.key)

    def _again(self, candidate: Candidate, parent: Candidate | None, page_yield: PageYield | None) -> None:
        """A URL that was offered before: it may come with a date, or from a better place."""
        self._counters["seen"] += 1
        waiting = self._pending.waiting.get(candidate.key)
        if waiting is None:
            if self._dupefilter.canonical_claims.get(candidate.key, candidate) is None:
                self._dupefilter.canonical_claims[candidate.key] = candidate
            self._dupefilter.count_seen(candidate.key, candidate.link_type, parent, page_yield)
            return
        if waiting.date is None and self._url_filter.older(candidate):
            self._url_filter.refuse(candidate, Refusal.OLDER)
            self._mark_older(candidate, page_yield)
            return
        queue = waiting.queue
        if queue is None:
            return
        if waiting.url != candidate.url:
            self.fold(candidate, candidate.key)
        self._listed_waiting(waiting, candidate.link_type, parent, page_yield)
        waiting.source_published = waiting.source_published or candidate.source_published
        of_main = parent is not None and parent.key in self._main
        better = queue.context in _MENUS and candidate.link_type != LinkType.NAVIGATION
        better = better and context_of(candidate, parent, of_main) != queue.context
        if better or (waiting.date is None and candidate.date):
            waiting.date = waiting.date or candidate.date
            waiting.title = candidate.title or waiting.title
            if better:
                waiting.link_type, waiting.found_on, waiting.place = (
                    candidate.link_type,
                    candidate.found_on,
                    candidate.place,
                )
            waiting.queue = None
            self.place(waiting, parent, None)

    def _listed_waiting(
        self, waiting: Candidate, link_type: LinkType, parent: Candidate | None, page_yield: PageYield | None
    ) -> None:
        queue = waiting.queue
        if page_yield is not None and queue is not None and queue.holds_stories:
            self._dupefilter.count_listed(waiting.key, link_type, parent, page_yield)

    def _without_known(self, fresh: list[Candidate], page_yield: PageYield | None) -> list[Candidate]:
        if self._known is None or not fresh:
            return fresh
        asked = [
            c.key
            for c in fresh
            if c.link_type not in (LinkType.SEED, LinkType.PAGINATION)
            and c.expected_type != ExpectedType.SOURCE
        ]
        known = set(self._known(asked)) if asked else set()
        if known:
            self.returning = not self._resumed
            self._dupefilter.mark_known(known)
            for key in known:
                self._pending.drop(key)
            self._url_filter.refused[Refusal.KNOWN] += len(known)
            if page_yield is not None:
                page_yield.known += sum(
                    1 for c in fresh if c.key in known and c.link_type != LinkType.NAVIGATION
                )
        return [candidate for candidate in fresh if candidate.key not in known]

    def place(self, candidate: Candidate, parent: Candidate | None, page_yield: PageYield | None) -> None:
        of_main = parent is not None and parent.key in self._main
        candidate.freshness = self._freshness.estimate_for(candidate, parent, page_yield, of_main)
        if candidate.link_type == _SEED:
            self.home = self.home or candidate.url
        if candidate.expected_type == _SOURCE:
            self._pending.sources.push(candidate, parent)
            return
        context = context_of(candidate, parent, of_main)
        if context in _MAIN_CONTEXTS:
            self._main.add(candidate.key)
        queue = self._pending.place(candidate, context, self.returning)
        if page_yield is not None and queue.holds_stories:
            page_yield.add(candidate.freshness)
            if candidate.date is not None:
                self._freshness.learn(candidate.key, candidate.date)

    def _unfold(self) -> None:
        """A number that was taken for the story's key is none: what was folded into one is offered again."""
        if self._canonicalizer.revision == self._folded_at:
            return
        self._folded_at = self._canonicalizer.revision
        folded, self._folded = self._folded, {}
        for candidates in folded.values():
            for candidate in candidates:
                if self.admit(candidate, None, None):
                    self.place(candidate, None, None)

    def fold(self, candidate: Candidate, key: str) -> None:
        """A candidate was left out because its page has the key of another: remembered, should that prove wrong."""
        if len(self._folded) < _MOST_FOLDED:
            self._folded.setdefault(key, []).append(candidate)

    def yield_at(self, url: str | None) -> PageYield | None:
        """Yield of the page of this URL, if links of it were offered."""
        return self._page_yields.get(self._canonicalizer.key(url) or "") if url else None

    def yield_of(self, key: str) -> PageYield | None:
        """Yield of the page of this key, if links of it were offered."""
        return self._page_yields.get(key)

    def mark_story_age(self, key: str, older: bool) -> None:
        """Take in whether the story of this key is older than asked for."""
        self._page_yields.setdefault(key, PageYield()).itself_older = older
