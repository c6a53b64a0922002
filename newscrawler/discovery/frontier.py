"""What to ask for next: newest and likeliest stories first, and hardly anything that is not a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from newscrawler.discovery.admission import Admission
from newscrawler.discovery.buckets import Bucket
from newscrawler.discovery.candidates import Candidate, GivenUp
from newscrawler.discovery.moments import latest
from newscrawler.discovery.noise import NoiseLearner
from newscrawler.discovery.placing import Stamps, context_of
from newscrawler.discovery.scope import Scope
from newscrawler.discovery.shapes import (
    Evidence,
    Families,
    evidence_from_dict,
    evidence_to_dict,
    is_story_form,
    shape_of,
)
from newscrawler.discovery.source_queue import SourceQueue
from newscrawler.discovery.tallies import Tally
from newscrawler.discovery.urls import UrlIdentity

# Of the requests, what may go to pages that are no story and bring none: at first, and per story found.
_FIRST_LEADS, _LEADS_PER_STORY = 12, 0.25
_BARREN, _BARREN_RETURNING, _BARREN_PER_STORY = 40, 8, 0.08
_MENU = 100_000  # navigation links remembered
_HOLDS = 100  # turns without a candidate, in all
# Stories in a row older than asked for, after which undated ones are only taken from front pages.
_OLDER_PATIENCE = 12

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

    Order of calls: `offer` seeds; then for each `next()` candidate, `offer` what its page links to (with the
    candidate as `parent`), then `report` what the page was.
    """

    def __init__(
        self,
        identity: UrlIdentity,
        scope: Scope | None = None,
        *,
        follow: Collection[str] | None = None,
        since: datetime | None = None,
        known: Callable[[Collection[str]], Collection[str]] | None = None,
        learned: Mapping[str, Any] | None = None,
        now: datetime | None = None,
    ) -> None:
        self.identity = identity
        self._now = now or datetime.now(UTC)
        self._admission = Admission(
            scope, frozenset(follow) if follow is not None else None, since, self._now
        )
        self._since = since
        self._known = known
        self._evidence = evidence_from_dict((learned or {}).get("evidence"))
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._families = Families()
        self._pending: dict[str, Candidate] = {}
        self._taken: set[str] = set()  # keys issued, or fetched under another URL
        self._old: set[str] = set()  # keys that earlier runs have
        self._under_way: dict[str, Candidate] = {}
        self._tallies: dict[str, Tally] = {}
        self._main: set[str] = set()  # keys of seeds and the pages after them
        self._folded: dict[str, list[Candidate]] = {}
        self._folded_at = identity.revision
        self._sources = SourceQueue()
        self._home: str | None = None
        self._stamps = Stamps(self._now)
        self._noise = NoiseLearner()
        self._returning = since is not None
        self._resumed = False
        self._older: set[str] = set()  # keys of pages known to be older than `since`
        self._menu: set[str] = set()  # URLs of navigation links that were looked at
        self._held = 0
        self._older_run = 0  # stories in a row that turned out older than asked for
        self.counters: Counter[str] = Counter()

    def __len__(self) -> int:
        """Candidates that wait, those that may never be asked for included."""
        return len(self._pending)

    # Taking in

    def offer(self, candidates: Iterable[Candidate], parent: Candidate | None = None) -> list[Candidate]:
        """Take in candidates; gives back those that wait now and did not before.

        `parent`: the candidate whose page or source they are from. They are best offered all at once: what a
        listing's stories are decides whether its next page is worth a request.
        """
        offered = [candidate for candidate in candidates if not self._is_old_menu(candidate)]
        self.identity.observe(candidate.url for candidate in offered)
        self._unfold()
        tally = self._tally_of(parent) if parent is not None else None
        if (
            parent is None
            and self._since is None
            and any(c.via not in ("seed", "sitemap", "feed") for c in offered)
        ):
            # What an earlier run left undone: this one goes on where that stopped, as if it were one.
            self._resumed, self._returning = True, False
        for candidate in offered:
            candidate.owed = parent is None
        fresh = [candidate for candidate in offered if self._admit(candidate, parent, tally)]
        fresh = self._without_known(fresh, tally)
        # Pages that go on come last: what stands on this page says how new the next one can be.
        fresh.sort(key=lambda candidate: candidate.via == "pagination")
        for candidate in fresh:
            self._place(candidate, parent, tally)
        self.counters["offered"] += len(offered)
        self.counters["accepted"] += len(fresh)
        return fresh

    def _is_old_menu(self, candidate: Candidate) -> bool:
        """Menus stand on every page: a link of one says nothing the second time."""
        if candidate.via != "navigation" or candidate.date is not None:
            return False
        if candidate.url in self._menu:
            return True
        if len(self._menu) < _MENU:
            self._menu.add(candidate.url)
        return False

    def revisit(self, candidates: Iterable[Candidate]) -> None:
        """Take in pages and sources that earlier runs fetched and that are to be looked at again by now."""
        for candidate in candidates:
            if self._admit(candidate, None, None):
                self._returning = not self._resumed
                self._place(candidate, None, None)

    def _tally_of(self, parent: Candidate) -> Tally:
        tally = self._tallies.get(parent.key)
        if tally is None:
            bucket = parent.bucket
            context = bucket.context if isinstance(bucket, Bucket) else ""
            tally = self._tallies[parent.key] = Tally()
            tally.front = context in ("seed", "menu") or parent.guess == "source"
        return tally

    def _admit(self, candidate: Candidate, parent: Candidate | None, tally: Tally | None) -> bool:
        candidate.key = self.identity.key(candidate.url) or ""
        candidate.shape = shape_of(candidate.key) if candidate.key else ""
        if candidate.key in self._older:
            if tally is not None:
                tally.older += 1
            return False
        if candidate.key and (candidate.key in self._taken or candidate.key in self._pending):
            self._again(candidate, parent, tally)
            return False
        if (reason := self._admission.refusal(candidate)) is not None:
            if reason == "older":
                self._is_older(candidate, tally)
            return False
        if self._number_says_older(candidate):
            self._admission.refuse(candidate, "older")
            self._is_older(candidate, tally)
            return False
        self._pending[candidate.key] = candidate
        return True

    def _is_older(self, candidate: Candidate, tally: Tally | None) -> None:
        """Once told by a date, it need not be told again."""
        self._older.add(candidate.key)
        self._pending.pop(candidate.key, None)
        if tally is not None:
            tally.older += 1

    def _again(self, candidate: Candidate, parent: Candidate | None, tally: Tally | None) -> None:
        """A URL that was offered before: it may come with a date, or from a better place."""
        self.counters["seen"] += 1
        waiting = self._pending.get(candidate.key)
        bucket = waiting.bucket if waiting is not None else None
        if waiting is not None and waiting.date is None and self._admission.older(candidate):
            self._admission.refuse(candidate, "older")
            self._is_older(candidate, tally)
            return
        if waiting is not None and isinstance(bucket, Bucket):
            if waiting.url != candidate.url and len(self._folded) < 5000:
                self._folded.setdefault(candidate.key, []).append(candidate)
            if tally is not None and bucket.holds_stories:
                self._listed(candidate, parent, tally)
            of_main = parent is not None and parent.key in self._main
            better = (
                context_of(candidate, parent, of_main) != bucket.context and candidate.via != "navigation"
            )
            if (waiting.date is None and candidate.date) or (better and bucket.context in ("nav", "menu")):
                waiting.date = waiting.date or candidate.date
                waiting.title = candidate.title or waiting.title
                if better and bucket.context in ("nav", "menu"):
                    waiting.via, waiting.found_on, waiting.place = (
                        candidate.via,
                        candidate.found_on,
                        candidate.place,
                    )
                waiting.bucket = None
                self._place(waiting, parent, None)
        elif tally is not None and candidate.key in self._old:
            tally.known += candidate.via != "navigation"
        elif tally is not None and candidate.key in self._taken:
            self._listed(candidate, parent, tally)

    def _listed(self, candidate: Candidate, parent: Candidate | None, tally: Tally) -> None:
        """A page lists a story that is known in this run: progress, if pages of its kind did not list it yet."""
        bucket = parent.bucket if parent is not None else None
        if isinstance(bucket, Bucket) and candidate.via in ("listing", "related", "feed", "sitemap"):
            mark = hash(candidate.key)
            if mark not in bucket.listed:
                bucket.listed.add(mark)
                tally.progress += 1

    def _without_known(self, fresh: list[Candidate], tally: Tally | None) -> list[Candidate]:
        if self._known is None or not fresh:
            return fresh
        asked = [c.key for c in fresh if c.via not in ("seed", "pagination") and c.guess != "source"]
        known = set(self._known(asked)) if asked else set()
        if known:
            self._returning = not self._resumed
            self._old |= known
            for key in known:
                self._taken.add(key)
                self._pending.pop(key, None)
            self._admission.refused["known"] += len(known)
            if tally is not None:
                tally.known += sum(1 for c in fresh if c.key in known and c.via != "navigation")
        return [candidate for candidate in fresh if candidate.key not in known]

    def _place(self, candidate: Candidate, parent: Candidate | None, tally: Tally | None) -> None:
        of_main = parent is not None and parent.key in self._main
        candidate.stamp = self._stamps.stamp(candidate, parent, tally, of_main)
        if candidate.via == "seed":
            self._home = self._home or candidate.url
        if candidate.guess == "source":
            self._sources.push(candidate, parent)
            return
        context = context_of(candidate, parent, of_main)
        if context in ("seed", "main"):
            self._main.add(candidate.key)
        candidate.shape = self._families.of(candidate.shape, context in ("feed", "list"))
        name = (candidate.shape, context)
        bucket = self._buckets.get(name)
        if bucket is None:
            evidence = self._evidence.setdefault(f"{context} {candidate.shape}", Evidence())
            of_shape = self._evidence.setdefault(candidate.shape, Evidence())
            bucket = self._buckets[name] = Bucket(
                candidate.shape, context, evidence, of_shape, self._returning
            )
        bucket.push(candidate)
        if tally is not None and bucket.holds_stories:
            tally.take_in(candidate.stamp)
            self._stamps.learn(candidate.key, candidate.date)

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
        self._pending.pop(candidate.key, None)
        self._taken.add(candidate.key)
        self._under_way[candidate.key] = candidate
        candidate.given = True
        bucket = candidate.bucket
        if isinstance(bucket, Bucket):
            bucket.under_way += 1
            bucket.evidence.requests += 1
            self.counters["asked/story" if bucket.holds_stories else "asked/lead"] += 1
        else:
            self.counters["asked/source"] += 1
        return candidate

    def took(self, key: str | None) -> bool:
        """Whether the page of this key was given out, or fetched under another URL, or is known from earlier runs."""
        return key is not None and key in self._taken

    def waits(self, candidate: Candidate) -> bool:
        """Whether this very candidate was taken in and not given out yet."""
        return self._pending.get(candidate.key) is candidate

    def page_of(self, url: str | None) -> Candidate | None:
        """The candidate under way whose page this URL is."""
        key = self.identity.key(url) if url else None
        return self._under_way.get(key) if key is not None else None

    def asked(self, candidate: Candidate) -> bool:
        """Whether this very candidate was given out: a further request for it is a retry or a redirect."""
        return candidate.given

    def _choose(self, patient: bool = True) -> Candidate | None:
        source = self._next_source()
        if source is not None and source[1]:
            return source[0]
        story, lead = self._best()
        if patient and story is not None and story.date is None and self._hold():
            return None
        if source is not None and (story is None or (self._may_lead() and source[0].stamp >= story.stamp)):
            return source[0]
        if story is None:
            return lead
        if lead is not None and lead.via == "seed":
            return lead
        if lead is not None and lead.stamp >= story.stamp and self._may_lead():
            return lead
        return story

    def _hold(self) -> bool:
        """With `since`, sources that are under way may soon date what is undated: a few turns' patience."""
        if self._since is None or self._held >= _HOLDS:
            return False
        return any(candidate.guess == "source" for candidate in self._under_way.values())

    def _best(self) -> tuple[Candidate | None, Candidate | None]:
        """The newest story, and the lead that should bring the most."""
        story: Candidate | None = None
        lead: Candidate | None = None
        best = 0.0
        exhausted = self._barren_spent()
        for bucket in self._buckets.values():
            if not bucket.heap or bucket.spent:
                continue
            if bucket.holds_stories:
                head = self._head(bucket)
                if head is not None and (story is None or head.stamp > story.stamp):
                    story = head
            elif (gain := bucket.gain) > best and (gain >= 1.0 or not exhausted):
                head = self._head(bucket)
                if head is not None:
                    lead, best = head, gain
        return story, lead

    def _head(self, bucket: Bucket) -> Candidate | None:
        """The bucket's next candidate, after a last look at what was learned since it was taken in."""
        while True:
            candidate = bucket.peek(self._pending)
            if candidate is None:
                return None
            reason = self._late_refusal(candidate)
            if reason is None:
                return candidate
            self._pending.pop(candidate.key, None)
            if reason != "seen":
                self._taken.add(candidate.key)
            self._admission.refuse(candidate, reason)

    def _late_refusal(self, candidate: Candidate) -> str | None:
        key = self.identity.key(candidate.url)
        if key is not None and key != candidate.key:
            if key in self._taken or (key in self._pending and self._pending[key] is not candidate):
                self._folded.setdefault(key, []).append(candidate)
                return "seen"
            self._pending.pop(candidate.key, None)
            candidate.key = key
            self._pending[key] = candidate
        if candidate.owed or not (self._returning or self._old):
            return None
        if self._number_says_older(candidate):
            return "older"
        found_on = self.identity.key(candidate.found_on) if candidate.found_on else None
        tally = self._tallies.get(found_on or "")
        if tally is None:
            return None
        if candidate.via == "pagination" and tally.over:
            return "source-over"
        if candidate.date is None and candidate.via != "seed":
            if self._older_run >= _OLDER_PATIENCE and not (tally.front or candidate.guess == "source"):
                return "older"
            return (
                "older" if tally.turned_older or (candidate.via == "related" and tally.itself_older) else None
            )
        return None

    def _may_lead(self) -> bool:
        asked = self.counters["asked/lead"] + self.counters["asked/source"]
        return asked < _FIRST_LEADS + _LEADS_PER_STORY * self.counters["stories"]

    def _barren_spent(self) -> bool:
        first = _BARREN_RETURNING if self._returning else _BARREN
        under_way = sum(
            1 for c in self._under_way.values() if isinstance(c.bucket, Bucket) and not c.bucket.holds_stories
        )
        return self.counters["barren"] + under_way >= first + _BARREN_PER_STORY * self.counters["stories"]

    def _next_source(self) -> tuple[Candidate, bool] | None:
        """The next sitemap or feed: one that was named, else a common address, one at a time."""
        source = self._sources.peek(self._pending)
        if source is not None or self._home is None or not self.counters["read"]:
            return source
        if any(c.guess == "source" or c.via == "seed" for c in self._under_way.values()):
            return None
        for guess in self._sources.guesses(self._home):
            if not self._missed_before(guess.url) and self._admit(guess, None, None):
                self._place(guess, None, None)
                return guess, True
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
        `final_url`: after
        redirects; `canonical`: as the page declares it; `title` and `fingerprint` (of the content) tell a URL
        parameter that changes nothing.
        """
        self._under_way.pop(candidate.key, None)
        tally = self._tallies.get(candidate.key)
        self.counters["read"] += 1
        bucket = candidate.bucket
        if isinstance(bucket, Bucket):
            bucket.under_way = max(0, bucket.under_way - 1)
        for url in (final_url, canonical):
            key = self.identity.canonical_key(candidate.url, url, title) if url else None
            if key is None or key == candidate.key:
                continue
            # A template may name a section as canonical: that stays to be asked for.
            shape = shape_of(key)
            if url is final_url or shape == shape_of(candidate.key) or is_story_form(shape):
                self._taken.add(key)
                self._pending.pop(key, None)
        if candidate.guess == "source":
            worked = outcome == "not-modified" or (outcome == "source" and tally is not None)
            self._sources.report(candidate, worked, worked and tally is not None and tally.listed > 0)
            return
        if outcome in STORY:
            self._report_story(candidate, date, fingerprint)
        elif outcome in NO_STORY and isinstance(bucket, Bucket) and self._is_evidence(outcome, bucket, tally):
            new, progress = (tally.new, tally.progress) if tally is not None else (0, 0)
            bucket.evidence.page(new, progress)
            bucket.of_shape.page(new, progress)
            self.counters["barren"] += not new
            if outcome.startswith("duplicate"):
                self._learn_noise(candidate, fingerprint)

    @staticmethod
    def _is_evidence(outcome: str, bucket: Bucket, tally: Tally | None) -> bool:
        """A story's page whose links were not offered was not read (not modified, say): no evidence against it."""
        return tally is not None or outcome in _UNREAD or not bucket.holds_stories

    def _report_story(self, candidate: Candidate, date: str | None, fingerprint: str | None) -> None:
        self.counters["stories"] += 1
        bucket = candidate.bucket
        if isinstance(bucket, Bucket):
            bucket.evidence.story()
            bucket.of_shape.story()
        self._stamps.learn(candidate.key, date)
        self._learn_noise(candidate, fingerprint)
        moment = latest(date)
        if self._since is not None and moment is not None and candidate.found_on:
            found_on = self.identity.key(candidate.found_on)
            tally = self._tallies.get(found_on or "")
            older = moment < self._since
            self._older_run = self._older_run + 1 if older else 0
            if tally is not None:
                tally.told(older=older)
            self._tallies.setdefault(candidate.key, Tally()).itself_older = older

    def _number_says_older(self, candidate: Candidate) -> bool:
        if self._since is None or candidate.date is not None or candidate.guess == "source":
            return False
        bound = self._stamps.latest(candidate.key)
        return bound is not None and bound < self._since.timestamp()

    def _learn_noise(self, candidate: Candidate, fingerprint: str | None) -> None:
        name = self._noise.saw(candidate.key, fingerprint)
        if name is not None:
            self.identity.ignore_parameter(name)
            mark = f"{name}="
            self._taken |= {key for old in self._taken if mark in old and (key := self.identity.key(old))}

    def _unfold(self) -> None:
        """A number that was taken for the story's key is none: what was folded into one is offered again."""
        if self.identity.revision == self._folded_at:
            return
        self._folded_at = self.identity.revision
        folded, self._folded = self._folded, {}
        for candidates in folded.values():
            for candidate in candidates:
                if self._admit(candidate, None, None):
                    self._place(candidate, None, None)

    # Account

    def given_up(self) -> list[GivenUp]:
        """What was refused as a trap, and the kinds of links left alone because they brought nothing."""
        told = self._admission.told()
        for bucket in self._buckets.values():
            waiting = bucket.count(self._pending) if bucket.heap else 0
            if waiting:
                reason = "brings-nothing" if bucket.spent else "not-worth-it"
                told.append(GivenUp(bucket.shape, reason, bucket.example, bucket.evidence.requests, waiting))
        return sorted(told, key=lambda given: -given.left_out)

    @property
    def refused(self) -> Counter[str]:
        """How many candidates were refused, by reason."""
        return self._admission.refused

    def learned(self) -> dict[str, Any]:
        """What this run learned of the site, as plain data to be kept for the next one."""
        return {"evidence": evidence_to_dict(self._evidence)}
