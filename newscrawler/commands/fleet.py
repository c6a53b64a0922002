"""`scrapy fleet`: many sites in one command.

Exit codes: the worst of the sites' own: 1 a crawl failed, 4 a feed was lost, 2 an entry is no site or a bad argument,
3 a site is unhealthy or was not begun; 75 where another run crawls all of them; 0 well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
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


class Command(ScrapyCommand):
    """Crawls many sites, some at a time, each as a `scrapy crawl site` of its own."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "run <NAME|URL... | --all | --file sites.txt> [--jobs N]"

    def short_desc(self) -> str:
        return "Crawl many sites in one command"

    def long_desc(self) -> str:
        return (
            "Crawls each site as `scrapy crawl site` does, with its own lock, journal, files and exit code, N at a "
            "time; those first that were not crawled for the longest time. The result is in fleet-run.json in the "
            "output folder, each crawl's messages are in last-run.log in its site's folder."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="all sites that you have a profile of")
        parser.add_argument(
            "--file", metavar="FILE", help="a text file with an address or a site's name a line"
        )
        parser.add_argument(
            "--jobs", metavar="N", help="crawls at a time (default: by this machine's cores and memory)"
        )
        parser.add_argument(
            "-a",
            dest="arguments",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="an argument of every crawl, such as since=3d",
        )
        parser.add_argument(
            "--quiet", action="store_true", help="no progress and no table; problems are printed"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if args[:1] != ["run"]:
            raise UsageError(f"write: scrapy fleet {self.syntax()}")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from rich.console import Console

        from newscrawler.arguments import ArgumentError, profile_folders, read_arguments
        from newscrawler.fleet import LocalFleet, SiteListError, default_jobs
        from newscrawler.fleet.console_view import FleetView, print_result
        from newscrawler.fleet.fleet_result import fleet_result, write_fleet_run
        from newscrawler.sites import Catalogue, SiteError

        try:
            sites = self._sites(args[1:], opts, Catalogue(profile_folders(self.settings)))
            jobs = min(_jobs(opts.jobs), len(sites)) if opts.jobs else min(default_jobs(), len(sites))
            given = _crawl_arguments(opts.arguments)
            read_arguments(
                {**given, "site": "demo"}, self.settings
            )  # mistakes are told once, not for each site
        except (ArgumentError, SiteError, SiteListError) as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        output = Path(self.settings["OUTPUT_DIR"]).absolute()
        words = list(_words(given, opts, output))
        fleet = LocalFleet(sites, output, jobs, words)
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

    def _sites(self, names: list[str], opts: argparse.Namespace, catalogue: Any) -> list[ListedSite]:
        from newscrawler.fleet import SiteListError, sites_named, sites_of_file, sites_with_profile

        if bool(names) + bool(opts.file) + opts.all != 1:
            raise SiteListError("give one of: names or addresses of sites, --file FILE, --all")
        if opts.file:
            return sites_of_file(Path(opts.file), catalogue)
        return sites_named(names, catalogue) if names else sites_with_profile(catalogue)

    def _end(self, code: int, reason: str) -> None:
        self._say(reason)
        self.exitcode = code

    def _say(self, line: str) -> None:
        from newscrawler.text import visible

        print(f"scrapy fleet: {visible(line)}", file=sys.stderr)


def _jobs(text: str) -> int:
    from newscrawler.arguments import ArgumentError

    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_JOBS:
        raise ArgumentError(f"--jobs {text}: not a number from 1 to {_MOST_JOBS}")
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


def _words(given: dict[str, str], opts: argparse.Namespace, output: Path) -> Iterator[str]:
    """Words that every crawl gets, as the fleet got them."""
    for name, value in given.items():
        yield from ("-a", f"{name}={value}")
    for setting in opts.set:
        yield from ("-s", setting)
    yield from ("-s", f"OUTPUT_DIR={output}")
    if opts.loglevel:
        yield from ("-L", opts.loglevel)
