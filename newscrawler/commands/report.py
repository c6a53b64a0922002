"""`scrapy report`: a site's stories, duplicates, failures and runs as one HTML page.

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
        return "[--site NAME] [-o report.html]"

    def short_desc(self) -> str:
        return "Write a site's report as one HTML page"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--site", metavar="NAME", help="the site's short name (default: the setting SITE)"
        )
        parser.add_argument(
            "-o", dest="output", metavar="FILE", help="default: report.html in the site's output folder"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"it takes no arguments, got: {' '.join(args)}")
        from newscrawler.feeds.sheet_writer import write_whole
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
        try:
            write_whole(output, render(report).encode())
        except OSError as error:
            self._end(FAILED, f"{output} cannot be written: {error.strerror or error}")
            return
        print(f"{output}: {report.stories} stories, {len(report.runs)} runs", file=sys.stderr)

    def _end(self, code: int, reason: str) -> None:
        print(f"scrapy report: {reason}", file=sys.stderr)
        self.exitcode = code
