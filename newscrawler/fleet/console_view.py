"""A fleet's run on the terminal: a live table, plain lines elsewhere, and a table of all sites at the end."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from newscrawler.fleet.fleet_result import pages
from newscrawler.fleet.local_fleet import LocalFleet
from newscrawler.fleet.site_crawl import CrawlState, SiteCrawl
from newscrawler.text import visible

_REFRESHES = 2  # a second, of the live table
_FEWEST_ROWS = 4
_LINE = 400  # characters of a row where there is no terminal: a problem stays on its site's line


class FleetView:
    """Shows a fleet's run on standard error while it lasts. A context manager."""

    def __init__(self, fleet: LocalFleet, console: Console, seconds: float) -> None:
        """`seconds`: between two plain lines of progress where there is no terminal; 0: none."""
        self._fleet = fleet
        self._console = console
        self._seconds = seconds
        self._live: Live | None = None
        self._ended: list[SiteCrawl] = []
        self._done = threading.Event()
        self._lines: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live = Live(
                console=self._console,
                get_renderable=self.live_table,
                refresh_per_second=_REFRESHES,
                transient=True,
            )
            self._live.start()
        elif self._seconds > 0:
            self._lines = threading.Thread(target=self._print_lines, daemon=True)
            self._lines.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._live is not None:
            self._live.stop()

    def ended(self, crawl: SiteCrawl) -> None:
        """Show that a crawl has ended; elsewhere than on a terminal in a line."""
        self._ended.append(crawl)
        if self._live is None:
            problem = f": {visible(crawl.problem)}" if crawl.problem else ""
            self._print(
                f"{visible(crawl.site.name)}: exit {crawl.exit_code}, {crawl.stories} stories, {pages(crawl)} pages, "
                f"{_clock(crawl.seconds)}{problem}"
            )

    def live_table(self) -> Table:
        """The crawls under way, and the last ones that ended as far as there is room."""
        table = Table(box=None, title=self.progress_line(), title_justify="left", padding=(0, 2, 0, 0))
        for name in ("site", "state", "stories", "pages", "pages/s", "time"):
            table.add_column(name, justify="left" if name in ("site", "state") else "right", no_wrap=True)
        running = [crawl for crawl in self._fleet.crawls if crawl.state is CrawlState.RUNNING]
        room = max(self._console.height - 4, _FEWEST_ROWS)
        shown = running[:room]
        shown += self._ended[::-1][: room - len(shown)]
        for crawl in shown:
            state = "running" if crawl.state is CrawlState.RUNNING else f"exit {crawl.exit_code}"
            table.add_row(
                Text(visible(crawl.site.name)),
                Text(state, style="red" if crawl.exit_code else ""),
                str(crawl.stories),
                str(pages(crawl)),
                f"{crawl.rate:.1f}",
                _clock(crawl.seconds),
            )
        return table

    def progress_line(self) -> str:
        """The whole run in a line."""
        crawls = self._fleet.crawls
        running = [crawl for crawl in crawls if crawl.state is CrawlState.RUNNING]
        return (
            f"{len(self._ended)} of {len(crawls)} sites ended, {len(running)} running, "
            f"{sum(crawl.stories for crawl in crawls)} stories, {sum(pages(crawl) for crawl in crawls)} pages, "
            f"{sum(crawl.rate for crawl in running):.1f} pages/s"
        )

    def _print_lines(self) -> None:
        while not self._done.wait(self._seconds):
            self._print(self.progress_line())

    def _print(self, line: str) -> None:
        self._console.print(f"{datetime.now():%Y-%m-%d %H:%M:%S} {line}", markup=False, soft_wrap=True)


def print_result(fleet: LocalFleet, console: Console) -> None:
    """The table of all sites, those with a problem last where they are seen, and a total."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("site", "exit", "new", "revised", "pages", "time"):
        table.add_column(name, justify="left" if name == "site" else "right", no_wrap=True)
    table.add_column("problem", overflow="fold")
    for crawl in sorted(fleet.crawls, key=lambda crawl: (bool(crawl.exit_code), crawl.exit_code is None)):
        stories = crawl.result.get("stories") or {}
        table.add_row(
            Text(visible(crawl.site.name)),
            "-"
            if crawl.exit_code is None
            else Text(str(crawl.exit_code), style="red" if crawl.exit_code else ""),
            *(str(stories.get(name, "-")) for name in ("new", "revised")),
            str(pages(crawl)),
            _clock(crawl.seconds),
            Text(visible(crawl.problem or ("not begun" if crawl.state is CrawlState.NOT_BEGUN else ""))),
        )
    if not console.is_terminal:
        console.width = _LINE
    console.print(table)
    well = sum(crawl.exit_code == 0 for crawl in fleet.crawls)
    took = (fleet.finished - fleet.started).total_seconds() if fleet.finished else time.monotonic()
    stopped = f"; ended by {fleet.stopped_by}" if fleet.stopped_by else ""
    console.print(
        f"{well} of {len(fleet.crawls)} sites well, {sum(crawl.stories for crawl in fleet.crawls)} stories "
        f"from {sum(map(pages, fleet.crawls))} pages in {_clock(took)}{stopped}",
        markup=False,
        soft_wrap=True,
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
