from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.journal import Journal, JournalError

from .conftest import SITE, Clock


def test_a_run_that_never_finished_was_killed(
    journal: Journal, reopen: Callable[[], Journal], clock: Clock
) -> None:
    first = journal.runs.start(SITE, {"again": True})
    other = journal.runs.start("other")
    journal.close()
    clock.tick(minutes=30)
    journal = reopen()
    second = journal.runs.start(SITE)
    clock.tick(minutes=1)
    journal.runs.finish(second, "finished", reason="all seen", counts={"stories": 3})
    newest, oldest = journal.runs.latest(SITE)
    assert (oldest.id, oldest.state, oldest.arguments, oldest.finished) == (
        first,
        "killed",
        {"again": True},
        None,
    )
    assert (newest.id, newest.state, newest.reason, newest.counts) == (
        second,
        "finished",
        "all seen",
        {"stories": 3},
    )
    assert newest.finished == clock.now
    assert [(run.id, run.state) for run in journal.runs.latest("other")] == [(other, "running")]


def test_what_a_site_taught_us(journal: Journal) -> None:
    assert journal.learned.recall(SITE, "shapes") is None
    journal.learned.remember(SITE, "shapes", {"/news/{n}": 12})
    journal.learned.remember(SITE, "shapes", {"/news/{n}": 13, "é": [1, None]})
    journal.learned.remember("other", "shapes", {})
    assert journal.learned.recall(SITE, "shapes") == {"/news/{n}": 13, "é": [1, None]}
    assert journal.learned.recall("other", "shapes") == {}
    journal.learned.drop(SITE, "shapes")
    assert journal.learned.recall(SITE, "shapes") is None


def test_two_machines_do_not_crawl_one_site(postgres_url: str) -> None:
    with Journal.open(postgres_url) as one:
        with Journal.open(postgres_url) as other:
            assert one.claim(SITE)
            assert one.claim("third")
            one.pages.offer(SITE, [])
            assert not other.claim(SITE)
            assert other.claim("other")
            assert not one.claim("other")
        assert one.claim("other"), "a lock ends with its holder"


def test_a_crawl_that_lost_its_connection_goes_on_only_where_nobody_took_over(postgres_url: str) -> None:
    import psycopg

    with Journal.open(postgres_url) as one, Journal.open(postgres_url) as other:
        assert one.claim_writing(SITE)
        for taken in (False, True):
            with psycopg.connect(postgres_url, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                )
            with pytest.raises(JournalError):
                one.stories.count(SITE)
            assert other.claim_writing(SITE)
            if taken:
                with pytest.raises(JournalError, match="taken the site over"):
                    one.stories.count(SITE)
            else:
                other.release_writing(SITE)
                one.stories.count(SITE)
                assert not other.claim_writing(SITE), "it holds the site again"


def test_a_file_is_one_machines(tmp_path: Path) -> None:
    with Journal.open(f"sqlite:///{tmp_path}/journal.sqlite") as journal:
        assert journal.claim(SITE)
