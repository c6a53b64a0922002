"""Links of a page are offered in steps, so that other pages have their turn."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import timedelta

from scrapy.settings import Settings

from newscrawler.arguments import read_arguments
from newscrawler.crawl_state import CrawlState
from newscrawler.discovery import Candidate, ExpectedType, Frontier, LinkType, Scope, UrlCanonicalizer
from newscrawler.extraction import read
from newscrawler.journal import Journal
from newscrawler.spiders.earlier_runs import EarlierRuns
from newscrawler.spiders.link_follower import LinkFollower

URL = "http://harbour.example/"


class OpenJournal:
    """What the follower needs of the extension."""

    site = "harbour-example"
    is_wider = False

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @contextmanager
    def use(self):
        yield self._journal

    def remember(self, name, value):
        self._journal.learned.remember(self.site, name, value)


def test_five_thousand_links_are_taken_in_steps(tmp_path):
    links = "".join(f"<li><a href=/news/s{n}/a-ship-{n}/>A ship of number {n}</a></li>" for n in range(5000))
    page = read(f"<html><body><h1>News</h1><ul>{links}</ul></body></html>".encode(), URL)
    arguments = read_arguments({"url": URL}, Settings())
    scope = Scope([URL], "site", [])
    frontier = Frontier(UrlCanonicalizer(), scope)
    seed = Candidate(URL, LinkType.SEED, expected_type=ExpectedType.LISTING)
    frontier.offer([seed])
    frontier.next()
    with Journal.open(f"sqlite:///{tmp_path}/journal.sqlite") as journal:
        extension = OpenJournal(journal)
        state = CrawlState(arguments, scope, frontier)
        follower = LinkFollower(state, extension, EarlierRuns(extension, arguments, timedelta(3).days))
        turns = 0

        async def others(done: asyncio.Event) -> None:
            nonlocal turns
            while not done.is_set():
                turns += 1
                await asyncio.sleep(0)

        async def follow() -> int:
            done = asyncio.Event()
            beside = asyncio.ensure_future(others(done))
            accepted = await follower.follow(page, seed)
            done.set()
            await beside
            return accepted

        assert asyncio.run(follow()) >= 4900
        pending = len(list(journal.pages.pending("harbour-example")))
    assert turns >= 10
    assert pending >= 4900
