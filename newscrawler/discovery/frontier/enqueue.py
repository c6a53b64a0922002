"""Taking in what pages and sources name: what is new of it waits, the rest is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from newscrawler.discovery.frontier.age_filter import AgeFilter
from newscrawler.discovery.frontier.budget import RequestBudget
from newscrawler.discovery.frontier.candidate_queues import CandidateQueue
from newscrawler.discovery.frontier.candidates import VIA_OF, Candidate
from newscrawler.discovery.frontier.dupefilter import MOST_MENU, DupeFilter
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.discovery.frontier.pending import PendingCandidates
from newscrawler.discovery.frontier.priority import FreshnessEstimator, context_of
from newscrawler.discovery.frontier.url_filter import UrlFilter
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.extraction.links.link import Link

_MOST_FOLDED = 5000


class Enqueuer:
    """The way of candidates into the pool.

    `known`: of some keys, those that earlier runs have as stories. `returning`: earlier runs know the site, or
    only new stories are wanted; `home`: the first seed.
    """

    def __init__(
        self,
        identity: UrlCanonicalizer,
        admission: UrlFilter,
        pool: PendingCandidates,
        stamps: FreshnessEstimator,
        ages: AgeFilter,
        seen: DupeFilter,
        budget: RequestBudget,
        known: Callable[[Collection[str]], Collection[str]] | None,
    ) -> None:
        self._identity = identity
        self._admission = admission
        self._pool = pool
        self._stamps = stamps
        self._ages = ages
        self._seen = seen
        self._counters = budget.counters
        self._known = known
        self._tallies: dict[str, PageYield] = {}
        self._main: set[str] = set()  # keys of seeds and the pages after them
        self._folded: dict[str, list[Candidate]] = {}
        self._folded_at = identity.revision
        self._resumed = False
        self.returning = ages.since is not None
        self.home: str | None = None

    def new_links(self, links: Sequence[Link], page_kind: str, parent: Candidate) -> list[Link]:
        """Those of a page's links that may be news, to be offered as candidates.

        Most links of a crawl's pages were seen before: what they say of their page is taken in here, at once.
        """
        tally = self._tally_of(parent)
        vias = VIA_OF[page_kind == "story"]
        waiting, page_of, off_site = self._pool.waiting, self._identity.page, self._admission.off_site
        taken, claimed, menu, told = self._seen.taken, self._seen.claimed, self._seen.menu, self._ages.told
        looked_at = self._identity.pages
        rest = []
        seen = 0
        for link in links:
            url = link.url
            link_type = vias.get(link.place)
            if link_type is None:
                if url in menu and link.date is None:
                    continue
                if not off_site(url):
                    if len(menu) < MOST_MENU:
                        menu.add(url)
                    rest.append(link)
                continue
            page = looked_at.get(url)
            if page is None:
                if off_site(url):
                    continue  # before its key is worked out
                page = page_of(url)
            key = page.key
            if key in taken and key not in claimed and key not in told:
                seen += 1
                self._seen.again(key, link_type, parent, tally)
            elif (known := waiting.get(key)) is not None and self._says_nothing(known, link, link_type):
                seen += 1
                self._listed_waiting(known, link_type, parent, tally)
            elif not off_site(url):
                rest.append(link)
        self._counters["seen"] += seen
        return rest

    @staticmethod
    def _says_nothing(waiting: Candidate, link: Link, link_type: str) -> bool:
        """Whether a link to a page that waits is the same as the one before it."""
        bucket = waiting.bucket
        if (
            waiting.url != link.url
            or (link.date and waiting.date is None)
            or not isinstance(bucket, CandidateQueue)
        ):
            return False
        if bucket.context not in ("nav", "menu"):
            return True
        return waiting.link_type == link_type and waiting.title == (link.text or link.alt or "")

    def offer(self, candidates: Iterable[Candidate], parent: Candidate | None = None) -> list[Candidate]:
        """Take in candidates; gives back those that wait now and did not before.

        `parent`: the candidate whose page or source they are from. They are best offered all at once: what a
        listing's stories are decides whether its next page is worth a request.
        """
        offered = list(candidates)
        self._identity.observe([candidate.url for candidate in offered])
        self._unfold()
        tally = self._tally_of(parent) if parent is not None else None
        if (
            parent is None
            and self._ages.since is None
            and any(c.link_type not in ("seed", "sitemap", "feed") for c in offered)
        ):
            # What an earlier run left undone: this one goes on where that stopped, as if it were one.
            self._resumed, self.returning = True, False
        for candidate in offered:
            candidate.from_earlier_run = parent is None
        fresh = [candidate for candidate in offered if self.admit(candidate, parent, tally)]
        fresh = self._without_known(fresh, tally)
        # Pages that go on come last: what stands on this page says how new the next one can be.
        fresh.sort(key=lambda candidate: candidate.link_type == "pagination")
        for candidate in fresh:
            self.place(candidate, parent, tally)
        self._counters["offered"] += len(offered)
        self._counters["accepted"] += len(fresh)
        return fresh

    def revisit(self, candidates: Iterable[Candidate]) -> None:
        """Take in pages and sources that earlier runs fetched and that are to be looked at again by now."""
        for candidate in candidates:
            if self.admit(candidate, None, None):
                self.returning = not self._resumed
                self.place(candidate, None, None)

    def _tally_of(self, parent: Candidate) -> PageYield:
        tally = self._tallies.get(parent.key)
        if tally is None:
            bucket = parent.bucket
            context = bucket.context if isinstance(bucket, CandidateQueue) else ""
            tally = self._tallies[parent.key] = PageYield()
            tally.front = context in ("seed", "menu") or parent.expected_type == "source"
        return tally

    def admit(self, candidate: Candidate, parent: Candidate | None, tally: PageYield | None) -> bool:
        facts = self._identity.page(candidate.url)
        key = candidate.key = facts.key
        if key in self._ages.told:
            if tally is not None:
                tally.older += 1
            return False
        if key and (key in self._seen.taken or key in self._pool.waiting):
            self._again(candidate, parent, tally)
            return False
        candidate.url_pattern, candidate.period = facts.url_pattern, facts.period
        if (reason := self._admission.refusal(candidate, facts)) is not None:
            if reason == "older":
                self._is_older(candidate, tally)
            return False
        if self._ages.since is not None and self._ages.number_tells(candidate):
            self._admission.refuse(candidate, "older")
            self._is_older(candidate, tally)
            return False
        self._pool.take_in(candidate)
        return True

    def _is_older(self, candidate: Candidate, tally: PageYield | None) -> None:
        self._ages.tell(candidate.key, tally)
        self._pool.drop(candidate.key)

    def _again(self, candidate: Candidate, parent: Candidate | None, tally: PageYield | None) -> None:
        """A URL that was offered before: it may come with a date, or from a better place."""
        self._counters["seen"] += 1
        waiting = self._pool.waiting.get(candidate.key)
        if waiting is None:
            if self._seen.claimed.get(candidate.key, candidate) is None:
                self._seen.claimed[candidate.key] = candidate
            self._seen.again(candidate.key, candidate.link_type, parent, tally)
            return
        if waiting.date is None and self._admission.older(candidate):
            self._admission.refuse(candidate, "older")
            self._is_older(candidate, tally)
            return
        bucket = waiting.bucket
        if not isinstance(bucket, CandidateQueue):
            return
        if waiting.url != candidate.url:
            self.fold(candidate, candidate.key)
        self._listed_waiting(waiting, candidate.link_type, parent, tally)
        waiting.source_published = waiting.source_published or candidate.source_published
        of_main = parent is not None and parent.key in self._main
        better = bucket.context in ("nav", "menu") and candidate.link_type != "navigation"
        better = better and context_of(candidate, parent, of_main) != bucket.context
        if better or (waiting.date is None and candidate.date):
            waiting.date = waiting.date or candidate.date
            waiting.title = candidate.title or waiting.title
            if better:
                waiting.link_type, waiting.found_on, waiting.place = (
                    candidate.link_type,
                    candidate.found_on,
                    candidate.place,
                )
            waiting.bucket = None
            self.place(waiting, parent, None)

    def _listed_waiting(
        self, waiting: Candidate, link_type: str, parent: Candidate | None, tally: PageYield | None
    ) -> None:
        bucket = waiting.bucket
        if tally is not None and isinstance(bucket, CandidateQueue) and bucket.holds_stories:
            self._seen.listed(waiting.key, link_type, parent, tally)

    def _without_known(self, fresh: list[Candidate], tally: PageYield | None) -> list[Candidate]:
        if self._known is None or not fresh:
            return fresh
        asked = [
            c.key for c in fresh if c.link_type not in ("seed", "pagination") and c.expected_type != "source"
        ]
        known = set(self._known(asked)) if asked else set()
        if known:
            self.returning = not self._resumed
            self._seen.know(known)
            for key in known:
                self._pool.drop(key)
            self._admission.refused["known"] += len(known)
            if tally is not None:
                tally.known += sum(1 for c in fresh if c.key in known and c.link_type != "navigation")
        return [candidate for candidate in fresh if candidate.key not in known]

    def place(self, candidate: Candidate, parent: Candidate | None, tally: PageYield | None) -> None:
        of_main = parent is not None and parent.key in self._main
        candidate.stamp = self._stamps.stamp(candidate, parent, tally, of_main)
        if candidate.link_type == "seed":
            self.home = self.home or candidate.url
        if candidate.expected_type == "source":
            self._pool.sources.push(candidate, parent)
            return
        context = context_of(candidate, parent, of_main)
        if context in ("seed", "main"):
            self._main.add(candidate.key)
        bucket = self._pool.place(candidate, context, self.returning)
        if tally is not None and bucket.holds_stories:
            tally.take_in(candidate.stamp)
            if candidate.date is not None:
                self._stamps.learn(candidate.key, candidate.date)

    def _unfold(self) -> None:
        """A number that was taken for the story's key is none: what was folded into one is offered again."""
        if self._identity.revision == self._folded_at:
            return
        self._folded_at = self._identity.revision
        folded, self._folded = self._folded, {}
        for candidates in folded.values():
            for candidate in candidates:
                if self.admit(candidate, None, None):
                    self.place(candidate, None, None)

    def fold(self, candidate: Candidate, key: str) -> None:
        """A candidate was left out because its page has the key of another: remembered, should that prove wrong."""
        if len(self._folded) < _MOST_FOLDED:
            self._folded.setdefault(key, []).append(candidate)

    def tally_at(self, url: str | None) -> PageYield | None:
        """What the page of this URL brought, if links of it were offered."""
        return self._tallies.get(self._identity.key(url) or "") if url else None

    def tally(self, key: str) -> PageYield | None:
        """What the page of this key brought, if links of it were offered."""
        return self._tallies.get(key)

    def is_older(self, key: str, older: bool) -> None:
        """The page of this key was read: it is a story, and older than asked for, or not."""
        self._tallies.setdefault(key, PageYield()).itself_older = older
