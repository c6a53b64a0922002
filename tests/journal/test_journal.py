"""A journal that cannot be used says so in one line, and is left as it is."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from newscrawler.journal import FoundPage, Journal, JournalError, PageVisit, journal_url, journaled_sites
from newscrawler.journal.database import connect, utc_now
from newscrawler.journal.schema import VERSION

from .conftest import SITE
from .making import story


def refusal(url: str, **options: bool | float) -> str:
    with pytest.raises(JournalError) as caught:
        Journal.open(url, **options).close()  # type: ignore[arg-type]
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def filled(path: Path) -> Path:
    with Journal.open(f"sqlite:///{path}") as journal:
        for number in range(60):
            journal.stories.store(SITE, f"k{number}", story(number))
    return path


def test_truncated_to_half(filled: Path) -> None:
    half = filled.read_bytes()[: filled.stat().st_size // 2]
    filled.write_bytes(half)
    message = refusal(f"sqlite:///{filled}")
    assert f"journal {filled} is damaged and was left as it is" in message
    assert filled.read_bytes() == half


def test_overwritten_with_noise_in_the_middle(filled: Path) -> None:
    """Damage that the first look does not meet is told when it is met."""
    raw = bytearray(filled.read_bytes())
    raw[8192 : len(raw) - 4096] = os.urandom(len(raw) - 12288)
    filled.write_bytes(raw)
    with pytest.raises(JournalError, match="is damaged and was left as it is"):
        read_everything(filled)


def read_everything(path: Path) -> None:
    with Journal.open(f"sqlite:///{path}") as journal:
        journal.stories.latest(SITE, 100)
        list(journal.stories.undelivered(SITE))
        list(journal.pages.due(SITE))


def test_not_a_database(path: Path) -> None:
    path.write_text("Dear diary, " * 500)
    before = path.read_bytes()
    assert f"journal {path} is not a journal and was left as it is" in refusal(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_another_programs_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    assert "another program's database (it has the table recipes)" in refusal(f"sqlite:///{path}")


def test_an_empty_file_is_a_start_that_was_killed(path: Path) -> None:
    path.touch()
    with Journal.open(f"sqlite:///{path}") as journal:
        assert list(journal.pages.pending(SITE)) == []


def test_a_schema_one_step_ahead_still_serves_the_release_before(url: str) -> None:
    with Journal.open(url) as journal:
        journal.stories.store(SITE, "k1", story(1))
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE stories ADD COLUMN of_the_next_release TEXT"))
        connection.execute(
            text("UPDATE journal_version SET version_num = :next"), {"next": f"{int(VERSION) + 1:04d}"}
        )
    try:
        with Journal.open(url) as journal:
            journal.stories.store(SITE, "k2", story(2))
            assert journal.stories.count(SITE) == 2
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE stories DROP COLUMN of_the_next_release"))
            connection.execute(text("UPDATE journal_version SET version_num = :now"), {"now": VERSION})
        engine.dispose()


def test_a_statement_that_takes_too_long_for_the_server(postgres_url: str) -> None:
    slow = f"{postgres_url}&options=-c%20statement_timeout%3D1"
    with psycopg.connect(postgres_url) as connection:
        connection.execute("LOCK TABLE stories IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(JournalError, match="statement_timeout"), Journal.open(slow) as journal:
            journal.stories.count(SITE)


def test_newer_schema(url: str) -> None:
    Journal.open(url).close()
    database = connect(url, read_only=False, busy_timeout=5, clock=utc_now)
    with database.writing() as connection:
        connection.execute(text("UPDATE journal_version SET version_num = '0999'"))
    database.close()
    message = refusal(url)
    assert re.search(r"written by a newer program \(schema 0999, this one knows \d{4}\): update", message)


def test_locked_by_another_writer(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    url = f"sqlite:///{filled}"
    assert f"journal {filled} is locked by another program" in refusal(url, busy_timeout=0.2)
    with Journal.open(url, read_only=True) as reader:
        assert len(reader.stories.latest(SITE, 100)) == 60, "a reader must not wait for a writer"
    other.execute("ROLLBACK")
    with Journal.open(url, busy_timeout=0.2) as journal:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="is locked by another program"):
            journal.stories.store(SITE, "k99", story(99))
        other.execute("ROLLBACK")
        assert journal.stories.get(SITE, "demo:99") is None
        assert journal.stories.store(SITE, "k99", story(99)).news == "story"
    other.close()


def test_table_locked_in_postgresql(postgres_url: str) -> None:
    with Journal.open(postgres_url, busy_timeout=0.3) as journal:
        engine = create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as other:
            other.execute(text("LOCK TABLE pages"))
            with pytest.raises(JournalError, match="is locked by another program"):
                journal.pages.offer(SITE, [FoundPage("k1", "http://demo.example/1")])
        engine.dispose()
        assert journal.pages.offer(SITE, [FoundPage("k1", "http://demo.example/1")]).new == {"k1"}


def test_a_lost_connection_loses_nothing(postgres_url: str) -> None:
    with Journal.open(postgres_url) as journal:
        journal.stories.store(SITE, "k1", story(1))
        engine = create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as other:
            other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            )
        engine.dispose()
        with pytest.raises(JournalError, match="run again"):
            journal.stories.store(SITE, "k2", story(2))
        assert journal.stories.store(SITE, "k2", story(2)).news == "story"
        assert len(list(journal.stories.undelivered(SITE))) == 2


def test_postgresql_that_cannot_be_used(postgres: str, tmp_path: Path) -> None:
    assert "cannot be reached" in refusal(f"postgresql://tester@/postgres?host={tmp_path}")
    assert 'database "nowhere" does not exist' in refusal(f"postgresql://tester@/nowhere?host={postgres}")
    message = refusal(f"postgresql://stranger:secret@/postgres?host={postgres}")
    assert 'role "stranger" does not exist' in message
    assert "secret" not in message


def test_a_server_that_is_read_only(postgres_url: str) -> None:
    url = postgres_url + "&options=-c%20default_transaction_read_only%3Don"
    assert "cannot be written" in refusal(url)


def test_psycopg_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install -r requirements-postgres.txt" in refusal("postgresql://somebody@localhost/news")


@pytest.mark.parametrize(
    "url", ["news.sqlite", "", "sqlite://", "sqlite:///:memory:", "mysql://u@h/d", "nothing://x"]
)
def test_an_address_of_no_use(url: str) -> None:
    assert refusal(url).startswith("JOURNAL ")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = refusal(f"sqlite:///{tmp_path}/file/.journal/demo.sqlite")
    assert "cannot be created: its folder must be writable" in message


def test_reading_creates_nothing(tmp_path: Path) -> None:
    assert "there is no journal at" in refusal(f"sqlite:///{tmp_path}/none.sqlite", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_reading_writes_nothing(filled: Path) -> None:
    with Journal.open(f"sqlite:///{filled}", read_only=True) as journal:
        assert len(journal.stories.latest(SITE, 100)) == 60
        with pytest.raises(JournalError, match="cannot be written"):
            journal.pages.finish(SITE, "k1", PageVisit("other"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(journal: Journal, stored: list[int]) -> None:
    for number in range(10_000):
        journal.stories.store(SITE, f"k{number}", story(number, body="long " * 2_000))
        stored.append(number)


def test_full_disk_loses_nothing(small_disk: Path) -> None:
    url = f"sqlite:///{small_disk}/journal.sqlite"
    stored: list[int] = []
    with Journal.open(url) as journal, pytest.raises(JournalError, match=r"make room|has room"):
        fill(journal, stored)
    assert len(stored) > 10
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    with Journal.open(url) as journal:
        assert [item["story_id"] for item in journal.stories.undelivered(SITE)] == [
            f"demo:{n}" for n in stored
        ]
        journal.stories.store(SITE, "k", story(20_000))


def test_no_room_to_begin_with(small_disk: Path) -> None:
    room = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(bytes(room.f_bavail * room.f_bsize))
    message = refusal(f"sqlite:///{small_disk}/.journal/journal.sqlite")
    assert str(small_disk) in message


def test_a_read_only_file_system(small_disk: Path) -> None:
    url = f"sqlite:///{small_disk}/journal.sqlite"
    with Journal.open(url) as journal:
        journal.stories.store(SITE, "k1", story(1))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    message = refusal(url)
    assert "cannot be written" in message or "cannot be opened" in message
    assert "cannot be created" in refusal(f"sqlite:///{small_disk}/.journal/other.sqlite")
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    with Journal.open(url) as journal:
        assert len(list(journal.stories.undelivered(SITE))) == 1


def test_journal_url(tmp_path: Path) -> None:
    assert journal_url(None, tmp_path, "demo") == f"sqlite:///{tmp_path}/.journal/demo.sqlite"
    assert journal_url("", tmp_path, "demo") == journal_url(None, tmp_path, "demo")
    assert journal_url("postgresql://h/news", tmp_path, "demo") == "postgresql://h/news"
    assert journal_url("sqlite:////x/{site}.db", tmp_path, "demo") == "sqlite:////x/demo.db"
    for name in ("../../x", "a/b", "", ".hidden", "A B"):
        with pytest.raises(JournalError, match="is no short name"):
            journal_url(None, tmp_path, name)


def test_a_folder_with_odd_characters(tmp_path: Path) -> None:
    url = journal_url(None, tmp_path / "a b%41?c#d é", "demo")
    Journal.open(url).close()
    assert (tmp_path / "a b%41?c#d é" / ".journal" / "demo.sqlite").is_file()


def test_the_sites_that_have_a_journal(tmp_path: Path) -> None:
    for setting in ("", f"sqlite:///{tmp_path}/of-{{site}}.sqlite"):
        assert journaled_sites(setting, tmp_path / "out") == []
        for site in ("west", "east"):
            Journal.open(journal_url(setting, tmp_path / "out", site)).close()
        assert journaled_sites(setting, tmp_path / "out") == ["east", "west"]
    with pytest.raises(JournalError, match="name them"):
        journaled_sites("postgresql://host/{site}", tmp_path)


def test_the_sites_of_one_journal(journal: Journal) -> None:
    for site in ("west", "east", "west"):
        journal.runs.start(site)
    assert journal.runs.sites() == ["east", "west"]
