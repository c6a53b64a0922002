"""What a run knows of earlier ones: only what is new, nothing twice, edits noticed."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tests.crawls.running import FAST, crawl, scrapy
from tests.newssite import NewsSite


def journal_of(output):
    (path,) = output.glob(".journal/*.sqlite")
    return path


def rows(output, query):
    with sqlite3.connect(journal_of(output)) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def let_pass(output, span):
    """Make the journal believe that it was all so much earlier."""
    with sqlite3.connect(journal_of(output)) as connection:
        for table, column in (
            ("pages", "first_seen"),
            ("pages", "last_seen"),
            ("pages", "fetched"),
            ("pages", "next_look"),
            ("stories", "first_seen"),
            ("stories", "changed"),
        ):
            connection.execute(
                f"UPDATE {table} SET {column} = {column} - ?",  # noqa: S608 our own names
                [_in_journal_units(connection, table, column, span)],
            )
    connection.close()
