"""Pages: every address that was found, its state, its outcome, and when to visit it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from newscrawler.journal.column_types import stored_key
from newscrawler.journal.database import Database
from newscrawler.journal.models import FoundPage, Offered, PageRecord, PageState, PageVisit
from newscrawler.journal.page_rows import new_row, page_record, values_after, values_unchanged
from newscrawler.journal.revisit_policy import RevisitPolicy
from newscrawler.journal.schema import pages

_CHUNK = 500  # keys of one statement
_BATCH = 200  # rows that are in memory at a time
_TRUSTED_VISITS = 3  # visits without a change, after which "it changed" is not taken for a reason
_SEEN_ANEW = timedelta(days=1)  # last_seen is no finer than this, to spare a write for each known link
# Spelt out, not bound: the databases use the partial index only when they see the value.
_PENDING: ColumnElement[bool] = pages.c.state == literal_column("'pending'")

_by_keys = select(pages.c.key, pages.c.state, pages.c.outcome, pages.c.last_seen).where(
    pages.c.site == bindparam("site"), pages.c.key.in_(bindparam("keys", expanding=True))
)
_insert = insert(pages)
_update = update(pages).where(pages.c.id == bindparam("number"))
_one = select(pages).where(pages.c.site == bindparam("site"), pages.c.key == bindparam("key"))


class Pages:
    """The site's pages."""

    def __init__(self, database: Database, policy: RevisitPolicy) -> None:
        self._database = database
        self._policy = policy

    def offer(self, site: str, candidates: Iterable[FoundPage]) -> Offered:
        """Add the candidates of one page: new ones become pending.

        The first of several candidates with one key counts.
        """
        offered: dict[str, FoundPage] = {}
        for candidate in candidates:
            offered.setdefault(candidate.key, candidate)
        if not offered:
            return Offered(frozenset(), {})
        now = self._database.now()
        names = {stored_key(key): key for key in offered}
        known: dict[str, str] = {}
        stale: list[str] = []
        with self._database.writing() as connection:
            for keys in _chunks(list(names)):
                for key, state, outcome, last_seen in connection.execute(
                    _by_keys, {"site": site, "keys": keys}
                ):
                    known[names[key]] = PageState.PENDING if state == PageState.PENDING else outcome or "done"
                    if now - last_seen >= _SEEN_ANEW:
                        stale.append(key)
            new = [candidate for key, candidate in offered.items() if key not in known]
            if new:
                rows = [new_row(site, candidate, now) for candidate in new]
                connection.execute(self._database.insert_new(pages), rows)
            for keys in _chunks(stale):
                connection.execute(
                    update(pages).where(pages.c.site == site, pages.c.key.in_(keys)).values(last_seen=now)
                )
        return Offered(frozenset(candidate.key for candidate in new), known)

    def pending(self, site: str) -> Iterator[PageRecord]:
        """Pages that were found and not yet fetched, in the order in which they were found.

        Those put off to a later time are left out. Rows are read in batches:
        the journal may change meanwhile.
        """
        last = 0
        while True:
            query = (
                select(pages)
                .where(pages.c.site == site, _PENDING, pages.c.id > last)
                .where(or_(pages.c.next_visit.is_(None), pages.c.next_visit <= self._database.now()))
                .order_by(pages.c.id)
                .limit(_BATCH)
            )
            rows = self._rows(query)
            yield from map(page_record, rows)
            if len(rows) < _BATCH:
                return
            last = rows[-1].id

    def due(self, site: str, now: datetime | None = None) -> Iterator[PageRecord]:
        """Pages fetched before that are due for another visit, the longest overdue first."""
        now = now or self._database.now()
        after: tuple[datetime, int] | None = None
        while True:
            query = select(pages).where(
                pages.c.site == site, pages.c.state == PageState.DONE, pages.c.next_visit <= now
            )
            if after is not None:
                moment, number = after
                query = query.where(
                    or_(pages.c.next_visit > moment, (pages.c.next_visit == moment) & (pages.c.id > number))
                )
            rows = self._rows(query.order_by(pages.c.next_visit, pages.c.id).limit(_BATCH))
            yield from map(page_record, rows)
            if len(rows) < _BATCH:
                return
            after = (rows[-1].next_visit, rows[-1].id)

    def revisitable(self, site: str, outcomes: Iterable[str]) -> list[PageRecord]:
        """Listings, feeds and sitemaps that ended with one of these outcomes, in the order they were found."""
        query = select(pages).where(
            pages.c.site == site,
            pages.c.next_visit.is_not(None),  # which spares a reading of all pages
            pages.c.state == PageState.DONE,
            pages.c.outcome.in_(list(outcomes)),
        )
        return [page_record(row) for row in self._rows(query.order_by(pages.c.id))]

    def done_keys(self, site: str, keys: Iterable[str], *, paced: bool = True) -> set[str]:
        """Of some keys, those of pages that are done; of listings, when `paced`, those not due for another visit."""
        names = {stored_key(key): key for key in keys}
        now = self._database.now()
        found: set[str] = set()
        with self._database.reading() as connection:
            for chunk in _chunks(list(names)):
                query = select(pages.c.key).where(
                    pages.c.site == site,
                    pages.c.key.in_(chunk),
                    pages.c.state == PageState.DONE,
                    or_(
                        pages.c.kind.is_(None),
                        pages.c.kind != "listing",
                        *([pages.c.next_visit > now] if paced else []),
                    ),
                )
                found.update(names[key] for key in connection.execute(query).scalars())
        return found

    def has_any(self, site: str) -> bool:
        """True when any page of the site was ever found."""
        return bool(self._rows(select(pages.c.id).where(pages.c.site == site).limit(1)))

    def has_read_any(self, site: str, keys: Iterable[str]) -> bool:
        """True when any of the pages was read, as a story or as a listing."""
        with self._database.reading() as connection:
            for chunk in _chunks(list(map(stored_key, keys))):
                query = select(pages.c.id).where(
                    pages.c.site == site, pages.c.key.in_(chunk), pages.c.kind.in_(("story", "listing"))
                )
                if connection.execute(query.limit(1)).first() is not None:
                    return True
        return False

    def outdated(self, site: str, modified: Mapping[str, datetime]) -> set[str]:
        """Of pages that sources date as changed at these moments, those with stories that are still
        visited again and were fetched before.

        Where several visits brought no change, such dates were empty: the page waits for its next visit.
        """
        names = {stored_key(key): key for key in modified}
        found: set[str] = set()
        with self._database.reading() as connection:
            for chunk in _chunks(list(names)):
                query = select(pages.c.key, pages.c.fetched).where(
                    pages.c.site == site,
                    pages.c.key.in_(chunk),
                    pages.c.state == PageState.DONE,
                    pages.c.outcome == "story",
                    pages.c.next_visit.is_not(None),
                    or_(pages.c.visits < _TRUSTED_VISITS, pages.c.changes > 1),
                )
                rows = connection.execute(query).all()
                found.update(
                    names[key] for key, fetched in rows if fetched is None or fetched < modified[names[key]]
                )
        return found

    def reopen(self, site: str, outcome: str) -> int:
        """Make pages pending that were given up with this outcome; how many these were."""
        with self._database.writing() as connection:
            done = connection.execute(
                update(pages)
                .where(pages.c.site == site, pages.c.state == PageState.DONE, pages.c.outcome == outcome)
                .values(state=PageState.PENDING, outcome=None, reason=None)
            )
            return int(done.rowcount)

    def abandon_pending(self, site: str, reason: str, *, outcome: str = "given-up") -> int:
        """End all pages that are pending and were never tried; how many these were."""
        with self._database.writing() as connection:
            done = connection.execute(
                update(pages)
                .where(pages.c.site == site, _PENDING, pages.c.attempts == 0)
                .values(state=PageState.DONE, outcome=outcome, reason=reason)
            )
            return int(done.rowcount)

    def get(self, site: str, key: str) -> PageRecord | None:
        """One page by its key."""
        rows = self._rows(_one, {"site": site, "key": key})
        return page_record(rows[0]) if rows else None

    def by_url(self, site: str, url: str, key: str | None = None) -> list[PageRecord]:
        """Pages by their address, or with this key. Reads the whole table: for people, not for the crawl."""
        named = or_(pages.c.url == url, pages.c.key.in_([url] if key is None else [url, key]))
        return [page_record(row) for row in self._rows(select(pages).where(pages.c.site == site, named))]

    def endings(self, site: str) -> list[tuple[int, PageRecord]]:
        """For each outcome the number of pages that ended in it, and the last found of them; the most frequent first.

        Counted by the database, in one reading of the whole table: for people, not for the crawl.
        """
        number = func.count().label("number")
        ends = (
            select(number, func.max(pages.c.id).label("last"))
            .where(pages.c.site == site, pages.c.outcome.is_not(None))
            .group_by(pages.c.outcome)
            .subquery()
        )
        query = select(ends.c.number, pages).join(pages, pages.c.id == ends.c.last)
        rows = self._rows(query.order_by(ends.c.number.desc(), pages.c.outcome))
        return [(row.number, page_record(row)) for row in rows]

    def latest_ended_as(self, site: str, outcome: str, limit: int = 20) -> list[PageRecord]:
        """Pages that ended in this way, the last found first. Reads the whole table, like `endings`."""
        query = select(pages).where(pages.c.site == site, pages.c.outcome == outcome)
        return [page_record(row) for row in self._rows(query.order_by(pages.c.id.desc()).limit(limit))]

    def finish(self, site: str, key: str, visit: PageVisit) -> None:
        """The page was answered, or there is nothing more to try: it is done. Unknown pages are added.

        A listing, and a page whose earlier next visit came due, gets its next visit, unless it is gone. A page whose
        story is in the journal stays that of a story, whatever a later visit meets in its place.
        """
        with self._database.writing() as connection:
            self.finish_within(connection, site, key, visit, story_time=None)

    def unchanged(self, site: str, key: str) -> None:
        """A visit to a page that was fetched before found nothing new (304, or the same content): the earlier
        outcome is kept."""
        with self._database.writing() as connection:
            row = connection.execute(_one, {"site": site, "key": key}).first()
            if row is None:
                return
            values = values_unchanged(row, self._policy, self._database.now())
            connection.execute(_update, {"number": row.id, **values})

    def retry_later(self, site: str, key: str, reason: str, until: datetime | None = None) -> int:
        """The page could not be had now: it stays as it was, to be tried again at `until` (None: at once).

        Returns how many times in a row this has happened; giving up is the caller's choice, by `finish`.
        """
        with self._database.writing() as connection:
            row = connection.execute(_one, {"site": site, "key": key}).first()
            if row is None:
                return 0
            values: dict[str, Any] = {"attempts": row.attempts + 1, "reason": reason}
            if until is not None:
                values["next_visit"] = until
            connection.execute(_update, {"number": row.id, **values})
            return int(row.attempts) + 1

    def finish_within(
        self, connection: Connection, site: str, key: str, visit: PageVisit, *, story_time: datetime | None
    ) -> None:
        """`finish` as part of a transaction; `story_time`: of the story on the page, if it holds one."""
        now = self._database.now()
        row = connection.execute(_one, {"site": site, "key": key}).first()
        if row is None:
            candidate = FoundPage(key=key, url=visit.url or key, kind=visit.kind)
            connection.execute(_insert, new_row(site, candidate, now))
            row = connection.execute(_one, {"site": site, "key": key}).one()
        values = values_after(row, visit, self._policy, story_time, now)
        connection.execute(_update, {"number": row.id, **values})

    def _rows(self, query: Any, parameters: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(query, parameters or {}).all()


def _chunks(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
