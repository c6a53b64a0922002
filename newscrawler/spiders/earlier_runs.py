"""Pages and stories that earlier runs of the site left in the journal for this one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from newscrawler.arguments import Arguments
from newscrawler.crawl_state import CrawlState
from newscrawler.discovery import Candidate
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.items import Story
from newscrawler.journal import PageRecord
from newscrawler.outcome import SOURCES, Outcome
from newscrawler.spiders.conversions import candidate_of, story_of


class EarlierRuns:
    """Pages and stories of earlier runs. Every method raises `JournalFailed`."""

    def __init__(self, journal: JournalExtension, arguments: Arguments, revisit_days: float) -> None:
        self._journal = journal
        self._site = journal.site
        self._is_partial = arguments.is_partial
        self._revisit_age = timedelta(days=revisit_days)
        self._undelivered_given = False
        with journal.use() as opened:
            self._is_first = not opened.pages.has_any(self._site)  # nothing is known, nothing to look up

    def pending(self, *, retry_needs_browser: bool) -> Iterator[Candidate]:
        """Pages that earlier runs found and did not fetch, oldest first.

        `retry_needs_browser`: those that needed a browser when there was none, too. A crawl of the whole site takes
        up what crawls of a part left out.
        """
        with self._journal.use() as journal:
            if retry_needs_browser:
                journal.pages.reopen(self._site, str(Outcome.NEEDS_BROWSER))
            if not self._is_partial:
                journal.pages.reopen(self._site, str(Outcome.LEFT_OUT))
            yield from map(candidate_of, journal.pages.pending(self._site))

    def sources(self) -> list[Candidate]:
        """Feeds, news sitemaps and sitemaps that earlier runs could read."""
        with self._journal.use() as journal:
            return [candidate_of(page) for page in journal.pages.revisitable(self._site, map(str, SOURCES))]

    def due(self) -> Iterator[Candidate]:
        """Pages that are due for another visit."""
        with self._journal.use() as journal:
            yield from map(candidate_of, journal.pages.due(self._site))

    def done_keys(self, keys: Collection[str]) -> set[str]:
        """Of some keys, those of pages that are done, listings only while no visit is due."""
        if self._is_first:
            return set()
        with self._journal.use() as journal:
            return journal.pages.done_keys(self._site, keys, paced=not self._journal.is_wider)

    def outdated(self, modified: Mapping[str, datetime]) -> set[str]:
        """Of the keys of pages that a source says were changed at these moments, those worth another visit."""
        oldest = datetime.now(UTC) - self._revisit_age
        recent = {key: moment for key, moment in modified.items() if moment > oldest}
        if not recent or self._is_first:
            return set()
        with self._journal.use() as journal:
            return journal.pages.outdated(self._site, recent)

    def page(self, key: str) -> PageRecord | None:
        """The record of one page as earlier runs left it."""
        if self._is_first:
            return None
        with self._journal.use() as journal:
            return journal.pages.get(self._site, key)

    def has_read_any(self, keys: Collection[str]) -> bool:
        """True when an earlier run read any of the pages, as a story or as a listing."""
        with self._journal.use() as journal:
            return journal.pages.has_read_any(self._site, keys)

    def undelivered(self, state: CrawlState) -> Iterator[Story]:
        """Stories that earlier runs journaled and did not deliver; they are handed out once."""
        if self._undelivered_given:
            return
        self._undelivered_given = True
        with self._journal.use() as journal:
            for item in journal.stories.undelivered(self._site, besides=self._journal.run):
                state.redelivered.add(item["story_id"])
                yield story_of(item)

    def abandon_pending(self) -> None:
        """Give up the pages that the frontier did not ask for until it was through."""
        outcome = Outcome.LEFT_OUT if self._is_partial else Outcome.GIVEN_UP
        with self._journal.use() as journal:
            journal.pages.abandon_pending(
                self._site, "the crawl ended without asking for it", outcome=str(outcome)
            )
