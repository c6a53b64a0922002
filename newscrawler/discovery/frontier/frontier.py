"""What to ask for next: newest and likeliest stories first, and hardly anything that is not a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from newscrawler.discovery.frontier.age_filter import AgeFilter
from newscrawler.discovery.frontier.budget import RequestBudget
from newscrawler.discovery.frontier.candidate_queues import CandidateQueue
from newscrawler.discovery.frontier.candidates import Candidate, GivenUp
from newscrawler.discovery.frontier.dupefilter import DupeFilter
from newscrawler.discovery.frontier.enqueue import Enqueuer
from newscrawler.discovery.frontier.page_yield import PageYield
from newscrawler.discovery.frontier.pending import PendingCandidates
from newscrawler.discovery.frontier.priority import FreshnessEstimator, titles_differ
from newscrawler.discovery.frontier.url_filter import UrlFilter
from newscrawler.discovery.frontier.yield_stats import evidence_from_dict, evidence_to_dict
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.discovery.urls.ignored_parameters import IgnoredParameterLearner
from newscrawler.discovery.urls.scope import Scope
from newscrawler.discovery.urls.url_patterns import is_story_form, shape_of
from newscrawler.extraction.links.link import Link

_HOLDS = 100  # turns without a candidate, in all

# What `report` takes for a page that was read; anything else (an error, a refusal) is no evidence.
STORY = frozenset({"story"})
NO_STORY = frozenset({"listing", "other", "nothing", "no-body", "duplicate", "duplicate-title", "gone"})
_UNREAD = frozenset({"duplicate", "gone"})  # the page's links need not have been offered


class Frontier:
    """The candidates of one crawl.

    `identity` tells which URLs are one page; `scope` which are the crawl's. `follow`: which of `listings`,
    `related`, `feeds`, `sitemaps` to follow (None: all). `since` (aware): nothing known to be older is asked
    for. `known`: of some keys, those that earlier runs have as stories. `learned`: what `learned()` gave at
    the end of an earlier run. `now` (aware) bounds what dates can be true.

    Order of calls: `offer` seeds; then for each `next()` candidate, ask which of its page's links are `new_links`,
    `offer` these (with the candidate as `parent`), then `report` what the page was.
    """

    def __init__(
        self,
        identity: UrlCanonicalizer,
        scope: Scope | None = None,
        *,
        follow: Collection[str] | None = None,
        since: datetime | None = None,
        known: Callable[[Collection[str]], Collection[str]] | None = None,
        learned: Mapping[str, Any] | None = None,
        now: datetime | None = None,
    ) -> None:
        self.identity = identity
        now = now or datetime.now(UTC)
        self._admission = UrlFilter(scope, frozenset(follow) if follow is not None else None, since, now)
        self._known = known
        self._pool = PendingCandidates(evidence_from_dict((learned or {}).get("evidence")))
        self._stamps = FreshnessEstimator(now)
        self._ages = AgeFilter(since, self._stamps)
        self._budget = RequestBudget()
        self._seen = DupeFilter()
        self._noise = IgnoredParameterLearner()
        self._under_way: dict[str, Candidate] = {}
        self._intake = Enqueuer(
            identity, self._admission, self._pool, self._stamps, self._ages, self._seen, self._budget, known
        )
        self._held = 0

    def __len__(self) -> int:
        """Candidates that wait, those that may never be asked for included."""
        return len(self._pool.waiting)

    @property
    def counters(self) -> Counter[str]:
        """What was offered, accepted, seen, asked for and read."""
        return self._budget.counters

    # Taking in

    def new_links(self, links: Sequence[Link], page_kind: str, parent: Candidate) -> list[Link]:
        """Those of a page's links that may be news, to be offered as candidates."""
        return self._intake.new_links(links, page_kind, parent)

    def offer(self, candidates: Iterable[Candidate], parent: Candidate | None = None) -> list[Candidate]:
        """Take in candidates; gives back those that wait now and did not before.

        `parent`: the candidate whose page or source they are from. They are best offered all at once: what a
        listing's stories are decides whether its next page is worth a request.
        """
        return self._intake.offer(candidates, parent)

    def revisit(self, candidates: Iterable[Candidate]) -> None:
        """Take in pages and sources that earlier runs fetched and that are to be looked at again by now."""
        self._intake.revisit(candidates)

    # Giving out

    def has_next(self) -> bool:
        """Whether `next()` gives a candidate now, or will after some turns' patience."""
        return self._choose(patient=False) is not None

    def next(self) -> Candidate | None:
        """The candidate to ask for now; None when there is none, or none before something is reported."""
        candidate = self._choose()
        if candidate is None:
            self._held += 1
            return None
        self._pool.drop(candidate.key)
        self._seen.taken.add(candidate.key)
        self._under_way[candidate.key] = candidate
        bucket = candidate.bucket
        if isinstance(bucket, CandidateQueue):
            bucket.under_way += 1
            bucket.evidence.requests += 1
            self.counters["asked/story" if bucket.holds_stories else "asked/lead"] += 1
        else:
            self.counters["asked/source"] += 1
        return candidate

    def is_seen(self, key: str | None) -> bool:
        """Whether the page of this key was given out, or fetched under another URL, or is known from earlier runs."""
        return key is not None and key in self._seen.taken

    def _choose(self, patient: bool = True) -> Candidate | None:
        source = self._next_source()
        if source is not None and source[1]:
            return source[0]
        leads = sum(
            1
            for c in self._under_way.values()
            if isinstance(c.bucket, CandidateQueue) and not c.bucket.holds_stories
        )
        story, lead = self._pool.best(
            self._refused_late, self._budget.is_spent(leads, self._intake.returning)
        )
        if patient and story is not None and story.date is None and self._hold():
            return None
        may_lead = self._budget.may_lead()
        if source is not None and (story is None or (may_lead and source[0].stamp >= story.stamp)):
            return source[0]
        if story is None:
            return lead
        if lead is not None and (lead.link_type == "seed" or (may_lead and lead.stamp >= story.stamp)):
            return lead
        return story

    def _hold(self) -> bool:
        """With `since`, sources that are under way may soon date what is undated: a few turns' patience."""
        if self._ages.since is None or self._held >= _HOLDS:
            return False
        return any(candidate.expected_type == "source" for candidate in self._under_way.values())

    def _refused_late(self, candidate: Candidate) -> bool:
        """A last look, after what was learned since the candidate was taken in; it is out if refused."""
        reason = self._late_refusal(candidate)
        if reason is None:
            return False
        self._pool.drop(candidate.key)
        if reason != "seen":
            self._seen.taken.add(candidate.key)
        self._admission.refuse(candidate, reason)
        return True

    def _late_refusal(self, candidate: Candidate) -> str | None:
        key = self.identity.key(candidate.url)
        if key is not None and key != candidate.key:
            if key in self._seen.taken or self._pool.waiting.get(key, candidate) is not candidate:
                self._intake.fold(candidate, key)
                return "seen"
            self._pool.rename(candidate, key)
        if candidate.from_earlier_run or not (self._intake.returning or self._seen.old):
            return None
        if self._ages.number_tells(candidate):
            return "older"
        tally = self._intake.tally_at(candidate.found_on)
        if tally is None:
            return None
        if candidate.link_type == "pagination" and tally.over:
            return "source-over"
        return "older" if self._ages.company_tells(candidate, tally) else None

    def _next_source(self) -> tuple[Candidate, bool] | None:
        """The next sitemap or feed: one that was named, else a common address, one at a time."""
        source = self._pool.sources.peek(self._pool.waiting)
        if source is not None or self._intake.home is None or not self.counters["read"]:
            return source
        if any(c.expected_type == "source" or c.link_type == "seed" for c in self._under_way.values()):
            return None
        for expected_type in self._pool.sources.guesses(self._intake.home):
            if not self._missed_before(expected_type.url) and self._intake.admit(expected_type, None, None):
                self._intake.place(expected_type, None, None)
                return expected_type, True
        return None

    def _missed_before(self, url: str) -> bool:
        """Whether an earlier run asked for a common address in vain."""
        key = self.identity.key(url)
        return self._known is not None and key is not None and bool(self._known([key]))

    # Learning

    def report(
        self,
        candidate: Candidate,
        outcome: str,
        *,
        date: str | None = None,
        final_url: str | None = None,
        canonical: str | None = None,
        title: str = "",
        fingerprint: str | None = None,
    ) -> None:
        """What the page of a candidate turned out to be, after its links were offered.

        `outcome`: one of `STORY` or `NO_STORY`; `source` for a sitemap or feed that was read, `not-modified`
        for one that an earlier run has read as it is; any other word (an error, a refusal, not modified) is no
        evidence, nor is a likely story whose links were not offered. `date`: the story's own (ISO 8601).
        `final_url`: after redirects; `canonical`: as the page declares it; `title` and `fingerprint` (of the
        content) tell a URL parameter that changes nothing.
        """
        self._under_way.pop(candidate.key, None)
        tally = self._intake.tally(candidate.key)
        self.counters["read"] += 1
        bucket = candidate.bucket
        if isinstance(bucket, CandidateQueue):
            bucket.under_way = max(0, bucket.under_way - 1)
        key = self.identity.canonical_key(candidate.url, final_url, title) if final_url else None
        if key is not None and key != candidate.key:
            self._seen.taken.add(key)
            self._pool.drop(key)
        if canonical:
            self._report_canonical(candidate, canonical, title)
        if candidate.expected_type == "source":
            worked = outcome == "not-modified" or (outcome == "source" and tally is not None)
            brought = worked and tally is not None and tally.listed > 0
            self._pool.sources.report(candidate, worked, brought)
        elif outcome in STORY:
            self._report_story(candidate, date, fingerprint)
        elif (
            outcome in NO_STORY
            and isinstance(bucket, CandidateQueue)
            and self._is_evidence(outcome, bucket, tally)
        ):
            new, progress = (tally.new, tally.progress) if tally is not None else (0, 0)
            bucket.evidence.page(new, progress)
            bucket.of_shape.page(new, progress)
            self.counters["barren"] += not new
            if outcome.startswith("duplicate"):
                self._learn_noise(candidate, fingerprint)

    def _report_canonical(self, candidate: Candidate, canonical: str, title: str) -> None:
        key = self.identity.canonical_key(candidate.url, canonical, title)
        if key is None:
            # Claimed by different stories, it is nobody's: what was left out because of that is offered again.
            named = self._seen.unclaim(self.identity.key(canonical) or "")
            if named is not None and self._intake.admit(named, None, None):
                self._intake.place(named, None, None)
            return
        waiting = self._pool.waiting.get(key)
        if key == candidate.key or (waiting is not None and titles_differ(waiting.title, title)):
            return
        # A template may name a section as canonical: that stays to be asked for.
        url_pattern = shape_of(key)
        if url_pattern == shape_of(candidate.key) or is_story_form(url_pattern):
            self._pool.drop(key)
            self._seen.claim(key, waiting)

    @staticmethod
    def _is_evidence(outcome: str, bucket: CandidateQueue, tally: PageYield | None) -> bool:
        """A story's page whose links were not offered was not read (not modified, say): no evidence against it."""
        return tally is not None or outcome in _UNREAD or not bucket.holds_stories

    def _report_story(self, candidate: Candidate, date: str | None, fingerprint: str | None) -> None:
        self.counters["stories"] += 1
        bucket = candidate.bucket
        if isinstance(bucket, CandidateQueue):
            bucket.evidence.story()
            bucket.of_shape.story()
        self._stamps.learn(candidate.key, date)
        self._learn_noise(candidate, fingerprint)
        if candidate.found_on:
            older = self._ages.read(date, self._intake.tally_at(candidate.found_on))
            if older is not None:
                self._intake.is_older(candidate.key, older)

    def _learn_noise(self, candidate: Candidate, fingerprint: str | None) -> None:
        name = self._noise.saw(candidate.key, fingerprint)
        if name is not None:
            self.identity.ignore_parameter(name)
            mark, taken = f"{name}=", self._seen.taken
            taken |= {key for old in taken if mark in old and (key := self.identity.key(old))}

    # Account

    def given_up(self) -> list[GivenUp]:
        """What was refused as a trap, and the kinds of links left alone because they brought nothing."""
        return sorted([*self._admission.told(), *self._pool.given_up()], key=lambda given: -given.left_out)

    @property
    def refused(self) -> Counter[str]:
        """How many candidates were refused, by reason."""
        return self._admission.refused

    def learned(self) -> dict[str, Any]:
        """What this run learned of the site, as plain data to be kept for the next one."""
        return {"evidence": evidence_to_dict(self._pool.learned())}
