from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.journal import Journal, JournalError
from newscrawler.journal.deliveries import replace_durably

from .conftest import SITE
from .making import story

_ROOT = Path(__file__).parents[2]
_STORIES = 80
_KILLS = 8


class Feeds:
    """Two files that are delivered together, as the feed storage does it, up to a given step."""

    def __init__(self, folder: Path) -> None:
        self.finals = [folder / "news.jsonl", folder / "news.csv"]
        self.temporaries = [folder / ".news.jsonl.tmp", folder / ".news.csv.tmp"]

    def write(self, journal: Journal) -> int:
        delivery = journal.deliveries.start(SITE, journal.runs.start(SITE))
        owed = list(journal.stories.undelivered(SITE))
        for temporary, final in zip(self.temporaries, self.finals, strict=True):
            journal.deliveries.add_file(delivery, temporary, final)
            old = final.read_text() if final.exists() else ""
            temporary.write_text(old + "".join(f"{item['story_id']}\n" for item in owed))
        journal.deliveries.add(delivery, [(item["story_id"], item["revision"]) for item in owed])
        return delivery

    def lines(self) -> list[list[str]]:
        return [final.read_text().splitlines() if final.exists() else [] for final in self.finals]

    def left_over(self) -> list[Path]:
        return [path for path in self.temporaries if path.exists()]


@pytest.fixture
def feeds(tmp_path: Path) -> Feeds:
    return Feeds(tmp_path)


def test_a_whole_delivery(journal: Journal, feeds: Feeds) -> None:
    journal.stories.store(SITE, "k1", story(1))
    delivery = feeds.write(journal)
    journal.deliveries.commit(delivery)
    for temporary, final in zip(feeds.temporaries, feeds.finals, strict=True):
        replace_durably(temporary, final)
    journal.deliveries.finish(delivery)
    assert list(journal.stories.undelivered(SITE)) == []
    assert journal.deliveries.recover(SITE) == []
    assert [one.file for one in journal.deliveries.of_story(SITE, "demo:1")] == [
        str(path) for path in feeds.finals
    ]


@pytest.mark.parametrize("renamed", [None, 0, 1, 2])
def test_a_kill_at_any_step_delivers_once(
    journal: Journal, reopen: Callable[[], Journal], feeds: Feeds, renamed: int | None
) -> None:
    """Killed before the commit (None), or after it with so many files renamed."""
    journal.stories.store(SITE, "k1", story(1))
    first = feeds.write(journal)
    journal.deliveries.commit(first)
    for temporary, final in zip(feeds.temporaries, feeds.finals, strict=True):
        replace_durably(temporary, final)
    journal.deliveries.finish(first)
    journal.stories.store(SITE, "k2", story(2))
    second = feeds.write(journal)
    if renamed is not None:
        journal.deliveries.commit(second)
        for temporary, final in list(zip(feeds.temporaries, feeds.finals, strict=True))[:renamed]:
            replace_durably(temporary, final)
    journal.close()

    journal = reopen()
    [recovery] = journal.deliveries.recover(SITE)
    assert recovery.delivered == (renamed is not None)
    assert feeds.left_over() == []
    assert journal.deliveries.recover(SITE) == []
    if journal_owes := list(journal.stories.undelivered(SITE)):
        assert [item["story_id"] for item in journal_owes] == ["demo:2"]
        delivery = feeds.write(journal)
        journal.deliveries.commit(delivery)
        for temporary, final in zip(feeds.temporaries, feeds.finals, strict=True):
            replace_durably(temporary, final)
        journal.deliveries.finish(delivery)
    assert feeds.lines() == [["demo:1", "demo:2"]] * 2


def test_a_file_registered_but_never_created(journal: Journal, feeds: Feeds) -> None:
    delivery = journal.deliveries.start(SITE, 1)
    journal.deliveries.add_file(delivery, feeds.temporaries[0], feeds.finals[0])
    [recovery] = journal.deliveries.recover(SITE)
    assert not recovery.delivered


def test_a_final_file_that_changed_meanwhile_is_not_overwritten(journal: Journal, feeds: Feeds) -> None:
    journal.stories.store(SITE, "k1", story(1))
    journal.deliveries.commit(feeds.write(journal))
    feeds.finals[0].write_text("written by another program\n")
    [recovery] = journal.deliveries.recover(SITE)
    assert not recovery.delivered
    assert str(feeds.finals[0]) in recovery.note
    assert feeds.lines()[0] == ["written by another program"]
    assert feeds.left_over() == []
    assert len(list(journal.stories.undelivered(SITE))) == 1


def test_a_temporary_file_that_vanished_is_not_committed(journal: Journal, feeds: Feeds) -> None:
    journal.stories.store(SITE, "k1", story(1))
    delivery = feeds.write(journal)
    feeds.temporaries[1].unlink()
    with pytest.raises(JournalError, match=r"news\.csv\.tmp is gone"):
        journal.deliveries.commit(delivery)
    [recovery] = journal.deliveries.recover(SITE)
    assert not recovery.delivered
    assert len(list(journal.stories.undelivered(SITE))) == 1


def test_what_was_not_written_stays_owed(journal: Journal, feeds: Feeds) -> None:
    journal.stories.store(SITE, "k1", story(1))
    delivery = feeds.write(journal)
    journal.stories.store(SITE, "k2", story(2))  # came too late
    journal.stories.store(SITE, "k1", story(1, title="Edited after it was written"))
    journal.deliveries.commit(delivery)
    journal.deliveries.finish(delivery)
    assert [(item["story_id"], item["revision"]) for item in journal.stories.undelivered(SITE)] == [
        ("demo:1", 2),
        ("demo:2", 1),
    ]


def test_a_dropped_delivery_owes_its_stories(journal: Journal, feeds: Feeds) -> None:
    journal.stories.store(SITE, "k1", story(1))
    journal.deliveries.drop(feeds.write(journal))
    assert journal.deliveries.recover(SITE) == []
    assert len(list(journal.stories.undelivered(SITE))) == 1


def test_what_the_writer_kept_beside_its_file_goes_too(journal: Journal, feeds: Feeds) -> None:
    feeds.write(journal)
    beside = feeds.finals[0].with_name(feeds.temporaries[0].name + ".joined")
    beside.write_text("half")
    journal.deliveries.recover(SITE)
    assert not beside.exists()
    assert feeds.left_over() == []


def test_the_ledger_keeps_account_of_many_stories(journal: Journal, feeds: Feeds) -> None:
    for number in range(210):
        journal.stories.store(SITE, f"k{number}", story(number, body="Short."))
    ledger = journal.ledger(SITE, journal.runs.start(SITE))
    ledger.begin(feeds.temporaries[0], feeds.finals[0])
    feeds.temporaries[0].write_text("all of them\n")
    for item in journal.stories.undelivered(SITE):
        ledger.add(item["story_id"], item["revision"])
    ledger.commit()
    replace_durably(feeds.temporaries[0], feeds.finals[0])
    ledger.finished()
    assert list(journal.stories.undelivered(SITE)) == []
    assert journal.deliveries.recover(SITE) == []


def test_a_dropped_ledger_owes_its_stories(journal: Journal, feeds: Feeds) -> None:
    journal.stories.store(SITE, "k1", story(1))
    ledger = journal.ledger(SITE, journal.runs.start(SITE))
    ledger.begin(feeds.temporaries[0], feeds.finals[0])
    ledger.add("demo:1", 1)
    ledger.drop()
    assert len(list(journal.stories.undelivered(SITE))) == 1
    assert journal.deliveries.recover(SITE) == []


def test_a_ledger_without_stories_or_files_notes_nothing(journal: Journal) -> None:
    ledger = journal.ledger(SITE, journal.runs.start(SITE))
    ledger.commit()
    ledger.finished()
    ledger.drop()
    assert journal.deliveries.recover(SITE) == []


def test_a_folder_that_cannot_be_read_is_told(
    journal: Journal, feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds.write(journal)

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", refuse)  # root may read everything
        with pytest.raises(JournalError, match="make its folder readable"):
            journal.deliveries.recover(SITE)
    assert len(journal.deliveries.recover(SITE)) == 1


def start_writer(url: str, folder: Path, group: float) -> subprocess.Popen[str]:
    words = (url, str(folder), str(_STORIES), str(group))
    command = [sys.executable, "-m", f"{__package__}.killed_writer", *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=_ROOT / "tests", env={"PYTHONPATH": str(_ROOT)}
    )


@pytest.mark.parametrize("group", [0, 0.03], ids=["alone", "grouped"])
def test_a_writer_that_is_killed_again_and_again_delivers_every_story_once(
    url: str, tmp_path: Path, group: float
) -> None:
    chosen = random.Random(11)
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    killed = 0
    longest = 0.3
    for _ in range(200):
        process = start_writer(url, feeds, group)
        assert process.stdout is not None
        process.stdout.readline()
        began = time.monotonic()
        if killed < _KILLS:
            time.sleep(chosen.uniform(0, longest))
            process.kill()
        said = process.communicate()[0]
        if process.returncode == 0:
            longest = max(0.05, time.monotonic() - began)
            if killed >= _KILLS:
                break
        else:
            killed += 1
            assert process.returncode == -9, said
    assert killed >= _KILLS
    with Journal.open(url) as journal:
        assert list(journal.pages.pending(SITE)) == []
        assert list(journal.stories.undelivered(SITE)) == []
        states = Counter(run.state for run in journal.runs.latest(SITE, 1_000))
    assert states["killed"] + states["finished"] == states.total()
    for name in ("a", "b"):
        lines = [line for file in feeds.glob(f"*.{name}.jsonl") for line in file.read_text().splitlines()]
        delivered = Counter(json.loads(line)["story_id"] for line in lines)
        assert delivered == {f"demo:{number}": 1 for number in range(_STORIES)}, name
    assert list(feeds.glob(".*")) == [], "temporary files are left"
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
