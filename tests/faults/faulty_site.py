"""A site of thirty healthy stories, and what a row of the fault table does to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tests.crawls.running import Crawl, crawl
from tests.crawls.small_site import listing_page, story_page
from tests.crawls.wire_site import Headers, Page, WireSite, answer

_WORDS = ("harbour", "bridge", "market", "tower", "mill", "garden", "school", "river", "station", "theatre")
TITLES = [
    f"The {word} of the {place} quarter is open again"
    for place in ("northern", "old", "western")
    for word in _WORDS
]
STORIES = {f"/news/{n}/{title.lower().replace(' ', '-')}": title for n, title in enumerate(TITLES, 101)}
PATHS = tuple(STORIES)
ODD = "/news/990/a-page-that-is-not-as-it-should-be"
ODD_TITLE = "A page that is not as it should be"
SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "ROBOTSTXT_RETRY_WAIT": 0.05,
    "BACKOFF_WAIT": 0.05,
    "DOWNLOAD_TIMEOUT": 4,
    "RETRY_AFTER_MAX": 5,
}


class FaultySite(WireSite):
    """The thirty stories, listed on the front page; `odd` links one more page, and so on."""

    def __init__(self) -> None:
        super().__init__({path: story_page(title) for path, title in STORIES.items()})
        self.links: list[tuple[str, str]] = list(STORIES.items())
        self.head = ""
        self.pages["/"] = lambda _: answer(self.front())

    def front(self) -> str:
        """The front page as it should be."""
        return listing_page(self.links, self.head)

    def odd(self, page: Page, path: str = ODD, title: str = ODD_TITLE) -> None:
        """Link a page from the front page, before the stories."""
        self.pages[path] = page
        self.links.insert(0, (path, title))

    def source(self, path: str, body: str | bytes, *headers: str, kind: str = "application/xml") -> None:
        """Serve a feed, a sitemap or a robots.txt."""
        self.pages[path] = answer(body, *headers).replace(b"text/html; charset=utf-8", kind.encode())


def at_first(site: WireSite, path: str, faulty: Page, times: int = 1) -> None:
    """Answer with `faulty` the first times that a page is asked for, and as before afterwards."""
    well, left = site.pages[path], [times]

    def page(headers: Headers) -> str | bytes | None:
        left[0] -= 1
        now = faulty if left[0] >= 0 else well
        return now(headers) if callable(now) else now

    site.pages[path] = page


@dataclass(frozen=True)
class Row:
    """A fault: what it does to the site, and what may come out of two runs.

    `heal` mends the site before the second run. `codes`: of both runs. `seconds`: bound of each. `others`: stories that
    may come beside the thirty. `asks`: most requests of a run.
    """

    name: str
    prepare: Callable[[FaultySite], object]
    heal: Callable[[FaultySite], object] | None = None
    codes: tuple[int, int] = (0, 0)
    seconds: float = 40
    others: int = 0
    asks: int = 150
    settings: Mapping[str, object] = field(default_factory=dict)


def problems_of(row: Row, output: Path, *, runs: int = 2) -> list[str]:
    """What runs on a site with the fault do wrong; nothing when all is well.

    With one of the `runs` the second one is left out where the first must bring all.
    """
    found: list[str] = []
    done: list[Crawl] = []
    with FaultySite() as site:
        row.prepare(site)
        for number, code in enumerate(row.codes):
            if number and row.heal is not None:
                row.heal(site)
            elif number >= runs and not _problems_of_stories(row, done[-1]):
                break
            site.log.clear()
            began = monotonic()
            run = crawl(
                output, "-a", f"url={site.url}/", "-a", "render=never", settings={**SETTINGS, **row.settings}
            )
            took = monotonic() - began
            done.append(run)
            found += _problems_of_run(row, run, number + 1, code, took, len(site.log))
    return found + _problems_of_stories(row, done[-1])


def _problems_of_run(row: Row, run: Crawl, number: int, code: int, took: float, asked: int) -> list[str]:
    found = []
    if run.code != code:
        found.append(f"run {number} ended with {run.code} instead of {code}: {run.stderr[-1500:]}")
    if took > row.seconds:
        found.append(f"run {number} took {took:.0f} s")
    if "Traceback" in run.stderr + run.stdout:
        found.append(f"run {number} told a traceback: {run.stderr[-1500:]}")
    if asked > row.asks:
        found.append(f"run {number} made {asked} requests")
    return found


def _problems_of_stories(row: Row, run: Crawl) -> list[str]:
    delivered = Counter(story["title"] for story in run.stories)
    missing = [title for title in TITLES if title not in delivered]
    twice = [title for title, count in delivered.items() if count > 1]
    others = [title for title in delivered if title not in TITLES]
    found = []
    if missing:
        found.append(f"{len(missing)} stories lost, as {missing[0]!r}: {run.stderr[-1500:]}")
    if twice:
        found.append(f"{len(twice)} stories delivered twice, as {twice[0]!r}")
    if len(others) > row.others:
        found.append(f"{len(others)} other stories, as {others[0]!r}")
    return found
