"""Removal from the journal: by age, or of one story on request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, exists, or_, select, update

from newscrawler.journal import near_duplicates as near
from newscrawler.journal.column_types import stored_key
from newscrawler.journal.database import Database
from newscrawler.journal.exceptions import JournalError
from newscrawler.journal.schema import (
    bands,
    delivered_stories,
    deliveries,
    delivery_files,
    learned,
    pages,
    revisions,
    runs,
    stories,
)

_BATCH = 500  # rows of one transaction: a crawl of another site must not wait for long


@dataclass(frozen=True, slots=True)
class RetentionPeriods:
    """Days for which records are kept; None: for ever."""

    pages: float | None = None  # done pages without a story, since they were last linked or visited
    texts: float | None = None  # texts and signatures of stories, since their last revision
    revisions: float | None = None  # texts of earlier revisions, since they were seen
    runs: float | None = None  # runs, and which story went into which file

    @classmethod
    def of(cls, setting: Mapping[str, Any]) -> RetentionPeriods:
        """The setting JOURNAL_KEEP_DAYS, checked. Raises `JournalError`."""
        known = [field.name for field in fields(cls)]
        for name, days in setting.items():
            if name not in known:
                raise JournalError(f"JOURNAL_KEEP_DAYS has {name!r}: known are {', '.join(known)}")
            if days is not None and not (isinstance(days, (int, float)) and days >= 0):
                raise JournalError(f"JOURNAL_KEEP_DAYS[{name!r}] is {days!r}: give a number of days, or None")
        return cls(**setting)


@dataclass(frozen=True, slots=True)
class Removed:
    """Numbers of rows that were removed."""

    pages: int = 0
    stories: int = 0
    texts: int = 0
    runs: int = 0


class Retention:
    """Removes what is no longer wanted. Undelivered stories and open runs stay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def prune(self, site: str, ages: RetentionPeriods) -> Removed:
        """Remove what is older than `ages`.

        The keys of stories and of their pages stay, so nothing is fetched or delivered a second time.
        """
        return Removed(
            pages=self._old_pages(site, ages.pages),
            texts=self._old_revisions(site, ages.revisions) + self._old_texts(site, ages.texts),
            runs=self._old_runs(site, ages.runs),
        )

    def forget_site(self, site: str) -> Removed:
        """Remove all that is known of a site: the next crawl begins anew and delivers everything again."""
        with self._database.writing() as connection:
            mine = select(stories.c.id).where(stories.c.site == site)
            connection.execute(delete(bands).where(bands.c.story_id.in_(mine)))
            connection.execute(delete(deliveries).where(deliveries.c.site == site))
            counts = {
                table.name: connection.execute(delete(table).where(table.c.site == site)).rowcount
                for table in (stories, pages, learned, runs)
            }
        return Removed(pages=counts["pages"], stories=counts["stories"], runs=counts["runs"])

    def forget_url(self, site: str, url: str) -> Removed:
        """Remove the pages and stories of an address, given as it was asked for, found, or declared canonical.

        The page is fetched again when it is found again, and its story is then delivered again.
        Reads the whole tables: for people, not for the crawl.
        """
        with self._database.writing() as connection:
            page = or_(pages.c.url == url, pages.c.key == stored_key(url))
            keys = connection.scalars(select(pages.c.key).where(pages.c.site == site, page)).all()
            story = or_(stories.c.url == url, stories.c.canonical == url, stories.c.page_key.in_(keys))
            found = connection.execute(
                select(stories.c.id, stories.c.page_key, stories.c.signature).where(
                    stories.c.site == site, story
                )
            ).all()
            for row in found:
                _remove_bands(connection, site, row.id, row.signature)
                connection.execute(delete(stories).where(stories.c.id == row.id))
            every = {*keys, *(row.page_key for row in found)}
            gone = connection.execute(delete(pages).where(pages.c.site == site, pages.c.key.in_(every)))
        return Removed(pages=gone.rowcount, stories=len(found))

    def _old_pages(self, site: str, days: float | None) -> int:
        # The page of a story stays: it shows that the address needs no second visit.
        has_story = exists().where(stories.c.site == pages.c.site, stories.c.page_key == pages.c.key)
        old = _older(pages.c.last_seen, self._database, days)
        query = select(pages.c.id).where(pages.c.site == site, pages.c.state == "done", ~has_story, old)
        return self._in_batches(days, query, lambda connection, ids: _delete(connection, pages, ids))

    def _old_revisions(self, site: str, days: float | None) -> int:
        query = (
            select(revisions.c.story_id)
            .join(stories, stories.c.id == revisions.c.story_id)
            .where(stories.c.site == site, revisions.c.revision < stories.c.revision)
            .where(_older(revisions.c.seen, self._database, days))
            .distinct()
        )
        latest = select(stories.c.revision).where(stories.c.id == revisions.c.story_id).scalar_subquery()

        def remove(connection: Connection, ids: list[int]) -> int:
            old = revisions.c.revision < latest, _older(revisions.c.seen, self._database, days)
            return connection.execute(delete(revisions).where(revisions.c.story_id.in_(ids), *old)).rowcount

        return self._in_batches(days, query, remove)

    def _old_texts(self, site: str, days: float | None) -> int:
        has_text = exists().where(revisions.c.story_id == stories.c.id)
        query = select(stories.c.id).where(
            stories.c.site == site,
            ~stories.c.undelivered,
            has_text,
            _older(stories.c.changed, self._database, days),
        )

        def remove(connection: Connection, ids: list[int]) -> int:
            signed = select(stories.c.id, stories.c.signature).where(stories.c.id.in_(ids))
            for number, signature in connection.execute(signed).all():
                _remove_bands(connection, site, number, signature)
            connection.execute(update(stories).where(stories.c.id.in_(ids)).values(signature=None))
            return connection.execute(delete(revisions).where(revisions.c.story_id.in_(ids))).rowcount

        return self._in_batches(days, query, remove)

    def _old_runs(self, site: str, days: float | None) -> int:
        done = select(deliveries.c.id).where(
            deliveries.c.site == site,
            deliveries.c.state == "done",
            _older(deliveries.c.started, self._database, days),
        )

        def remove_deliveries(connection: Connection, ids: list[int]) -> int:
            for table in (delivered_stories, delivery_files):
                connection.execute(delete(table).where(table.c.delivery_id.in_(ids)))
            return _delete(connection, deliveries, ids)

        self._in_batches(days, done, remove_deliveries)
        old = select(runs.c.id).where(
            runs.c.site == site, runs.c.state != "running", _older(runs.c.started, self._database, days)
        )
        return self._in_batches(days, old, lambda connection, ids: _delete(connection, runs, ids))

    def _in_batches(
        self, days: float | None, query: Select[Any], remove: Callable[[Connection, list[int]], int]
    ) -> int:
        if days is None:
            return 0
        removed = 0
        while True:
            with self._database.writing() as connection:
                ids = list(connection.scalars(query.limit(_BATCH)))
                if ids:
                    removed += remove(connection, ids)
            if len(ids) < _BATCH:
                return removed


def _older(column: ColumnElement[Any], database: Database, days: float | None) -> ColumnElement[bool]:
    return column < database.now() - timedelta(days=days or 0)


def _delete(connection: Connection, table: Table, ids: list[int]) -> int:
    return connection.execute(delete(table).where(table.c.id.in_(ids))).rowcount


def _remove_bands(connection: Connection, site: str, story: int, signature: bytes | None) -> None:
    if signature is not None:
        mine = near.bands(site, signature)
        connection.execute(delete(bands).where(bands.c.story_id == story, bands.c.band.in_(mine)))
