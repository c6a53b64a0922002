"""`scrapy crawl` with arguments checked first, a summary at the end and exit codes that tell the truth."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler

from newscrawler.arguments import ArgumentError, read_arguments
from newscrawler.extensions.account import Account
from newscrawler.extensions.summary import print_summary

FAILED, BAD_ARGUMENTS, UNHEALTHY, FEED_FAILED = 1, 2, 3, 4


class Command(ScrapyCrawl):
    """The project's `crawl`: exit codes 0 well, 1 failed to run, 2 bad arguments, 3 unhealthy, 4 feed lost."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if args[:1] == ["site"]:
            try:
                read_arguments(opts.spargs, self.settings)
            except ArgumentError as error:
                print(f"scrapy crawl site: {error}", file=sys.stderr)
                sys.exit(BAD_ARGUMENTS)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args != ["site"]:
            super().run(args, opts)
            return
        crawler = self.crawler_process.create_crawler("site")
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed or crawler.stats is None:
            self.exitcode = FAILED
            return
        print_summary(crawler)
        self.exitcode = exit_code(crawler)


def exit_code(crawler: Crawler) -> int:
    """What the run's account and stats say of it."""
    stats = crawler.stats.get_stats()
    if any(value for key, value in stats.items() if key.startswith("feedexport/failed_count")):
        return FEED_FAILED
    account = crawler.get_extension(Account)
    if account is None or not stats.get("response_received_count"):
        return UNHEALTHY
    return 0
