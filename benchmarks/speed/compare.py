"""Cost of whole crawls: ours and yardsticks, in turns on the same site, as ratios.

    PYTHONPATH=. python -m benchmarks.speed.compare [--stories 1000] [--rounds 3] [--again] [--only ours,lean]

Prints for each crawler the median processor time a story, stories a second, peak memory and requests a story, and how
many of the site's stories came; then ours against each other one, the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.replica_site import served

ROOT = Path(__file__).resolve().parents[2]
CRAWLERS = ("ours", "bare", "trafilatura", "lean", "fetch")
_FAST = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
}


@dataclass(frozen=True)
class Crawl:
    """What one crawl took and brought: times in seconds, memory in MB."""

    processor: float
    wall: float
    memory: float
    stories: int

    @property
    def milliseconds(self) -> float:
        """Processor time a story."""
        return self.processor / max(self.stories, 1) * 1000


def words_of(crawler: str, url: str, stories: int, folder: Path) -> list[str]:
    """The command of a crawl that writes into `folder`."""
    if crawler != "ours":
        return [
            "-m",
            "benchmarks.speed.yardsticks",
            crawler,
            f"{url}/",
            str(stories),
            str(folder / "all.jsonl"),
        ]
    given = [word for name, value in _FAST.items() for word in ("-s", f"{name}={value}")]
    return [
        "-m",
        "scrapy",
        "crawl",
        "site",
        "-a",
        f"url={url}/",
        "-s",
        f"OUTPUT_DIR={folder}",
        *given,
        "--quiet",
    ]


def measure(crawler: str, url: str, stories: int, folder: Path) -> Crawl:
    """Run one crawl to its end."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawler.settings", "PYTHONPATH": str(ROOT)}
    if crawler != "ours":
        environment.pop("SCRAPY_SETTINGS_MODULE")
    before = {*folder.rglob("*.jsonl")}
    began = time.perf_counter()
    process = os.posix_spawn(
        sys.executable, [sys.executable, *words_of(crawler, url, stories, folder)], environment
    )
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(status) == 0, crawler
    lines = [line for file in {*folder.rglob("*.jsonl")} - before for line in file.open()]
    urls = {json.loads(line)["url"] for line in lines if json.loads(line).get("title")}
    return Crawl(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, len(urls))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(CRAWLERS), help="some of " + ",".join(CRAWLERS))
    parser.add_argument("--again", action="store_true", help="a second crawl of ours, with nothing new")
    given = parser.parse_args()
    chosen = given.only.split(",")
    rounds: list[dict[str, Crawl]] = []
    with served(given.stories) as url:
        for _ in range(given.rounds):
            took: dict[str, Crawl] = {}
            for crawler in chosen:  # in turns, so that a busy machine slows all
                with tempfile.TemporaryDirectory() as name:
                    folder = Path(name)
                    took[crawler] = measure(crawler, url, given.stories, folder)
                    if crawler == "ours" and given.again:
                        took["again"] = measure(crawler, url, given.stories, folder)
            rounds.append(took)
    report(rounds, given.stories)


def report(rounds: list[dict[str, Crawl]], stories: int) -> None:
    """Print medians, and ratios of ours to each other crawler."""
    print(f"{stories} stories, {len(rounds)} rounds, load {os.getloadavg()[0]:.1f}")
    print(f"{'':>12} {'ms a story':>10} {'stories/s':>10} {'MB':>6} {'came':>7} {'processor s':>12}")
    for crawler in rounds[0]:
        crawls = [took[crawler] for took in rounds]
        middle = statistics.median
        print(
            f"{crawler:>12} {middle(one.milliseconds for one in crawls):>10.1f} "
            f"{middle(one.stories / one.wall for one in crawls):>10.1f} {middle(one.memory for one in crawls):>6.0f} "
            f"{middle(one.stories for one in crawls):>7.0f} {middle(one.processor for one in crawls):>12.2f}"
        )
    if "ours" not in rounds[0]:
        return
    for crawler in rounds[0]:
        if crawler not in ("ours", "again"):
            ratios = [took["ours"].milliseconds / took[crawler].milliseconds for took in rounds]
            print(f"ours against {crawler:>12}: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
