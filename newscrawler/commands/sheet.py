"""`scrapy sheet`: gathered stories as one spreadsheet.

Exit codes: 0 well; 1 the sheet could not be written, and an earlier one of that name is as it was; 2 bad arguments;
3 the sheet was written, but lines that are no stories were left out.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from pathlib import Path
from typing import IO, Any, ClassVar, Protocol, cast
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scrapy.commands import ScrapyCommand

from newscrawler.feeds.csv import StoryTable
from newscrawler.feeds.delivery import sync_folder
from newscrawler.feeds.lines import latest_lines, story_lines
from newscrawler.feeds.parquet import ParquetMissing, StoryParquet
from newscrawler.feeds.part import PartFile, remove_stale, temporary_beside
from newscrawler.feeds.xlsx import StoryWorkbook

FAILED, BAD_ARGUMENTS, INCOMPLETE = 1, 2, 3
_FORMS = (".xlsx", ".csv", ".parquet")
_SOURCES = ("*.jsonl", "*.jl")
_TOLD = 20  # bad lines told one by one


class Sheet(Protocol):
    """What all kinds of sheets do."""

    rows: int
    cut: int

    def add(self, story: Any, /) -> None: ...

    def close(self) -> None: ...


class BadArgument(ValueError):
    """The text says which argument, what was wrong and what to do."""


class Command(ScrapyCommand):
    """Writes a sheet from files and folders of JSON Lines."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "FILE|FOLDER... -o stories.xlsx"

    def short_desc(self) -> str:
        return "Write gathered stories as .xlsx, .csv or .parquet"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", dest="output", metavar="FILE", help="the sheet: .xlsx, .csv or .parquet")
        parser.add_argument("--latest", action="store_true", help="each story once, in its newest revision")
        parser.add_argument(
            "--zone",
            metavar="ZONE",
            help="time zone of the sheet's times, such as Europe/Berlin (default: UTC)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            output = _output(opts.output)
            zone = _zone(opts.zone or str(self.settings.get("SHEET_ZONE", "UTC") if self.settings else "UTC"))
            paths = _files(args, output)
        except BadArgument as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        bad = _BadLines()
        try:
            with _progress(paths) as read:
                stories = latest_lines(paths, bad, read) if opts.latest else _all_lines(paths, bad, read)
                sheet = write_sheet(stories, output, zone)
        except ParquetMissing as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        except OSError as error:
            name = error.filename or output
            self._end(FAILED, f"{name}: {error.strerror or error}; {output} was not written")
            return
        cut = f", {sheet.cut} cells cut at 32,767 characters" if sheet.cut else ""
        print(f"{output}: {sheet.rows} stories{cut}", file=sys.stderr)
        if bad.count:
            self._end(INCOMPLETE, f"{bad.count} lines that are no stories were left out")

    def _end(self, code: int, reason: str) -> None:
        print(f"scrapy sheet: {reason}", file=sys.stderr)
        self.exitcode = code


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


def _sheet(part: PartFile, form: str, zone: tzinfo, work: Path) -> Sheet:
    file = cast(IO[bytes], part)
    if form == ".csv":
        return StoryTable(file)
    if form == ".parquet":
        return StoryParquet(file)
    return StoryWorkbook(file, zone=zone, work=work)


class _BadLines:
    """Counts lines that are no stories and tells the first ones."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, reason: str) -> None:
        self.count += 1
        if self.count <= _TOLD:
            print(reason, file=sys.stderr)


def _all_lines(
    paths: list[Path], bad: Callable[[str], None], read: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    for path in paths:
        for line in story_lines(path, bad):
            yield line.record
        read(str(path))


def _output(name: str | None) -> Path:
    if not name:
        raise BadArgument("say where to with -o, such as -o stories.xlsx")
    path = Path(name).absolute()
    if path.suffix.lower() not in _FORMS:
        raise BadArgument(
            f"-o {name}: write a name that ends in {', '.join(_FORMS)}; LibreOffice opens .xlsx as well"
        )
    if path.is_dir():
        raise BadArgument(f"-o {name}: that is a folder; name a file")
    return path


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise BadArgument(f"--zone {name}: not a time zone; write one such as Europe/Berlin or UTC") from None


def _files(names: list[str], output: Path) -> list[Path]:
    if not names:
        raise BadArgument("name files or folders of JSON Lines, such as output/mysite")
    paths: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(
                one for pattern in _SOURCES for one in path.rglob(pattern) if not one.name.startswith(".")
            )
            if not found:
                raise BadArgument(f"{name}: no .jsonl file in that folder")
            paths |= dict.fromkeys(found)
        elif path.is_file():
            paths[path] = None
        else:
            raise BadArgument(f"{name}: no such file or folder")
    if output in (path.absolute() for path in paths):
        raise BadArgument(f"-o {output}: that is one of the files to read")
    return list(paths)


@contextlib.contextmanager
def _progress(paths: list[Path]) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("reading", total=len(paths))
        yield lambda path: bar.advance(task)
