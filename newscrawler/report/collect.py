"""The report's content, read from the journal in memory that does not grow with it.

Pages are counted by the database; stories go by one at a time, twice where they link each other.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from newscrawler.feeds.spreadsheet_dates import moment
from newscrawler.journal import Journal
from newscrawler.journal.models import Run
from newscrawler.report.most_linked import LinkedStory, Linking

_DAYS, _NAMES, _NEWEST, _LINKED, _PAIRS, _RUNS, _FAILURES = 60, 12, 24, 16, 30, 40, 20
_MOST_NAMES = 20_000  # kept apart while counting; later names are counted as other
_OTHER = "(other)"
_DUPLICATES = {"duplicate-title": "same title", "duplicate-text": "same text"}  # outcome -> reason shown
# Ends of pages that are no failure: what a crawl is made of, and what the report has elsewhere.
_WELL = frozenset(
    {"story", "listing", "not-modified", "unchanged", "revised", "duplicate-url", "feed", "sitemap"}
    | {"sitemap-index", "news-sitemap", "url-list", "older", "over-limit", *_DUPLICATES}
)


_BY_HAND = frozenset({"SIGTERM", "SIGINT"})


class Counted(NamedTuple):
    """A name and how many stories have it."""

    name: str
    stories: int


class Pair(NamedTuple):
    """A story that was dropped, or is a copy, beside the one that it repeats."""

    title: str | None
    url: str
    twin_title: str | None
    twin_url: str | None
    why: str


class Failure(NamedTuple):
    """Pages that ended in one way, and one of them."""

    outcome: str
    pages: int
    example: str | None
    reason: str | None


class RunRow(NamedTuple):
    """One run. `well` is None while it runs, and when somebody ended it."""

    started: datetime
    seconds: float | None
    stories: int
    pages: int
    state: str
    well: bool | None
    warnings: list[str]


@dataclass
class Report:
    """All of it. Texts are as the pages had them: whoever shows them escapes them."""

    site: str
    made: datetime
    stories: int = 0
    undated: int = 0
    words: int = 0
    days: list[tuple[date, int]] = field(default_factory=list)
    sections: list[Counted] = field(default_factory=list)
    tags: list[Counted] = field(default_factory=list)
    newest: list[dict[str, Any]] = field(default_factory=list)
    linked: list[LinkedStory] = field(default_factory=list)
    dropped: int = 0
    duplicates: list[Pair] = field(default_factory=list)
    copies: list[Pair] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    runs: list[RunRow] = field(default_factory=list)  # the newest first


def gather(journal: Journal, site: str, now: datetime | None = None) -> Report:
    """The report of one site. Raises JournalError when the journal cannot be read."""
    report = Report(site, now or datetime.now(UTC))
    linking = Linking(_LINKED)
    _read_stories(report, linking, journal.stories.items(site))
    if linking.found:
        report.linked = linking.most_linked(journal.stories.items(site))
    dropped = [
        (page, why)
        for outcome, why in _DUPLICATES.items()
        for page in journal.pages.latest_ended_as(site, outcome, _PAIRS)
    ]
    kept = journal.stories.by_urls(site, {page.duplicate_of for page, _ in dropped if page.duplicate_of})
    for page, why in dropped:
        original = kept.get(page.duplicate_of or "")
        title = page.details.get("title") or None
        twin_title = original.title if original else None
        report.duplicates.append(Pair(title, page.url, twin_title, page.duplicate_of, why))
    for copy in journal.stories.copies(site, _PAIRS):
        of = journal.stories.get(site, copy.duplicate_of or "")
        why = f"{copy.similarity:.0%} the same text" if copy.similarity else "the same text"
        report.copies.append(
            Pair(copy.title, copy.url, of.title if of else None, of.url if of else None, why)
        )
    endings = journal.pages.endings(site)
    report.dropped = sum(pages for pages, last in endings if last.outcome in _DUPLICATES)
    bad = [
        Failure(last.outcome or "", pages, last.url, last.reason)
        for pages, last in endings
        if last.outcome not in _WELL
    ]
    report.failures = bad[:_FAILURES]
    report.runs = [run_row(run) for run in journal.runs.latest(site, _RUNS)]
    return report


def _read_stories(report: Report, linking: Linking, items: Iterable[Mapping[str, Any]]) -> None:
    days: Counter[date] = Counter()
    sections: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    newest: list[tuple[str, int, dict[str, Any]]] = []
    serial = count()
    for item in items:
        report.stories += 1
        report.words += item.get("word_count") or 0
        found = moment(item.get("published"))
        if found is None:
            report.undated += 1
        else:
            days[found.day] += 1
        _count(sections, item.get("section"))
        for tag in dict.fromkeys(item.get("tags") or ()):
            _count(tags, tag)
        linking.note(item)
        # The body is not shown; the number settles ties, since items cannot be compared.
        entry = (_when(item), next(serial), {name: item.get(name) for name in _SHOWN})
        (heapq.heappush if len(newest) < _NEWEST else heapq.heappushpop)(newest, entry)
    report.days = _last_days(days, report.made.date())
    report.sections = [Counted(*pair) for pair in sections.most_common(_NAMES)]
    report.tags = [Counted(*pair) for pair in tags.most_common(_NAMES)]
    report.newest = [item for _, _, item in sorted(newest, reverse=True, key=lambda entry: entry[:2])]


_SHOWN = (
    "title", "url", "kicker", "lead", "published", "fetched", "authors", "section", "language",
    "image", "image_caption", "word_count", "kind", "revision",
)  # fmt: skip


def _when(item: Mapping[str, Any]) -> str:
    published = moment(item.get("published"))
    return str(published.value) if published else ""


def _count(counter: Counter[str], name: object) -> None:
    if isinstance(name, str) and name:
        counter[name if name in counter or len(counter) < _MOST_NAMES else _OTHER] += 1


def _last_days(days: Counter[date], today: date) -> list[tuple[date, int]]:
    """The last days with stories in them, gaps filled."""
    known = [day for day in days if day <= today + timedelta(days=2)]
    if not known:
        return []
    last = max(known)
    first = max(min(known), last - timedelta(days=_DAYS - 1))
    return [(day, days[day]) for day in (first + timedelta(days=n) for n in range((last - first).days + 1))]


def run_row(run: Run) -> RunRow:
    """A run as the report shows it."""
    measures = run.counts.get("measures") or {}
    warnings = [str(warning) for warning in run.counts.get("warnings") or ()]
    pages = sum(value for value in run.counts.values() if isinstance(value, int))
    well: bool | None = not warnings if run.state == "finished" else False
    if run.state == "running" or (run.state == "stopped" and run.reason in _BY_HAND and not warnings):
        well = None
    if run.state not in ("finished", "running") and run.reason:
        warnings.append(f"ended early: {run.reason}")
    return RunRow(
        run.started,
        (run.finished - run.started).total_seconds() if run.finished else None,
        measures.get("stories", run.counts.get("story", 0)),
        pages,
        run.state,
        well,
        warnings,
    )
