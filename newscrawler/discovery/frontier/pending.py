"""What waits to be asked for: sources in their queue, pages by kind of link."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newscrawler.discovery.frontier.candidate_queues import CandidateQueue
from newscrawler.discovery.frontier.candidates import Candidate, GivenUp
from newscrawler.discovery.frontier.source_queue import SourceQueue
from newscrawler.discovery.frontier.yield_stats import YieldStats
from newscrawler.discovery.urls.url_patterns import PatternGroups

_MOST_KNOWN = PatternGroups.MAX_KNOWN  # of a family that is remembered it can be said where it belongs


class PendingCandidates:
    """Candidates by key, each in the bucket of its shape and context, or among the sources.

    `evidence`: what pages of a kind turned out to be, by name of bucket and of shape; it is added to.
    """

    def __init__(self, evidence: dict[str, YieldStats]) -> None:
        self.evidence = evidence
        self.waiting: dict[str, Candidate] = {}
        self.sources = SourceQueue()
        self._buckets: dict[tuple[str, str], CandidateQueue] = {}
        self._known: dict[tuple[str, str], CandidateQueue] = {}  # by shapes that may be of a larger family
        self._families = PatternGroups()

    def take_in(self, candidate: Candidate) -> None:
        """From now on the candidate waits; it is placed next."""
        self.waiting[candidate.key] = candidate

    def drop(self, key: str) -> None:
        """What waits under this key, if anything, does so no longer."""
        self.waiting.pop(key, None)

    def rename(self, candidate: Candidate, key: str) -> None:
        """The candidate's page is known by another key now."""
        self.waiting.pop(candidate.key, None)
        candidate.key = key
        self.waiting[key] = candidate

    def place(self, candidate: Candidate, context: str, returning: bool) -> CandidateQueue:
        """Put a page's candidate, its stamp set, into its bucket."""
        bucket = self._known.get((candidate.url_pattern, context))
        if bucket is None:
            bucket = self._bucket(candidate.url_pattern, context, returning)
        candidate.url_pattern = bucket.url_pattern
        bucket.push(candidate)
        return bucket

    def _bucket(self, url_pattern: str, context: str, returning: bool) -> CandidateQueue:
        family = self._families.of(url_pattern, context in ("feed", "list"))
        bucket = self._buckets.get((family, context))
        if bucket is None:
            evidence = self.evidence.setdefault(f"{context} {family}", YieldStats())
            of_shape = self.evidence.setdefault(family, YieldStats())
            bucket = self._buckets[family, context] = CandidateQueue(
                family, context, evidence, of_shape, returning
            )
        if len(self._known) < _MOST_KNOWN:
            self._known[url_pattern, context] = bucket
        return bucket

    def best(
        self, refusal: Callable[[Candidate], bool], exhausted: bool
    ) -> tuple[Candidate | None, Candidate | None]:
        """The newest story, and the lead that should bring the most.

        `refusal` has a last look at a candidate, and takes it out when it says True. `exhausted`: only leads that
        are sure to bring something are worth a request.
        """
        story: Candidate | None = None
        lead: Candidate | None = None
        most = 0.0
        for bucket in self._buckets.values():
            if not bucket.heap or bucket.spent:
                continue
            if bucket.holds_stories:
                head = self._head(bucket, refusal)
                if head is not None and (story is None or head.stamp > story.stamp):
                    story = head
            elif (gain := bucket.gain) > most and (gain >= 1.0 or not exhausted):
                head = self._head(bucket, refusal)
                if head is not None:
                    lead, most = head, gain
        return story, lead

    def _head(self, bucket: CandidateQueue, refusal: Callable[[Candidate], bool]) -> Candidate | None:
        while (candidate := bucket.peek(self.waiting)) is not None:
            if not refusal(candidate):
                return candidate
        return None

    def given_up(self) -> Iterator[GivenUp]:
        """The kinds of links that are left alone because they brought nothing, or are not worth a request."""
        for bucket in self._buckets.values():
            waiting = bucket.count(self.waiting) if bucket.heap else 0
            if waiting:
                reason = "brings-nothing" if bucket.spent else "not-worth-it"
                yield GivenUp(bucket.url_pattern, reason, bucket.example, bucket.evidence.requests, waiting)

    def learned(self) -> dict[str, YieldStats]:
        """The evidence, kinds marked that were given up and never brought anything."""
        for bucket in self._buckets.values():
            if bucket.context not in ("seed", "main") and bucket.spent and not bucket.evidence.listings:
                bucket.evidence.tired = bucket.evidence.stories == 0
        return self.evidence
