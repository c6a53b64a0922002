"""Bring a journal's schema to the version this program writes, or refuse with a reason."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from newscrawler.journal.database import Database
from newscrawler.journal.exceptions import JournalError
from newscrawler.journal.schema import VERSION, VERSION_TABLE, metadata

_LOCK = 0x6E657773  # any number of our own: PostgreSQL knows advisory locks by number


def require_current(database: Database, *, may_upgrade: bool) -> None:
    """Raise `JournalError` unless the schema is current; an empty or older one is upgraded if allowed."""
    with database.reading() as connection:
        found = _version(connection, database.where)
    if found == VERSION or (found is not None and int(found) - int(VERSION) == 1):
        # One step ahead: workers of two releases side by side. Steps only add, so that this one still works.
        return
    if found is not None and found > VERSION:
        raise JournalError(
            f"journal {database.where} was written by a newer program (schema {found}, "
            f"this one knows {VERSION}): "
            "update this program, or name another file in JOURNAL"
        )
    if not may_upgrade:
        raise JournalError(
            f"journal {database.where} has an older schema ({found or 'empty'}): "
            "the site's next crawl upgrades it"
        )
    with database.writing(durable=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _version(connection, database.where) != VERSION:  # another program may have been quicker
            _upgrade(connection)


def _version(connection: Connection, where: str) -> str | None:
    """The schema's version, None when there is no schema yet."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 our own name
        if isinstance(found, str) and found.isdigit():
            return found
        raise JournalError(
            f"journal {where} says no schema version: put a good copy in its place, or move it away"
        )
    foreign = tables if connection.dialect.name == "sqlite" else tables & set(metadata.tables)
    if foreign:
        raise JournalError(
            f"journal {where} is another program's database (it has the table {min(foreign)}) and was "
            "left as it is: name another one in JOURNAL"
        )
    return None


def _upgrade(connection: Connection) -> None:
    # Imported here: a crawl whose journal is current starts without it.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    folder = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, VERSION)
