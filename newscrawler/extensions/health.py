"""Health of a run: a site that shut the crawler out or broke must not look like a site without news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.extensions.baseline import UNREAD, Measures, compare, measures_of
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.feeds.delivery import Delivery, has_failed
from newscrawler.journal.models import Run
from newscrawler.outcome import SOURCES, Outcome, http_outcome

# Outcomes of a site, or of a way to it, that is unhealthy. Pages that are gone (404, 410), or that robots.txt
# forbids, belong to any site.
_UNHEALTHY = frozenset({
    Outcome.BLOCKED, Outcome.LOGIN_WALL, Outcome.CONSENT_WALL, Outcome.ERROR_PAGE, Outcome.NO_BODY, Outcome.ERROR,
    Outcome.LEFT, Outcome.ROBOTS_UNREACHABLE, Outcome.NEEDS_BROWSER,
})  # fmt: skip
_GONE = frozenset({http_outcome(404), http_outcome(410)})
_UNUSABLE_START = _GONE | {Outcome.ROBOTS, Outcome.REDIRECTED, Outcome.REFUSED_ADDRESS}
_HEALTHY = SOURCES | {Outcome.STORY, Outcome.LISTING, Outcome.NOT_MODIFIED}
# Ends of a start page that was read as a page of links, or as nothing known.
_READ_START = frozenset({Outcome.LISTING, Outcome.NO_STORY_SIGNS, Outcome.NO_BODY, Outcome.NO_TITLE})
# Pages that a site may have for good: they count when they fail first, not in the runs that try them again.
_LASTING = frozenset({
    Outcome.LOGIN_WALL, Outcome.CONSENT_WALL, Outcome.ERROR_PAGE, Outcome.NO_BODY,
    http_outcome(401), http_outcome(403),
})  # fmt: skip
_CHANGED = "the site's template has changed: its pages are read by general rules until the new one is learned"
_FAILING = 10  # newest pages that failed in a row, from which a run is unhealthy
_MOSTLY = 4  # unhealthy pages for each healthy one, from which a run is unhealthy
# Pages that were left out for lack of a browser, from which a run is unhealthy: in all, and one for so many stories.
_UNSHOWN, _STORIES_PER_UNSHOWN = 3, 4


def health_problem(crawler: Crawler) -> str | None:
    """The problem of a run that ended, in one sentence; None when it was healthy."""
    outcomes = crawler.get_extension(OutcomeStats)
    if outcomes is None:
        return "the run kept no account of its pages"
    stats = crawler.stats.get_stats()
    if not outcomes.counts and (ended_by(crawler) or has_failed(stats)):
        return None  # it had no time to learn anything, or could not begin for want of a place to write to
    counts = _counts(outcomes)
    found = problem(counts, outcomes.starts, stats, failing=outcomes.failing)
    if found or outcomes.stories or ended_by(crawler):
        return found
    return silence(counts, outcomes.starts, stats, is_limited=arguments_of(crawler).since is not None)


def _counts(outcomes: OutcomeStats) -> dict[str, int]:
    """Pages by outcome, without those whose lasting failure an earlier run met too."""
    counts = dict(outcomes.counts)
    for name in _LASTING & outcomes.failed_again.keys():
        counts[name] -= outcomes.failed_again[name]
    return counts


def problems_of(crawler: Crawler) -> list[str]:
    """All problems of a run, one sentence each: its own, and those found by comparison with the past."""
    if crawler.stats is None:
        return ["the run could not start"]
    failed = crawler.stats.get_value("journal/failed")
    problem = None if failed else health_problem(crawler)
    outcomes, delivery = crawler.get_extension(OutcomeStats), crawler.get_extension(Delivery)
    problems = [f"the run ended early: {failed}" if failed else problem]
    problems += delivery.problems if delivery is not None else []
    problems += outcomes.warnings if outcomes is not None else []
    return [one for one in problems if one]


def run_counts(crawler: Crawler, earlier: Sequence[Run], journal_seconds: float) -> dict[str, Any]:
    """Counts of a run that ended, as the journal keeps them; `OutcomeStats.warnings` are set by comparison.

    `earlier`: runs to compare with, the newest first. `journal_seconds`: time that the journal took.
    """
    outcomes = crawler.get_extension(OutcomeStats)
    if outcomes is None:
        return {}
    arguments = arguments_of(crawler)
    now = Measures(
        at=datetime.now(UTC),
        outcomes=_counts(outcomes),
        stories=outcomes.stories,
        coverage=outcomes.coverage,
        body_chars=outcomes.body_chars,
        limited=bool(arguments.max_stories or arguments.since or arguments.again or ended_by(crawler)),
    )
    past = [measures for run in earlier if (measures := measures_of(run))]
    unread = [page.url for name in UNREAD for page in outcomes.examples.get(name, ())]
    outcomes.warnings = compare(now, past, outcomes.missing, unread)
    if outcomes.template_changed:
        outcomes.warnings.append(_CHANGED)
    outcomes.parts["journal"] = journal_seconds
    problem = health_problem(crawler)
    problems = [problem, *outcomes.warnings] if problem else outcomes.warnings
    return {**outcomes.counts, "measures": now.as_counts() | {"ill": bool(problem)}, "warnings": problems}


def problem(
    outcomes: Mapping[str, int],
    starts: Mapping[str, tuple[str, str]],
    stats: Mapping[str, Any],
    *,
    failing: int = 0,
) -> str | None:
    """The same from plain values: pages by outcome, (outcome, reason) by start URL, the run's stats.

    `failing`: the newest pages that failed in a row. A run is healthy when nothing ended it early and most of its
    pages were. A quiet site, with nothing new since the last run, is healthy.
    """
    if reason := stats.get("refused/reason"):
        return f"stopped: {reason}; what is left waits for the next run"
    ends = list(starts.items())
    if ends and not outcomes.get(Outcome.STORY) and all(_is_bad_start(outcome) for _, (outcome, _) in ends):
        url, (outcome, reason) = ends[0]
        return f"no start page could be read: {url}: {outcome}" + (f" ({reason})" if reason else "")
    if failing >= _FAILING:
        return f"the site stopped answering: the last {failing} pages failed"
    unhealthy = {name: count for name, count in outcomes.items() if _is_unhealthy(name)}
    healthy = sum(outcomes.get(name, 0) for name in _HEALTHY)
    failed, pages = sum(unhealthy.values()), sum(outcomes.values())
    if failed > _MOSTLY * healthy or (not healthy and not ends):
        most = max(unhealthy, key=lambda name: unhealthy[name], default="nothing answered")
        return f"hardly a page could be read: {failed} of {pages} failed, most as {most}"
    unshown = outcomes.get(Outcome.NEEDS_BROWSER, 0)
    if unshown >= _UNSHOWN and _STORIES_PER_UNSHOWN * unshown >= outcomes.get(Outcome.STORY, 0):
        why = stats.get("browser/left_out", "none was used")
        return (
            f"{unshown} pages need a browser, beside {outcomes.get('story', 0)} stories that were read: {why}"
        )
    if not outcomes.get(Outcome.STORY) and sum(unhealthy.values()) > outcomes.get(
        Outcome.NOT_MODIFIED, 0
    ) + outcomes.get(Outcome.LISTING, 0):
        most = max(unhealthy, key=lambda name: unhealthy[name])
        return f"no story could be read: {failed} of {pages} pages failed, most as {most}"
    return None


def silence(
    outcomes: Mapping[str, int],
    starts: Mapping[str, tuple[str, str]],
    stats: Mapping[str, Any],
    *,
    is_limited: bool,
) -> str | None:
    """The reason to doubt a run that brought no story though nothing failed; None when it is a quiet site's.

    `is_limited`: stories may have been left out for their date.
    """
    if starts and all(outcome in _READ_START for outcome, _ in starts.values()):
        leads = [stats.get(f"start/links/{url}") for url in starts]
        if not any(lead is None or lead for lead in leads):
            return f"no start page leads to a page of the site: {next(iter(starts))} is blank or parked"
        if stats.get("journal/knows_stories") and not any(
            stats.get(f"start/known/{url}", True) for url in starts
        ):
            return f"no start page links any page that earlier runs read: {next(iter(starts))} is not what it was"
    if stats.get("journal/knows_stories") or is_limited:
        return None
    texts, pages = stats.get("page/dated_texts", 0), sum(outcomes.values())
    dated = f", {texts} of them with a dated text" if texts else ""
    return f"no story has ever been found here: none in {pages} pages{dated}"


def _is_unhealthy(outcome: str) -> bool:
    return outcome in _UNHEALTHY or (outcome.startswith("http-") and outcome not in _GONE)


def _is_bad_start(outcome: str) -> bool:
    return _is_unhealthy(outcome) or outcome in _UNUSABLE_START
