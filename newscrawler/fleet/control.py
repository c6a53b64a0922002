"""What `scrapy fleet` does with a fleet's database: sites and schedules in it, workers, and its state."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scrapy.settings import BaseSettings

from newscrawler.arguments import profile_folders
from newscrawler.fleet import crawl_queue
from newscrawler.fleet.exceptions import FleetError
from newscrawler.fleet.queue_database import connection_address, initialise, opened, reason_of
from newscrawler.fleet.site_list import ListedSite
from newscrawler.fleet.site_store import FleetSite, SiteStore
from newscrawler.journal import Journal, JournalError
from newscrawler.sites import Catalogue

if TYPE_CHECKING:
    from procrastinate import App

_Result = TypeVar("_Result")
_SECONDS = {"m": 60, "h": 3600, "d": 86400}


def create(settings: BaseSettings) -> str:
    """Make the tables of journal and fleet that are missing; the line to print."""
    address = connection_address(settings["JOURNAL"])
    try:
        Journal.open(settings["JOURNAL"]).close()
    except JournalError as error:
        raise FleetError(str(error)) from None
    asyncio.run(initialise(address))
    return (
        "the database is ready: add sites with scrapy fleet add, and start workers with scrapy fleet worker"
    )


def add(
    settings: BaseSettings, sites: Sequence[ListedSite], every: str | None, words: Sequence[str]
) -> list[str]:
    """Add sites, or change those that are there; lines to print. `words`: of their own for `scrapy crawl site`."""
    seconds = interval(every) if every else None
    catalogue = Catalogue(profile_folders(settings))
    if wrong := next((site for site in sites if site.problem), None):
        raise FleetError(str(wrong.problem))

    async def store(app: App) -> list[str]:
        table = SiteStore(app)
        lines = []
        for site in sites:
            profile = None
            if site.argument.startswith("site=") and not catalogue.is_bundled(site.name):
                profile = catalogue.file(site.name).read_text("utf-8")
            new = await table.add(site.name, site.argument, words, seconds, profile)
            when = f"every {every}" if every else "when it is started"
            lines.append(f"{site.name}: {'added' if new else 'changed'}, crawled {when}")
        return lines

    return _within(settings, store)


def remove(settings: BaseSettings, names: Sequence[str]) -> list[str]:
    """Take sites out; what was gathered stays."""

    async def change(app: App) -> list[str]:
        table = SiteStore(app)
        await _require(table, names)
        for name in names:
            await table.remove(name)
        return [f"{name}: removed; its stories stay in the journal" for name in names]

    return _within(settings, change)


def start(settings: BaseSettings, names: Sequence[str]) -> list[str]:
    """Queue crawls now."""

    async def change(app: App) -> list[str]:
        await _require(SiteStore(app), names)
        return [
            f"{name}: queued"
            if await crawl_queue.enqueue(app, name)
            else f"{name}: waits in the queue already"
            for name in names
        ]

    return _within(settings, change)


def pause(settings: BaseSettings, names: Sequence[str], every_site: bool, paused: bool) -> list[str]:
    """Stop or resume schedules."""
    if every_site == bool(names):
        raise FleetError("name sites, or give --all")

    async def change(app: App) -> list[str]:
        table = SiteStore(app)
        if names:
            await _require(table, names)
        found = await table.pause(None if every_site else names, paused)
        return [f"{name}: {'paused' if paused else 'resumed'}" for name in found]

    return _within(settings, change)


def status(settings: BaseSettings) -> tuple[list[FleetSite], int]:
    """All sites with their state, and the number of living workers."""

    async def look(app: App) -> tuple[list[FleetSite], int]:
        table = SiteStore(app)
        return await table.sites(), await table.workers(_dead_after(settings))

    return _within(settings, look)


def status_json(sites: Sequence[FleetSite], workers: int) -> str:
    """The state as one JSON object."""
    rows = [asdict(site) for site in sites]
    for row in rows:
        row["profile"] = row["profile"] is not None
    return json.dumps({"workers": workers, "sites": rows}, default=lambda value: value.isoformat(), indent=2)


def status_rows(sites: Sequence[FleetSite]) -> list[tuple[str, ...]]:
    """The state as a table, its head first."""
    rows: list[tuple[str, ...]] = [
        ("site", "state", "every", "last run", "exit", "stories", "next run", "problem")
    ]
    for site in sites:
        result = site.last_result or {}
        code = result.get("exit_code")
        new = result.get("new")
        rows.append(
            (
                site.name,
                site.state,
                _every(site.every_seconds),
                _moment(site.last_finished),
                "-" if code is None else str(code),
                "-" if new is None else str(new + (result.get("revised") or 0)),
                "-" if site.paused else _moment(site.next_run),
                result.get("problem") or "",
            )
        )
    return rows


def work(
    settings: BaseSettings,
    jobs: int,
    words: Sequence[str],
    env: dict[str, str],
    port: int | None,
    say: Callable[[str], None],
) -> None:
    """Be a worker until a signal ends it. `port`: for Prometheus."""
    from newscrawler.fleet.metrics import WorkerMetrics
    from newscrawler.fleet.worker import FleetWorker, run_worker

    address = connection_address(settings["JOURNAL"])
    metrics = WorkerMetrics(port) if port is not None else None
    output = Path(settings["OUTPUT_DIR"]).absolute()
    run_worker(FleetWorker(address, output, jobs, _dead_after(settings), words, env, say, metrics))


def interval(text: str) -> int:
    """Seconds of an interval such as 15m, 2h or 1d. Raises FleetError."""
    found = re.fullmatch(r"([1-9]\d{0,3})([mhd])", text.strip())
    if not found:
        raise FleetError(f"--every {text}: write an interval such as 15m, 2h or 1d")
    return int(found[1]) * _SECONDS[found[2]]


def _dead_after(settings: BaseSettings) -> float:
    seconds = settings.getfloat("FLEET_DEAD_AFTER")
    if not seconds >= 1:
        raise FleetError(f"the setting FLEET_DEAD_AFTER is {seconds}: write seconds, 1 or more")
    return seconds


def _within(settings: BaseSettings, act: Callable[[App], Awaitable[_Result]]) -> _Result:
    async def run() -> _Result:
        async with opened(connection_address(settings["JOURNAL"])) as app:
            from procrastinate.exceptions import ConnectorException

            try:
                return await act(app)
            except ConnectorException as error:
                raise FleetError(f"the database refused: {reason_of(error)}") from None

    return asyncio.run(run())


async def _require(table: SiteStore, names: Sequence[str]) -> None:
    if not names:
        raise FleetError("name a site of the fleet; scrapy fleet status lists them")
    known = {site.name for site in await table.sites()}
    if missing := [name for name in names if name not in known]:
        raise FleetError(f"{missing[0]}: no such site in the fleet; scrapy fleet status lists them")


def _every(seconds: int | None) -> str:
    if seconds is None:
        return "-"
    unit = next((unit for unit in "dhm" if seconds % _SECONDS[unit] == 0), None)
    return f"{seconds // _SECONDS[unit]}{unit}" if unit else f"{seconds}s"


def _moment(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "-"
