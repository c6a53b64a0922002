"""`scrapy sheet`: gathered stories as one spreadsheet.

Exit codes: 0 well; 1 the sheet could not be written, and an earlier one of that name is as it was; 2 bad arguments;
3 the sheet was written, but lines that are no stories, or sites whose journal cannot be read, were left out.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from scrapy.commands import ScrapyCommand

from newscrawler.feeds.formats import SHEET_SUFFIXES, missing_package

if TYPE_CHECKING:
    from newscrawler.journal import Journal

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.

FAILED, BAD_ARGUMENTS, INCOMPLETE = 1, 2, 3
_SUFFIXES = f"{', '.join(SHEET_SUFFIXES[:-1])} or {SHEET_SUFFIXES[-1]}"
_SOURCES = ("*.jsonl", "*.jl")
_MOST_PRINTED = 20  # bad lines printed one by one


class BadArgument(ValueError):
    """The text names the argument, the fault and the remedy."""


class Command(ScrapyCommand):
    """Writes a sheet from files and folders of JSON Lines, or from a site's journal."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "<FILE|FOLDER... | --site NAME | --all [--since DATE]> -o stories.xlsx"

    def short_desc(self) -> str:
        return f"Write gathered stories as {_SUFFIXES}"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", dest="output", metavar="FILE", help=f"the sheet: {_SUFFIXES}")
        parser.add_argument("--latest", action="store_true", help="each story once, in its newest revision")
        parser.add_argument(
            "--zone",
            metavar="ZONE",
            help="time zone of the sheet's times, such as Europe/Berlin (default: UTC)",
        )

        parser.add_argument(
            "--site", metavar="NAME", help="the stories of this site's journal, instead of files"
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="the stories of all sites' journals; syndicated_from is where another site had a text before",
        )
        parser.add_argument(
            "--since",
            metavar="DATE",
            help="with --site and --all: those that are new or changed since then, such as 2026-11-01",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newscrawler.feeds.sheet_writer import write_sheet
        from newscrawler.journal import JournalError

        bad = _BadLines()
        self._unread: list[str] = []  # why the stories of a site are missing
        try:
            output = _output(opts.output)
            zone = _zone(opts.zone or str(self._setting("SHEET_ZONE", "UTC")))
            with self._stories(args, opts, output, bad) as stories:
                sheet = write_sheet(stories, output, zone, ("syndicated_from",) if opts.all else ())
        except (BadArgument, JournalError) as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        except OSError as error:
            name = error.filename or output
            self._end(FAILED, f"{name}: {error.strerror or error}; {output} was not written")
            return
        cut = f", {sheet.cut} cells cut at 32,767 characters" if sheet.cut else ""
        print(f"{output}: {sheet.rows} stories{cut}", file=sys.stderr)
        for reason in self._unread:
            self._end(INCOMPLETE, reason)
        if bad.count:
            self._end(INCOMPLETE, f"{bad.count} lines that are no stories were left out")

    @contextlib.contextmanager
    def _stories(
        self, args: list[str], opts: argparse.Namespace, output: Path, bad: Callable[[str], None]
    ) -> Iterator[Iterator[dict[str, Any]]]:
        if bool(args) + (opts.site is not None) + opts.all > 1:
            raise BadArgument("give one of: files and folders, --site, --all")
        since = _since(opts.since)
        if opts.all:
            yield self._of_all_sites(since)
            return
        if opts.site is not None:
            with self._journaled(opts.site) as journal:
                yield journal.stories.items(opts.site, since)
            return
        if opts.since is not None:
            raise BadArgument("--since goes with --site NAME or --all")
        from newscrawler.feeds.jsonlines_reader import latest_lines

        paths = _files(args, output)
        with _progress(paths) as read:
            yield latest_lines(paths, bad, read) if opts.latest else _all_lines(paths, bad, read)

    def _of_all_sites(self, since: datetime | None) -> Iterator[dict[str, Any]]:
        from newscrawler.journal import JournalError, journaled_sites

        sites = journaled_sites(self._setting("JOURNAL", ""), self._setting("OUTPUT_DIR", "output"))
        if not sites:
            raise JournalError(f"no site was crawled into {self._setting('OUTPUT_DIR', 'output')} yet")
        for site in sites:
            try:
                with self._journaled(site) as journal:
                    origins = journal.stories.syndicated(site)
                    for item in journal.stories.items(site, since):
                        yield item | {"syndicated_from": origins.get(item.get("story_id") or "")}
            except JournalError as error:
                self._unread.append(str(error))

    def _journaled(self, site: str) -> Journal:
        """The journal of a site, which holds each story once, in its newest revision."""
        from newscrawler.journal import Journal, journal_url

        url = journal_url(self._setting("JOURNAL", ""), self._setting("OUTPUT_DIR", "output"), site)
        return Journal.open(url, read_only=True)

    def _setting(self, name: str, default: str) -> str:
        return str(self.settings.get(name, default)) if self.settings else default

    def _end(self, code: int, reason: str) -> None:
        print(f"scrapy sheet: {reason}", file=sys.stderr)
        self.exitcode = code


class _BadLines:
    """Counts lines that are no stories and prints the first ones."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, reason: str) -> None:
        self.count += 1
        if self.count <= _MOST_PRINTED:
            print(reason, file=sys.stderr)


def _all_lines(
    paths: list[Path], bad: Callable[[str], None], read: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    from newscrawler.feeds.jsonlines_reader import story_lines

    for path in paths:
        for line in story_lines(path, bad):
            yield line.record
        read(str(path))


def _output(name: str | None) -> Path:
    if not name:
        raise BadArgument("say where to with -o, such as -o stories.xlsx")
    path = Path(name).absolute()
    suffix = path.suffix.lower()
    if suffix not in SHEET_SUFFIXES:
        raise BadArgument(
            f"-o {name}: write a name that ends in {', '.join(SHEET_SUFFIXES)}; LibreOffice opens .xlsx as well"
        )
    if lacking := missing_package(suffix.removeprefix(".")):
        raise BadArgument(lacking)
    if path.is_dir():
        raise BadArgument(f"-o {name}: that is a folder; name a file")
    return path


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise BadArgument(f"--zone {name}: not a time zone; write one such as Europe/Berlin or UTC") from None


def _since(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadArgument(
            f"--since {text}: not a date; write one such as 2026-11-01 or 2026-11-01T06:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

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
