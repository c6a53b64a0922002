"""Transactions that are committed together."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from newscrawler.journal import FoundPage, Journal
from newscrawler.journal.database import connect, utc_now
from newscrawler.journal.exceptions import JournalError

SITE = "demo"


def found(number: int) -> FoundPage:
    return FoundPage(f"k{number}", f"http://demo.example/{number}")


@pytest.fixture
def grouped(url):
    with Journal.open(url) as journal:
        journal.group_commits(60)
        yield journal


@pytest.fixture
def other(url, grouped):
    with Journal.open(url, read_only=True) as journal:
        yield journal


def test_a_write_is_read_at_once_and_committed_later(grouped, other):
    grouped.pages.offer(SITE, [found(1)])
    assert grouped.pages.get(SITE, "k1") is not None
    assert other.pages.get(SITE, "k1") is None
    grouped.commit()
    assert other.pages.get(SITE, "k1") is not None


def test_a_group_is_committed_by_the_first_write_after_its_time(grouped, other):
    grouped.group_commits(0.05)
    grouped.pages.offer(SITE, [found(1)])
    time.sleep(0.06)
    grouped.pages.offer(SITE, [found(2)])
    assert other.pages.get(SITE, "k1") is not None
    assert other.pages.get(SITE, "k2") is not None


def test_a_run_or_a_delivery_is_committed_with_all_writes_before_it(grouped, other):
    run = grouped.runs.start(SITE)
    grouped.pages.offer(SITE, [found(1)])
    delivery = grouped.deliveries.start(SITE, run)
    assert other.pages.get(SITE, "k1") is not None
    grouped.pages.offer(SITE, [found(2)])
    grouped.deliveries.commit(delivery)
    assert other.pages.get(SITE, "k2") is not None
    grouped.pages.offer(SITE, [found(3)])
    grouped.runs.finish(run, "finished")
    assert other.pages.get(SITE, "k3") is not None


def test_what_waits_is_committed_when_the_journal_is_closed(url, other):
    with Journal.open(url) as journal:
        journal.group_commits(60)
        journal.pages.offer(SITE, [found(1)])
    assert other.pages.get(SITE, "k1") is not None


def test_a_failure_undoes_the_whole_group(url, other):
    database = connect(url, read_only=False, busy_timeout=1, clock=utc_now)
    database.group_commits(60)
    insert = text(
        "INSERT INTO learned (site, name, value, updated) VALUES ('demo', :name, '{}', '2026-01-01')"
    )
    with database.writing() as connection:
        connection.execute(insert, {"name": "first"})
    with pytest.raises(JournalError), database.writing() as connection:
        connection.execute(insert, {"name": "first"})
    with database.writing() as connection:
        connection.execute(insert, {"name": "second"})
    database.close()
    assert other.learned.recall(SITE, "first") is None
    assert other.learned.recall(SITE, "second") == {}


def test_reading_alone_opens_no_group(grouped, url):
    assert grouped.pages.get(SITE, "k1") is None
    with Journal.open(url, busy_timeout=0.2) as second:  # on SQLite a group would hold the only write lock
        second.pages.offer(SITE, [found(1)])
    assert grouped.pages.get(SITE, "k1") is not None


def test_a_reader_s_own_error_leaves_the_group_as_it_is(url, other):
    database = connect(url, read_only=False, busy_timeout=1, clock=utc_now)
    database.group_commits(60)
    insert = text(
        "INSERT INTO learned (site, name, value, updated) VALUES ('demo', 'first', '{}', '2026-01-01')"
    )
    with database.writing() as connection:
        connection.execute(insert)
    with pytest.raises(KeyError), database.reading():
        raise KeyError
    database.close()
    assert other.learned.recall(SITE, "first") == {}
