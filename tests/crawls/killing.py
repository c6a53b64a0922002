"""Crawls that are ended by a signal at random instants and started again, until one is let through."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.crawls.running import FAST, ROOT, Crawl, crawl
from tests.newssite import NewsSite


def begin(
    output: Path, *words: str, settings: Mapping[str, object] = FAST, log: Path | None = None
) -> subprocess.Popen[bytes]:
    """`scrapy crawl site WORDS...`, started and not waited for; what it says goes to `log`."""
    given = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "site", *words, "-s", f"OUTPUT_DIR={output}", *given]
    with (log or Path("/dev/null")).open("ab") as said:
        return subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)


def wait_until(
    told: Callable[[], bool], process: subprocess.Popen[bytes], most: float = 60.0, *, step: float = 0.01
) -> bool:
    """Wait for something to be so, as long as the process lives."""
    deadline = time.monotonic() + most
    while time.monotonic() < deadline:
        if told():
            return True
        if process.poll() is not None:
            return False
        time.sleep(step)
    raise AssertionError(f"{most} s went by")


@dataclass
class Killed:
    """What a site's crawls left after they were ended so often, and one came through."""

    last: Crawl
    ended: int  # by the signal
    through: int = 0  # that came to their end before it
    codes: Counter[int] = field(default_factory=Counter)
    said: str = ""

    def problems(self, site: NewsSite) -> list[str]:
        """What is wrong with the files and the journal; nothing when all is well."""
        found = []
        counts: Counter[str] = Counter()
        for file in self.last.files:
            for number, line in enumerate(file.read_bytes().splitlines(keepends=True), 1):
                try:
                    counts[json.loads(line)["url"]] += 1
                except ValueError:
                    found.append(f"{file.name}:{number} does not parse")
                if not line.endswith(b"\n"):
                    found.append(f"{file.name}:{number} is torn")
        truth = site.truth()
        found += [f"missing: {url}" for url in truth.keys() - counts.keys()]
        found += [f"{count} times: {url}" for url, count in counts.items() if count > 1]
        found += [f"no story of the site: {url}" for url in counts.keys() - truth.keys()]
        found += [f"left behind: {path}" for path in self.last.output.rglob("*.part*")]
        for journal in self.last.output.glob(".journal/*.sqlite"):
            with sqlite3.connect(journal) as connection:
                (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            connection.close()
            if said != "ok":
                found.append(f"{journal.name}: {said}")
        return found


_OF_THE_RUN = frozenset(
    {"fetched", "found_on", "found_via"}
)  # which of several links came first is the run's


def fields_that_differ(one: Crawl, other: Crawl) -> list[str]:
    """Stories that both delivered with other values, each with the fields."""
    known = {story["url"]: story for story in other.stories}
    found = []
    for story in one.stories:
        twin = known.get(story["url"], story)
        if names := sorted(name for name in story.keys() - _OF_THE_RUN if story[name] != twin.get(name)):
            found.append(f"other {', '.join(names)}: {story['url']}")
    return found


def kill_until_through(
    site: NewsSite,
    output: Path,
    times: int,
    *,
    how: signal.Signals = signal.SIGKILL,
    seed: int = 7,
    settings: Mapping[str, object] = FAST,
) -> Killed:
    """Crawl the site, ended `times` times at random instants of the run, then once more to its end.

    Instants are spread over all of a run: a random number of answered requests, and a random moment after that, the
    start before the first request and the end after the last one among them.
    """
    chance = random.Random(seed)
    log = output.parent / f"{output.name}.log"
    words = ("-a", f"url={site.url}")
    left = Killed(Crawl(0, "", "", output), 0)
    per_kill = max(4, len(site.truth()) // times)
    while left.ended < times:
        # Through with the site before it was ended often enough: what is left is to kill runs with nothing to do.
        before = len(site.log)
        process = begin(output, *words, settings=settings, log=log)
        requests = chance.choice((0, chance.randint(1, 2 * per_kill), chance.randint(1, 2 * per_kill)))
        wait_until(lambda mark=before + requests: len(site.log) >= mark, process)  # type: ignore[misc]
        time.sleep(chance.random() * 0.3)
        alive = process.poll() is None
        process.send_signal(how)
        left.codes[process.wait(timeout=120)] += 1
        left.ended += alive
        left.through += not alive
        assert left.through <= 2 * times, f"hardly a run was ended: {left.codes}"
    left.last = crawl(output, *words, settings=settings)
    left.said = log.read_text("utf-8", "replace")
    return left
