"""The most memory of a real crawl that finds nothing new: with a small journal, and with one as it is after years.

    PYTHONPATH=. python -m benchmarks.crawl_memory [--stories 100000] [--pages 1000000]

A site of 300 stories is crawled twice, each time with 20 new stories, with what is journaled in between added for the
same site. Prints the second runs' peak resident set in MB, and their processor time.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.large_journal import fill
from benchmarks.processes import Cost, scrapy
from newscrawler.journal.database import connect, utc_now
from tests.crawls.running import FAST
from tests.newssite import NewsSite


def crawl(output: Path, url: str) -> Cost:
    given = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
    return scrapy("crawl", "site", "-a", f"url={url}", "-s", f"OUTPUT_DIR={output}", *given, "--quiet")


def second_run(stories: int, pages: int) -> Cost:
    with NewsSite(stories=300) as site, tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        crawl(output, site.url)
        (file,) = output.glob(".journal/*.sqlite")
        if stories:
            database = connect(f"sqlite:///{file}", read_only=False, busy_timeout=10, clock=utc_now)
            fill(database, file.stem, stories, pages)
            database.close()
        size = file.stat().st_size / 2**20
        site.add(20)
        cost = crawl(output, site.url)
        print(
            f"{stories:>8} stories and {pages if stories else 0:>8} pages before (journal {size:.0f} MB): "
            f"{cost.memory:.0f} MB, {cost.processor:.1f} s of processor",
            flush=True,
        )
        return cost


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=1_000_000)
    given = parser.parse_args()
    small = second_run(0, 0)
    large = second_run(given.stories, given.pages)
    print(f"memory: {large.memory / small.memory:.2f} times as much")


if __name__ == "__main__":
    main()
