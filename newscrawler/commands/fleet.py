"""`scrapy fleet`: many sites in one command, or on many machines that share a PostgreSQL database.

Exit codes of `run`: the worst of the sites' own: 1 a crawl failed, 4 a feed was lost, 2 an entry is no site or a bad
argument, 3 a site is unhealthy or was not begun; 75 where another run crawls all of them; 0 well. Of all others: 0
well, 1 the database cannot be used, 2 bad arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

if TYPE_CHECKING:
    from rich.console import Console

    from newscrawler.fleet import ListedSite

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.

FAILED, BAD_ARGUMENTS = 1, 2
_MOST_JOBS = 1000
_MOST_PORT = 65535
_NAMELESS = ("init", "worker", "status")
_ACTIONS = ("run", "add", "remove", "start", "pause", "resume", *_NAMELESS)


class Command(ScrapyCommand):
    """Crawls many sites, each as a `scrapy crawl site` of its own: at once, or by schedules and workers."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return (
            "run <NAME|URL... | --all | --file sites.txt> [--jobs N] | init | add NAME|URL... [--every 30m] | "
            "worker [--jobs N] | start NAME... | pause|resume NAME...|--all | remove NAME... | status [--json]"
        )

    def short_desc(self) -> str:
        return "Crawl many sites, here or on many machines"

    def long_desc(self) -> str:
        return (
            "run crawls each site as `scrapy crawl site` does, with its own lock, journal, files and exit code, N at a "
            "time; those first that were not crawled for the longest time. The result is in fleet-run.json in the "
            "output folder, each crawl's messages are in last-run.log in its site's folder. The others need the extra "
            "requirements-fleet.txt and JOURNAL in PostgreSQL, where sites and schedules are kept: init makes the "
            "tables, add puts sites in, worker crawls what is due, on as many machines as there are; start crawls at "
            "once, status shows it all."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--all", action="store_true", help="run: all sites that you have a profile of; pause, resume: all"
        )
        parser.add_argument(
            "--file", metavar="FILE", help="run, add: a text file with an address or a site's name a line"
        )
        parser.add_argument(
            "--jobs",
            metavar="N",
            help="run, worker: crawls at a time (default: by this machine's cores and memory)",
        )
        parser.add_argument(
            "-a",
            dest="arguments",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="an argument of every crawl, such as since=3d",
        )
        parser.add_argument("--every", metavar="TIME", help="add: how often, such as 15m, 2h or 1d")
        parser.add_argument("--json", action="store_true", help="status: as JSON")
        parser.add_argument(
            "--metrics", metavar="PORT", help="worker: serve numbers for Prometheus on this machine"
        )
        parser.add_argument(
            "--quiet", action="store_true", help="run: no progress and no table, problems alone"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if not args or args[0] not in _ACTIONS:
            raise UsageError(f"write: scrapy fleet {self.syntax()}")
        if len(args) > 1 and args[0] in _NAMELESS:
            raise UsageError(f"{args[0]} takes no names, got: {' '.join(args[1:])}")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newscrawler.arguments import ArgumentError, read_arguments
        from newscrawler.fleet import SiteListError
        from newscrawler.fleet.exceptions import FleetError
        from newscrawler.sites import SiteError

        try:
            given = _crawl_arguments(opts.arguments)
            read_arguments(
                {**given, "site": "demo"}, self.settings
            )  # a mistake is told once, not for each site
            if args[0] == "run":
                self._run_here(args[1:], opts, given)
            elif args[0] == "worker":
                self._work(opts, given)
            else:
                self._with_database(args[0], args[1:], opts, given)
        except (ArgumentError, SiteError, SiteListError) as error:
            self._end(BAD_ARGUMENTS, str(error))
        except FleetError as error:
            self._end(FAILED, str(error))

    def _run_here(self, names: list[str], opts: argparse.Namespace, given: dict[str, str]) -> None:
        from rich.console import Console

        from newscrawler.fleet import LocalFleet
        from newscrawler.fleet.console_view import FleetView, print_result
        from newscrawler.fleet.fleet_result import fleet_result, write_fleet_run

        sites = self._sites(names, opts)
        output = Path(self.settings["OUTPUT_DIR"]).absolute()
        fleet = LocalFleet(
            sites,
            output,
            min(_jobs(opts), len(sites)),
            list(_words(given, opts, output)),
            self._environment(),
        )
        console = Console(stderr=True, highlight=False, quiet=opts.quiet)
        with FleetView(fleet, console, self.settings.getfloat("LOGSTATS_INTERVAL")) as view:
            fleet.run(view.ended)
        print_result(fleet, console)
        result = fleet_result(fleet)
        result["syndicated"] = self._mark_syndicated(console)
        self.exitcode = result["exit_code"]
        if opts.quiet:
            for site in result["sites"]:
                if site["exit_code"] != 0:
                    self._say(f"{site['site']}: {site['problem'] or site['state']}")
        try:
            write_fleet_run(output, result)
        except OSError as error:
            self._end(FAILED, f"{output} cannot be written: {error.strerror or error}")

    def _mark_syndicated(self, console: Console) -> int:
        """Compare what all sites have; the number of stories that another site had before."""
        from newscrawler.fleet.syndication_marks import mark_syndicated
        from newscrawler.journal import JournalError, journaled_sites

        try:
            sites = journaled_sites(self.settings["JOURNAL"], self.settings["OUTPUT_DIR"])
        except JournalError as error:
            self._say(str(error))
            return 0
        marked, problems = mark_syndicated(self.settings, sites)
        for problem in problems:
            self._say(problem)
        if marked:
            console.print(
                f"{marked} stories have a text that another site had before", markup=False, soft_wrap=True
            )
        return marked

    def _work(self, opts: argparse.Namespace, given: dict[str, str]) -> None:
        from newscrawler.fleet.control import work

        port = _number("--metrics", opts.metrics, _MOST_PORT) if opts.metrics else None
        output = Path(self.settings["OUTPUT_DIR"]).absolute()
        words = list(_words(given, opts, output))
        work(self.settings, _jobs(opts), words, self._environment(), port, self._log)

    def _with_database(
        self, action: str, names: list[str], opts: argparse.Namespace, given: dict[str, str]
    ) -> None:
        from newscrawler.commands.text_table import print_table
        from newscrawler.fleet import control
        from newscrawler.text import visible

        lines: list[str] = []
        if action == "init":
            lines = [control.create(self.settings)]
        elif action == "add":
            words = list(_words(given, opts, None))
            lines = control.add(self.settings, self._sites(names, opts), opts.every, words)
        elif action == "remove":
            lines = control.remove(self.settings, names)
        elif action == "start":
            lines = control.start(self.settings, names)
        elif action in ("pause", "resume"):
            lines = control.pause(self.settings, names, opts.all, paused=action == "pause")
        else:
            sites, workers = control.status(self.settings)
            if opts.json:
                lines = [control.status_json(sites, workers)]
            else:
                print_table(control.status_rows(sites))
                lines = [f"{len(sites)} sites, {workers} workers"]
        for line in lines:
            print(line if opts.json else visible(line))

    def _sites(self, names: list[str], opts: argparse.Namespace) -> list[ListedSite]:
        from newscrawler.arguments import profile_folders
        from newscrawler.fleet import SiteListError, sites_named, sites_of_file, sites_with_profile
        from newscrawler.sites import Catalogue

        if bool(names) + bool(opts.file) + opts.all != 1:
            raise SiteListError("give one of: names or addresses of sites, --file FILE, --all")
        catalogue = Catalogue(profile_folders(self.settings))
        if opts.file:
            return sites_of_file(Path(opts.file), catalogue)
        return sites_named(names, catalogue) if names else sites_with_profile(catalogue)

    def _environment(self) -> dict[str, str]:
        """The journal's address for the crawls: on a command line everybody on the machine could read a password."""
        return {"NEWSCRAWLER_JOURNAL": self.settings["JOURNAL"]} if self.settings["JOURNAL"] else {}

    def _end(self, code: int, reason: str) -> None:
        self._say(reason)
        self.exitcode = code

    def _say(self, line: str) -> None:
        from newscrawler.text import visible

        print(f"scrapy fleet: {visible(line)}", file=sys.stderr)

    def _log(self, line: str) -> None:
        from newscrawler.text import visible

        print(f"{datetime.now():%Y-%m-%d %H:%M:%S} {visible(line)}", file=sys.stderr, flush=True)


def _jobs(opts: argparse.Namespace) -> int:
    from newscrawler.fleet import default_jobs

    return _number("--jobs", opts.jobs, _MOST_JOBS) if opts.jobs else default_jobs()


def _number(name: str, text: str, most: int) -> int:
    from newscrawler.arguments import ArgumentError

    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise ArgumentError(f"{name} {text}: not a number from 1 to {most}")
    return int(text)


def _crawl_arguments(given: list[str]) -> dict[str, str]:
    from newscrawler.arguments import ArgumentError

    try:
        arguments = arglist_to_dict(given)
    except ValueError:
        raise ArgumentError("-a takes NAME=VALUE, such as since=3d") from None
    if named := {"site", "url"}.intersection(arguments):
        raise ArgumentError(f"-a {min(named)}=...: name sites without it: scrapy fleet run NAME")
    return dict(arguments)


def _words(given: dict[str, str], opts: argparse.Namespace, output: Path | None) -> Iterator[str]:
    """Words that the crawls get, as the fleet got them."""
    for name, value in given.items():
        yield from ("-a", f"{name}={value}")
    for setting in opts.set:
        if not setting.startswith("JOURNAL="):  # see `_environment`
            yield from ("-s", setting)
    if output is not None:
        yield from ("-s", f"OUTPUT_DIR={output}")
    if opts.loglevel:
        yield from ("-L", opts.loglevel)
