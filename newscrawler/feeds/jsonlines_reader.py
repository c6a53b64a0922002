"""Reading JSON Lines back: one line at a time, bad ones reported and skipped; and the newest of each story."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_LONGEST = 64 * 1024 * 1024  # bytes; no story is that long
Report = Callable[[str], None]


class JsonLine(NamedTuple):
    """A story with its place: file, number of the line, and where the line begins."""

    record: dict[str, Any]
    path: Path
    number: int
    start: int
    size: int


def story_lines(path: Path, bad: Report) -> Iterator[JsonLine]:
    """The stories of a file in order. A line that is none is reported to `bad`, with file, number and reason."""
    start = number = 0
    with path.open("rb") as file:
        while line := file.readline(_LONGEST):
            number += 1
            size = len(line)
            if size == _LONGEST and not line.endswith(b"\n"):
                while (rest := file.readline(_LONGEST)) and not rest.endswith(b"\n"):
                    size += len(rest)
                size += len(rest)
                bad(f"{path}:{number}: longer than {_LONGEST // 1024**2} MB, left out")
            elif line.strip():
                record, fault = _record(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
                if record is None:
                    bad(f"{path}:{number}: {fault}, left out")
                else:
                    yield JsonLine(record, path, number, start, size)
            start += size


def latest_lines(paths: list[Path], bad: Report, read: Report) -> Iterator[dict[str, Any]]:
    """The newest revision of each story, at the place where the story was first seen.

    Newest is the highest `revision`, then the latest `fetched`, then the last one read. Memory is bounded: the
    choice is kept in a temporary SQLite database, which removes itself, and the lines are read a second time.
    `read` is called with each path when its first reading ends.
    """
    database = sqlite3.connect("", isolation_level=None)
    try:
        database.execute(
            "create table newest (key text primary key, seen integer, revision, fetched, file, start, size)"
        )
        database.execute("begin")
        seen = 0
        for file, path in enumerate(paths):
            for line in story_lines(path, bad):
                seen += 1
                record = line.record
                key = str(record.get("story_id") or record.get("url") or f"line {seen}").encode(
                    "utf-8", "backslashreplace"
                )
                revision = record.get("revision")
                rank = revision if isinstance(revision, int) and abs(revision) < 2**62 else 0
                fetched = str(record.get("fetched") or "").encode("utf-8", "backslashreplace")
                database.execute(
                    "insert into newest values (?, ?, ?, ?, ?, ?, ?) on conflict (key) do update set"
                    " revision = excluded.revision, fetched = excluded.fetched, file = excluded.file,"
                    " start = excluded.start, size = excluded.size"
                    " where (excluded.revision, excluded.fetched) >= (revision, fetched)",
                    (key, seen, rank, fetched, file, line.start, line.size),
                )
            read(str(path))
        files = [path.open("rb") for path in paths]
        try:
            for file, start, size in database.execute("select file, start, size from newest order by seen"):
                files[file].seek(start)
                record, _ = _record(files[file].read(size).removeprefix(b"\xef\xbb\xbf"))
                if record is not None:
                    yield record
        finally:
            for opened in files:
                opened.close()
    finally:
        database.close()


def _record(line: bytes) -> tuple[dict[str, Any] | None, str]:
    try:
        record = json.loads(line)
    except UnicodeDecodeError:
        return None, "not UTF-8"
    except (ValueError, RecursionError):
        return None, "a torn line" if not line.endswith(b"\n") else "not JSON"
    if not isinstance(record, dict) or not ("title" in record or "url" in record):
        return None, "not a story"
    return record, ""
