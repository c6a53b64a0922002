"""`scrapy crawl` with arguments checked first, a summary at the end and exit codes by outcome."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from newscrawler.arguments import ArgumentError, read_arguments
from newscrawler.lock import ALREADY_RUNNING, FEED_FAILED, RunRefused, one_run
from newscrawler.renamed_components import rename_components

# A run that finds the site taken ends at once: what takes long to import is imported where it is used.
if TYPE_CHECKING:
    from newscrawler.extensions.run_report import RunReporter
    from newscrawler.journal import Journal

logger = logging.getLogger(__name__)
FAILED, BAD_ARGUMENTS, UNHEALTHY = 1, 2, 3


class Command(ScrapyCrawl):
    """The project's `crawl`: exit codes 0 well, 1 failed to run, 2 bad arguments, 3 unhealthy, 4 feed lost,
    75 already running.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--quiet", action="store_true", help="no progress and no summary; problems are printed"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        rename_components(self.settings)
        if opts.quiet:
            self.settings.set("PROGRESS", False, "cmdline")
        if args and args[0] != "site" and args[0] not in (known := get_spider_loader(self.settings).list()):
            print(f"scrapy crawl: no spider {args[0]!r}; known is {', '.join(known)}", file=sys.stderr)
            sys.exit(BAD_ARGUMENTS)
        if args[:1] == ["site"]:
            try:
                self.arguments = read_arguments(opts.spargs, self.settings)
            except ArgumentError as error:
                print(f"scrapy crawl site: {error}", file=sys.stderr)
                sys.exit(BAD_ARGUMENTS)
            try:
                self.lock = one_run(self.settings["OUTPUT_DIR"], self.arguments.site.name)
            except RunRefused as refusal:
                print(f"scrapy crawl site: {refusal}", file=sys.stderr)
                if refusal.exit_code != ALREADY_RUNNING:
                    self._tell_of(refusal)
                gc.freeze()  # else the interpreter goes through all that was imported once more, which takes longest
                sys.exit(refusal.exit_code)
            self.afterwards = self._afterwards()
            from newscrawler.middlewares.address_guard import opened_addresses

            # Here, since the resolver is made from the process's settings, before there is a crawler.
            opened = opened_addresses(self.settings, self.arguments.site.start)
            self.settings.set("PRIVATE_ADDRESSES", opened, "cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args != ["site"]:
            super().run(args, opts)
            return
        from newscrawler.extensions.last_run import failed_result
        from newscrawler.journal import JournalError

        site = self.arguments.site.name
        with self.lock:
            try:
                with recovered_journal(self.settings, site):
                    self._crawl(opts)
            except (RunRefused, JournalError) as error:
                print(f"scrapy crawl site: {error}", file=sys.stderr)
                self.exitcode = error.exit_code if isinstance(error, RunRefused) else FAILED
                if self.exitcode != ALREADY_RUNNING:
                    self._report(failed_result(site, self.exitcode, str(error)))

    def _crawl(self, opts: argparse.Namespace) -> None:
        from newscrawler.extensions.health import problems_of
        from newscrawler.extensions.last_run import run_result
        from newscrawler.extensions.summary import print_summary
        from newscrawler.text import visible

        crawler = self.crawler_process.create_crawler("site")
        crawler.signals.connect(_spare_collector, signals.spider_opened)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed or crawler.stats is None:
            self.exitcode = FAILED
        else:
            if not opts.quiet:
                print_summary(crawler)
            else:
                for problem in problems_of(crawler):
                    print(f"scrapy crawl site: {visible(problem)}", file=sys.stderr)
            self.exitcode = exit_code(crawler)
        self._report(run_result(crawler, self.arguments, self.exitcode))

    def _report(self, result: dict[str, Any]) -> None:
        for problem in self.afterwards.report(result):
            print(f"scrapy crawl site: {problem}", file=sys.stderr)
        self.exitcode = result["exit_code"]

    def _tell_of(self, refusal: RunRefused) -> None:
        from newscrawler.extensions.last_run import failed_result

        result = failed_result(self.arguments.site.name, refusal.exit_code, str(refusal))
        for problem in self._afterwards().notify(result):
            print(f"scrapy crawl site: {problem}", file=sys.stderr)

    def _afterwards(self) -> RunReporter:
        from newscrawler.extensions.run_report import RunReporter

        try:
            return RunReporter(self.settings, self.arguments.site.name)
        except ValueError as error:
            print(f"scrapy crawl site: {error}", file=sys.stderr)
            sys.exit(BAD_ARGUMENTS)


def recovered_journal(settings: BaseSettings, site: str) -> Journal:
    """The journal, with what killed runs left ended: files are in place or gone.

    To be called by the holder of the site's lock, before there is a crawler, and kept open during the crawl: it
    shows other machines that share it that the site is taken. Raises JournalError and RunRefused.
    """
    from newscrawler.feeds.temporary_file import remove_stale
    from newscrawler.feeds.uri_params import folder_name
    from newscrawler.journal import Journal, RetentionPeriods, journal_url

    url = journal_url(settings.get("JOURNAL"), settings["OUTPUT_DIR"], site)
    RetentionPeriods.of(settings.getdict("JOURNAL_KEEP_DAYS"))
    journal = Journal.open(url, busy_timeout=settings.getfloat("JOURNAL_BUSY_TIMEOUT"))
    try:
        if not (journal.claim(site) and journal.claim_writing(site)):
            raise RunRefused(f"{site} is being crawled on another machine; this run ends", ALREADY_RUNNING)
        for recovery in journal.deliveries.recover(site):
            logger.warning("%s", recovery.note)
        journal.release_writing(site)  # the crawl itself takes it
        folder = Path(settings["OUTPUT_DIR"]) / folder_name(site)
        try:
            remove_stale(folder)
        except OSError as error:
            raise RunRefused(
                f"leftover files in {folder} cannot be removed ({error.strerror}): make it writable",
                FEED_FAILED,
            ) from None
    except BaseException:
        journal.close()
        raise
    return journal


def _spare_collector() -> None:
    """Exempt what is loaded by now from garbage collection: it stays for the whole run."""
    gc.freeze()


def exit_code(crawler: Crawler) -> int:
    """The exit code of a run, by its outcomes and stats."""
    from newscrawler.extensions.health import health_problem
    from newscrawler.extensions.outcomes import OutcomeStats
    from newscrawler.feeds.delivery import has_failed

    stats = crawler.stats.get_stats()
    if "journal/failed" in stats:
        return FAILED
    if has_failed(stats):
        return FEED_FAILED
    outcomes = crawler.get_extension(OutcomeStats)
    if outcomes is None or outcomes.warnings or health_problem(crawler):
        return UNHEALTHY
    return 0
