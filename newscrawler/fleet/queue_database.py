"""The fleet's database: Procrastinate's queue and our list of sites, beside the journal in one PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from newscrawler.fleet.exceptions import FleetError

if TYPE_CHECKING:
    from procrastinate import App

_CONNECT_SECONDS = 5
# A machine that is cut off is noticed within idle + interval * count seconds.
KEEPALIVES = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}
_PASSWORD = re.compile(r"(?<=:)[^:@/\s]+(?=@)")


def connection_address(journal: str | None) -> str:
    """The address for libpq of the database that the setting JOURNAL names. Raises FleetError when it is of no use."""
    if not journal:
        raise FleetError(
            "a fleet needs PostgreSQL: set JOURNAL, or NEWSCRAWLER_JOURNAL in the environment, to an address such as "
            "postgresql://user@host/database"
        )
    try:
        url = make_url(journal)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("postgresql", "postgres") or "{site}" in journal:
        raise FleetError(
            "a fleet needs one PostgreSQL database: JOURNAL must be an address such as postgresql://user@host/database"
        )
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def without_password(text: str) -> str:
    """A message in which no address shows its password."""
    return _PASSWORD.sub("***", text)


def make_app(address: str) -> App:
    """Procrastinate's app, not open yet. Raises FleetError when its packages are missing."""
    try:
        from procrastinate import App, PsycopgConnector
    except ImportError as error:
        raise FleetError(f"a fleet needs {error.name}: pip install -r requirements-fleet.txt") from None
    options = {"connect_timeout": _CONNECT_SECONDS, "application_name": "newscrawler fleet", **KEEPALIVES}
    return App(connector=PsycopgConnector(conninfo=address, kwargs=options, min_size=1, max_size=4))


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[App]:
    """The app, open. Raises FleetError when the server cannot be reached, or was never initialised."""
    app = make_app(address)
    await _require_server(address)
    async with app.open_async():
        if not await is_initialised(app):
            raise FleetError("this database knows no fleet yet: scrapy fleet init")
        yield app


async def is_initialised(app: App) -> bool:
    """True when the fleet's tables are there."""
    row = await app.connector.execute_query_one_async(
        "SELECT to_regclass('fleet_sites') IS NOT NULL AND to_regclass('procrastinate_jobs') IS NOT NULL AS there"
    )
    return bool(row["there"])


async def initialise(address: str) -> None:
    """Make the tables that are missing. Raises FleetError when that cannot be done."""
    from procrastinate.exceptions import ConnectorException
    from psycopg import Error

    from newscrawler.fleet.site_store import SiteStore

    app = make_app(address)
    await _require_server(address)
    try:
        async with app.open_async():
            there = await app.connector.execute_query_one_async(
                "SELECT to_regclass('procrastinate_jobs') IS NOT NULL AS there"
            )
            if not there["there"]:
                await app.schema_manager.apply_schema_async()
            await SiteStore(app).create()
    except (ConnectorException, Error) as error:
        raise FleetError(f"the tables cannot be made: {reason_of(error)}") from None


def reason_of(error: BaseException) -> str:
    """The database's own reason, in one line and without a password."""
    cause: Any = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    return without_password(" ".join(str(cause).split()) or type(cause).__name__)


async def _require_server(address: str) -> None:
    from psycopg import AsyncConnection, Error

    try:
        connection = await AsyncConnection.connect(address, connect_timeout=_CONNECT_SECONDS)
    except Error as error:
        raise FleetError(f"the database cannot be reached: {reason_of(error)}") from None
    await connection.close()
