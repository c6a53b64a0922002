"""Runs ended by a signal at random instants of a crawl, each followed by the next, until one comes through.

    python -m benchmarks.crash [--stories 300] [--times 25] [--signal KILL|TERM] [--held 20]

Says whether every story is in the feed files exactly once, every line parses, nothing is left behind, the journal is
whole, and the stories have the fields that a run without a kill gives them.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.crawls.killing import fields_that_differ, kill_until_through
from tests.crawls.running import FAST, crawl
from tests.newssite import NewsSite


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--times", type=int, default=25)
    parser.add_argument("--signal", choices=("KILL", "TERM"), default="KILL")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held", type=int, default=2000, help="pages that wait for the site's template")
    given = parser.parse_args()
    started = time.monotonic()
    how = signal.Signals[f"SIG{given.signal}"]
    settings = {**FAST, "HELD_PAGES": given.held}
    with NewsSite(stories=given.stories) as site, tempfile.TemporaryDirectory() as folder:
        left = kill_until_through(
            site, Path(folder) / "output", given.times, how=how, seed=given.seed, settings=settings
        )
        problems = left.problems(site)
        fetches = site.fetches()
        whole = crawl(Path(folder) / "whole", "-a", f"url={site.url}", settings=settings)
        problems += fields_that_differ(left.last, whole)
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
