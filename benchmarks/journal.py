"""Costs of the journal as it grows: look-ups, inserts and memory over 100,000 stories.

    PYTHONPATH=. python benchmarks/journal.py [--stories 100000] [--url postgresql://...]

Works as a crawl does: each invented listing offers 40 links, 20 of them known; each story is looked up by
its title and by its body, stored, and delivered. Prints milliseconds for each 10,000 stories.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newscrawler.journal import FoundPage, Journal, content_hash, journal_url
from newscrawler.journal.near_duplicates import signature

SITE = "demo"
STEP = 10_000
LISTING = 20


class Watchdog:
    """Durations by name, in seconds."""

    def __init__(self) -> None:
        self.times: dict[str, list[tuple[float, float]]] = defaultdict(list)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.times[name].append((time.perf_counter() - began, time.process_time() - worked))


def words_of_a_language(count: int = 20_000) -> tuple[list[str], list[float]]:
    chosen = random.Random(1)
    words = ["".join(chosen.choices("aeioubcdfghlmnprst", k=chosen.randint(2, 9))) for _ in range(count)]
    return words, list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))  # Zipf


def make_story(number: int, language: tuple[list[str], list[float]]) -> dict[str, Any]:
    chosen = random.Random(number)
    words, reach = language
    body = " ".join(chosen.choices(words, cum_weights=reach, k=400))
    title = " ".join(chosen.choices(words, cum_weights=reach, k=8))
    return {
        "story_id": f"{SITE}:{number}",
        "url": f"https://www.demo.example/en/news/{number}/a-slug-of-some-length",
        "title": title,
        "title_key": title,
        "content_hash": content_hash(title, None, body),
        "published": None,
        "body": body,
        "revision": 1,
    }


def crawl(journal: Journal, stories: int) -> None:
    language = words_of_a_language()
    print(f"{'stories':>8}" + "".join(f"{name:>18}" for name in NAMES) + f"{'memory':>10}", flush=True)
    watch = Watchdog()
    run = journal.runs.start(SITE)
    for number in range(stories):
        if number % LISTING == 0:
            around = range(max(0, number - LISTING), number + LISTING)
            candidates = [
                FoundPage(f"demo.example/en/news/{n}", f"https://www.demo.example/en/news/{n}/slug")
                for n in around
            ]
            with watch("offer 40 links"):
                journal.pages.offer(SITE, candidates)
        item = make_story(number, language)
        with watch("sign body"):
            mark = signature(item["body"])
        with watch("find title"):
            journal.stories.with_title(SITE, item["title_key"])
        with watch("find copies"):
            journal.stories.near(SITE, mark)
        with watch("store"):
            journal.stories.store(SITE, f"demo.example/en/news/{number}", item, run=run, signature=mark)
        if (number + 1) % STEP == 0:
            with watch("deliver all"):
                deliver(journal, run)
            report(number + 1, watch)
            watch = Watchdog()


def deliver(journal: Journal, run: int) -> None:
    delivery = journal.deliveries.start(SITE, run)
    batch = []
    for item in journal.stories.undelivered(SITE):
        batch.append((item["story_id"], item["revision"]))
        if len(batch) == 200:
            journal.deliveries.add(delivery, batch)
            batch.clear()
    journal.deliveries.add(delivery, batch)
    journal.deliveries.commit(delivery)
    journal.deliveries.finish(delivery)


NAMES = ("offer 40 links", "sign body", "find title", "find copies", "store", "deliver all")


def report(number: int, watch: Watchdog) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = ""
    for name in NAMES:
        took, worked = (statistics.mean(times) * 1000 for times in zip(*watch.times[name], strict=True))
        cells += f"{took:.2f} ({worked:.2f})".rjust(18)
    print(f"{number:>8}{cells}{peak:>7.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--url", help="an empty journal (default: SQLite in a temporary folder)")
    options = parser.parse_args()
    print("mean milliseconds (of the processor); memory: the most this process ever had")
    with tempfile.TemporaryDirectory() as folder:
        with Journal.open(options.url or journal_url(None, folder, SITE)) as journal:
            crawl(journal, options.stories)
        sizes = [path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()]
        if sizes:
            print(f"journal: {sum(sizes) / 2**20:.0f} MB")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
