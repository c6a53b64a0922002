"""Outcomes of a run's pages, with reasons and examples.

Each page is recorded here once. Each outcome is also a stat, `page/outcome/<outcome>`.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, NamedTuple

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from newscrawler.arguments import arguments_of
from newscrawler.exceptions import Dropped
from newscrawler.items import Story
from newscrawler.outcome import FAILURES, SOURCES, Outcome, http_outcome

_EXAMPLES = 5  # pages kept of each outcome, and stories of each missing field
_MOST_CUT = 10_000
_SLOWEST = 5  # answers kept
_ANSWERED = SOURCES | {Outcome.STORY, Outcome.LISTING, Outcome.NOT_MODIFIED, Outcome.UNCHANGED}


class PageOutcome(NamedTuple):
    """The end of one page. `twin` is the URL of the story that was kept instead of a duplicate."""

    url: str
    reason: str
    twin: str | None = None


class OutcomeStats:
    """Scrapy extension. Counts outcomes and keeps a few examples of each: bounded, whatever the size of the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.counts: Counter[str] = Counter()
        self.examples: defaultdict[str, list[PageOutcome]] = defaultdict(list)
        self.coverage: Counter[str] = Counter()  # stories that have the field
        self.missing: defaultdict[str, list[str]] = defaultdict(list)  # a few addresses of those without
        self.stories = self.revised = self.body_chars = 0  # of stories handed out; `revised` of `stories`
        self.slowest: list[tuple[float, str]] = []  # seconds until the answer began, address
        # Seconds by what they went into. Answers are waited for side by side: theirs may be more than the run took.
        self.parts: defaultdict[str, float] = defaultdict(float)
        self.template_changed = False  # the site's pages were no longer of the template that was known
        self.warnings: list[str] = []  # what fell, compared with the site's past
        self.starts: dict[str, tuple[str, str]] = {}  # start URL -> how it ended, and why
        self.failed_again: Counter[str] = Counter()  # of `counts`, pages that failed in earlier runs too
        self.cut: dict[str, str] = {}  # pages that were not read to their end -> why; the first _MOST_CUT
        self.failing = 0  # the newest pages that failed in a row, other pages aside

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OutcomeStats:
        outcomes = cls(crawler)
        crawler.signals.connect(outcomes.item_scraped, signals.item_scraped)
        crawler.signals.connect(outcomes.item_dropped, signals.item_dropped)
        crawler.signals.connect(outcomes.item_error, signals.item_error)
        crawler.signals.connect(outcomes.response_received, signals.response_received)
        return outcomes

    def record(
        self, url: str, outcome: str, reason: str = "", *, twin: str | None = None, failed_again: bool = False
    ) -> None:
        """Record that the page at `url` ended as `outcome`; `failed_again`: as in an earlier run."""
        outcome = str(outcome)  # a plain word in stats and files
        self.counts[outcome] += 1
        if failed_again:
            self.failed_again[outcome] += 1
        if outcome in _ANSWERED:
            self.failing = 0
        elif outcome in FAILURES or outcome.startswith(("http-5", http_outcome(429))):
            self.failing += 1
        self._crawler.stats.inc_value(f"page/outcome/{outcome}")
        if url in arguments_of(self._crawler).site.start:
            self.starts[url] = (outcome, reason)
        if len(self.examples[outcome]) < _EXAMPLES:
            self.examples[outcome].append(PageOutcome(url, reason, twin))

    def record_cut(self, url: str, reason: str) -> None:
        """Record that a page was not read to its end."""
        if len(self.cut) < _MOST_CUT:
            self.cut.setdefault(url, reason)

    @contextmanager
    def timing(self, part: str) -> Iterator[None]:
        """Count the time of the `with` block as this part of the work."""
        began = perf_counter()
        try:
            yield
        finally:
            self.parts[part] += perf_counter() - began

    def item_scraped(self, item: Any) -> None:
        if isinstance(item, Story):
            self.record(item.url, Outcome.STORY)
            self.stories += 1
            self.revised += item.revision > 1
            self.body_chars += len(item.body)
            for name in Story.__dataclass_fields__:
                if getattr(item, name) not in (None, "", [], {}):
                    self.coverage[name] += 1
                elif len(self.missing[name]) < _EXAMPLES:
                    self.missing[name].append(item.url)

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        if isinstance(exception, Dropped):
            self.record(item.url, exception.outcome, exception.reason, twin=exception.twin)
        else:
            self.record(item.url, Outcome.DROPPED, str(exception))

    def item_error(self, item: Any, failure: Any) -> None:
        self.record(item.url, Outcome.ERROR, f"a pipeline failed: {failure.value!r}")

    def response_received(self, response: Response, request: Request) -> None:
        if (seconds := request.meta.get("download_latency")) is not None:
            self.parts["answers"] += float(seconds)
            keep = heapq.heappush if len(self.slowest) < _SLOWEST else heapq.heappushpop
            keep(self.slowest, (float(seconds), response.url))
