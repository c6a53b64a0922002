"""Filter of candidates by scope, traps and age, with counts of what was refused."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from newscrawler.discovery.frontier.candidates import VIA, Candidate, GivenUp
from newscrawler.discovery.frontier.link_types import ExpectedType, LinkType
from newscrawler.discovery.sources.feed_dates import certainly_before
from newscrawler.discovery.urls.refusals import Refusal
from newscrawler.discovery.urls.scope import Scope
from newscrawler.discovery.urls.traps import no_day_of_news
from newscrawler.discovery.urls.url_dates import period_in_url
from newscrawler.discovery.urls.url_facts import UrlFacts
from newscrawler.discovery.urls.url_patterns import shape_of

# Refusals shown in the summary; the others are the normal course of a crawl.
REPORTED_REASONS = frozenset(
    {
        Refusal.REPEATING_PATH,
        Refusal.TOO_DEEP,
        Refusal.TOO_LONG,
        Refusal.LONG_QUERY,
        Refusal.FACETED,
        Refusal.SORTED,
        Refusal.CALENDAR,
        Refusal.MANY_HOSTS,
    }
)
MAX_HOSTS = 50
# Looked up once: a member of an enum by name costs 80 ns (Python 3.11), for each of a page's links.
_SEED, _SOURCE = LinkType.SEED, ExpectedType.SOURCE


class UrlFilter:
    """Checks that need only the candidate itself: what is followed, scope, traps, age."""

    def __init__(
        self, scope: Scope | None, follow: frozenset[str] | None, since: datetime | None, now: datetime
    ) -> None:
        self._scope = scope
        self._follow = follow
        self._since = since.astimezone(UTC) if since else None
        self._now = now
        self._hosts: set[str] = set()
        self.refused: Counter[Refusal] = Counter()
        self._examples: dict[tuple[str, Refusal], list[str | int]] = {}

    def refusal(self, candidate: Candidate, facts: UrlFacts) -> Refusal | None:
        """Reason of refusal in one word; None when the candidate may be asked for. Counts, and keeps an example.

        `facts`: of the candidate's URL.
        """
        reason = self._refusal(candidate, facts)
        if (
            reason is None
            and self._since is not None
            and candidate.link_type != LinkType.SEED
            and self.older(candidate)
        ):
            reason = Refusal.OLDER
        if reason is not None:
            self.refuse(candidate, reason)
        return reason

    def off_site(self, url: str) -> bool:
        """True when the URL's host is out of scope; counted as refused then."""
        if self._scope is None or url[: url.find("/", 8) + 1] in self._scope.home:
            return False
        reason = self._scope.off_site(url)
        if reason is not None:
            self.refused[reason] += 1
            return True
        return False

    def refuse(self, candidate: Candidate, reason: Refusal) -> None:
        """Count a refusal."""
        self.refused[reason] += 1
        if reason in REPORTED_REASONS:
            url_pattern = shape_of(candidate.key) if candidate.key else ""
            counted = self._examples.get((url_pattern, reason))
            if counted is not None:
                counted[1] = int(counted[1]) + 1
            elif len(self._examples) < 300:
                self._examples[url_pattern, reason] = [candidate.url, 1]

    def older(self, candidate: Candidate) -> bool:
        """True when the candidate is older than `since` by its dates or its URL's."""
        if self._since is None:
            return False
        for iso in (candidate.date, candidate.modified if candidate.date is None else None):
            older = certainly_before(iso, self._since)
            if older is not None:
                return older
        period = period_in_url(candidate.key)
        # A day in a URL is the publisher's local day.
        return period is not None and period[1].timestamp() + 43_200 < self._since.timestamp()

    def given_up(self) -> list[GivenUp]:
        """Refusals for the summary, one per URL pattern and reason."""
        return [
            GivenUp(url_pattern, reason, str(example), 0, int(number))
            for (url_pattern, reason), (example, number) in self._examples.items()
        ]

    def _refusal(self, candidate: Candidate, facts: UrlFacts) -> Refusal | None:
        if not candidate.key:
            return Refusal.MALFORMED
        if candidate.link_type == _SEED:
            return None
        if self._follow is not None and VIA[candidate.link_type] not in self._follow:
            return Refusal.NOT_FOLLOWED
        is_source = candidate.expected_type == _SOURCE
        if (scope := self._scope) is not None:
            url = candidate.url
            reason = scope.source_refusal(url) if is_source else scope.refusal(url)
            if reason is not None:
                return reason
        host = candidate.key.partition("?")[0].split("/", 3)[2]
        if host not in self._hosts:
            if len(self._hosts) >= MAX_HOSTS:
                return Refusal.MANY_HOSTS
            self._hosts.add(host)
        if is_source:
            return None
        if facts.trap is not None:
            return facts.trap
        if facts.period is not None and no_day_of_news(facts.period, self._now) and candidate.date is None:
            return Refusal.CALENDAR
        return None
