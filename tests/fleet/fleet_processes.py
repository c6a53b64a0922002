"""A fleet as people run it: commands and workers as processes of their own, and sites of a few pages."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from scrapy.settings import Settings

from newscrawler.fleet.control import status, status_json
from tests.crawls.running import ROOT
from tests.crawls.small_site import listing_page, serving, story_page
from tests.newssite.server import Request, Server
from tests.postgres_server import PostgresServer

_Found = TypeVar("_Found")
WORDS = ["Harbour", "Library", "Bridge", "Orchard", "Lantern", "Mill", "Ferry", "Garden", "Theatre", "Quarry"]


def until(condition: Callable[[], _Found], seconds: float = 60) -> _Found:
    """Wait until `condition` gives something true, and return it."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)
    return found


class Fleet:
    """One database, one output folder, any number of workers."""

    def __init__(self, server: PostgresServer, folder: Path, dead_after: float = 3) -> None:
        self.server = server
        self.output = folder / "output"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._log = (folder / "workers.log").open("ab")
        self.log = folder / "workers.log"
        self._dead_after = dead_after

    def scrapy(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """`scrapy fleet WORDS...`, which must end with `code`."""
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "fleet", *words, "-s", f"FLEET_DEAD_AFTER={self._dead_after}"],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, f"scrapy fleet {words}: {done.returncode}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def worker(
        self, jobs: int = 2, within: Sequence[str] = (), **settings: object
    ) -> subprocess.Popen[bytes]:
        """Start a worker in a process group of its own. `within`: words of a command that starts it."""
        given = {
            "OUTPUT_DIR": self.output, "FLEET_DEAD_AFTER": self._dead_after, "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": 0, "JOURNAL_BUSY_TIMEOUT": 5, **settings,
        }  # fmt: skip
        words = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
        worker = subprocess.Popen(
            [*within, sys.executable, "-m", "scrapy", "fleet", "worker", "--jobs", str(jobs), *words],
            cwd=ROOT,
            env=self._environment(),
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        self.workers.append(worker)
        return worker

    def sites(self) -> list[dict[str, Any]]:
        """The state of all sites, as `scrapy fleet status --json` has it."""
        settings = Settings({"JOURNAL": self.server.url, "FLEET_DEAD_AFTER": self._dead_after})
        return list(json.loads(status_json(*status(settings)))["sites"])

    def has_crawled(self, count: int) -> bool:
        """True when so many sites had a crawl that ended with 0, and none waits or runs."""
        sites = self.sites()
        return len(sites) == count and all(
            site["state"] in ("waiting", "paused") and (site["last_result"] or {}).get("exit_code") == 0
            for site in sites
        )

    def titles(self) -> Counter[str]:
        """Titles of all delivered stories with their site, and how often each came."""
        stories = (
            json.loads(line)
            for file in self.output.glob("*/*.jsonl")
            for line in file.read_text("utf-8").splitlines()
        )
        return Counter(f"{story['site']}: {story['title']}" for story in stories)

    def end(self) -> None:
        """End all workers and close the log."""
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGTERM)
        for worker in self.workers:
            try:
                worker.wait(timeout=60)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
        self._log.close()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "NEWSCRAWLER_JOURNAL": self.server.url,
            "PYTHONWARNINGS": "default",
            "SCRAPY_SETTINGS_MODULE": "tests.fleet.marked_settings",
        }


@contextmanager
def serving_sites(count: int, stories: int, host: str = "127.0.0.1") -> Iterator[list[tuple[str, Server]]]:
    """So many sites, each on a port of its own, with so many stories each: (address, server)."""

    def pages(base: str) -> dict[str, str]:
        titles = {f"/news/{n}-story": story_title(n) for n in range(1, stories + 1)}
        return {
            "/": listing_page(list(titles.items())),
            **{path: story_page(title) for path, title in titles.items()},
        }

    with ExitStack() as stack:
        yield [stack.enter_context(serving(pages, host)) for _ in range(count)]


def story_title(number: int) -> str:
    """The title of a site's story."""
    return f"{WORDS[number % 10]} number {number} opens after {WORDS[number // 10 % 10]} works"


def expected_titles(sites: Sequence[tuple[str, Server]], stories: int) -> Counter[str]:
    """Each story of each site once."""
    names = [base.removeprefix("http://").replace(".", "-").replace(":", "-") for base, _ in sites]
    return Counter({f"{name}: {story_title(n)}": 1 for name in names for n in range(1, stories + 1)})


def overlapping_crawls(sites: Sequence[tuple[str, Server]]) -> list[str]:
    """Sites that were asked by two processes at once."""
    found = []
    for base, server in sites:
        spans: dict[str, list[float]] = {}
        for request in server.log:
            span = spans.setdefault(request.headers.get("user-agent", ""), [request.time, request.time])
            span[1] = request.time
        ordered = sorted(spans.values())
        if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(ordered)):
            found.append(f"{base} was asked by two crawls at once")
    return found


def story_requests(log: Sequence[Request]) -> Counter[str]:
    """How often each story's page was answered."""
    return Counter(
        request.path for request in log if request.path.startswith("/news/") and request.status == 200
    )
