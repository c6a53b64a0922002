"""Whether a run was well: a site that shut us out or broke must not look like a site without news."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scrapy.crawler import Crawler

from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.stop_signal import ended_by

# Ways of pages to end that say that the site, or our way to it, is not well. Pages that are gone (404, 410),
# or that robots.txt forbids, belong to any site.
_ILL = frozenset({
    "blocked", "login-wall", "consent-wall", "error-page", "no-body", "error", "left", "robots-unreachable",
    "needs-browser",
})  # fmt: skip
_GONE = frozenset({"http-404", "http-410"})
_WELL = frozenset(
    {"story", "listing", "not-modified", "feed", "news-sitemap", "sitemap", "sitemap-index", "url-list"}
)
_MOSTLY = 4  # this many ill pages for each one that was well
# Pages left to a browser that are too many: so many, and one for so many stories.
_UNSHOWN, _STORIES_PER_UNSHOWN = 3, 4


def health_problem(crawler: Crawler) -> str | None:
    """What is wrong with a run that ended, in one sentence; None when it was well."""
    account = crawler.get_extension(OutcomeStats)
    if account is None:
        return "the run kept no account of its pages"
    if ended_by(crawler) and not account.outcomes:
        return None  # it had no time to learn anything
    return problem(account.outcomes, account.starts, crawler.stats.get_stats())


def problems_of(crawler: Crawler) -> list[str]:
    """Everything that was not well in a run, one sentence each; empty when all was."""
    if crawler.stats is None:
        return ["the run could not start"]
    failed = crawler.stats.get_value("journal/failed")
    problem = None if failed else health_problem(crawler)
    account = crawler.get_extension(OutcomeStats)
    told = [f"the run ended early: {failed}" if failed else problem, *(account.warnings if account else ())]
    return [one for one in told if one]


def problem(
    outcomes: Mapping[str, int], starts: Mapping[str, tuple[str, str]], stats: Mapping[str, Any]
) -> str | None:
    """The same from plain values: pages by outcome, (outcome, reason) by start URL, the run's stats.

    A run is well when nothing ended it early and its pages were mostly well. A quiet site, with nothing new
    since the last run, is well.
    """
    if reason := stats.get("refused/reason"):
        return f"stopped: {reason}; what is left waits for the next run"
    ends = list(starts.items())
    if ends and not outcomes.get("story") and all(_is_bad_start(outcome) for _, (outcome, _) in ends):
        url, (outcome, reason) = ends[0]
        return f"no start page could be read: {url}: {outcome}" + (f" ({reason})" if reason else "")
    ill = {name: count for name, count in outcomes.items() if _is_ill(name)}
    well = sum(outcomes.get(name, 0) for name in _WELL)
    if sum(ill.values()) > _MOSTLY * well or (not well and not ends):
        most = max(ill, key=lambda name: ill[name], default="nothing answered")
        return f"hardly a page could be read: {sum(ill.values())} of {sum(outcomes.values())} failed, most as {most}"
    unshown = outcomes.get("needs-browser", 0)
    if unshown >= _UNSHOWN and _STORIES_PER_UNSHOWN * unshown >= outcomes.get("story", 0):
        why = stats.get("browser/left_out", "none was used")
        return (
            f"{unshown} pages need a browser, beside {outcomes.get('story', 0)} stories that were read: {why}"
        )
    if not outcomes.get("story") and sum(ill.values()) > outcomes.get("not-modified", 0) + outcomes.get(
        "listing", 0
    ):
        most = max(ill, key=lambda name: ill[name])
        return f"no story could be read: {sum(ill.values())} of {sum(outcomes.values())} pages failed, most as {most}"
    return None


def _is_ill(outcome: str) -> bool:
    return outcome in _ILL or (outcome.startswith("http-") and outcome not in _GONE)


def _is_bad_start(outcome: str) -> bool:
    return _is_ill(outcome) or outcome in _GONE or outcome in ("robots", "redirected", "refused-address")
