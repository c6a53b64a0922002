"""The demo site as a function: a path and a base address in, a response out. No clock, no network."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import parse_qs, quote, unquote, urlsplit

from newscrawler.demo import page_templates, plants, rss
from newscrawler.demo.demo_story import DemoStory, slugify
from newscrawler.demo.picture import draw
from newscrawler.demo.story_maker import make_stories
from newscrawler.demo.world import AGENCY, SECTIONS

HOST = "demo-news.example"
BASE = f"http://{HOST}"
PER_PAGE = 8  # stories of a listing
_FRONT_LENGTH = 12  # stories of the front page
_HTML = "text/html; charset=utf-8"
_XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of the site. `modified` is None where a page has no time of its own."""

    body: bytes
    content_type: str = _HTML
    status: int = 200
    location: str | None = None
    modified: datetime | None = None

    @property
    def etag(self) -> str:
        """A validator that depends on the bytes alone."""
        return f'"{blake2b(self.body, digest_size=10).hexdigest()}"'


class DemoSite:
    """The whole site. One object can serve any number of threads: nothing in it changes."""

    def __init__(self) -> None:
        self.stories = {story.code: story for story in make_stories()}
        newest_first = sorted(
            self.stories.values(), key=lambda story: (story.listed_at, story.code), reverse=True
        )
        self.listed = [story for story in newest_first if story.hidden is None]
        gone = _withdrawn(self.stories)
        at = next(n for n, story in enumerate(self.listed) if story.code < gone.code)
        self.listed.insert(at, gone)
        self._tags: dict[str, list[DemoStory]] = defaultdict(list)
        self._tag_names: dict[str, str] = {}
        self._authors: dict[str, list[DemoStory]] = defaultdict(list)
        self._author_names: dict[str, str] = {}
        for story in newest_first:
            for tag in story.tags:
                self._tag_names[page_templates.tag_slug(tag)] = tag
            for name in story.authors:
                self._author_names[slugify(name)] = name
        for story in self.listed:
            for tag in story.tags:
                self._tags[page_templates.tag_slug(tag)].append(story)
            for name in story.authors:
                self._authors[slugify(name)].append(story)
        self._days: dict[date, list[DemoStory]] = defaultdict(list)
        for story in self.listed:
            if story.published:
                self._days[story.published.date()].append(story)
        self.redirects = {
            plant.path: self.stories[plant.code].path for plant in plants.planted("redirect") if plant.code
        }
        self._newest = newest_first[0].listed_at
        self.respond = lru_cache(maxsize=512)(self._respond)

    def _respond(self, target: str, base: str = BASE) -> Response:
        """The response to GET `target` (path and query). Absolute links in it start with `base`."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return self._not_found()
        path, query = unquote(parts.path), parse_qs(parts.query)
        if path in self.redirects:
            return Response(b"", status=301, location=base + self.redirects[path])
        if path in ("", "/", "/en"):
            return Response(b"", status=302, location=f"{base}/en/")
        if plain := _PLAIN.get(path):
            return Response(plain(self, base).encode(), _content_type(path), modified=self._modified(path))
        if match := re.fullmatch(r"/sitemap-(\d{4})-(\d\d)\.xml\.gz", path):
            return self._month_sitemap(int(match[1]), int(match[2]), base)
        if match := re.fullmatch(r"/images/(?:t/)?(\d{6})\.png", path):
            story = self.stories.get(int(match[1]))
            return Response(draw(story.code), "image/png") if story and story.photo else self._not_found()
        if match := re.fullmatch(r"/en/news/(\d{6})(?:/([^/]*))?(/print)?/?", path):
            return self._story(int(match[1]), bool(match[3]) or match[2] == "print", base)
        if match := re.fullmatch(r"/en/calendar/(\d{4})/(\d\d)/(\d\d)", path):
            return self._calendar(match[1], match[2], match[3])
        return self._listing(path.rstrip("/"), query)

    def _modified(self, path: str) -> datetime | None:
        return self._newest if path in ("/en/", "/en/rss.xml", "/sitemap-news.xml", "/sitemap.xml") else None

    def _not_found(self) -> Response:
        page = page_templates.plain_page("Not found", "<p>There is no page at this address.</p>\n")
        return Response(page.encode(), status=404)

    def _story(self, code: int, is_print: bool, base: str) -> Response:
        story = self.stories.get(code)
        if story is None:
            return self._not_found()
        text = (
            page_templates.print_page(story, base)
            if is_print
            else page_templates.story_page(story, self.stories, base)
        )
        body = text.encode(story.charset, "xmlcharrefreplace")
        return Response(
            body, f"text/html; charset={story.charset}", modified=story.modified or story.listed_at
        )

    def _listing(self, path: str, query: dict[str, list[str]]) -> Response:
        kind, _, name = path.removeprefix("/en/").partition("/")
        if path == "/en/archive":
            days = "".join(
                f'<li><a href="/en/archive/{day:%Y/%m/%d}">{day.day} {day:%B %Y}</a> ({len(stories)})</li>\n'
                for day, stories in sorted(self._days.items(), reverse=True)
            )
            return Response(
                page_templates.plain_page("Archive", f"<ul>\n{days}</ul>\n").encode(), modified=self._newest
            )
        if kind == "archive":
            return self._day(name)
        if kind in SECTIONS and not name:
            heading = SECTIONS[kind]
            stories = [story for story in self.listed if story.section == kind]
        elif kind == "tag" and name in self._tag_names:
            heading, stories = self._tag_names[name], self._tags[name]
        elif kind == "author" and name in self._author_names:
            heading, stories = self._author_names[name], self._authors[name]
        else:
            return self._not_found()
        count = max(1, -(-len(stories) // PER_PAGE))
        number = query.get("page", ["1"])[0]
        page = int(number) if re.fullmatch(r"[1-9]\d{0,3}", number) else 0
        if not 1 <= page <= count:
            return self._not_found()
        shown = stories[(page - 1) * PER_PAGE : page * PER_PAGE]
        at = quote(path)
        text = page_templates.listing_page(
            heading, shown, at, page, count, slash=frozenset(), aside=self._aside()
        )
        return Response(text.encode(), modified=stories[0].listed_at if stories else None)

    def _day(self, name: str) -> Response:
        try:
            day = datetime.strptime(name, "%Y/%m/%d").date()
        except ValueError:
            return self._not_found()
        if day not in self._days:
            return self._not_found()
        slash = plants.codes("variant-slash")
        text = page_templates.listing_page(
            f"{day:%A} {day.day} {day:%B %Y}",
            self._days[day],
            "",
            1,
            1,
            slash=slash,
            aside=self._neighbours(day),
        )
        return Response(text.encode(), modified=self._days[day][0].listed_at)

    def _neighbours(self, day: date) -> str:
        around = [(day - timedelta(days=1), "Day before"), (day + timedelta(days=1), "Day after")]
        return "".join(
            f'<p><a href="/en/archive/{other:%Y/%m/%d}">{text}</a></p>\n'
            for other, text in around
            if other in self._days
        )

    def _calendar(self, *numbers: str) -> Response:
        try:
            day = date(*map(int, numbers))
            month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            after = day + timedelta(days=1)
        except (ValueError, OverflowError):
            return self._not_found()
        links = "".join(
            f'<a href="/en/calendar/{to:%Y/%m/%d}">{text}</a> '
            for to, text in ((after, "Next day"), (month, "Next month"))
        )
        text = f"<p>No events are listed for {day.day} {day:%B} {day.year}.</p>\n<p>{links}</p>\n"
        return Response(page_templates.plain_page("Calendar", text).encode())

    def _aside(self) -> str:
        """Most read: planted variants of stories, and the old address that redirects."""
        links = []
        for plant in plants.PLANTS:
            if plant.code and plant.linked_from == "front page, Most read":
                story = self.stories[plant.code]
                links.append((plant.path.format(code=story.code, slug=story.slug), story.title))
        return page_templates.most_read(links)

    def front(self, _base: str) -> str:
        """The front page."""
        by_section = {slug: [s for s in self.listed if s.section == slug][:3] for slug in SECTIONS}
        return page_templates.front_page(self.listed[:_FRONT_LENGTH], by_section, self._aside())

    def robots(self, base: str) -> str:
        """robots.txt: one path is closed, the sitemap index is named."""
        return f"User-agent: *\nDisallow: /en/members/\n\nSitemap: {base}/sitemap.xml\n"

    def members(self, _base: str) -> str:
        """A page that robots.txt forbids; a crawl that shows it has not read the file."""
        return page_templates.plain_page(
            "Morning briefing", "<p>For members. Crawlers are asked to stay out.</p>\n" * 3
        )

    def about(self, _base: str) -> str:
        """About the agency."""
        text = (
            f"<p>{AGENCY} reports from an invented coast.</p>\n"
            "<p>Nothing that it reports has happened, and nobody in it has lived.</p>\n"
        )
        return page_templates.plain_page("About us", text)

    def contact(self, _base: str) -> str:
        """The agency's contact page."""
        return page_templates.plain_page(
            "Contact", f"<p>Write to editors@{HOST}. The address does not exist.</p>\n"
        )

    def style(self, _base: str) -> str:
        """The style sheet."""
        return page_templates.STYLE

    def sitemap_index(self, base: str) -> str:
        """The sitemap index."""
        return rss.sitemap_index(base)

    def news_sitemap(self, base: str) -> str:
        """The news sitemap."""
        return rss.news_sitemap(self.stories.values(), self._newest, base)

    def _month_sitemap(self, year: int, month: int, base: str) -> Response:
        if (year, month) not in rss.MONTHS:
            return self._not_found()
        text = rss.month_sitemap(self.stories.values(), year, month, base)
        return Response(gzip.compress(text.encode(), mtime=0), "application/gzip")

    def rss(self, base: str) -> str:
        """The feed."""
        return rss.rss(self.stories.values(), base)


def _withdrawn(stories: dict[int, DemoStory]) -> DemoStory:
    """A story that lists still name though its page is gone."""
    (code,) = plants.codes("gone")
    near = max(known for known in stories if known < code)
    when = stories[near].listed_at + timedelta(minutes=5)
    return DemoStory(
        code=code,
        title="Correction Withdrawn: the Bridge That Was Not Sold",
        section="economy",
        listed_at=when,
        published=when,
        paragraphs=(),
        tags=(),
    )


_PLAIN = {
    "/en/": DemoSite.front,
    "/robots.txt": DemoSite.robots,
    "/sitemap.xml": DemoSite.sitemap_index,
    "/sitemap-news.xml": DemoSite.news_sitemap,
    "/en/rss.xml": DemoSite.rss,
    "/en/about": DemoSite.about,
    "/en/contact": DemoSite.contact,
    "/en/members/morning-briefing": DemoSite.members,
    "/style.css": DemoSite.style,
}


def _content_type(path: str) -> str:
    if path == "/robots.txt":
        return "text/plain; charset=utf-8"
    if path == "/style.css":
        return "text/css; charset=utf-8"
    if path == "/en/rss.xml":
        return "application/rss+xml; charset=utf-8"
    return _XML if path.endswith(".xml") else _HTML
