"""Runs ended by a signal at random instants of a crawl, each followed by the next, until one comes through.

    python -m benchmarks.crash [--stories 300] [--times 25] [--signal KILL|TERM]

Says whether every story is in the feed files exactly once, every line parses, nothing is left behind and the journal
is whole.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.crawls.killing import kill_until_through
from tests.newssite import NewsSite


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--times", type=int, default=25)
    parser.add_argument("--signal", choices=("KILL", "TERM"), default="KILL")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    started = time.monotonic()
    how = signal.Signals[f"SIG{given.signal}"]
    with NewsSite(stories=given.stories) as site, tempfile.TemporaryDirectory() as folder:
        left = kill_until_through(site, Path(folder) / "output", given.times, how=how, seed=given.seed)
        problems = left.problems(site)
        fetches = site.fetches()
        print(
            f"{left.ended} runs ended by SIG{given.signal} ({left.through} came to their end before it), "
            f"{len(left.last.stories)} of {len(site.truth())} stories in {len(left.last.files)} files, "
            f"{len(problems)} problems; {sum(fetches.values()) - len(fetches)} stories fetched a second time; "
            f"tracebacks: {left.said.count('Traceback')}; {time.monotonic() - started:.0f} s"
        )
        for problem in problems[:20]:
            print(f"  {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
