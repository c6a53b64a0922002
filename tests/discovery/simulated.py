"""A news site that exists in memory only, as discovery sees it: pages with links, sources with entries."""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawler.discovery.frontier.candidates import Candidate, candidates_of_links, candidates_of_source
from newscrawler.discovery.frontier.frontier import Frontier
from newscrawler.discovery.sources.source_reader import Entry, Source
from newscrawler.discovery.urls.canonical_url import url_key
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.discovery.urls.scope import Scope
from newscrawler.extraction.links.link import Link

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROOT = "https://news.example.org"
_WORDS = """harbour ferry fog council budget school river bridge market winter festival library museum train
    strike garden island cable tower orchard lantern quarry meadow salmon beacon harvest parade orchestra glacier"""
WORDS = _WORDS.split()
SECTIONS = ["politics", "world", "business", "culture", "sport", "science", "health", "travel"]


@dataclass(eq=False)
class SimStory:
    number: int
    slug: str
    when: datetime
    section: str
    tags: list[str]
    hidden: str = ""  # the only way to it: sitemap, feed, related; "" for stories that listings show

    @property
    def title(self) -> str:
        return self.slug.replace("-", " ").capitalize() + " says report"


@dataclass
class SimPage:
    kind: str  # story, listing, other, source, missing
    links: list[Link] = field(default_factory=list)
    next_pages: list[str] = field(default_factory=list)
    source: Source | None = None
    story: SimStory | None = None


@dataclass
class SimSite:
    """`form`: id, date, slug or query. `sitemap`: none, full, or newest (the newer half of the stories)."""

    form: str = "id"
    stories: int = 1000
    sitemap: str = "none"
    feed: bool = True
    dates: bool = True
    per_page: int = 20
    tags: int = 150
    archives: bool = True
    main_listing: bool = True
    traps: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        dice = random.Random(self.seed)
        self.all: list[SimStory] = []
        tag_names = [f"{dice.choice(WORDS)}-{i}" for i in range(self.tags)]
        for index in range(self.stories):
            slug = "-".join(dice.sample(WORDS, 5)) + (f"-{index}" if self.form == "slug" else "")
            when = NOW - timedelta(hours=2.5 * index, minutes=dice.randrange(100))
            tags = dice.sample(tag_names, 3) if tag_names else []
            self.all.append(SimStory(983_000 - 3 * index, slug, when, SECTIONS[dice.randrange(8)], tags))
        for offset, way in ((7, "sitemap"), (3, "feed"), (5, "related")):
            if way == "sitemap" and self.sitemap == "none":
                continue
            for story in self.all[offset : min(self.stories, 200) : 40]:
                story.hidden = way
        self.shown = [story for story in self.all if not story.hidden]
        self.by_url = {url_key(self.url(story)): story for story in self.all}
        self.places = {story.number: place for place, story in enumerate(self.all)}
        self.asked: list[str] = []

    def url(self, story: SimStory) -> str:
        return (
            ROOT
            + {
                "id": f"/en/news/{story.number}/{story.slug}",
                "date": f"/{story.when:%Y/%m/%d}/{story.slug}",
                "slug": f"/{story.slug}",
                "query": f"/story?id={story.number}",
            }[self.form]
        )

    @property
    def start(self) -> str:
        return ROOT + ("/en/" if self.form == "id" else "/")

    # What the server answers

    def fetch(self, url: str) -> SimPage:
        self.asked.append(url)
        key = url_key(url)
        path = url.removeprefix(ROOT).removeprefix("/en" if self.form == "id" else "")
        story = self.by_url.get(key)
        if story is None and self.form == "id":
            parts = path.strip("/").split("/")
            story = next((s for s in self.all if len(parts) > 1 and str(s.number) == parts[1]), None)
        if story is not None:
            return self._story_page(story)
        bare, _, query = path.partition("?")
        page = int(query.removeprefix("page=")) if query.startswith("page=") else 1
        name = bare.strip("/")
        if name == "" and self.main_listing:
            return self._listing(self.shown, "/", page)
        if name == "":
            return self._listing(self.shown[: self.per_page], "/", 1)
        if name in SECTIONS:
            return self._listing([s for s in self.shown if s.section == name], f"/{name}", page)
        if name.startswith("tag/"):
            return self._listing([s for s in self.shown if name[4:] in s.tags], f"/{name}", page)
        if self.archives and name.startswith("archive/"):
            return self._archive(name)
        if self.traps and name.startswith(("calendar/", "facets", "maze", "deep")):
            return self._trap(name, query)
        if name in ("about", "contact", "privacy", "imprint", "jobs", "advertise"):
            return SimPage("other", self._chrome())
        return self._source(url.removeprefix(ROOT))

    def _source(self, path: str) -> SimPage:
        entries = [
            Entry(self.url(s), "page", None, None, s.when.isoformat())
            for s in self.all
            if s.hidden in ("", "sitemap")
        ]
        if self.sitemap == "newest":
            entries = entries[: len(entries) // 2]
        if path == "/sitemap.xml" and self.sitemap != "none":
            maps = [Entry(f"{ROOT}/sitemap-{i}.xml", "sitemap") for i in range((len(entries) + 249) // 250)]
            return SimPage("source", source=Source("sitemap-index", maps))
        if path.startswith("/sitemap-") and self.sitemap != "none":
            number = int(path.removeprefix("/sitemap-").removesuffix(".xml"))
            return SimPage("source", source=Source("sitemap", entries[number * 250 : number * 250 + 250]))
        if path == "/feed.xml" and self.feed:
            newest = [s for s in self.all[:200] if s.hidden == "feed"] + self.shown[:25]
            return SimPage(
                "source",
                source=Source(
                    "feed", [Entry(self.url(s), "page", s.title, s.when.isoformat()) for s in newest]
                ),
            )
        return SimPage("missing")

    def _link(self, story: SimStory, place: str, position: int, slug: str | None = None) -> Link:
        date = story.when.isoformat() if self.dates else None
        return Link(self.url(story), story.title, None, date, place, (), position)

    def _chrome(self) -> list[Link]:
        prefix = self.start.rstrip("/")
        names = [*SECTIONS, "about", "contact", "privacy", "imprint", "jobs", "advertise"]
        urls = [(f"{prefix}/{name}", name.title()) for name in names] + [(self.start, "Home")]
        if self.archives:
            urls.append((f"{prefix}/archive/{NOW:%Y-%m-%d}", "Archive"))
        if self.traps:
            urls += [
                (f"{prefix}/calendar/2026/11", "Calendar"),
                (f"{prefix}/facets?colour=red", "Browse"),
                (f"{prefix}/maze/x/1", "Maze"),
                (f"{prefix}/deep/a", "Deep"),
            ]
        return [Link(url, text, None, None, "navigation", (), i) for i, (url, text) in enumerate(urls)]

    def _listing(self, stories: list[SimStory], path: str, page: int) -> SimPage:
        shown = stories[(page - 1) * self.per_page : page * self.per_page]
        links = self._chrome() + [self._link(s, "listing", 50 + i) for i, s in enumerate(shown)]
        pages = (len(stories) + self.per_page - 1) // self.per_page
        address = self.start.rstrip("/") + path
        numbers = [n for n in (page + 1, page + 2, pages) if page < n <= pages]
        return SimPage(
            "listing" if shown else "other", links, [f"{address}?page={n}" for n in dict.fromkeys(numbers)]
        )

    def _archive(self, name: str) -> SimPage:
        day = name.removeprefix("archive/")
        links = self._chrome()
        shown = [s for s in self.shown if f"{s.when:%Y-%m-%d}" == day]
        links += [self._link(s, "listing", 50 + i) for i, s in enumerate(shown)]
        before = datetime.fromisoformat(day) - timedelta(days=1)
        url = f"{self.start.rstrip('/')}/archive/{before:%Y-%m-%d}"
        links.append(Link(url, "Previous day", None, None, "other", (), 90))
        return SimPage("listing" if shown else "other", links)

    def _story_page(self, story: SimStory) -> SimPage:
        place = self.places[story.number]
        links = self._chrome()
        near = self.shown[max(0, place - 3) : place + 3]
        links += [self._link(s, "related", 60 + i) for i, s in enumerate(near) if s is not story]
        hidden = [s for s in self.all[place + 1 : place + 4] if s.hidden == "related"]
        links += [self._link(s, "related", 70 + i) for i, s in enumerate(hidden)]
        prefix = self.start.rstrip("/")
        links += [
            Link(f"{prefix}/tag/{tag}", tag.title(), None, None, "other", (), 80 + i)
            for i, tag in enumerate(story.tags)
        ]
        if self.form == "id":
            links.append(Link(self.url(story) + "/print", "Print", None, None, "other", (), 95))
            other = f"{prefix}/news/{story.number}/edited-headline-of-it"
            links += [Link(other, story.title, None, None, "related", (), 96)] if place % 9 == 0 else []
        links.append(Link(self.url(story) + ("&" if "?" in self.url(story) else "?") + "utm_source=share", "Share",
                          None, None, "other", (), 97))  # fmt: skip
        return SimPage("story", links, story=story)

    def _trap(self, name: str, query: str) -> SimPage:
        prefix = self.start.rstrip("/")
        links = self._chrome()
        if name.startswith("calendar/"):
            _, year, month = name.split("/")
            after = int(year) * 12 + int(month)
            before = after - 2
            targets = [
                f"calendar/{after // 12}/{after % 12 + 1}",
                f"calendar/{before // 12}/{before % 12 + 1}",
            ]
        elif name == "facets":
            targets = [f"facets?{query}&{colour}=1" for colour in ("a", "b", "c")]
            targets.append(f"facets?sid={len(self.asked)}")
        elif name.startswith("maze"):
            number = int(name.rsplit("/", 1)[1])
            targets = [f"maze/x/{number * 2}", f"maze/x/{number * 2 + 1}"]
        else:
            targets = [f"{name}/a", f"{name}/b"]
        links += [Link(f"{prefix}/{t}", t, None, None, "other", (), 90 + i) for i, t in enumerate(targets)]
        return SimPage("other", links)


@dataclass
class Crawl:
    """What a crawl of a simulated site asked for and found."""

    site: SimSite
    frontier: Frontier
    found: list[SimStory] = field(default_factory=list)
    requests: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def per_story(self) -> float:
        return self.requests / max(1, len(self.found))


def crawl(
    site: SimSite, *, limit: int | None = None, at_once: int = 8, known: Iterable[str] = (), **options: Any
) -> Crawl:
    """Run the frontier over the site, `at_once` requests under way."""
    old = set(known)
    if old:
        options["known"] = lambda keys: old.intersection(keys)
    site.asked.clear()
    frontier = Frontier(UrlCanonicalizer(), Scope([site.start]), now=NOW, **options)
    result = Crawl(site, frontier)
    seeds = [Candidate(site.start, "seed", expected_type="listing")]
    if site.sitemap != "none":
        seeds.append(
            Candidate(f"{ROOT}/sitemap.xml", "sitemap", f"{ROOT}/robots.txt", expected_type="source")
        )
    frontier.offer(seeds)
    under_way: deque[tuple[Candidate, SimPage]] = deque()
    while True:
        while len(under_way) < at_once and (candidate := frontier.next()) is not None:
            result.requests += 1
            under_way.append((candidate, site.fetch(candidate.url)))
        if not under_way:
            return result
        candidate, page = under_way.popleft()
        result.kinds[page.kind] += 1
        if page.source is not None:
            frontier.offer(candidates_of_source(page.source, candidate.url, candidate.depth), candidate)
            frontier.report(candidate, "source")
            continue
        links = frontier.new_links(page.links, page.kind, candidate)
        new = candidates_of_links(links, candidate.url, candidate.depth, page.kind, page.next_pages)
        if candidate.link_type == "seed" and site.feed:
            new.append(Candidate(f"{ROOT}/feed.xml", "feed", candidate.url, expected_type="source"))
        frontier.offer(new, candidate)
        if page.story is not None:
            result.found.append(page.story)
            frontier.report(candidate, "story", date=page.story.when.isoformat(), title=page.story.title)
            if limit is not None and len(result.found) >= limit:
                return result
        else:
            frontier.report(candidate, {"missing": "gone"}.get(page.kind, page.kind))
