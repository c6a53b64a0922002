"""What a run says of itself when it ends."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from scrapy.crawler import Crawler

from newscrawler.arguments import arguments_of
from newscrawler.extensions.account import Account

_QUIET = ("story", "listing", "other")


def print_summary(crawler: Crawler) -> None:
    """The summary, on standard error, so that `-o -` stays clean."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for line in summary_lines(crawler):
        console.print(line)


def summary_lines(crawler: Crawler) -> Iterator[str]:
    """The summary line by line, in rich's markup; everything from pages escaped."""
    account = crawler.get_extension(Account)
    if account is None:
        return
    stats = crawler.stats.get_stats()
    outcomes = account.outcomes
    seconds = stats.get("elapsed_time_seconds", 0.0)
    site = escape(arguments_of(crawler).site.name)
    yield (
        f"[bold]{site}[/]: {outcomes['story']} stories from {sum(outcomes.values())} pages "
        f"({stats.get('downloader/request_count', 0)} requests) in {seconds:.0f} s"
    )
    for outcome, count in sorted(outcomes.items(), key=lambda pair: -pair[1]):
        if outcome in _QUIET:
            yield f"  {count:6d}  {outcome}"
            continue
        example = account.examples[outcome][0]
        more = f" (kept: {example.twin})" if example.twin else ""
        yield f"  {count:6d}  {escape(outcome)}, as {escape(example.url)}{escape(more)}"
