"""Why a candidate is not taken into the frontier, with an account of what was refused."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from newscrawler.discovery.candidates import VIA, Candidate, GivenUp
from newscrawler.discovery.moments import latest
from newscrawler.discovery.recency import period_in_url
from newscrawler.discovery.scope import Scope
from newscrawler.discovery.shapes import shape_of
from newscrawler.discovery.traps import calendar_trap, trap_in

# Refusals that a reader of the summary should hear of; the others are the crawl's normal course.
TOLD = frozenset(
    {
        "repeating-path",
        "too-deep",
        "too-long",
        "long-query",
        "faceted",
        "sorted",
        "calendar",
        "many-hosts",
    }
)
MAX_HOSTS = 50


class Admission:
    """Checks that need only the candidate itself: what is followed, scope, traps, age."""

    def __init__(
        self, scope: Scope | None, follow: frozenset[str] | None, since: datetime | None, now: datetime
    ) -> None:
        self._scope = scope
        self._follow = follow
        self._since = since.astimezone(UTC) if since else None
        self._now = now
        self._hosts: set[str] = set()
        self.refused: Counter[str] = Counter()
        self._told: dict[tuple[str, str], list[str | int]] = {}

    def refusal(self, candidate: Candidate) -> str | None:
        """Why not, in one word; None when the candidate may be asked for. Counts, and keeps an example."""
        reason = self._refusal(candidate)
        if reason is not None:
            self.refuse(candidate, reason)
        return reason

    def off_site(self, url: str) -> bool:
        """Whether a URL is on a host that is out of scope: counted as refused then."""
        reason = self._scope.source_refusal(url) if self._scope is not None else None
        if reason in ("offsite", "host"):
            self.refused[reason] += 1
            return True
        return False

    def refuse(self, candidate: Candidate, reason: str) -> None:
        """Count a refusal."""
        self.refused[reason] += 1
        if reason in TOLD:
            shape = shape_of(candidate.key) if candidate.key else ""
            told = self._told.get((shape, reason))
            if told is not None:
                told[1] = int(told[1]) + 1
            elif len(self._told) < 300:
                self._told[shape, reason] = [candidate.url, 1]

    def older(self, candidate: Candidate) -> bool:
        """Whether the candidate is known to be older than `since`, by its dates or its URL's."""
        if self._since is None:
            return False
        for iso in (candidate.date, candidate.modified if candidate.date is None else None):
            moment = latest(iso)
            if moment is not None:
                return moment < self._since
        period = period_in_url(candidate.key)
        # A day in a URL is the publisher's local day.
        return period is not None and period[1].timestamp() + 43_200 < self._since.timestamp()

    def told(self) -> list[GivenUp]:
        """The refusals worth telling."""
        return [
            GivenUp(shape, reason, str(example), 0, int(number))
            for (shape, reason), (example, number) in self._told.items()
        ]

    def _refusal(self, candidate: Candidate) -> str | None:
        if not candidate.key:
            return "malformed"
        if candidate.via == "seed":
            return None
        followed = VIA.get(candidate.via)
        if self._follow is not None and followed is not None and followed not in self._follow:
            return "not-followed"
        if self._scope is not None:
            refusal = self._scope.source_refusal if candidate.guess == "source" else self._scope.refusal
            if (reason := refusal(candidate.url)) is not None:
                return reason
        host = _host_of(candidate.key)
        if host not in self._hosts:
            if len(self._hosts) >= MAX_HOSTS:
                return "many-hosts"
            self._hosts.add(host)
        if candidate.guess != "source":
            if (reason := trap_in(candidate.key)) is not None:
                return reason
            if candidate.date is None and calendar_trap(candidate.key, self._now):
                return "calendar"
        return "older" if self.older(candidate) else None


def _host_of(key: str) -> str:
    cut = key.find("/", 8)
    return (key[8:] if cut < 0 else key[8:cut]).partition("?")[0]
