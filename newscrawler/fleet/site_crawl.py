"""One site of a fleet: its crawl as a child process, what it says of itself, and what it left."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from newscrawler.extensions.last_run import last_run_path
from newscrawler.extensions.progress import ProgressCounts
from newscrawler.feeds.uri_params import folder_name
from newscrawler.fleet.site_list import ListedSite
from newscrawler.lock import ALREADY_RUNNING

LOG = "last-run.log"
_ROOT = Path(__file__).parent.parent.parent
_RATE_SAMPLES = 15  # seconds over which pages a second are counted: a child writes once a second
_TAIL = 4000  # bytes of a log in which its last line is looked for
FAILED, BAD_ARGUMENTS, UNHEALTHY = 1, 2, 3


class CrawlState(StrEnum):
    """State of a site's crawl within a fleet's run."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"
    NOT_BEGUN = "not-begun"  # the run was stopped before its turn


@dataclass(eq=False)
class SiteCrawl:
    """A site's crawl. `exit_code`: that of `scrapy crawl`, 1 where a signal killed it, None before its end."""

    site: ListedSite
    state: CrawlState = CrawlState.WAITING
    exit_code: int | None = None
    problem: str | None = None
    result: dict[str, Any] = field(default_factory=dict)  # of last-run.json
    counts: ProgressCounts = ProgressCounts(0, 0, 0, 0)
    _began: float = 0.0
    _ended: float | None = None
    _samples: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=_RATE_SAMPLES))
    _process: asyncio.subprocess.Process | None = None
    _signal: signal.Signals | None = None  # the last one that it was sent

    @property
    def seconds(self) -> float:
        """Seconds since its beginning, or those that it took."""
        if not self._began:
            return 0.0
        return (self._ended or time.monotonic()) - self._began

    @property
    def rate(self) -> float:
        """Pages a second, of late; of a crawl that has ended, over all."""
        if self.state is CrawlState.ENDED:
            return self.counts.pages / self.seconds if self.seconds else 0.0
        if len(self._samples) < 2:
            return 0.0
        (since, before), (until, after) = self._samples[0], self._samples[-1]
        return (after - before) / (until - since) if until > since else 0.0

    @property
    def stories(self) -> int:
        """Stories delivered, revised ones included."""
        told = self.result.get("stories")
        return told["new"] + told["revised"] if told else self.counts.stories

    async def crawl(
        self, words: Sequence[str], output_dir: Path, env: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Crawl the site to its end. `words`: further words of the command line; `env`: further environment."""
        self.state, self._began = CrawlState.RUNNING, time.monotonic()
        began = datetime.now(UTC)
        folder = output_dir / folder_name(self.site.name)
        log = folder / f".{LOG}.{os.getpid()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with log.open("wb") as file:
                code = await self._run(words, file.fileno(), env)
            self._take_result(code, output_dir, began, log)
            if code != ALREADY_RUNNING:  # else it is the other run's
                log.replace(folder / LOG)
        except OSError as error:
            self.exit_code, self.problem = FAILED, f"{error.filename or folder}: {error.strerror or error}"
        finally:
            with suppress(OSError):
                log.unlink(missing_ok=True)
            self.state, self._ended = CrawlState.ENDED, time.monotonic()

    def signal(self, number: signal.Signals) -> None:
        """Send the crawl a signal, and with SIGKILL its browser too."""
        self._signal = number
        process = self._process
        if process is None or process.returncode is not None:
            return  # a crawl that begins gets it then
        with suppress(ProcessLookupError):
            if number is signal.SIGKILL:
                os.killpg(process.pid, number)
            else:
                process.send_signal(number)

    async def _run(self, words: Sequence[str], log: int, env: Mapping[str, str]) -> int:
        reading, writing = os.pipe()
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "newscrawler.fleet.crawl_process",
                str(os.getpid()),
                *(
                    "crawl",
                    "site",
                    "--quiet",
                    "-a",
                    self.site.argument,
                    *words,
                    "-s",
                    f"PROGRESS_FD={writing}",
                ),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(writing,),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(_python_path()), **env},
                start_new_session=True,  # Ctrl+C at the terminal goes to the fleet, which ends its crawls
            )
        finally:
            os.close(writing)
        if self._signal is not None:
            self.signal(self._signal)
        with os.fdopen(reading, "rb") as pipe:
            await self._follow(pipe)
        return await self._process.wait()

    async def _follow(self, pipe: Any) -> None:
        lines = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), pipe
        )
        try:
            while line := await lines.readline():
                with suppress(ValueError, TypeError):
                    self.counts = ProgressCounts(**json.loads(line))
                    self._samples.append((time.monotonic(), self.counts.pages))
        finally:
            transport.close()

    def _take_result(self, code: int, output_dir: Path, began: datetime, log: Path) -> None:
        if code == -signal.SIGTERM and self._signal is signal.SIGTERM:
            self.exit_code, self.problem = UNHEALTHY, "ended before it had begun"
            return
        if code < 0:
            self.exit_code, self.problem = FAILED, f"killed by {signal.Signals(-code).name}"
            return
        self.exit_code = code
        self.result = _result_since(last_run_path(str(output_dir), self.site.name), began)
        problems = self.result.get("problems") or []
        self.problem = problems[0] if problems else _last_line(log) if code else None


def refused(site: ListedSite) -> SiteCrawl:
    """The crawl of an entry that is no site: ended before it began."""
    return SiteCrawl(site, CrawlState.ENDED, exit_code=BAD_ARGUMENTS, problem=site.problem)


def _python_path() -> list[str]:
    before = os.environ.get("PYTHONPATH")
    return [str(_ROOT), *([before] if before else [])]


def _result_since(path: Path, began: datetime) -> dict[str, Any]:
    """The content of last-run.json, when it is that of a run which ended after `began`; else empty."""
    try:
        result = json.loads(path.read_bytes())
        finished = datetime.fromisoformat(result["finished"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return result if finished >= began.replace(microsecond=0) else {}


def _last_line(log: Path) -> str | None:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL))
            lines = file.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return None
    line = next((line.strip() for line in reversed(lines) if line.strip()), None)
    return line.removeprefix("scrapy crawl site: ") if line else None
