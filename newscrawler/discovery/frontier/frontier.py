"""The crawl frontier: newest and likeliest stories first, and hardly anything that is not a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from newscrawler.discovery.frontier.age_filter import AgeFilter
from newscrawler.discovery.frontier.budget import RequestBudget
from newscrawler.discovery.frontier.candidates import Candidate, CandidateQueue, GivenUp
from newscrawler.discovery.frontier.dupefilter import DupeFilter
from newscrawler.discovery.frontier.enqueue import Enqueuer
from newscrawler.discovery.frontier.freshness import FreshnessEstimator
from newscrawler.discovery.frontier.link_types import ExpectedType, LinkType, PageOutcome
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.discovery.frontier.pending import PendingCandidates
from newscrawler.discovery.frontier.policy import HOLDS
from newscrawler.discovery.frontier.url_filter import UrlFilter
from newscrawler.discovery.frontier.yield_stats import evidence_from_dict, evidence_to_dict
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.discovery.urls.ignored_parameters import IgnoredParameterLearner
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.discovery.urls.scope import Scope
from newscrawler.discovery.urls.url_patterns import is_story_form, shape_of
from newscrawler.extraction.links.link import Link
from newscrawler.text import titles_differ

# What `report` takes for a page that was read; anything else (an error, a missing page, a refusal) is no evidence.
STORY = frozenset({PageOutcome.STORY})
NO_STORY = frozenset(
    {
        PageOutcome.LISTING,
        PageOutcome.OTHER,
        PageOutcome.NOTHING,
        PageOutcome.NO_BODY,
        PageOutcome.DUPLICATE,
        PageOutcome.DUPLICATE_TITLE,
    }
)


class Frontier:
    """The candidates of one crawl.

    `canonicalizer` tells which URLs are one page; `scope` which are the crawl's. `follow`: which of `listings`,
    `related`, `feeds`, `sitemaps` to follow (None: all). `since` (aware): nothing known to be older is asked
    for. `known`: of some keys, those that earlier runs have as stories. `learned`: what `learned()` gave at
    the end of an earlier run. `now` (aware) bounds what dates can be true.

    Order of calls: `offer` seeds; then for each `next()` candidate, ask which of its page's links are `new_links`,
    `offer` these (with the candidate as `parent`), then `report` what the page was.
    """

    def __init__(
        self,
        canonicalizer: UrlCanonicalizer,
        scope: Scope | None = None,
        *,
        follow: Collection[str] | None = None,
        since: datetime | None = None,
        known: Callable[[Collection[str]], Collection[str]] | None = None,
        learned: Mapping[str, Any] | None = None,
        now: datetime | None = None,
    ) -> None:
        self.canonicalizer = canonicalizer
        now = now or datetime.now(UTC)
        self._url_filter = UrlFilter(scope, frozenset(follow) if follow is not None else None, since, now)
        self._known = known
        self._pending = PendingCandidates(evidence_from_dict((learned or {}).get("evidence")))
        self._freshness = FreshnessEstimator(now)
        self._age_filter = AgeFilter(since, self._freshness)
        self._budget = RequestBudget()
        self._dupefilter = DupeFilter()
        self._ignored_parameters = IgnoredParameterLearner()
        self._under_way: dict[str, Candidate] = {}
        self._enqueuer = Enqueuer(
            canonicalizer,
            self._url_filter,
            self._pending,
            self._freshness,
            self._age_filter,
            self._dupefilter,
            self._budget,
            known,
        )
        self._held = 0

    def __len__(self) -> int:
        """Candidates that wait, those that may never be asked for included."""
        return len(self._pending.waiting)

    @property
    def counters(self) -> Counter[str]:
        """What was offered, accepted, seen, asked for and read."""
        return self._budget.counters

    # Taking in

    def new_links(self, links: Sequence[Link], page_kind: str, parent: Candidate) -> list[Link]:
        """Those of a page's links that may be news, to be offered as candidates."""
        return self._enqueuer.new_links(links, page_kind, parent)

    def offer(self, candidates: Iterable[Candidate], parent: Candidate | None = None) -> list[Candidate]:
        """Take in candidates; gives back those that wait now and did not before.

        `parent`: the candidate whose page or source they are from. They are best offered all at once: what a
        listing's stories are decides whether its next page is worth a request.
        """
        return self._enqueuer.offer(candidates, parent)

    def revisit(self, candidates: Iterable[Candidate]) -> None:
        """Take in pages and sources that earlier runs fetched and that are to be looked at again by now."""
        self._enqueuer.revisit(candidates)

    # Giving out

    def has_next(self) -> bool:
        """True when `next()` gives a candidate now or will after some turns."""
        return self._choose(patient=False) is not None

    def next(self) -> Candidate | None:
        """The candidate to ask for now; None when there is none, or none before something is reported."""
        candidate = self._choose()
        if candidate is None:
            self._held += 1
            return None
        self._pending.drop(candidate.key)
        self._dupefilter.seen.add(candidate.key)
        self._under_way[candidate.key] = candidate
        queue = candidate.queue
        if queue is not None:
            queue.under_way += 1
            queue.evidence.requests += 1
            self.counters["asked/story" if queue.holds_stories else "asked/lead"] += 1
        else:
            self.counters["asked/source"] += 1
        return candidate

    def is_seen(self, key: str | None) -> bool:
        """True when the page was requested, or fetched under another URL, or is known from earlier runs."""
        return key is not None and key in self._dupefilter.seen

    def _choose(self, patient: bool = True) -> Candidate | None:
        source = self._next_source()
        if source is not None and source[1]:
            return source[0]
        leads = sum(1 for c in self._under_way.values() if c.queue is not None and not c.queue.holds_stories)
        story, lead = self._pending.best(
            self._refused_late, self._budget.is_spent(leads, self._enqueuer.returning)
        )
        if patient and story is not None and story.date is None and self._hold():
            return None
        may_lead = self._budget.may_lead()
        if source is not None and (story is None or (may_lead and source[0].freshness >= story.freshness)):
            return source[0]
        if story is None:
            return lead
        if lead is not None and (
            lead.link_type == LinkType.SEED or (may_lead and lead.freshness >= story.freshness)
        ):
            return lead
        return story

    def _hold(self) -> bool:
        """With `since`, sources that are under way may soon date what is undated: a few turns' patience."""
        if self._age_filter.since is None or self._held >= HOLDS:
            return False
        return any(candidate.expected_type == ExpectedType.SOURCE for candidate in self._under_way.values())

    def _refused_late(self, candidate: Candidate) -> bool:
        """Check a candidate again after what was learned since it was added; drop it if refused."""
        reason = self._late_refusal(candidate)
        if reason is None:
            return False
        self._pending.drop(candidate.key)
        if reason != Refusal.SEEN:
            self._dupefilter.seen.add(candidate.key)
        self._url_filter.refuse(candidate, reason)
        return True

    def _late_refusal(self, candidate: Candidate) -> Refusal | None:
        key = self.canonicalizer.key(candidate.url)
        if key is not None and key != candidate.key:
            if key in self._dupefilter.seen or self._pending.waiting.get(key, candidate) is not candidate:
                self._enqueuer.fold(candidate, key)
                return Refusal.SEEN
            self._pending.rename(candidate, key)
        if candidate.from_earlier_run or not (self._enqueuer.returning or self._dupefilter.known_stories):
            return None
        if self._age_filter.older_by_number(candidate):
            return Refusal.OLDER
        page_yield = self._enqueuer.yield_at(candidate.found_on)
        if page_yield is None:
            return None
        if candidate.link_type == LinkType.PAGINATION and page_yield.over:
            return Refusal.SOURCE_OVER
        return Refusal.OLDER if self._age_filter.older_by_neighbours(candidate, page_yield) else None

    def _next_source(self) -> tuple[Candidate, bool] | None:
        """The next sitemap or feed: one that was named, else a common address, one at a time."""
        source = self._pending.sources.peek(self._pending.waiting)
        if source is not None or self._enqueuer.home is None or not self.counters["read"]:
            return source
        if any(
            c.expected_type == ExpectedType.SOURCE or c.link_type == LinkType.SEED
            for c in self._under_way.values()
        ):
            return None
        for guess in self._pending.sources.guesses(self._enqueuer.home):
            if not self._missed_before(guess.url) and self._enqueuer.admit(guess, None, None):
                self._enqueuer.place(guess, None, None)
                return guess, True
        return None

    def _missed_before(self, url: str) -> bool:
        """True when an earlier run tried this default feed or sitemap URL and found nothing."""
        key = self.canonicalizer.key(url)
        return self._known is not None and key is not None and bool(self._known([key]))

    # Learning

    def report(
        self,
        candidate: Candidate,
        outcome: PageOutcome,
        *,
        date: str | None = None,
        final_url: str | None = None,
        canonical: str | None = None,
        title: str = "",
        fingerprint: str | None = None,
    ) -> None:
        """Learn what the page of a candidate turned out to be, after its links were offered.

        `outcome`: one of `STORY` or `NO_STORY`; `source` for a sitemap or feed that was read, `not-modified`
        for one that an earlier run has read as it is; any other word (an error, a missing page, a refusal, not
        modified) is no evidence, nor is a likely story whose links were not offered. `date`: the story's own.
        `final_url`: after redirects; `canonical`: as the page declares it; `title` and `fingerprint` (of the
        content) tell a URL parameter that changes nothing.
        """
        self._under_way.pop(candidate.key, None)
        page_yield = self._enqueuer.yield_of(candidate.key)
        self.counters["read"] += 1
        queue = candidate.queue
        if queue is not None:
            queue.under_way = max(0, queue.under_way - 1)
        key = self.canonicalizer.canonical_key(candidate.url, final_url, title) if final_url else None
        if key is not None and key != candidate.key:
            self._dupefilter.seen.add(key)
            self._pending.drop(key)
        if canonical:
            self._report_canonical(candidate, canonical, title)
        if candidate.expected_type == ExpectedType.SOURCE:
            worked = outcome == PageOutcome.NOT_MODIFIED or (
                outcome == PageOutcome.SOURCE and page_yield is not None
            )
            brought = worked and page_yield is not None and page_yield.listed > 0
            self._pending.sources.report(candidate, worked, brought)
        elif outcome in STORY:
            self._report_story(candidate, date, fingerprint)
        elif outcome in NO_STORY and queue is not None and self._is_evidence(outcome, queue, page_yield):
            new, progress = (page_yield.new, page_yield.progress) if page_yield is not None else (0, 0)
            queue.evidence.page(new, progress)
            queue.of_shape.page(new, progress)
            self.counters["barren"] += not new
            if outcome.startswith("duplicate"):
                self._learn_noise(candidate, fingerprint)
        elif queue is not None and outcome in (PageOutcome.ERROR, PageOutcome.GONE):
            queue.evidence.unread += 1

    def mark_seen(self, keys: Iterable[str]) -> None:
        """Pages that need not be asked for: an earlier run fetched them."""
        self._dupefilter.seen.update(keys)

    def claim(self, urls: Iterable[str]) -> None:
        """Leave out pages that are asked for as parts of another one, such as the later pages of a story."""
        for url in urls:
            if key := self.canonicalizer.key(url):
                self._dupefilter.claim_canonical(key, self._pending.waiting.get(key))
                self._pending.drop(key)

    def release(self, urls: Iterable[str]) -> None:
        """Take in pages again that were claimed and are pages of their own."""
        for url in urls:
            named = self._dupefilter.release_canonical(self.canonicalizer.key(url) or "")
            if named is not None and self._enqueuer.admit(named, None, None):
                self._enqueuer.place(named, None, None)

    def recognise_story(self, candidate: Candidate, *, date: str | None = None) -> None:
        """A page that was reported as no story is one, as is known now."""
        self._report_story(candidate, date, None)

    def _report_canonical(self, candidate: Candidate, canonical: str, title: str) -> None:
        key = self.canonicalizer.canonical_key(candidate.url, canonical, title)
        if key is None:
            # Claimed by different stories, it is nobody's: what was left out because of that is offered again.
            self.release([canonical])
            return
        waiting = self._pending.waiting.get(key)
        if key == candidate.key or (waiting is not None and titles_differ(waiting.title, title)):
            return
        # A template may name a section as canonical: that stays to be asked for.
        url_pattern = shape_of(key)
        if url_pattern == shape_of(candidate.key) or is_story_form(url_pattern):
            self._pending.drop(key)
            self._dupefilter.claim_canonical(key, waiting)

    @staticmethod
    def _is_evidence(outcome: PageOutcome, queue: CandidateQueue, page_yield: PageYield | None) -> bool:
        """A story's page whose links were not offered was not read (not modified, say): no evidence against it."""
        return page_yield is not None or outcome == PageOutcome.DUPLICATE or not queue.holds_stories

    def _report_story(self, candidate: Candidate, date: str | None, fingerprint: str | None) -> None:
        self.counters["stories"] += 1
        queue = candidate.queue
        if queue is not None:
            queue.evidence.story()
            queue.of_shape.story()
        self._freshness.learn(candidate.key, date)
        self._learn_noise(candidate, fingerprint)
        if candidate.found_on:
            older = self._age_filter.observe(date, self._enqueuer.yield_at(candidate.found_on))
            if older is not None:
                self._enqueuer.mark_story_age(candidate.key, older)

    def _learn_noise(self, candidate: Candidate, fingerprint: str | None) -> None:
        name = self._ignored_parameters.observe(candidate.key, fingerprint)
        if name is not None:
            self.canonicalizer.ignore_parameter(name)
            mark, seen = f"{name}=", self._dupefilter.seen
            seen |= {key for old in seen if mark in old and (key := self.canonicalizer.key(old))}

    # Account

    def given_up(self) -> list[GivenUp]:
        """What was refused as a trap, and the kinds of links left alone because they brought nothing."""
        return sorted(
            [*self._url_filter.given_up(), *self._pending.given_up()], key=lambda given: -given.left_out
        )

    @property
    def refused(self) -> Counter[Refusal]:
        """How many candidates were refused, by reason."""
        return self._url_filter.refused

    def learned(self) -> dict[str, Any]:
        """What this run learned of the site, as plain data to be kept for the next one."""
        return {"evidence": evidence_to_dict(self._pending.learned())}
