"""A worker: takes sites' crawls from the queue, some at a time, for as long as it is let."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawler.feeds.sheet_writer import write_whole
from newscrawler.fleet import crawl_queue
from newscrawler.fleet.exceptions import FleetError
from newscrawler.fleet.fleet_result import site_result
from newscrawler.fleet.local_fleet import ESCALATION
from newscrawler.fleet.metrics import WorkerMetrics
from newscrawler.fleet.queue_database import KEEPALIVES, make_app, opened, reason_of
from newscrawler.fleet.site_crawl import SiteCrawl
from newscrawler.fleet.site_list import ListedSite
from newscrawler.fleet.site_store import FleetSite, SiteStore

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.worker import Worker
    from psycopg import AsyncConnection

_TICK_SECONDS = 1.0  # between two looks at the schedules
_BEAT_SECONDS = 10.0  # at most, between two signs of life, and two looks for dead workers
_BEATS = 6.0  # at least, until a worker counts as dead
_PRUNE_SECONDS = 3600.0
_RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0)  # until the database is tried again
_RECORD_SECONDS = 60.0  # for which a result waits for the database


class FleetWorker:
    """Crawls sites of the queue. Any number of workers, on any number of machines, share one database.

    Beside the crawls it does what keeps the fleet going, which needs no worker of its own: queues sites whose turn has
    come, gives its signs of life until its last crawl has ended, queues the crawls of dead workers again.
    """

    def __init__(
        self,
        address: str,
        output_dir: Path,
        jobs: int,
        dead_after: float,
        words: Sequence[str],
        env: dict[str, str],
        say: Callable[[str], None],
        metrics: WorkerMetrics | None = None,
    ) -> None:
        """`dead_after`: seconds without a sign of life after which any worker counts as dead, the same for all.
        `words`, `env`: further words and environment of each `scrapy crawl site`; `say` gets lines for the log."""
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._address = address
        self._output_dir = output_dir
        self._jobs = jobs
        self._dead_after = dead_after
        self._beat_seconds = min(_BEAT_SECONDS, dead_after / _BEATS)
        self._words = words
        self._env = env
        self._say = say
        self._metrics = metrics
        self._running: set[SiteCrawl] = set()
        self._stop = asyncio.Event()
        self._signals = 0
        self._app: App | None = None

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT: they end all crawls well. Raises FleetError when it cannot begin.

        A database that goes away is waited for. The crawls end by themselves then, as their journal is in it.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        loop.set_exception_handler(self._lost)
        async with opened(self._address):  # a wrong address is told now
            pass
        failures = 0
        while not self._stop.is_set():
            try:
                await self._serve()
                failures = 0
            except Exception as error:
                self._say(f"the database is away ({reason_of(error)}); trying again")
                wait = _RETRY_SECONDS[min(failures, len(_RETRY_SECONDS) - 1)]
                failures += 1
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), wait)

    async def _serve(self) -> None:
        from procrastinate.worker import Worker
        from psycopg import AsyncConnection
        from psycopg.conninfo import make_conninfo

        app = make_app(self._address)
        crawl_queue.register_task(app, self._crawl)
        connection = await AsyncConnection.connect(
            make_conninfo(self._address, **KEEPALIVES), autocommit=True
        )
        async with connection, app.open_async():
            self._app = app
            worker = Worker(
                app,
                queues=[crawl_queue.QUEUE],
                name=self.name,
                concurrency=self._jobs,
                install_signal_handlers=False,
                stalled_worker_timeout=self._dead_after,
                update_heartbeat_interval=self._beat_seconds,
            )
            working = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]  # it has no annotation
            keeping: list[asyncio.Task[Any]] = [
                asyncio.create_task(self._queue_due(app, connection)),
                asyncio.create_task(self._beat(app, worker)),
                asyncio.create_task(self._prune(app)),
            ]
            stopped = asyncio.create_task(self._stop.wait())
            try:
                await asyncio.wait([working, stopped, *keeping], return_when=asyncio.FIRST_COMPLETED)
                worker.stop()  # type: ignore[no-untyped-call]  # it has no annotation
                await working  # until its last crawl has ended: `keeping` goes on meanwhile
                for task in keeping:
                    if task.done():
                        task.result()
            finally:
                for task in (*keeping, stopped):
                    task.cancel()
                await asyncio.gather(*keeping, stopped, return_exceptions=True)

    async def _queue_due(self, app: App, connection: AsyncConnection[Any]) -> None:
        while not self._stop.is_set():
            await crawl_queue.enqueue_due(app, connection)
            await asyncio.sleep(_TICK_SECONDS)

    async def _beat(self, app: App, worker: Worker) -> None:
        # Procrastinate's own beat ends when a stop is asked for, long before the crawls have ended.
        from procrastinate.exceptions import ConnectorException

        while True:
            with suppress(ConnectorException):  # it is tried again; the worker itself notices a longer outage
                if worker.worker_id is not None and not await crawl_queue.beat(app, worker.worker_id):
                    self._say("this worker was taken for dead; it goes on as a new one")
                    worker.worker_id = await app.job_manager.register_worker()
                for site in await crawl_queue.revive_stalled(app, self._dead_after):
                    self._say(f"{site}: its worker died; queued again")
            await asyncio.sleep(self._beat_seconds)

    async def _prune(self, app: App) -> None:
        while True:
            await asyncio.sleep(_PRUNE_SECONDS)
            await crawl_queue.prune(app, self._dead_after)

    async def _crawl(self, name: str) -> None:
        assert self._app is not None  # noqa: S101 jobs come from it
        store = SiteStore(self._app)
        site = await store.site(name)
        if site is None:
            self._say(f"{name}: removed from the fleet; not crawled")
            return
        crawl = SiteCrawl(ListedSite(name, site.argument))
        words = [*site.words, *self._words, *self._profile_words(site)]
        await store.record_start(name, self.name)
        self._running.add(crawl)
        if self._metrics:
            self._metrics.begin()
        try:
            await crawl.crawl(words, self._output_dir, self._env)
        finally:
            self._running.discard(crawl)
            if self._metrics:
                self._metrics.end(crawl)
        problem = f": {crawl.problem}" if crawl.problem else ""
        self._say(f"{name}: exit {crawl.exit_code}, {crawl.stories} stories, {crawl.seconds:.0f} s{problem}")
        await self._record(store, name, site_result(crawl))

    async def _record(self, store: SiteStore, name: str, result: dict[str, Any]) -> None:
        end = asyncio.get_running_loop().time() + _RECORD_SECONDS
        while True:
            try:
                await store.record_result(name, result)
                return
            except Exception as error:
                if asyncio.get_running_loop().time() > end:
                    self._say(f"{name}: the result cannot be recorded ({reason_of(error)})")
                    raise
                await asyncio.sleep(1.0)

    def _profile_words(self, site: FleetSite) -> list[str]:
        """The site's profile as a file of this worker, if it has one."""
        if site.profile is None:
            return []
        folder = self._output_dir / ".fleet" / site.name
        write_whole(folder / f"{site.name}.toml", site.profile.encode())
        return ["-s", f"SITES_DIRS={folder}"]

    def _lost(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Tell in a line what a task of the queue could not do, such as to end a job that others have ended."""
        error = context.get("exception")
        self._say(f"the queue: {reason_of(error) if error else context.get('message')}")

    def _end(self) -> None:
        self._stop.set()
        to_send = ESCALATION[min(self._signals, len(ESCALATION) - 1)]
        self._signals += 1
        for crawl in self._running:
            crawl.signal(to_send)


def run_worker(worker: FleetWorker) -> None:
    """Run a worker to its end. Raises FleetError."""
    for name in ("procrastinate", "psycopg"):  # a lost database is our own line, not tracebacks of theirs
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    try:
        asyncio.run(worker.run())
    except OSError as error:
        raise FleetError(f"{error.filename or 'worker'}: {error.strerror or error}") from None
