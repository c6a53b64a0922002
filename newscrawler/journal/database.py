"""Connections to the journal's database: SQLite in WAL mode, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import RLock
from time import monotonic, perf_counter
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    Engine,
    Insert,
    Table,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from newscrawler.journal.column_types import to_json
from newscrawler.journal.exceptions import JournalError, explain

Clock = Callable[[], datetime]
_CLAIMS = "claims"  # what a connection holds, in its `info`
# Seconds after which a machine that was cut off is noticed, by the client and by the server: its site is free then.
_KEEPALIVES = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}


def inserted_id(result: CursorResult[Any]) -> int:
    """The number of the row that an INSERT made."""
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 an INSERT of one row has one
    return int(key[0])


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """One connection's worth of a database: short transactions, errors as `JournalError`.

    There is one connection: several threads take turns, and a transaction must not begin within another.
    With `group_commits` transactions that come one upon another are committed together.
    """

    def __init__(self, engine: Engine, where: str, clock: Clock) -> None:
        self._engine = engine
        self.where = where
        self.now = clock
        self.seconds = 0.0  # that transactions took so far
        self._claims: set[str] = set()
        self._turn = RLock()
        self._group_seconds = 0.0
        self._group: Connection | None = None  # the open transaction that others join
        self._group_began = 0.0

    def group_commits(self, seconds: float) -> None:
        """From now on commit writes together, up to so many seconds after the first of them; `commit` does it sooner.

        A process that dies loses the writes since the last commit, and none before one that is kept. When a write
        fails, those that wait with it are lost too: the writer must end then, and trust none of them.
        """
        self._group_seconds = seconds

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the journal."""
        with self._transaction("read") as connection:
            yield connection

    @contextmanager
    def writing(self, *, at_once: bool = False, durable: bool = False) -> Iterator[Connection]:
        """A transaction that is stored whole or not at all.

        Once it is committed, `at_once` or with its group, it survives the death of the process; when `durable`, at
        once and loss of power too.
        """
        with self._transaction("durable" if durable else "write") as connection:
            yield connection
        if at_once:
            self.commit()

    def commit(self) -> None:
        """Commit the writes that wait, if any do. Raises `JournalError`: then they are lost."""
        with self._turn, self._timed():
            self._commit()

    def _commit(self) -> None:
        group, self._group = self._group, None
        if group is not None:
            with closing(group):
                group.commit()

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[Connection]:
        with self._turn, self._timed():
            if mode == "durable":
                self._commit()
            if self._group is None and (mode != "write" or not self._group_seconds):
                with self._engine.connect() as connection:
                    self._begin(connection, mode)
                    yield connection
                    connection.commit()
                return
            is_first = self._group is None
            group = self._group = self._group or self._engine.connect()
            try:
                if is_first:
                    self._begin(group, mode)
                    self._group_began = monotonic()
                yield group
            except BaseException as error:
                if mode == "read" and not isinstance(error, SQLAlchemyError):
                    raise  # the reader's own: nothing was written
                self._group = None
                with suppress(SQLAlchemyError), closing(group):
                    group.rollback()
                raise
            if monotonic() - self._group_began >= self._group_seconds:
                self._commit()

    def _begin(self, connection: Connection, mode: str) -> None:
        connection.execution_options(journal_mode=mode)
        connection.begin()
        if self._claims and connection.info.get(_CLAIMS) != self._claims:
            self._reclaim(connection)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        began = perf_counter()
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise explain(error, self.where) from error
        finally:
            self.seconds += perf_counter() - began

    def insert_new(self, table: Table) -> Insert:
        """An INSERT that passes over rows whose key is already there."""
        return _insert_new(self._engine.dialect.name, table)

    def require_writable(self) -> None:
        """Raise `JournalError` now, not in the middle of a crawl, when nothing can be written."""
        with self.writing() as connection:  # SQLite takes its write lock here, or says why not
            if connection.dialect.name == "postgresql":
                # An UPDATE of no row still asks for the right to write.
                connection.exec_driver_sql("UPDATE runs SET state = state WHERE id < 0")

    def claim(self, name: str) -> bool:
        """Hold a lock of that name until `close`, if nobody else has it. SQLite has none: always True."""
        if self._engine.dialect.name != "postgresql":
            return True
        # Bound to the connection, of which there is one: it ends with the process, however that ends.
        with self.reading() as connection:
            held = _take(connection, name)
            if held:
                self._claims.add(name)
                connection.info[_CLAIMS] = frozenset(self._claims)
            return held

    def release(self, name: str) -> None:
        """Let go of a lock that `claim` gave."""
        if name not in self._claims:
            return
        with self.reading() as connection:
            connection.execute(select(func.pg_advisory_unlock(func.hashtextextended(name, 0))))
            self._claims.discard(name)
            connection.info[_CLAIMS] = frozenset(self._claims)

    def _reclaim(self, connection: Connection) -> None:
        """Take the locks again on a new connection. Raises JournalError when somebody else was quicker."""
        for name in self._claims:
            if not _take(connection, name):
                raise JournalError(
                    f"the connection to {self.where} was lost, and another machine has taken the site over since"
                )
        connection.info[_CLAIMS] = frozenset(self._claims)

    def close(self) -> None:
        """Commit what waits, and let go of the connection. Raises `JournalError`."""
        try:
            self.commit()
        finally:
            self._engine.dispose()


def _take(connection: Connection, name: str) -> bool:
    lock = select(func.pg_try_advisory_lock(func.hashtextextended(name, 0)))
    return bool(connection.execute(lock).scalar_one())


@cache
def _insert_new(dialect: str, table: Table) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def connect(url: str, *, read_only: bool, busy_timeout: float, clock: Clock) -> Database:
    """The database at `url`; raises `JournalError` when the address is of no use. Nothing is opened yet."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise JournalError(
            "JOURNAL is no database address: write it like sqlite:////folder/news.sqlite "
            "or postgresql://user@host/database"
        ) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed, read_only, busy_timeout, clock)
    if backend in {"postgresql", "postgres"}:
        return _postgresql(parsed, read_only, busy_timeout, clock)
    raise JournalError(f"JOURNAL names a {backend} database: only sqlite and postgresql are supported")


def _sqlite(url: URL, read_only: bool, busy_timeout: float, clock: Clock) -> Database:
    if not url.database or url.database == ":memory:" or url.query:
        raise JournalError("JOURNAL must name a file, without options: sqlite:////folder/news.sqlite")
    path = Path(url.database).absolute()
    if read_only and not path.is_file():
        raise JournalError(f"there is no journal at {path}: crawl the site first, or name another site")
    if not read_only:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JournalError(
                f"journal {path} cannot be created: its folder must be writable ({error.strerror})"
            ) from error
    mode = "ro" if read_only else "rwc"
    engine = create_engine(
        URL.create("sqlite", database=f"{path.as_uri()}", query={"mode": mode, "uri": "true"}),
        connect_args={"timeout": busy_timeout, "check_same_thread": False},
        json_serializer=to_json,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=busy_timeout,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        if not read_only:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-16384")  # KiB: the indexes of a large journal outgrow 2 MiB

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("journal_mode", "read")
        if mode == "read":
            connection.exec_driver_sql("BEGIN")
            return
        # In WAL mode NORMAL loses nothing when the process dies, and only loss of power can undo the last
        # transactions; FULL syncs the log with each one, which a delivery needs (sqlite.org/pragma.html).
        wanted = "FULL" if mode == "durable" else "NORMAL"
        if connection.info.get("synchronous", "NORMAL") != wanted:
            connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
            connection.info["synchronous"] = wanted
        # The write lock is taken at once: a reader that turns into a writer could fail half-way.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return Database(engine, str(path), clock)


def _postgresql(url: URL, read_only: bool, busy_timeout: float, clock: Clock) -> Database:
    where = url.set(drivername="postgresql").render_as_string(hide_password=True)
    options = f"-c lock_timeout={int(busy_timeout * 1000)} -c timezone=UTC"
    options += "".join(f" -c tcp_{name}={value}" for name, value in _KEEPALIVES.items())
    if read_only:
        options += " -c default_transaction_read_only=on"
    given = url.query.get("options")
    if isinstance(given, str):
        options = f"{given} {options}"
    url = url.set(drivername="postgresql+psycopg").difference_update_query(["options"])
    try:
        engine = create_engine(
            url,
            connect_args={
                "options": options,
                "connect_timeout": max(2, int(busy_timeout)),
                "application_name": "newscrawler",
                **_KEEPALIVES,
            },
            json_serializer=to_json,
            pool_size=1,
            max_overflow=0,
            pool_timeout=busy_timeout,
        )
    except (ImportError, NoSuchModuleError) as error:
        raise JournalError(
            f"journal {where} needs psycopg: pip install -r requirements-postgres.txt"
        ) from error
    return Database(engine, where, clock)
