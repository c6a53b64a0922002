"""The journal's tests run on SQLite and on a real PostgreSQL server of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawler.journal import Journal
from newscrawler.journal.schema import VERSION, metadata
from tests.postgres_server import PostgresServer

SITE = "demo"


class Clock:
    """Time that stands still until it is told to pass."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of a PostgreSQL server's socket; the server ends with the tests."""
    server = PostgresServer()
    try:
        yield str(server.folder)
    finally:
        server.remove()


@pytest.fixture(scope="session")
def _postgres_database(postgres: str) -> str:
    url = f"postgresql://tester@/postgres?host={postgres}"
    Journal.open(url).close()
    return url


@pytest.fixture
def postgres_url(postgres: str, _postgres_database: str) -> str:
    """The address of an empty journal; one database serves all tests, since making one takes long."""
    import psycopg

    tables = ", ".join(metadata.tables)
    with psycopg.connect(host=postgres, user="tester", dbname="postgres") as connection:
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY")
        connection.execute("UPDATE journal_version SET version_num = %s", (VERSION,))
    return _postgres_database


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty journal, on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.sqlite"
    address = request.getfixturevalue("postgres_url")
    assert isinstance(address, str)
    return address


@pytest.fixture
def reopen(url: str, clock: Clock) -> Iterator[Callable[[], Journal]]:
    """Opens the journal once more, as the next run does."""
    opened: list[Journal] = []

    def _open() -> Journal:
        opened.append(Journal.open(url, clock=clock))
        return opened[-1]

    yield _open
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(reopen: Callable[[], Journal]) -> Journal:
    return reopen()
