"""`scrapy story`: the story that one page holds, field by field.

Exit codes: 0 the page was read, story or not; 1 it could not be fetched or read; 2 bad arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

if TYPE_CHECKING:
    from newscrawler.arguments import Arguments
    from newscrawler.extraction import Page
    from newscrawler.sites import Site

# Every `scrapy` command imports this module: what takes long to import is imported where it is used.

FAILED, BAD_ARGUMENTS = 1, 2
_UNKNOWN = "https://unknown.invalid/page"  # RFC 2606: the address of a file that came without one


class NotRead(Exception):
    """A page that could not be had; the text is one line for the user."""


class OnePage(Spider):
    """Fetches one page, and the later ones of its story, with the project's own politeness and guards.

    `answer`: the answer for the page, or why there is none; `page`: as it was read, with the later pages of its story.
    """

    name = "story"
    arguments: Arguments
    answer: Response | str = "nothing came back"
    page: Page | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> OnePage:
        from newscrawler.spiders.crawl_settings import adapt_settings

        spider = super().from_crawler(crawler, *args, **kwargs)
        adapt_settings(crawler, spider.arguments)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        yield Request(self.arguments.site.start[0], self.parse, errback=self.failed, dont_filter=True)

    async def parse(self, response: Response) -> None:
        from newscrawler.discovery import StoryPages
        from newscrawler.extraction import join_pages
        from newscrawler.spiders.later_pages import read_later_pages

        if response.status != 200:
            self.answer = f"the site answered {response.status}"
            return
        page = _page_of(response, self.arguments.site)
        if page.story is not None:
            later = await read_later_pages(page, StoryPages(page), self._fetch)
            join_pages(page, later.pages, is_complete=later.is_complete)
        self.answer, self.page = response, page

    async def _fetch(self, url: str) -> Page | None:
        try:
            answer = await self.crawler.engine.download_async(
                Request(url, callback=NO_CALLBACK, dont_filter=True)
            )
        except Exception:  # whatever a download raises: that page cannot be had
            return None
        return _page_of(answer, self.arguments.site) if answer.status == 200 else None

    def failed(self, failure: Failure) -> None:
        self.answer = getattr(failure.value, "reason", None) or str(failure.value) or failure.type.__name__


class Command(ScrapyCommand):
    """Prints each field of a page's story with where it came from, or why the page is not a story."""

    requires_project = True

    def syntax(self) -> str:
        return "<URL|FILE> [--url URL] [--save NAME] [--json]"

    def short_desc(self) -> str:
        return "Show each field of one page, and why a page is not a story"

    def long_desc(self) -> str:
        return (
            "Reads one page, fetched as politely as a crawl does or from a file, and prints each field of its story, "
            "the value and where it was found; or why the page is not a story. Nothing is stored, except by --save."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", metavar="URL", help="with FILE: the address that it was saved from")
        parser.add_argument(
            "--save",
            metavar="NAME",
            help="also write the page to NAME.html.gz, and what was read without a profile to NAME.json",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if len(args) != 1:
            raise UsageError("name one page: a URL or a file")
        from newscrawler.arguments import ArgumentError, read_arguments
        from newscrawler.middlewares.address_guard import opened_addresses
        from newscrawler.renamed_components import rename_components

        rename_components(self.settings)
        self._file = None if _is_url(args[0]) else Path(args[0])
        if self._file is None and opts.url is not None:
            self._end(BAD_ARGUMENTS, "--url goes with a file, and tells where it was saved from")
            sys.exit(BAD_ARGUMENTS)
        try:
            address = args[0] if self._file is None else opts.url or _UNKNOWN
            self._arguments = read_arguments({"url": address}, self.settings)
        except ArgumentError as error:
            self._end(BAD_ARGUMENTS, str(error))
            sys.exit(BAD_ARGUMENTS)
        self.requires_crawler_process = self._file is None
        start = self._arguments.site.start
        changes: dict[str, Any] = {
            "PRIVATE_ADDRESSES": opened_addresses(self.settings, start),
            # Nothing of a crawl: no journal, no feeds, no frontier, and no long patience with a busy site.
            "EXTENSIONS": {},
            "ITEM_PIPELINES": {},
            "FEEDS": {},
            "SCHEDULER": "scrapy.core.scheduler.Scheduler",
            "MAX_REFUSALS": 1,
            "ROBOTSTXT_RETRY_TIMES": 0,
            "RETRY_TIMES": 1,
        }
        if opts.loglevel is None:
            changes["LOG_LEVEL"] = "CRITICAL"
        for name, value in changes.items():
            self.settings.set(name, value, "cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newscrawler.commands.page_output import print_json, print_table, save_page
        from newscrawler.discovery import StoryPages
        from newscrawler.extraction import join_pages
        from newscrawler.pipelines.clean import clean_story
        from newscrawler.pipelines.identify import identify
        from newscrawler.spiders.conversions import content_type_of

        site = self._arguments.site
        try:
            if self._file is not None:
                body, url, content_type = self._read(self._file), site.start[0], None
                if url == _UNKNOWN:
                    print(f"scrapy story: without --url its address is taken as {_UNKNOWN}", file=sys.stderr)
                page = _read_page(body, url, content_type, site)
                if page.story is not None and StoryPages(page).urls:
                    join_pages(page, [], is_complete=False)
            else:
                answer, page = self._fetch()
                body, url, content_type = answer.body, answer.url, content_type_of(answer)
        except NotRead as error:
            self._end(FAILED, str(error))
            return
        now = datetime.now(UTC)
        if opts.save is not None:
            try:
                save_page(Path(opts.save), body, url, content_type, now)
            except OSError as error:
                self._end(FAILED, f"--save {opts.save}: {error.strerror}")
                return
        if page.story is not None:
            page.story.fetched = None if self._file else now.isoformat(timespec="seconds")
            identify(clean_story(page.story, site), site)
        try:
            (print_json if opts.json else print_table)(page)
        except BrokenPipeError:  # `| head` has read enough
            sys.stderr.close()

    def _read(self, file: Path) -> bytes:
        most = self.settings.getint("DOWNLOAD_MAXSIZE")
        try:
            with file.open("rb") as opened:
                body = opened.read(most + 1)
        except OSError as error:
            raise NotRead(f"{file}: {error.strerror}") from None
        if len(body) > most:
            raise NotRead(f"{file}: larger than {most} bytes; see the setting DOWNLOAD_MAXSIZE")
        return body

    def _fetch(self) -> tuple[Response, Page]:
        crawler = self.crawler_process.create_crawler(OnePage)
        self.crawler_process.crawl(crawler, arguments=self._arguments)
        self.crawler_process.start()
        spider = crawler.spider
        answer = spider.answer if isinstance(spider, OnePage) else "the crawl could not start"
        if isinstance(answer, Response) and isinstance(spider, OnePage) and spider.page is not None:
            return answer, spider.page
        raise NotRead(f"{self._arguments.site.start[0]} was not fetched: {' '.join(str(answer).split())}")

    def _end(self, code: int, reason: str) -> None:
        from newscrawler.text import visible

        print(f"scrapy story: {visible(reason)}", file=sys.stderr)
        self.exitcode = code


def _page_of(response: Response, site: Site) -> Page:
    from newscrawler.spiders.conversions import content_type_of

    return _read_page(response.body, response.url, content_type_of(response), site)


def _read_page(body: bytes, url: str, content_type: str | None, site: Site) -> Page:
    from newscrawler.extraction import read
    from newscrawler.sites.family import family_selectors

    family = None if site.rules else family_selectors
    return read(body, url, content_type, rules=site.rules, family=family, fetched=datetime.now(UTC))


def _is_url(name: str) -> bool:
    try:
        return "://" in name and bool(urlsplit(name).scheme)
    except ValueError:
        return True
