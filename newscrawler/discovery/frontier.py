"""What to ask for next: newest and likeliest stories first, and hardly anything that is not a story."""

from __future__ import annotations

import heapq
import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urljoin

from newscrawler.discovery.admission import Admission
from newscrawler.discovery.buckets import Bucket
from newscrawler.discovery.candidates import Candidate, GivenUp
from newscrawler.discovery.moments import latest
from newscrawler.discovery.recency import NumberClock, number_in, period_in_url, stamp_of
from newscrawler.discovery.scope import Scope
from newscrawler.discovery.shapes import Evidence, Families, evidence_from_dict, evidence_to_dict, shape_of
from newscrawler.discovery.sources import COMMON_FEEDS, COMMON_SITEMAPS
from newscrawler.discovery.tallies import Tally
from newscrawler.discovery.urls import UrlIdentity

HEADLINE_WORDS = 4
_SOURCE_PATIENCE = 20  # sources in a row that brought nothing
_GUESS_PATIENCE = 4  # common addresses of sitemaps, and of feeds, that are not there
# Of the requests, what may go to pages that are no story and bring none: at first, and per story found.
_FIRST_LEADS, _LEADS_PER_STORY = 12, 0.25
_BARREN, _BARREN_RETURNING, _BARREN_PER_STORY = 40, 8, 0.08

_HOLDS = 400  # turns without a candidate, in all
_OLDER_PATIENCE = (
    12  # stories in a row older than asked for: undated ones are then only taken from front pages
)

# What `report` takes for a page that was read; anything else (an error, a refusal) is no evidence.
STORY = frozenset({"story", "not-modified"})
NO_STORY = frozenset({"listing", "other", "nothing", "no-body", "duplicate", "duplicate-title", "gone"})


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
        self._sources: list[tuple[int, float, int, Candidate]] = []
        self._serial = count()
        self._sources_barren = 0
        self._worked: set[str] = set()
        self._guesses = {"sitemap": deque(COMMON_SITEMAPS), "feed": deque(COMMON_FEEDS)}
        self._misses: Counter[str] = Counter()
        self._home: str | None = None
        self._clocks: dict[str, NumberClock] = {}
        self._fingerprints: dict[str, str] = {}
        self._noise: Counter[str] = Counter()
        self._returning = since is not None
        self._resumed = False
        self._older: set[str] = set()  # keys of pages known to be older than `since`
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
        offered = list(candidates)
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
            better = self._context(candidate, parent) != bucket.context and candidate.via != "navigation"
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
        candidate.stamp = self._stamp(candidate, parent, tally)
        if candidate.via == "seed":
            self._home = self._home or candidate.url
        if candidate.guess == "source":
            rank = 0 if candidate.via == "feed" or "news" in candidate.url.lower() else 1
            if parent is not None and parent.guess == "source" and candidate.via == "sitemap":
                rank = 2
            heapq.heappush(self._sources, (rank, -candidate.stamp, next(self._serial), candidate))
            return
        context = self._context(candidate, parent)
        if context in ("seed", "main"):
            self._main.add(candidate.key)
        if context not in ("feed", "list"):
            candidate.shape = self._families.of(candidate.shape)
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
            self._learn_number(candidate.key, candidate.date)

    def _context(self, candidate: Candidate, parent: Candidate | None) -> str:
        if candidate.via == "seed":
            return "seed"
        if candidate.via == "pagination":
            return "main" if parent is not None and parent.key in self._main else "page"
        if candidate.via == "feed" or (candidate.via == "sitemap" and candidate.guess == "story"):
            return "feed"
        if candidate.via == "sitemap":
            return "map"
        headline = bool(candidate.date) or _is_headline(candidate.title)
        if candidate.via in ("listing", "related") and candidate.place != "body" and headline:
            return "list"
        if headline and candidate.via != "navigation":
            return "text"
        return "menu" if parent is not None and parent.via == "seed" else "nav"

    def _stamp(self, candidate: Candidate, parent: Candidate | None, tally: Tally | None) -> float:
        """When a page's newest content is likely from: known, counted from its number, or by where it stands."""
        now = self._now.timestamp()
        if candidate.via == "pagination":
            bound, span = (tally.oldest, tally.span) if tally is not None else (None, 0.0)
            if bound is None:
                bound = parent.stamp if parent is not None else now
            # `1 2 3 … 50`: page 50 is as much older as there are pages between.
            return min(bound, now) - 1.0 - (_pages_on(candidate, parent) - 1) * max(span, 3600.0)
        known = stamp_of(candidate.date)
        if known is None:
            # A story is not younger than its last change.
            told = [self._told_by_url(candidate.key), stamp_of(candidate.modified)]
            known = min((stamp for stamp in told if stamp is not None), default=None)
        base = parent.stamp if parent is not None and parent.stamp else now
        if known is None:
            # The front page shows what is new of the whole site, other pages what is new of a part.
            front = parent is None or parent.key in self._main or parent.guess == "source"
            return base - (60.0 if front else 480.0) * (candidate.position + 1)
        return min(known, now) - candidate.position * 1e-3

    def _told_by_url(self, key: str) -> float | None:
        """The time that a URL names, or that its number stands for."""
        if (period := period_in_url(key)) is not None:
            return period[1].timestamp() - 43_200
        found = number_in(key)
        clock = self._clocks.get(found[0]) if found is not None else None
        return clock.estimate(found[1]) if clock is not None and found is not None else None

    # Giving out

    def has_next(self) -> bool:
        """Whether `next()` would give a candidate now."""
        return self._choose() is not None

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

    def asked(self, candidate: Candidate) -> bool:
        """Whether this very candidate was given out: a further request for it is a retry or a redirect."""
        return candidate.given

    def _choose(self) -> Candidate | None:
        source = self._next_source()
        if source is None and self._guess_sources():
            source = self._next_source()
        if source is not None and source[0] < 2:
            return source[3]
        story, lead = self._best()
        if story is not None and story.date is None and self._hold():
            return None
        if source is not None and (story is None or (self._may_lead() and source[3].stamp >= story.stamp)):
            return source[3]
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

    # Sources

    def _next_source(self) -> tuple[int, float, int, Candidate] | None:
        while self._sources:
            entry = self._sources[0]
            if self._pending.get(entry[3].key) is entry[3] and self._sources_barren < _SOURCE_PATIENCE:
                return entry
            if self._sources_barren >= _SOURCE_PATIENCE and self._under_way:
                return None
            heapq.heappop(self._sources)
            if self._pending.get(entry[3].key) is entry[3]:
                del self._pending[entry[3].key]
                self._admission.refuse(entry[3], "source-without-news")
        return None

    def _guess_sources(self) -> bool:
        """Common addresses, one at a time, while no page and no robots.txt named anything that works."""
        if self._home is None or not self.counters["read"]:
            return False
        if any(
            candidate.guess == "source" or candidate.via == "seed" for candidate in self._under_way.values()
        ):
            return False
        for via, guesses in self._guesses.items():
            if via in self._worked or (via == "feed" and "sitemap" in self._worked):
                continue
            while guesses and self._misses[via] < _GUESS_PATIENCE:
                url = urljoin(self._home, guesses.popleft())
                guess = Candidate(url, via, self._home, 1, guess="source")
                if self._admit(guess, None, None):
                    self._place(guess, None, None)
                    return True
        return False

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

        `outcome`: one of `STORY` or `NO_STORY`; `source` for a sitemap or feed that was read; any other word
        (an error, a refusal) is taken as no evidence. `date`: the story's own (ISO 8601). `final_url`: after
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
            if key is not None and key != candidate.key:
                self._taken.add(key)
                self._pending.pop(key, None)
        if candidate.guess == "source":
            self._report_source(candidate, outcome, tally)
            return
        if outcome in STORY:
            self._report_story(candidate, date, fingerprint)
        elif outcome in NO_STORY and isinstance(bucket, Bucket):
            new, progress = (tally.new, tally.progress) if tally is not None else (0, 0)
            bucket.evidence.page(new, progress)
            bucket.of_shape.page(new, progress)
            self.counters["barren"] += not new
            if outcome.startswith("duplicate"):
                self._learn_noise(candidate, fingerprint)

    def _report_source(self, candidate: Candidate, outcome: str, tally: Tally | None) -> None:
        worked = outcome == "source" and tally is not None
        if worked:
            self._worked.add(candidate.via)
        else:
            self._misses[candidate.via] += 1
        brought = worked and tally is not None and (tally.new or tally.listed)
        self._sources_barren = 0 if brought else self._sources_barren + 1

    def _report_story(self, candidate: Candidate, date: str | None, fingerprint: str | None) -> None:
        self.counters["stories"] += 1
        bucket = candidate.bucket
        if isinstance(bucket, Bucket):
            bucket.evidence.story()
            bucket.of_shape.story()
        self._learn_number(candidate.key, date)
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

    def _learn_number(self, key: str, date: str | None) -> None:
        stamp, found = stamp_of(date), number_in(key)
        if stamp is not None and found is not None and stamp <= self._now.timestamp():
            self._clocks.setdefault(found[0], NumberClock()).learn(found[1], stamp)

    def _number_says_older(self, candidate: Candidate) -> bool:
        if self._since is None or candidate.date is not None or candidate.guess == "source":
            return False
        found = number_in(candidate.key)
        clock = self._clocks.get(found[0]) if found is not None else None
        bound = clock.latest_of(found[1]) if clock is not None and found is not None else None
        return bound is not None and bound < self._since.timestamp()

    def _learn_noise(self, candidate: Candidate, fingerprint: str | None) -> None:
        """The same content under URLs that differ in one parameter, twice: that parameter says nothing."""
        if fingerprint is None:
            return
        other = self._fingerprints.setdefault(fingerprint, candidate.key)
        if other == candidate.key:
            return
        (path, _, query), (other_path, _, other_query) = candidate.key.partition("?"), other.partition("?")
        if path != other_path:
            return
        differing = {
            part.partition("=")[0] for part in set(query.split("&")) ^ set(other_query.split("&")) if part
        }
        if len(differing) == 1:
            name = differing.pop()
            self._noise[name] += 1
            if self._noise[name] >= 2:
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


_PAGE_NUMBER = re.compile(r"(\d{1,6})(?=\D*$)")


def _pages_on(candidate: Candidate, parent: Candidate | None) -> int:
    """How many pages lie between a page and the one it links to, by the last number in their URLs."""
    there = _PAGE_NUMBER.search(candidate.key)
    here = _PAGE_NUMBER.search(parent.key) if parent is not None and parent.shape == candidate.shape else None
    if there is None:
        return 1
    return max(1, min(100_000, int(there[1]) - (int(here[1]) if here is not None else 1)))


def _is_headline(title: str) -> bool:
    if title.count(" ") >= HEADLINE_WORDS - 1:
        return True
    return len(title) >= 8 and any(
        "\u0e00" <= char <= "\u9fff" and not "\u10a0" <= char <= "\u10ff" for char in title
    )
