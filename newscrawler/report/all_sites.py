"""The report over many sites: their state, their newest stories, and what several of them have."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import NamedTuple, TypeVar

from newscrawler.journal import Journal
from newscrawler.journal.models import StoryRow
from newscrawler.journal.revisit_policy import story_time
from newscrawler.report.collect import Pair, RunRow, run_row
from newscrawler.report.html_report import render_template

_Entry = TypeVar("_Entry", bound=tuple[datetime, int, object])
_NEWEST, _SHARED, _WEEK = 40, 40, timedelta(days=7)


class SiteRow(NamedTuple):
    """One site. `stories` None: its journal cannot be read, for the `reason`. `report`: where its own report is."""

    site: str
    stories: int | None
    last_week: int
    syndicated: int
    last: RunRow | None
    report: str | None
    reason: str | None = None


class SiteStory(NamedTuple):
    """A story with its site."""

    site: str
    story: StoryRow
    time: datetime


@dataclass
class AllSitesReport:
    """All of it. Texts are as the pages had them: whoever shows them escapes them."""

    made: datetime = field(default_factory=lambda: datetime.now(UTC))
    sites: list[SiteRow] = field(default_factory=list)
    syndicated: int = 0
    shared: list[Pair] = field(default_factory=list)  # the newest stories that another site had before
    _newest: list[tuple[datetime, int, SiteStory]] = field(default_factory=list)
    _shared: list[tuple[datetime, int, Pair]] = field(default_factory=list)
    _serial: count[int] = field(default_factory=count)  # settles ties, since stories cannot be compared

    def add(self, journal: Journal, site: str, report: str | None) -> None:
        """Take in a site. Raises JournalError."""
        last_week = syndicated = 0
        for story in journal.stories.first_seen_since(site, None):
            time = story_time(story.published, story.first_seen)
            last_week += time > self.made - _WEEK
            entry = SiteStory(site, story, time)
            _keep(self._newest, (time, next(self._serial), entry), _NEWEST)
            if story.syndicated_from:
                syndicated += 1
                pair = Pair(story.title, story.url, None, story.syndicated_from, site)
                _keep(self._shared, (time, next(self._serial), pair), _SHARED)
        runs = journal.runs.latest(site, 1)
        last = run_row(runs[0]) if runs else None
        self.sites.append(SiteRow(site, journal.stories.count(site), last_week, syndicated, last, report))
        self.syndicated += syndicated

    def add_unread(self, site: str, reason: str) -> None:
        """Take in a site whose journal cannot be read."""
        self.sites.append(SiteRow(site, None, 0, 0, None, None, reason))

    def render(self) -> str:
        """The whole page."""
        return render_template(
            "all_sites.html.j2",
            report=self,
            stories=sum(row.stories or 0 for row in self.sites),
            last_week=sum(row.last_week for row in self.sites),
            unwell=[
                row for row in self.sites if row.stories is None or (row.last and row.last.well is False)
            ],
            newest=[entry for *_, entry in sorted(self._newest, reverse=True)],
            shared=[pair for *_, pair in sorted(self._shared, reverse=True)],
        )


def _keep(heap: list[_Entry], entry: _Entry, most: int) -> None:
    (heapq.heappush if len(heap) < most else heapq.heappushpop)(heap, entry)
