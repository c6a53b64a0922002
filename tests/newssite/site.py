"""The generated site: its stories, its pages, what is planted in it, and how it changes."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from threading import RLock
from types import TracebackType
from typing import Literal, Self

from tests.newssite import rendering
from tests.newssite.content import SECTIONS, NewsStory, Via, Writer, spaced
from tests.newssite.faults import Fault
from tests.newssite.rendering import Link, Markup
from tests.newssite.server import Answer, Request, Server
from tests.newssite.shapes import SHAPES
from tests.newssite.traps import TRAPS

Source = Literal["sections", "tags", "archive", "sitemap", "news-sitemap", "rss", "atom", "related"]
Variant = Literal["tracking", "print", "amp", "slash", "index", "www", "mobile"]
ALL_SOURCES: frozenset[Source] = frozenset(
    ("sections", "tags", "archive", "sitemap", "news-sitemap", "rss", "atom", "related")
)
_FIRST_NUMBER = 700_001
_FRONT, _FEED, _RELATED, _SITEMAP_SIZE = 30, 30, 8, 500
_XML = "application/xml; charset=utf-8"


class NewsSite:
    """A news site on a free loopback port, for as long as it is used as a context manager.

    stories: how many listed stories; on top come
    sitemap_only, feed_only, related_only: stories that one source alone names,
    same_title: stories sent again under another number, the title in capitals (`twins` has the pairs),
    recurring: stories titled “Morning briefing”, each of another day and with another text.
    shape: `id`, `date`, `slug` or `query`: the form of the addresses, see `shapes`.
    sources: which ways to stories the site offers; all by default.
    markup: `plain` HTML, or `json-ld` on top.
    traps: of `calendar`, `facets`, `sessions`, `repeating`, `depth`; the front page links each.
    variants: of `tracking`, `slash`, `index` (front page links), `print`, `amp` (every story page), and, with
        `host` only, `www` and `mobile`.
    host: a name such as `big-news.example`, reached through the server as HTTP proxy (`proxy`); without, the
        site's address is that of the server.
    robots: the whole robots.txt, if given; else made of crawl_delay, request_rate (such as `1/2`) and disallow
        (paths). Its status is what `fault("/robots.txt", Status(...))` says.
    newest, every: time (UTC) of the newest story, and from story to story.
    etags, last_modified: whether pages, feeds and listings can be revalidated.
    """

    def __init__(
        self,
        stories: int = 300,
        shape: str = "id",
        *,
        sections: int = 6,
        per_page: int = 20,
        seed: int = 1,
        sitemap_only: int = 0,
        feed_only: int = 0,
        related_only: int = 0,
        same_title: int = 0,
        recurring: int = 0,
        sources: Collection[Source] = ALL_SOURCES,
        markup: Markup = "json-ld",
        traps: Collection[str] = (),
        variants: Collection[Variant] = (),
        host: str | None = None,
        robots: str | None = None,
        crawl_delay: float | None = None,
        request_rate: str | None = None,
        disallow: Collection[str] = (),
        newest: datetime = datetime(2026, 11, 20, 12, 0),
        every: timedelta = timedelta(hours=1),
        etags: bool = True,
        last_modified: bool = True,
    ) -> None:
        unknown = set(traps) - TRAPS.keys()
        if unknown or (set(variants) & {"www", "mobile"} and host is None):
            raise ValueError(f"unknown traps {sorted(unknown)}, or variants that need a host")
        self.sections = SECTIONS[:sections]
        self.per_page = per_page
        self.traps, self.variants, self.sources = tuple(traps), frozenset(variants), frozenset(sources)
        self._shape = SHAPES[shape]()
        if shape == "query":
            self._shape.per_page = per_page  # type: ignore[attr-defined] # its addresses count stories
        self._markup, self._host = markup, host
        self._robots = robots
        self._robots_lines = [f"Disallow: {path}" for path in disallow]
        if crawl_delay is not None:
            self._robots_lines.append(f"Crawl-delay: {crawl_delay:g}")
        if request_rate is not None:
            self._robots_lines.append(f"Request-rate: {request_rate}")
        self._every, self._etags, self._last_modified = every, etags, last_modified
        self._writer = Writer(seed)
        self._broken = False
        self._faults: list[tuple[re.Pattern[str], Fault, int | None, float]] = []
        self._met: Counter[int] = Counter()
        self._lock = RLock()  # no answer is made from a half-changed site
        self._server = Server(self._answer, self._fault_at)
        self.twins: list[tuple[NewsStory, NewsStory]] = []
        self._stories = [self._new(when) for when in spaced(newest, every, stories)]
        self._plant(sitemap_only, feed_only, related_only, same_title, recurring)
        self._rebuild()

    # --- Running it ---------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.stop()

    @property
    def proxy(self) -> str:
        """The server's own address; as a proxy, when the site has a `host`."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def base(self) -> str:
        """The site's address without a slash at the end."""
        return f"http://{self._host}" if self._host else self.proxy

    @property
    def url(self) -> str:
        """The front page."""
        return f"{self.base}/"

    @property
    def log(self) -> list[Request]:
        """Every request so far, in order of arrival."""
        return list(self._server.log)

    def truth(self) -> dict[str, NewsStory]:
        """URL -> story, for every true story, twins among them. Stories have their `url` set."""
        for story in self._stories:
            story.url = self.base + self._shape.story(story)
        return {story.url: story for story in self._stories}

    def fetches(self) -> Counter[str]:
        """Story URL -> how often its story was asked for, under whatever address."""
        paths = {self._shape.story(story): url for url, story in self.truth().items()}
        return Counter(
            paths[path]
            for request in self.log
            if (path := self._plain(request.path)) in paths and request.method == "GET"
        )

    def trap_requests(self) -> Counter[str]:
        """Trap -> how many requests it got."""
        return Counter(
            name for request in self.log for name in self.traps if request.path.startswith(TRAPS[name][1])
        )

    # --- Changing it --------------------------------------------------------------------------------------

    def add(self, count: int = 1, via: Via = "listing") -> list[NewsStory]:
        """Publish new stories, after the newest one."""
        newest = max(story.published for story in self._stories)
        added = [self._new(newest + self._every * step, via) for step in range(1, count + 1)]
        with self._lock:
            self._stories += added
            self._rebuild()
        return added

    def edit(self, count: int = 1, *, title: bool = False) -> list[NewsStory]:
        """Change the text (and the title) of the newest listed stories; addresses stay as they are."""
        listed = [story for story in self._newest_first if story.via == "listing"][:count]
        with self._lock:
            for story in listed:
                story.paragraphs[-1] = self._writer.paragraph()
                story.paragraphs.append(self._writer.paragraph())
                story.modified = (story.modified or story.published) + timedelta(minutes=90)
                if title:
                    # The address keeps the slug of the first headline, as publishers have it.
                    story.first_slug = story.slug
                    story.title = f"{story.title} after all"
            self._rebuild()
        return listed

    def changed(self) -> None:
        """Stories were changed by hand: show them as they are now."""
        with self._lock:
            self._rebuild()

    def remove(self, count: int = 1) -> list[NewsStory]:
        """Take the newest listed stories down: their pages answer 404."""
        gone = [story for story in self._newest_first if story.via == "listing"][:count]
        with self._lock:
            self._stories = [story for story in self._stories if story not in gone]
            self._rebuild()
        return gone

    def break_layout(self, broken: bool = True) -> None:
        """Story pages without text from now on, as after a relaunch; `False` repairs them."""
        with self._lock:
            self._broken = broken
            self._rebuild()

    def fault(self, pattern: str, fault: Fault, *, times: int | None = None, rate: float = 1.0) -> None:
        """Do `fault` to answers whose path (with query) matches `pattern` (re.search): the first `times` of
        them, and, with `rate` below 1, that share of them (the same ones in every run)."""
        self._faults.append((re.compile(pattern), fault, times, rate))

    def clear_faults(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()
        self._met.clear()

    def _fault_at(self, path: str) -> Fault | None:
        for number, (pattern, fault, times, rate) in enumerate(self._faults):
            if not pattern.search(path) or (times is not None and self._met[number] >= times):
                continue
            digest = blake2b(f"{path}/{sum(self._met.values())}/{number}".encode(), digest_size=4).digest()
            if rate < 1.0 and int.from_bytes(digest, "big") >= rate * 2**32:
                self._met[-1] += 1  # so that the same path gets another chance later
                continue
            self._met[number] += 1
            return fault
        return None

    # --- Content ------------------------------------------------------------------------------------------

    def _new(self, when: datetime, via: Via = "listing") -> NewsStory:
        self._last_number = getattr(self, "_last_number", _FIRST_NUMBER - 1) + 1
        story = self._writer.story(self._last_number, when, self.sections)
        story.via = via
        return story

    def _plant(
        self, sitemap_only: int, feed_only: int, related_only: int, same_title: int, recurring: int
    ) -> None:
        listed = list(self._stories)
        for via, count in (("sitemap", sitemap_only), ("feed", feed_only), ("related", related_only)):
            for place in range(count):
                # Feeds hold new stories; the other planted ones stand all over the site's time.
                at = -1 - place % _FEED if via == "feed" else (place * len(listed)) // count
                self._stories.append(self._new(listed[at].published + timedelta(minutes=7), via))  # type: ignore[arg-type] # of Via
        for place in range(same_title):
            first = listed[(place * len(listed)) // same_title]
            twin = self._new(first.published + timedelta(minutes=11))
            twin.title, twin.section, twin.slug_end = first.title.upper(), first.section, "-2"
            twin.lead, twin.paragraphs, twin.tags = first.lead, list(first.paragraphs), list(first.tags)
            self.twins.append((first, twin))
            self._stories.append(twin)
        newest = max(story.published for story in self._stories)
        for place in range(recurring):
            story = self._new(newest - timedelta(days=place, minutes=13))
            story.title, story.slug_end = "Morning briefing", f"-{story.number}"
            self._stories.append(story)

    def _rebuild(self) -> None:
        """Anew, after each change: which address shows what."""
        self._newest_first = sorted(
            self._stories, key=lambda story: (story.published, story.number), reverse=True
        )
        listed = [story for story in self._newest_first if story.via == "listing"]
        self._rendered: dict[tuple[str, str], Answer] = {}
        self._by_path = {self._shape.story(story): story for story in self._stories}
        featured = [story for story in self._newest_first if story.via in ("listing", "related")]
        self._place = {story.number: place for place, story in enumerate(featured)}
        self._featured = featured
        self._listings: dict[str, Callable[[], str]] = {}
        self._listing_time: dict[str, datetime] = {}
        self._navigation: list[Link] = []
        if "sections" in self.sources:
            for name in self.sections:
                stories = [story for story in listed if story.section == name]
                self._paginate(name.title(), stories, lambda page, name=name: self._shape.section(name, page))
                self._navigation.append((self._shape.section(name), name.title()))
        if "tags" in self.sources:
            for tag in sorted({tag for story in self._stories for tag in story.tags}):
                stories = [story for story in listed if tag in story.tags]
                self._paginate(tag, stories, lambda page, tag=tag: self._shape.tag(_slug(tag), page))
        if "archive" in self.sources:
            days: dict[date, list[NewsStory]] = {}
            for story in listed:
                days.setdefault(story.published.date(), []).append(story)
            for day, stories in days.items():
                self._paginate(
                    f"{day.day} {day:%B %Y}", stories, lambda page, day=day: self._shape.day(day), whole=True
                )
            links = [(self._shape.day(day), f"{day.day} {day:%B %Y}") for day in sorted(days, reverse=True)]
            self._add_listing("/archive", listed[:1], lambda: self._archive(links))
            self._navigation.append(("/archive", "Archive"))
        self._add_listing("/", listed[:_FRONT], lambda: self._front(listed[:_FRONT]))

    def _paginate(
        self, heading: str, stories: list[NewsStory], address: Callable[[int], str], *, whole: bool = False
    ) -> None:
        size = max(len(stories), 1) if whole else self.per_page
        count = max(1, -(-len(stories) // size))
        for page in range(1, count + 1):
            shown = stories[(page - 1) * size : page * size]

            def render(page: int = page, shown: list[NewsStory] = shown) -> str:
                return rendering.listing_page(
                    heading if page == 1 else f"{heading}, page {page}",
                    self._linked(shown),
                    self._navigation,
                    newer=address(page - 1) if page > 1 else None,
                    older=address(page + 1) if page < count else None,
                    numbered=[
                        (address(n), str(n))
                        for n in range(max(1, page - 2), min(count, page + 2) + 1)
                        if n != page
                    ],
                )

            self._add_listing(address(page), shown, render)

    def _add_listing(self, path: str, shown: list[NewsStory], render: Callable[[], str]) -> None:
        self._listings[path] = render
        if shown:
            self._listing_time[path] = max(story.modified or story.published for story in shown)

    # --- Answering ----------------------------------------------------------------------------------------

    def _answer(self, host: str, path: str, headers: dict[str, str]) -> Answer:
        if path in ("/index.html", "/index.php") and "index" in self.variants:
            path = "/"
        key = (host, path)
        with self._lock:
            answer = self._rendered.get(key)
            if answer is None:
                answer = self._render(host, path)
                if not path.startswith(tuple(TRAPS[name][1] for name in self.traps)):
                    self._rendered[key] = answer
        return _revalidated(answer, headers)

    def _render(self, host: str, path: str) -> Answer:
        base = f"http://{host.removeprefix('www.').removeprefix('m.')}" if host else self.base
        if render := self._listings.get(path):
            return self._page(render(), self._listing_time.get(path))
        plain = self._plain(path)
        if story := self._by_path.get(plain):
            return self._page(self._story(story, base), story.modified or story.published)
        for name in self.traps:
            if path.startswith(TRAPS[name][1]):
                links = rendering.link_list("Browse", TRAPS[name][2](path))
                return self._page(rendering.frame(name.title(), links, self._navigation), None)
        return self._machine(path, base) or Answer(
            b"<!DOCTYPE html><title>Not found</title><h1>Not found</h1>", status=404
        )

    def _machine(self, path: str, base: str) -> Answer | None:
        """robots.txt, sitemaps and feeds."""
        named: dict[str, list[tuple[str, NewsStory]]] = {via: [] for via in ("sitemap", "feed")}
        for story in self._newest_first:
            for via in named:
                if story.via in ("listing", via):
                    named[via].append((base + self._shape.story(story), story))
        if path == "/robots.txt":
            lines = ["User-agent: *", *(self._robots_lines or ["Disallow:"]), ""]
            if "sitemap" in self.sources:
                lines.append(f"Sitemap: {base}/sitemap.xml")
            if "news-sitemap" in self.sources:
                lines.append(f"Sitemap: {base}/news.xml")
            text = self._robots if self._robots is not None else "\n".join(lines) + "\n"
            return Answer(text.encode(), "text/plain; charset=utf-8")
        newest = self._newest_first[0].published if self._newest_first else None
        if "sitemap" in self.sources:
            count = max(1, -(-len(named["sitemap"]) // _SITEMAP_SIZE))
            if path == "/sitemap.xml":
                return self._page(
                    rendering.sitemap_index(f"{base}/sitemap-{n}.xml.gz" for n in range(1, count + 1)),
                    newest,
                    _XML,
                )
            if (match := re.fullmatch(r"/sitemap-(\d+)\.xml\.gz", path)) and 1 <= int(match[1]) <= count:
                start = (int(match[1]) - 1) * _SITEMAP_SIZE
                text = rendering.sitemap(named["sitemap"][start : start + _SITEMAP_SIZE])
                return self._page(gzip.compress(text.encode(), mtime=0), newest, "application/gzip")
        if path == "/news.xml" and "news-sitemap" in self.sources and newest:
            fresh = [entry for entry in named["sitemap"] if newest - entry[1].published < timedelta(days=2)]
            return self._page(rendering.news_sitemap(fresh), newest, _XML)
        in_feed = [entry for entry in named["feed"] if entry[1].via == "feed"]
        in_feed += [entry for entry in named["feed"] if entry[1].via != "feed"][
            : max(0, _FEED - len(in_feed))
        ]
        in_feed.sort(key=lambda entry: entry[1].published, reverse=True)
        if path == "/feed.xml" and "rss" in self.sources:
            return self._page(rendering.rss(in_feed, base), newest, "application/rss+xml; charset=utf-8")
        if path == "/atom.xml" and "atom" in self.sources:
            return self._page(rendering.atom(in_feed, base), newest, "application/atom+xml; charset=utf-8")
        return None

    def _page(
        self, text: str | bytes, changed: datetime | None, content_type: str = "text/html; charset=utf-8"
    ) -> Answer:
        body = text.encode() if isinstance(text, str) else text
        headers = []
        if self._etags:
            headers.append(("ETag", f'"{blake2b(body, digest_size=10).hexdigest()}"'))
        if self._last_modified and changed:
            headers.append(("Last-Modified", format_datetime(changed.replace(tzinfo=UTC), usegmt=True)))
        return Answer(body, content_type, headers=tuple(headers))

    def _linked(self, stories: list[NewsStory]) -> list[tuple[Link, NewsStory]]:
        return [((self._shape.story(story), story.title), story) for story in stories]

    def _story(self, story: NewsStory, base: str) -> str:
        if self._broken:
            return rendering.broken_story_page(story, self._navigation)
        at = self._place.get(story.number, 0)
        around = self._featured[at + 1 : at + 1 + _RELATED] or self._featured[:_RELATED]
        path = self._shape.story(story)
        tags = [(self._shape.tag(_slug(tag)), tag) for tag in story.tags] if "tags" in self.sources else []
        return rendering.story_page(
            story,
            markup=self._markup,
            canonical=base + path,
            tags=tags,
            related=self._linked([other for other in around if other is not story])
            if "related" in self.sources
            else [],
            navigation=self._navigation,
            amp=_amp(path) if "amp" in self.variants else None,
            printable=_print(path) if "print" in self.variants else None,
        )

    def _archive(self, links: list[Link]) -> str:
        return rendering.frame("Archive", rendering.link_list("Archive", links), self._navigation)

    def _front(self, stories: list[NewsStory]) -> str:
        also: list[Link] = []
        for story in stories[:10]:
            path = self._shape.story(story)
            if "tracking" in self.variants:
                also.append((f"{path}{_and(path)}utm_source=front&utm_campaign=most-read", story.title))
            if "slash" in self.variants and "?" not in path:
                also.append((path.rstrip("/") if path.endswith("/") else f"{path}/", story.title))
            if "www" in self.variants:
                also.append((f"http://www.{self._host}{path}", story.title))
            if "mobile" in self.variants:
                also.append((f"http://m.{self._host}{path}", story.title))
        if "index" in self.variants:
            also.append(("/index.html", "Front page"))
        extra = rendering.link_list("Most read", also) if also else ""
        extra += (
            rendering.link_list("Service", [(TRAPS[name][0], name.title()) for name in self.traps])
            if self.traps
            else ""
        )
        return rendering.listing_page(rendering.NAME, self._linked(stories), self._navigation, extra=extra)

    def _plain(self, path: str) -> str:
        """The story's own path for the path of a variant."""
        if path in self._by_path:
            return path
        path = re.sub(r"[?&](?:utm_source=.*|(?:print|amp)=1|fbclid=.*)$", "", path)
        path = path.removesuffix("/amp") if "amp" in self.variants else path
        for plain in (path, path.rstrip("/"), f"{path}/"):
            if plain in self._by_path:
                return plain
        return path


def _revalidated(answer: Answer, headers: dict[str, str]) -> Answer:
    """304 where the client's copy is current; an ETag outranks a date (RFC 9110 section 13.2.2)."""
    own = {name.lower(): value for name, value in answer.headers}
    if known := headers.get("if-none-match"):
        current = own.get("etag") in [tag.strip().removeprefix("W/") for tag in known.split(",")]
    elif (since := headers.get("if-modified-since")) and "last-modified" in own:
        current = parsedate_to_datetime(own["last-modified"]) <= parsedate_to_datetime(since)
    else:
        current = False
    return Answer(status=304, headers=answer.headers) if current else answer


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def _and(path: str) -> str:
    return "&" if "?" in path else "?"


def _print(path: str) -> str:
    return f"{path}{_and(path)}print=1"


def _amp(path: str) -> str:
    return f"{path}&amp=1" if "?" in path else f"{path.rstrip('/')}/amp"
