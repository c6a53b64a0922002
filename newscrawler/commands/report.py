"""`scrapy report`: a site's stories, duplicates, failures and runs as one HTML page; `--all`: all sites on one.

Exit codes: 0 well; 1 the page could not be written, and an earlier one is as it was; 2 bad arguments.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.

FAILED, BAD_ARGUMENTS = 1, 2


class Command(ScrapyCommand):
    """Writes the report of a site from its journal."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--site NAME | --all] [-o report.html]"

    def short_desc(self) -> str:
        return "Write a site's report as one HTML page"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--site", metavar="NAME", help="the site's short name (default: the setting SITE)"
        )
        parser.add_argument("--all", action="store_true", help="all sites that were crawled, on one page")
        parser.add_argument(
            "-o",
            dest="output",
            metavar="FILE",
            help="default: report.html in the site's output folder; with --all in the output folder",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"it takes no arguments, got: {' '.join(args)}")
        if opts.all and opts.site:
            raise UsageError("give either --site or --all")
        if opts.all:
            self._report_all(opts.output)
        else:
            self._report_site(opts)

    def _report_site(self, opts: argparse.Namespace) -> None:
        from newscrawler.journal import Journal, JournalError, journal_url
        from newscrawler.report import gather, render

        site = opts.site or self.settings["SITE"]
        folder = Path(self.settings["OUTPUT_DIR"])
        output = Path(opts.output) if opts.output else folder / site / "report.html"
        try:
            with Journal.open(journal_url(self.settings["JOURNAL"], folder, site), read_only=True) as journal:
                report = gather(journal, site)
        except JournalError as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        if self._written(output, render(report)):
            print(f"{output}: {report.stories} stories, {len(report.runs)} runs", file=sys.stderr)

    def _report_all(self, name: str | None) -> None:
        from newscrawler.feeds.uri_params import folder_name
        from newscrawler.journal import Journal, JournalError, journal_url, journaled_sites
        from newscrawler.report import AllSitesReport

        folder = Path(self.settings["OUTPUT_DIR"])
        output = Path(name) if name else folder / "report.html"
        report = AllSitesReport()
        try:
            sites = journaled_sites(self.settings["JOURNAL"], folder)
        except JournalError as error:
            self._end(BAD_ARGUMENTS, str(error))
            return
        if not sites:
            self._end(BAD_ARGUMENTS, f"no site was crawled into {folder} yet")
            return
        for site in sites:
            own = folder / folder_name(site) / "report.html"
            link = f"{folder_name(site)}/report.html" if own.is_file() and output.parent == folder else None
            try:
                url = journal_url(self.settings["JOURNAL"], folder, site)
                with Journal.open(url, read_only=True) as journal:
                    report.add(journal, site, link)
            except JournalError as error:
                report.add_unread(site, str(error))
        if self._written(output, report.render()):
            print(f"{output}: {len(sites)} sites", file=sys.stderr)

    def _written(self, output: Path, page: str) -> bool:
        from newscrawler.feeds.sheet_writer import write_whole

        try:
            write_whole(output, page.encode())
        except OSError as error:
            self._end(FAILED, f"{output} cannot be written: {error.strerror or error}")
            return False
        return True

    def _end(self, code: int, reason: str) -> None:
        print(f"scrapy report: {reason}", file=sys.stderr)
        self.exitcode = code
