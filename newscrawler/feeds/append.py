"""Adding to a file of an earlier run without its torn end, and without a second header."""

from __future__ import annotations

import codecs
import json
import os
import shutil
from pathlib import Path
from typing import IO

from newscrawler.feeds.temporary_file import FeedError

_CHUNK = 1 << 20  # bytes read at a time


def join(old: Path, new: Path, joined: Path, form: str) -> int:
    """Write the complete lines of `old` and then those of `new` to `joined`, synced; returns the bytes put aside.

    A torn last line of `old` (a crash or a full disk left half of it) would damage the first new one, so it is
    put aside in `<old>.torn`. Raises `FeedError` when the two have different columns.
    """
    end, torn = complete_end(old, form)
    with old.open("rb") as before, new.open("rb") as after, joined.open("xb") as both:
        if form == "csv":
            _same_header(before, after, old)
            before.seek(0)
        _copy(before, both, end)
        if end and not torn and not _ends_line(old, end):
            both.write(b"\r\n" if form == "csv" else b"\n")
        if not end:
            after.seek(0)
        shutil.copyfileobj(after, both, _CHUNK)
        both.flush()
        os.fsync(both.fileno())
    if torn:
        _put_aside(old, end)
    return torn


def complete_end(path: Path, form: str) -> tuple[int, int]:
    """The number of bytes of complete lines, and of those after them that are a torn one.

    A last line without its line end counts as complete when it reads as one: other programs write such files.
    """
    ends = _csv_end if form == "csv" else _line_end
    end = ends(path)
    size = path.stat().st_size
    if end == size:
        return end, 0
    with path.open("rb") as file:
        file.seek(end)
        rest = file.read()
        if form != "csv" and _is_record(rest):
            return size, 0
        if form == "csv":
            file.seek(0)
            header = file.readline()
            # Inside quotes commas count as well: good enough, a row with too few of them counts as torn.
            if rest.count(b'"') % 2 == 0 and rest.count(b",") >= header.count(b","):
                return size, 0
    return end, size - end


def _line_end(path: Path) -> int:
    """The position after the last line end, searched from the file's end."""
    with path.open("rb") as file:
        position = file.seek(0, os.SEEK_END)
        while position:
            start = max(0, position - _CHUNK)
            file.seek(start)
            found = file.read(position - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            position = start
    return 0


def _csv_end(path: Path) -> int:
    """The position after the last line end that is not inside quotes."""
    end = position = 0
    quoted = False
    with path.open("rb") as file:
        for line in file:
            position += len(line)
            quoted ^= line.count(b'"') % 2 == 1
            if not quoted and line.endswith(b"\n"):
                end = position
    return end


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _same_header(before: IO[bytes], after: IO[bytes], old: Path) -> None:
    """Raise `FeedError` when the headers differ; leaves `after` behind its own."""
    old_header, header = (file.readline().removeprefix(codecs.BOM_UTF8).strip() for file in (before, after))
    if old_header and old_header != header:
        raise FeedError(
            f"{old} has other columns than this crawl's stories: name another file, or replace it with -O"
        )


def _ends_line(path: Path, end: int) -> bool:
    with path.open("rb") as file:
        file.seek(end - 1)
        return file.read(1) == b"\n"


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size > 0:
        chunk = source.read(min(size, _CHUNK))
        if not chunk:
            break
        target.write(chunk)
        size -= len(chunk)


def _put_aside(path: Path, start: int) -> None:
    with path.open("rb") as source, path.with_name(path.name + ".torn").open("ab") as aside:
        source.seek(start)
        shutil.copyfileobj(source, aside, _CHUNK)
        aside.write(b"\n")
        aside.flush()
        os.fsync(aside.fileno())
