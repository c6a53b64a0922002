"""Sheets from many stories, in the format of the name's ending; a file appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import IO, Any, cast

from scrapy.utils.misc import load_object

from newscrawler.feeds.delivery import sync_folder
from newscrawler.feeds.formats import FORMATS
from newscrawler.feeds.sheet import Sheet, SheetOptions, work_folder
from newscrawler.feeds.temporary_file import PartFile, remove_stale, temporary_beside


def write_sheet(
    stories: Iterable[dict[str, Any]], output: Path, zone: tzinfo, further: Sequence[str] = ()
) -> Sheet:
    """Write the sheet under a temporary name and rename it. Raises `OSError`.

    `further`: keys of columns beside the fields of a story.

    The ending of `output` is one of `formats.SHEET_SUFFIXES`.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    remove_stale(output.parent, output.name)
    errors: list[BaseException] = []
    sheet_class = cast(type[Sheet], load_object(FORMATS[output.suffix.lower().removeprefix(".")].sheet or ""))
    file = PartFile(temporary_beside(output), errors.append)
    binary = cast(IO[bytes], file)
    sheet: Sheet | None = None
    try:
        if not errors:
            sheet = sheet_class.begin(binary, SheetOptions(zone, further=further, work=work_folder(binary)))
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
        if sheet is not None:
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
