"""Time and memory of `scrapy report`: of a small journal, and of one as it is after years.

    PYTHONPATH=. python -m benchmarks.report [--stories 100000] [--pages 1000000]

Prints the peak resident set in MB, processor and wall time in seconds.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.large_journal import fill
from benchmarks.processes import scrapy
from newscrawler.journal import journal_url
from newscrawler.journal.database import connect, utc_now


def report(stories: int, pages: int) -> float:
    """The peak resident set in MB."""
    with tempfile.TemporaryDirectory() as folder:
        database = connect(
            journal_url("", folder, "archive"), read_only=False, busy_timeout=10, clock=utc_now
        )
        fill(database, "archive", stories, pages)
        database.close()
        cost = scrapy("report", "--site", "archive", "-s", f"OUTPUT_DIR={folder}")
        size = (Path(folder) / "archive" / "report.html").stat().st_size
    print(
        f"{stories:>8} stories, {pages:>8} pages: {cost.memory:.0f} MB, {cost.processor:.1f} s of processor, "
        f"{cost.wall:.1f} s, a page of {size / 1000:.0f} kB",
        flush=True,
    )
    return cost.memory


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=1_000_000)
    given = parser.parse_args()
    small = report(1_000, 10_000)
    large = report(given.stories, given.pages)
    print(f"memory: {large / small:.2f} times as much")


if __name__ == "__main__":
    main()
