"""Candidates that wait: sources in their queue, pages by URL pattern and context."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newscrawler.discovery.frontier.candidates import Candidate, CandidateQueue, GivenUp
from newscrawler.discovery.frontier.link_types import LinkContext
from newscrawler.discovery.frontier.source_queue import SourceQueue
from newscrawler.discovery.frontier.yield_stats import YieldStats
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.discovery.urls.url_patterns import PatternGroups

_MOST_KNOWN = PatternGroups.MAX_KNOWN  # of a family that is remembered it can be said where it belongs


class PendingCandidates:
    """Candidates by key, each in the queue of its shape and context, or among the sources.

    `evidence`: what pages of a kind turned out to be, by name of queue and of shape; it is added to.
    """

    def __init__(self, evidence: dict[str, YieldStats]) -> None:
        self.evidence = evidence
        self.waiting: dict[str, Candidate] = {}
        self.sources = SourceQueue()
        self._queues: dict[tuple[str, LinkContext], CandidateQueue] = {}
        self._known: dict[
            tuple[str, LinkContext], CandidateQueue
        ] = {}  # by shapes that may be of a larger family
        self._pattern_groups = PatternGroups()

    def add(self, candidate: Candidate) -> None:
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

    def place(self, candidate: Candidate, context: LinkContext, returning: bool) -> CandidateQueue:
        """Put a page's candidate, its freshness set, into its queue."""
        queue = self._known.get((candidate.url_pattern, context))
        if queue is None:
            queue = self._queue_for(candidate.url_pattern, context, returning)
        candidate.url_pattern = queue.url_pattern
        queue.push(candidate)
        return queue

    def _queue_for(self, url_pattern: str, context: LinkContext, returning: bool) -> CandidateQueue:
        if context == LinkContext.PRINT:  # apart: that they repeat stories says nothing of other pages
            family = f"{url_pattern.partition('?')[0]} (print)"
        else:
            family = self._pattern_groups.of(url_pattern, context in (LinkContext.FEED, LinkContext.LIST))
        queue = self._queues.get((family, context))
        if queue is None:
            evidence = self.evidence.setdefault(f"{context} {family}", YieldStats())
            of_shape = self.evidence.setdefault(family, YieldStats())
            queue = self._queues[family, context] = CandidateQueue(
                family, context, evidence, of_shape, returning
            )
        if len(self._known) < _MOST_KNOWN:
            self._known[url_pattern, context] = queue
        return queue

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
        for queue in self._queues.values():
            if not queue.heap or queue.out_of_patience:
                continue
            if queue.holds_stories:
                head = self._head(queue, refusal)
                if head is not None and (story is None or head.freshness > story.freshness):
                    story = head
            elif (gain := queue.gain) > most and (gain >= 1.0 or queue.brings_stories or not exhausted):
                head = self._head(queue, refusal)
                if head is not None:
                    lead, most = head, gain
        return story, lead

    def _head(self, queue: CandidateQueue, refusal: Callable[[Candidate], bool]) -> Candidate | None:
        while (candidate := queue.peek(self.waiting)) is not None:
            if not refusal(candidate):
                return candidate
        return None

    def given_up(self) -> Iterator[GivenUp]:
        """The kinds of links that are left alone because they brought nothing, or are not worth a request."""
        for queue in self._queues.values():
            waiting = queue.count(self.waiting) if queue.heap else 0
            if waiting:
                reason = Refusal.BRINGS_NOTHING if queue.out_of_patience else Refusal.NOT_WORTH_IT
                yield GivenUp(queue.url_pattern, reason, queue.example, queue.evidence.requests, waiting)

    def learned(self) -> dict[str, YieldStats]:
        """The evidence, kinds marked that were given up and never brought anything."""
        for queue in self._queues.values():
            if (
                queue.context not in (LinkContext.SEED, LinkContext.MAIN)
                and queue.out_of_patience
                and not queue.evidence.listings
            ):
                queue.evidence.exhausted = queue.evidence.stories == 0
        return self.evidence
