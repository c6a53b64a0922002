"""One sheet from many stories, of the kind that its name's ending says; it appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path
from typing import IO, Any, Protocol, cast

from newscrawler.feeds.csv import StoryTable
from newscrawler.feeds.delivery import sync_folder
from newscrawler.feeds.parquet import StoryParquet
from newscrawler.feeds.temporary_file import PartFile, remove_stale, temporary_beside
from newscrawler.feeds.xlsx import StoryWorkbook


class Sheet(Protocol):
    """What all kinds of sheets do."""

    rows: int
    cut: int

    def add(self, story: Any, /) -> None: ...

    def close(self) -> None: ...


def write_sheet(stories: Iterable[dict[str, Any]], output: Path, zone: tzinfo) -> Sheet:
    """Write the sheet under a temporary name and rename it: it appears whole or not at all. Raises `OSError`."""
    output.parent.mkdir(parents=True, exist_ok=True)
    remove_stale(output.parent, output.name)
    errors: list[BaseException] = []
    file = PartFile(temporary_beside(output), errors.append)
    work = Path(f"{file.name}.work")
    sheet: Sheet | None = None
    try:
        if not errors:
            sheet = _sheet(file, output.suffix.lower(), zone, work)
            for story in stories:
                sheet.add(story)
                if errors:
                    break
            if not errors:
                sheet.close()
        file.sync()
        if sheet is None or errors:
            raise errors[0]
        file.path.replace(output)
        sync_folder(output.parent)
    finally:
        if isinstance(sheet, StoryWorkbook):
            sheet.abandon()
        file.path.unlink(missing_ok=True)
        file.close()
    return sheet


def write_whole(output: Path, content: bytes) -> None:
    """Write a small file that appears whole or not at all. Raises `OSError`."""
    output.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_beside(output)
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(output)
        sync_folder(output.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sheet(part: PartFile, form: str, zone: tzinfo, work: Path) -> Sheet:
    file = cast(IO[bytes], part)
    if form == ".csv":
        return StoryTable(file)
    if form == ".parquet":
        return StoryParquet(file)
    return StoryWorkbook(file, zone=zone, work=work)
