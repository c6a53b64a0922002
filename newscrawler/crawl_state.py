"""State of one crawl, shared by its spider, scheduler, middlewares, pipelines and extensions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, cast

from scrapy.crawler import Crawler

from newscrawler.arguments import Arguments
from newscrawler.discovery import Frontier, Scope
from newscrawler.items import Story
from newscrawler.journal import PageVisit


class PendingStory(NamedTuple):
    """A story between the spider and the journal: its page's key, and the visit to journal with it."""

    page_key: str
    visit: PageVisit


@dataclass(eq=False)
class CrawlState:
    """Arguments, scope and frontier of a crawl, and its stories on their way.

    `done_keys`: of some keys, those of pages that earlier runs are done with; None when they do not count.
    """

    arguments: Arguments
    scope: Scope
    frontier: Frontier
    done_keys: Callable[[Collection[str]], Collection[str]] | None = None
    pending_stories: dict[str, PendingStory] = field(default_factory=dict)  # by the story's URL
    redelivered: set[str] = field(default_factory=set)  # keys of stories that come out of the journal

    def has_new(self, urls: Iterable[str]) -> bool:
        """True when any URL is of a page in scope that neither this run nor an earlier one has."""
        keys = (self.frontier.canonicalizer.key(url) for url in urls if self.scope.allows(url))
        fresh = {key for key in keys if key is not None and not self.frontier.is_seen(key)}
        return bool(fresh if self.done_keys is None else fresh - set(self.done_keys(fresh)))

    def is_redelivered(self, story: Story) -> bool:
        """True when the story comes out of the journal: an earlier run stored it and did not deliver it."""
        return story.story_id in self.redelivered and story.url not in self.pending_stories


class _StatefulSpider(Protocol):
    crawl_state: CrawlState


def state_of(crawler: Crawler) -> CrawlState:
    """The state of a running crawl of a site."""
    return cast(_StatefulSpider, crawler.spider).crawl_state
