"""The fleet's tests run on a real PostgreSQL server of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fleet.fleet_processes import Fleet
from tests.postgres_server import PostgresServer


@pytest.fixture(scope="session")
def fleet_server() -> Iterator[PostgresServer]:
    """A server that a test may kill, and starts again."""
    server = PostgresServer()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def fleet(fleet_server: PostgresServer, tmp_path) -> Iterator[Fleet]:
    """An empty fleet; its workers end with the test."""
    import psycopg

    with psycopg.connect(fleet_server.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    one = Fleet(fleet_server, tmp_path)
    try:
        one.scrapy("init")
        yield one
    finally:
        one.end()
