"""The fleet's sites and their schedules, in the fleet's database. Moments are those of the database's clock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procrastinate import App
    from psycopg import AsyncConnection

_CREATE = """
CREATE TABLE IF NOT EXISTS fleet_sites (
    name text PRIMARY KEY,
    argument text NOT NULL,
    words jsonb NOT NULL,
    every_seconds integer,
    paused boolean NOT NULL DEFAULT false,
    profile text,
    next_run timestamptz,
    last_started timestamptz,
    last_finished timestamptz,
    last_worker text,
    last_result jsonb
)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS fleet_sites_due ON fleet_sites (next_run) WHERE NOT paused"
_ADD = """
INSERT INTO fleet_sites (name, argument, words, every_seconds, profile, next_run)
VALUES (%(name)s, %(argument)s, %(words)s::jsonb, %(every)s, %(profile)s,
        CASE WHEN %(every)s::integer IS NOT NULL THEN now() END)
ON CONFLICT (name) DO UPDATE SET argument = EXCLUDED.argument, words = EXCLUDED.words,
    every_seconds = EXCLUDED.every_seconds, profile = EXCLUDED.profile,
    next_run = CASE WHEN fleet_sites.every_seconds IS NOT DISTINCT FROM EXCLUDED.every_seconds
                    THEN fleet_sites.next_run ELSE EXCLUDED.next_run END
RETURNING (xmax = 0) AS is_new
"""
_STATES = """
SELECT s.name, s.argument, s.words, s.every_seconds, s.paused, s.profile, s.next_run, s.last_started, s.last_finished,
       s.last_worker, s.last_result,
       CASE WHEN EXISTS (SELECT FROM procrastinate_jobs WHERE lock = s.name AND status = 'doing') THEN 'running'
            WHEN EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = s.name AND status = 'todo') THEN 'queued'
            WHEN s.paused THEN 'paused' ELSE 'waiting' END AS state
FROM fleet_sites s
"""
# The phase of a schedule is kept, and ticks that were missed (no worker ran) come once.
_DUE = """
SELECT name FROM fleet_sites WHERE NOT paused AND next_run <= now() ORDER BY next_run LIMIT 200 FOR UPDATE SKIP LOCKED
"""
_NEXT = """
UPDATE fleet_sites SET next_run = next_run + make_interval(
    secs => every_seconds * (1 + floor(extract(epoch FROM now() - next_run) / every_seconds)))
WHERE name = ANY(%s)
"""


@dataclass(frozen=True)
class FleetSite:
    """A site of the fleet, its schedule and its last run. `words`: its own words for `scrapy crawl site`."""

    name: str
    argument: str
    words: list[str]
    every_seconds: int | None
    paused: bool
    profile: str | None
    next_run: datetime | None
    last_started: datetime | None
    last_finished: datetime | None
    last_worker: str | None
    last_result: dict[str, Any] | None
    state: str  # running, queued, waiting or paused


class SiteStore:
    """The table of sites. All methods raise Procrastinate's ConnectorException when the database fails."""

    def __init__(self, app: App) -> None:
        self._connector = app.connector

    async def create(self) -> None:
        """Make the table unless it is there."""
        await self._connector.execute_query_async(_CREATE)
        await self._connector.execute_query_async(_INDEX)

    async def add(
        self, name: str, argument: str, words: Sequence[str], every: int | None, profile: str | None
    ) -> bool:
        """Add a site, or change it; True when it is new. `every`: seconds; `profile`: TOML."""
        row = await self._connector.execute_query_one_async(
            _ADD, name=name, argument=argument, words=json.dumps(list(words)), every=every, profile=profile
        )
        return bool(row["is_new"])

    async def remove(self, name: str) -> bool:
        """Take a site out; False when it was not there. What was gathered stays."""
        return bool(
            await self._all("DELETE FROM fleet_sites WHERE name = %(name)s RETURNING name", name=name)
        )

    async def pause(self, names: Sequence[str] | None, paused: bool) -> list[str]:
        """Stop or resume the schedules of these sites (None: all); the names of those that are there."""
        rows = await self._all(
            "UPDATE fleet_sites SET paused = %(paused)s, next_run = CASE WHEN every_seconds IS NULL OR %(paused)s "
            "THEN next_run ELSE greatest(next_run, now()) END WHERE %(all)s OR name = ANY(%(names)s) RETURNING name",
            paused=paused,
            all=names is None,
            names=list(names or ()),
        )
        return sorted(row["name"] for row in rows)

    async def sites(self) -> list[FleetSite]:
        """All sites, by name."""
        return [FleetSite(**row) for row in await self._all(_STATES + "ORDER BY s.name")]

    async def site(self, name: str) -> FleetSite | None:
        """The site of that name."""
        rows = await self._all(_STATES + "WHERE s.name = %(name)s", name=name)
        return FleetSite(**rows[0]) if rows else None

    async def workers(self, dead_after: float) -> int:
        """Number of workers whose last sign of life is not older than so many seconds."""
        rows = await self._all(
            "SELECT count(*) AS alive FROM procrastinate_workers WHERE last_heartbeat > now() - "
            "make_interval(secs => %(seconds)s)",
            seconds=dead_after,
        )
        return int(rows[0]["alive"])

    async def record_start(self, name: str, worker: str) -> None:
        """Record that a crawl begins."""
        await self._connector.execute_query_async(
            "UPDATE fleet_sites SET last_started = now(), last_worker = %(worker)s WHERE name = %(name)s",
            name=name,
            worker=worker,
        )

    async def record_result(self, name: str, result: dict[str, Any]) -> None:
        """Record a crawl's end."""
        await self._connector.execute_query_async(
            "UPDATE fleet_sites SET last_finished = now(), last_result = %(result)s::jsonb WHERE name = %(name)s",
            name=name,
            result=json.dumps(result),
        )

    async def _all(self, query: str, **values: Any) -> list[dict[str, Any]]:
        return list(await self._connector.execute_query_all_async(query, **values))


async def take_due(connection: AsyncConnection[Any]) -> list[str]:
    """Names of sites whose turn has come. Within a transaction: they are this one's until its end."""
    cursor = await connection.execute(_DUE)
    return [row[0] for row in await cursor.fetchall()]


async def set_next_run(connection: AsyncConnection[Any], names: Sequence[str]) -> None:
    """Set when these sites' next turn is."""
    await connection.execute(_NEXT, (list(names),))
