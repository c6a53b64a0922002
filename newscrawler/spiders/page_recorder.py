"""Records the end of each page's visit, in the run's outcomes and in the journal."""

from __future__ import annotations

from scrapy.http import Response

from newscrawler.discovery import Candidate
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.outcome import SOURCES, Outcome
from newscrawler.spiders.conversions import visit_of
from newscrawler.spiders.verdicts import Record, Verdict


class PageRecorder:
    """Records verdicts. `max_attempts`: visits of a page that cannot be had before it is given up."""

    def __init__(self, journal: JournalExtension, outcomes: OutcomeStats, max_attempts: int) -> None:
        self._journal = journal
        self._outcomes = outcomes
        self._max_attempts = max_attempts

    def record(
        self,
        candidate: Candidate,
        verdict: Verdict,
        response: Response | None = None,
        *,
        changed: bool = True,
    ) -> None:
        """Record the end of a visit. `changed`: the page brought something new. Raises `JournalFailed`."""
        outcome, reason = verdict.outcome, verdict.reason
        if verdict.record is Record.PENDING:
            self._outcomes.record(candidate.url, outcome, reason)
            return
        site, key = self._journal.site, candidate.key
        attempts = 0
        with self._journal.use() as journal:
            if verdict.record is Record.UNCHANGED:
                journal.pages.unchanged(site, key)
            elif verdict.record is Record.RETRY:
                attempts = journal.pages.retry_later(site, key, reason)
                if attempts >= self._max_attempts:
                    journal.pages.finish(site, key, visit_of(outcome, None, reason=reason))
            else:
                kind = "listing" if outcome == Outcome.LISTING or outcome in SOURCES else "other"
                visit = visit_of(outcome, response, reason=reason, kind=kind, changed=changed)
                journal.pages.finish(site, key, visit)
        self._outcomes.record(candidate.url, outcome, reason, failed_again=attempts > 1)
