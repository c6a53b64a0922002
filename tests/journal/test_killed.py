"""A writer that is killed at random instants, and started again until it finishes."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from newscrawler.journal import Journal

from .conftest import SITE

_ROOT = Path(__file__).parents[2]
_STORIES = 80
_KILLS = 8


def start(url: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"{__package__}.killed_writer", url, str(folder), str(_STORIES)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=_ROOT / "tests", env={"PYTHONPATH": str(_ROOT)}
    )


def test_every_story_is_delivered_exactly_once(url: str, tmp_path: Path) -> None:
    chosen = random.Random(11)
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    killed = 0
    longest = 0.3
    for _ in range(200):
        process = start(url, feeds)
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
