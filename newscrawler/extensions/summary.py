"""Summary of a run on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.crawl_state import state_of
from newscrawler.discovery import GivenUp
from newscrawler.discovery.frontier.url_filter import REPORTED_REASONS
from newscrawler.extensions.health import health_problem
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extensions.stop_signal import ended_by
from newscrawler.extraction.page_type.reasons import plain_reason
from newscrawler.feeds.delivery import Delivery
from newscrawler.outcome import SOURCES, Outcome
from newscrawler.text import visible

# Fields whose share shows if a site is read well; the others are always there, or often rightly not.
_SHOWN_FIELDS = ("published", "authors", "lead", "section", "tags", "image", "body")
_PARTS = {
    "answers": "waiting for answers (side by side)",
    "reading": "reading pages",
    "journal": "with the journal",
}
_MOST_GIVEN_UP = 12  # lines
_TRIED = 3  # requests from which a kind of links without stories is shown

# Outcomes that need no example: every crawl has them.
_QUIET = SOURCES - {Outcome.URL_LIST} | {Outcome.STORY, Outcome.LISTING, Outcome.NOT_MODIFIED}


def print_summary(crawler: Crawler) -> None:
    """The summary, on standard error, so that `-o -` stays clean."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for line in summary_lines(crawler):
        console.print(line)


def summary_lines(crawler: Crawler) -> Iterator[str]:
    """The summary line by line, in rich's markup; everything from pages escaped."""
    outcomes = crawler.get_extension(OutcomeStats)
    if outcomes is None:
        return
    stats = crawler.stats.get_stats()
    counts = outcomes.counts
    stories = (
        f"{counts[Outcome.STORY]} stories"
        if counts[Outcome.STORY]
        else "nothing new"
        if counts
        else "nothing read"
    )
    if outcomes.revised:
        stories += f" ({outcomes.revised} of them revised)"
    yield (
        f"[bold]{escape(arguments_of(crawler).site.name)}: {stories}[/] from {sum(counts.values())} pages "
        f"({stats.get('downloader/request_count', 0)} requests) in {stats.get('elapsed_time_seconds', 0.0):.0f} s"
    )
    delivery = crawler.get_extension(Delivery)
    files = delivery.files if delivery is not None else []
    if name := ended_by(crawler):
        rest = "what it has is delivered, the rest waits for the next run" if files else "no file was written"
        yield f"[yellow]ended by {name}: {rest}[/]"
    for url, target in stats.get("start/moved", {}).items():
        yield f"[yellow]{_shown(url)} has moved to {_shown(target)}: crawled there; change the start address[/]"
    if failed := stats.get("journal/failed"):
        yield f"[red]the run ended early: {_shown(str(failed))}[/]"
    elif problem := health_problem(crawler):
        yield f"[red]{_shown(plain_reason(problem))}[/]"
    for warning in outcomes.warnings:
        yield f"[yellow]less than usual: {_shown(warning)}[/]"
    for outcome, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        line = f"  {count:6d}  {escape(outcome)}"
        if outcome not in _QUIET and outcomes.examples[outcome]:
            example = outcomes.examples[outcome][0]
            line += f", as {_shown(example.url)}"
            if example.twin:
                line += f" (kept: {_shown(example.twin)})"
            elif example.reason:
                line += f" ({_shown(plain_reason(example.reason)[:200])})"
        yield line
    if outcomes.cut:
        url, reason = next(iter(outcomes.cut.items()))
        yield f"  {len(outcomes.cut)} pages were not read to their end, as {_shown(url)} ({reason})"
    if fields := _fields(outcomes):
        yield f"  fields: {fields}"
    if outcomes.parts:
        parts = sorted(outcomes.parts.items(), key=lambda part: -part[1])
        yield "  time: " + ", ".join(f"{seconds:.1f} s {_PARTS[name]}" for name, seconds in parts)
    if outcomes.slowest:
        seconds, url = max(outcomes.slowest)
        size = stats.get("downloader/response_bytes", 0) / 1_000_000
        yield f"  {size:.1f} MB received; the slowest answer took {seconds:.1f} s: {_shown(url)}"
    if shown := stats.get("browser/pages"):
        yield f"  {shown} pages were shown in a browser, which held up to {_megabytes(stats)} MB"
    yield from _given_up(state_of(crawler).frontier.given_up())
    for file in files:
        yield f"  written: {_shown(str(file))}"


def _fields(outcomes: OutcomeStats) -> str:
    if not outcomes.stories:
        return ""
    return ", ".join(f"{name} {outcomes.coverage[name] / outcomes.stories:.0%}" for name in _SHOWN_FIELDS)


def _megabytes(stats: Mapping[str, Any]) -> int:
    return int(stats.get("browser/memory_peak", 0)) // 1_000_000


def _shown(text: str) -> str:
    return escape(visible(text))


def _given_up(given_up: list[GivenUp]) -> Iterator[str]:
    """Traps first, then kinds of links that brought nothing although several were asked for."""
    traps = [one for one in given_up if one.reason in REPORTED_REASONS]
    barren = [one for one in given_up if one.reason not in REPORTED_REASONS and one.requests >= _TRIED]
    for one in (traps + barren)[:_MOST_GIVEN_UP]:
        yield (
            f"  left alone: {one.left_out} addresses ({one.reason}, {one.requests} asked for) as "
            f"{_shown(one.example)}"
        )
