"""Runs: when a site was crawled, with what arguments, how it ended; and what the site has taught us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from newscrawler.journal.database import Database, inserted_id
from newscrawler.journal.models import Run
from newscrawler.journal.schema import learned, runs


class Runs:
    """The site's crawls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, site: str, arguments: Mapping[str, Any] | None = None) -> int:
        """Note the start of a run and return its number. A run of the site that never finished was killed.

        To be called by the holder of the site's lock.
        """
        with self._database.writing() as connection:
            connection.execute(
                update(runs).where(runs.c.site == site, runs.c.state == "running").values(state="killed")
            )
            done = connection.execute(
                insert(runs).values(
                    site=site,
                    started=self._database.now(),
                    state="running",
                    arguments=dict(arguments or {}),
                    counts={},
                )
            )
            return inserted_id(done)

    def finish(
        self, run: int, state: str, *, reason: str | None = None, counts: Mapping[str, Any] | None = None
    ) -> None:
        """Note the end of a run: its state (finished, failed, stopped, ...), the reason, and its counts."""
        with self._database.writing(at_once=True) as connection:
            connection.execute(
                update(runs)
                .where(runs.c.id == run)
                .values(state=state, reason=reason, counts=dict(counts or {}), finished=self._database.now())
            )

    def sites(self) -> list[str]:
        """Names of the sites that were crawled."""
        with self._database.reading() as connection:
            return list(connection.scalars(select(runs.c.site).distinct().order_by(runs.c.site)))

    def latest(self, site: str, limit: int = 20) -> list[Run]:
        """The site's last runs, the newest first."""
        query = select(runs).where(runs.c.site == site).order_by(runs.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [Run(**row._mapping) for row in connection.execute(query)]


class Learned:
    """Knowledge of a site from earlier runs: one JSON object for each name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, site: str, name: str, value: Mapping[str, Any]) -> None:
        """Store the value in place of an earlier one."""
        mine = (learned.c.site == site, learned.c.name == name)
        fields = {"value": dict(value), "updated": self._database.now()}
        with self._database.writing() as connection:
            if connection.execute(update(learned).where(*mine).values(**fields)).rowcount == 0:
                connection.execute(insert(learned).values(site=site, name=name, **fields))

    def recall(self, site: str, name: str) -> dict[str, Any] | None:
        """The value stored last, None if there is none."""
        query = select(learned.c.value).where(learned.c.site == site, learned.c.name == name)
        with self._database.reading() as connection:
            value = connection.execute(query).scalar()
        return None if value is None else dict(value)

    def drop(self, site: str, name: str) -> None:
        """Forget the value, if there is one."""
        with self._database.writing() as connection:
            connection.execute(delete(learned).where(learned.c.site == site, learned.c.name == name))
