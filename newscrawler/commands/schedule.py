"""`scrapy schedule`: a site's line for cron, printed or written.

Exit codes: 0 well; 1 the crontab could not be read or written, and is as it was; 2 bad arguments.

Lines of others stay byte for byte. python-crontab 3.4 would rewrite them: it folds spaces, turns `0 0 * * *` into
`@daily`, drops the quotes of variables, and comments out what it cannot parse.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawler.arguments import profile_folders
from newscrawler.sites import Catalogue, SiteError

FAILED, BAD_ARGUMENTS = 1, 2
_MINUTES = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)  # what divides an hour, so that all intervals are the same
_HOURS = (1, 2, 3, 4, 6, 8, 12)
_SECONDS = 20.0  # to wait for the crontab command


class CrontabError(Exception):
    """The user's crontab could not be read or written; the text is one line for the user."""


class Command(ScrapyCommand):
    """Prints the crontab line that crawls a site; writes or removes it on request."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "--site NAME [--every 30m] [--install | --remove]"

    def short_desc(self) -> str:
        return "Print or install the crontab line that crawls a site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--site", metavar="NAME", help="the site's short name (default: the setting SITE)"
        )
        parser.add_argument(
            "--every", metavar="TIME", default="30m", help="such as 15m, 2h or 1d (default: 30m)"
        )
        parser.add_argument("--install", action="store_true", help="write it into your crontab")
        parser.add_argument("--remove", action="store_true", help="remove it from your crontab")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args or (opts.install and opts.remove):
            raise UsageError("give either --install or --remove" if opts.install else f"what is {args[0]!r}?")
        project = Path(closest_scrapy_cfg()).resolve().parent
        output = (project / self.settings["OUTPUT_DIR"]).absolute()
        try:
            # A mistake is reported now, not in a log that nobody reads.
            site = Catalogue(profile_folders(self.settings)).site(opts.site or self.settings["SITE"]).name
            line = crontab_line(project, site, opts.every, output)
        except (SiteError, ValueError) as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        if not (opts.install or opts.remove):
            print(line)
            return
        try:
            kept, removed = without(read_crontab(), project, site)
            if opts.install:
                output.mkdir(parents=True, exist_ok=True)  # for the log
                kept.append(line)
            if opts.install or removed:
                write_crontab(kept)
        except (CrontabError, OSError) as error:
            self._end(FAILED, str(error))
            return
        done = "written" if opts.install else "removed" if removed else f"there was no line for {site}"
        print(f"scrapy schedule: {done}" + (f": {line}" if opts.install else ""), file=sys.stderr)

    def _end(self, code: int, reason: str) -> None:
        print(f"scrapy schedule: {reason}", file=sys.stderr)
        self.exitcode = code


def crontab_line(project: Path, site: str, every: str, output: Path) -> str:
    """The line, all paths absolute. No lock is needed in it: a second crawl of a site ends by itself, with 75.

    Raises ValueError when the interval is none that cron can keep, or a path has a line break.
    """
    # Not `scrapy` by its name: cron knows neither the virtual environment nor the PATH of a shell.
    words = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "site",
        "-a",
        f"site={site}",
        "-s",
        f"OUTPUT_DIR={output}",
    ]
    log = output / f"{site}.log"
    command = f"cd {shlex.quote(str(project))} && {shlex.join(words)} >> {shlex.quote(str(log))} 2>&1"
    if "\n" in command or "\r" in command:
        raise ValueError("a path with a line break in it cannot stand in a crontab")
    # crontab(5): an unescaped % is a line break, in quotes too.
    return f"{times(every, site)} {command} {_mark(site)}".replace("%", r"\%")


def times(every: str, site: str) -> str:
    """cron's five fields for an interval such as 30m, 2h or 1d; sites start at different minutes.

    Raises ValueError when the interval does not divide an hour or a day.
    """
    found = re.fullmatch(r"([1-9]\d?)([mhd])", every.strip())
    number, unit = (int(found[1]), found[2]) if found else (0, "")
    shift = zlib.crc32(site.encode())
    if unit == "m" and number in _MINUTES:
        return "* * * * *" if number == 1 else f"{shift % number}-59/{number} * * * *"
    if (unit == "h" and number in _HOURS) or (number, unit) == (60, "m"):
        return (
            f"{shift % 60} * * * *"
            if number in (1, 60)
            else f"{shift % 60} {shift // 60 % number}-23/{number} * * *"
        )
    if (number, unit) in ((1, "d"), (24, "h")):
        return f"{shift % 60} {shift // 60 % 24} * * *"
    minutes, hours = (", ".join(map(str, known)) for known in (_MINUTES, _HOURS))
    raise ValueError(
        f"--every {every}: write 30m, 2h or 1d; cron keeps {minutes} minutes, {hours} hours, or a day"
    )


def without(lines: list[str], project: Path, site: str) -> tuple[list[str], bool]:
    """The crontab without this project's line for the site, and whether there was one."""
    start = f" cd {shlex.quote(str(project))} && ".replace("%", r"\%")
    kept = [line for line in lines if not (line.rstrip().endswith(_mark(site)) and start in line)]
    return kept, len(kept) < len(lines)


def read_crontab() -> list[str]:
    """The lines of the user's crontab; none where there is no crontab yet."""
    done = _crontab(["-l"])
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise CrontabError(f"the crontab cannot be read: {done.stderr.strip() or done.returncode}")
    return [] if done.returncode else done.stdout.splitlines()


def write_crontab(lines: list[str]) -> None:
    """Put these lines in the place of the user's crontab."""
    done = _crontab(["-"], "".join(f"{line}\n" for line in lines))
    if done.returncode:
        raise CrontabError(f"the crontab cannot be written: {done.stderr.strip() or done.returncode}")


def _crontab(words: list[str], text: str | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - fixed words
            ["crontab", *words],  # noqa: S607 - the system's own, wherever it is
            input=text or "",
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise CrontabError(
            "there is no crontab command here: install cron, or use the line as it is printed"
        ) from None
    except subprocess.TimeoutExpired:
        raise CrontabError(f"crontab did not answer within {_SECONDS:.0f} s") from None


def _mark(site: str) -> str:
    return f"# newscrawler {site}"
