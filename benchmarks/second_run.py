"""How soon a run ends that finds its site being crawled already, and what of that is Scrapy's own start.

    PYTHONPATH=. python -m benchmarks.second_run [--times 10]

Prints the median and the longest time of `scrapy crawl site` with the lock held, and of `scrapy version` outside any
project, which loads nothing of ours.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newscrawler.lock import ALREADY_RUNNING, one_run

ROOT = Path(__file__).parent.parent


def seconds(words: list[str], folder: Path, code: int) -> float:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *words], cwd=folder, capture_output=True, check=False
    )
    took = time.perf_counter() - began
    assert done.returncode == code, done.stderr.decode()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=10)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as name:
        output = Path(name)
        with one_run(output, "demo"):
            words = ["crawl", "site", "-a", "site=demo", "-s", f"OUTPUT_DIR={output}"]
            ours, scrapys = [], []
            for _ in range(times):  # in turns, so that a busy machine slows both
                ours.append(seconds(words, ROOT, ALREADY_RUNNING))
                scrapys.append(seconds(["version"], output, 0))
    for what, took in (("exit 75", ours), ("scrapy version", scrapys)):
        print(f"{what:>15}: median {statistics.median(took):.2f} s, longest {max(took):.2f} s")


if __name__ == "__main__":
    main()
