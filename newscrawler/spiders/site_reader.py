"""Reads the pages of a crawl with what is known of their site, and holds the first ones until it is known."""

from __future__ import annotations

from asyncio import sleep
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy.http import HtmlResponse, Request, Response

from newscrawler.arguments import Arguments
from newscrawler.browser.render_request import was_shown
from newscrawler.discovery import Candidate, is_print_form
from newscrawler.extensions.journal_extension import JournalExtension
from newscrawler.extensions.outcomes import OutcomeStats
from newscrawler.extraction import Page, read
from newscrawler.extraction.html.site_template import NO_TEMPLATE, SiteTemplate, heading_key
from newscrawler.extraction.page_type.page_classifier import PageType
from newscrawler.extraction.template.page_facts import Evidence, PageFacts, SiblingFacts
from newscrawler.extraction.template.siblings import is_main_source
from newscrawler.extraction.template.site_view import is_undated_page
from newscrawler.extraction.template.template_memory import TemplateMemory
from newscrawler.extraction.template.template_watch import TemplateWatch
from newscrawler.items import Story
from newscrawler.journal import HeldPage
from newscrawler.sites.family import family_selectors
from newscrawler.spiders.conversions import content_type_of
from newscrawler.spiders.time_limit import TooSlow, time_limit

_TEMPLATE = "template"  # the journal's name for what the site's pages have in common
_KNOWN = 30  # pages of earlier runs from which a site's template counts as known
_NEWEST = 20  # pages elsewhere, with which a changed template begins to be learned
_FIRST_LOOK = 12  # pages after which the template is looked for, while pages are held
_GROWTH = 1.5  # times as many pages until the next look
_FEWEST_HELD = 120  # pages from which a look that finds nothing new means that the template is known
_AGREEMENT = 0.8  # of its pages on their places, from which a site has a template that can be known for good
_MORE = 1.15  # times as many once it is known: what some stories share is to be known before many of them are read
_LEAST_TEXT = 200  # characters of a page that is no story by itself and may be one with its site in view
_TELLING = 3  # longest lines by which two pages are one text
_KEPT_HEADERS = ("Content-Type", "ETag", "Last-Modified")
# Codes of reasons that the site's other pages may overrule.
_OPEN = frozenset({"story-signs", "no-story-signs", "listing-signs", "no-title", "no-body"})


@dataclass(slots=True)
class _Held:
    """A page that waits: its candidate, and the key of its headline if it was read as a story by now."""

    candidate: Candidate
    heading: int | None


class SiteReader:
    """The template of a site as this run knows it, and the pages that wait for it.

    `most_held`: pages that may wait; with 0 every page is read by itself. `stories`: `news`, or `all` for pages without
    evidence of news too.
    """

    def __init__(
        self,
        journal: JournalExtension,
        outcomes: OutcomeStats,
        arguments: Arguments,
        *,
        most_held: int,
        stories: str,
    ) -> None:
        self._journal = journal
        self._outcomes = outcomes
        self._rules = arguments.site.rules
        self._most_held = most_held
        self._only_news = stories == "news"
        self._memory = TemplateMemory(journal.recall(_TEMPLATE) if most_held else None)
        self._holding = bool(most_held) and len(self._memory) < _KNOWN
        self._template = self._memory.template if most_held and not self._holding else NO_TEMPLATE
        self._watch = TemplateWatch(self._template)
        self._newest: deque[tuple[str, SiblingFacts, PageFacts]] = deque(maxlen=_NEWEST)
        self._story_pages = self._memory.story_pages  # those that this run read included
        self._next_look = max(_FIRST_LOOK, int(self._story_pages * _MORE))
        self._held: dict[str, _Held] = {}
        self._stands_still = False  # the template, when pages were held for it last
        self._texts: dict[tuple[int, ...], Candidate] = {}  # longest lines -> the first page that has them

    def read(self, response: Response) -> Page:
        """The page of a response, read with the template as it is known by now. Raises TooSlow."""
        with self._outcomes.timing("reading"), time_limit():
            page = read(
                response.body,
                response.url,
                content_type_of(response),
                rules=self._rules,
                family=None if self._rules else family_selectors,
                fetched=datetime.now(UTC),
                template=self._template,
            )
        if page.document.cut:
            self._outcomes.record_cut(response.url, page.document.cut)
        return page

    def remember(self, candidate: Candidate, page: Page) -> None:
        """Take the facts of a page into the memory of its site."""
        if not self._most_held:
            return
        siblings = page.siblings
        evidence = siblings.evidence
        in_feed = candidate.link_type == "feed" and candidate.date is not None
        in_news_sitemap = candidate.link_type == "sitemap" and candidate.expected_type == "story"
        if (in_feed or in_news_sitemap) and is_main_source(candidate.found_on or ""):
            evidence |= Evidence.FED
        elif candidate.link_type in ("listing", "related") and candidate.date:
            evidence |= Evidence.LISTED
        page.siblings = siblings._replace(evidence=evidence, is_story=page.kind == PageType.STORY)
        self._memory.add_sibling(candidate.key, page.siblings)
        if _may_be_story(page) and self._memory.wants(candidate.key):
            self._memory.add_story(candidate.key, page.facts)
            self._story_pages += 1
        # Pages that waited are what the template was learned from.
        if not self._holding and candidate.key not in self._held and _may_be_story(page):
            self._watch_template(candidate.key, page)
            if self._template.known and self._story_pages >= self._next_look and self._watch.agrees:
                # What only some of a site's stories share shows when more of them are known.
                self._know(self._memory.template)

    def _watch_template(self, key: str, page: Page) -> None:
        """Fall back to general rules when the site's template has changed, and learn the new one."""
        if not self._template.known:
            if self._outcomes.template_changed and self._memory.story_pages >= _KNOWN:
                self._know(self._memory.template)
            return
        if not self._watch.knows(*page.place):
            self._newest.append((key, page.siblings, page.facts))
        if not self._watch.is_changed_by(*page.place):
            return
        self._outcomes.template_changed = True
        self._memory = TemplateMemory()
        for known, siblings, facts in self._newest:
            self._memory.add_sibling(known, siblings)
            self._memory.add_story(known, facts)
        # Its siblings still tell whether the site dates its news.
        old = self._template
        self._know(SiteTemplate(siblings=old.siblings, dated_siblings=old.dated_siblings))

    def _know(self, template: SiteTemplate) -> None:
        self._template = template
        self._next_look = int(self._story_pages * _MORE)
        self._watch = TemplateWatch(template)
        self._newest.clear()

    def is_undated(self, page: Page) -> bool:
        """True for a story without evidence of news on a site whose news have it, unless all stories are wanted."""
        return self._only_news and is_undated_page(page.siblings, self._template)

    def save(self) -> None:
        """Keep the memory of the site for later runs. Raises `JournalFailed`."""
        if len(self._memory):
            self._journal.remember(_TEMPLATE, self._memory.to_dict())

    # Holding

    def __len__(self) -> int:
        """Number of pages that wait."""
        return len(self._held)

    @property
    def knows_template(self) -> bool:
        """True when enough pages were seen to tell what they share."""
        return self._template.known

    @property
    def held_stories(self) -> int:
        """Number of waiting pages that look like stories."""
        return sum(held.heading is not None for held in self._held.values())

    @property
    def has_enough(self) -> bool:
        """True when no page need wait any longer: as many wait as may, or half as many more told nothing new."""
        return len(self._held) >= self._most_held or self._stands_still

    def must_wait(self, page: Page, response: Response) -> bool:
        """True for a page that is to be read again when the template of its site is known.

        A page that was shown in the browser is read at once: its text cannot be had again without it.
        """
        return self._holding and _may_be_story(page) and not was_shown(response)

    def hold(self, candidate: Candidate, page: Page, response: Response) -> Candidate | None:
        """Keep a page in the journal, where a killed run leaves it to the next one. Raises `JournalFailed`.

        The candidate of a page with the same text that waits already, None when there is none.
        """
        headers = {
            name: value.decode("latin-1") for name in _KEPT_HEADERS if (value := response.headers.get(name))
        }
        with self._journal.use() as journal:
            held = HeldPage(response.url, headers, response.body)
            journal.held_pages.hold(self._journal.site, candidate.key, held)
        self._held[candidate.key] = _Held(candidate, _heading_of(page))
        twin = self._texts.setdefault(page.facts.longest[:_TELLING], candidate)
        return twin if twin is not candidate else None

    def left_over(self) -> list[str]:
        """Keys of pages that an earlier run fetched and did not come to read for good. Raises `JournalFailed`."""
        with self._journal.use() as journal:
            return journal.held_pages.keys(self._journal.site)

    def take_up(self, candidate: Candidate) -> None:
        """Let a page wait that an earlier run held. Raises `JournalFailed`."""
        if (response := self.response(candidate.key)) is not None:
            try:
                page = self.read(response)
            except TooSlow:
                return
            self.remember(candidate, page)
            self._held[candidate.key] = _Held(candidate, _heading_of(page))

    def response(self, key: str) -> Response | None:
        """The answer that a held page was; None when it is not held. Raises `JournalFailed`."""
        with self._journal.use() as journal:
            held = journal.held_pages.get(self._journal.site, key)
        if held is None:
            return None
        return HtmlResponse(held.url, headers=dict(held.headers), body=held.body, request=Request(held.url))

    def recognised(self) -> Iterator[tuple[Candidate, Story]]:
        """Pages that wait and turn out to be stories, now that more is known of their site.

        The frontier must hear of them: it gives up addresses that bring none.
        """
        if not self._holding or len(self._held) < self._next_look:
            return
        self._next_look = int(self._next_look * _GROWTH)
        before, self._template = self._template, self._memory.template
        self._stands_still = (
            len(self._held) >= _FEWEST_HELD
            and self._template.agreement >= _AGREEMENT
            and not self._template.adds_to(before)
        )
        for key, held in self._held.items():
            if held.heading is None and (page := self._read_again(key, held)) and page.story is not None:
                yield held.candidate, page.story

    async def settled(self) -> AsyncIterator[tuple[Candidate, Page, Response]]:
        """The pages that wait, read for good; each is to be released when its end is in the journal.

        No further page waits. Raises `JournalFailed`.
        """
        self._holding = False
        self._template = self._memory.template
        for key, held in self._held.items():
            # Facts of these pages change with the template: they had no headline of their own.
            if held.heading is None or held.heading in self._template.headings:
                self._read_again(key, held)
                await sleep(0)
        self._know(self._memory.template)
        for key in sorted(self._held, key=self._worth):
            if (response := self.response(key)) is None:
                del self._held[key]
                continue
            try:
                page = self.read(response)
            except TooSlow:  # on a busy machine: it was read before; the next run takes it up
                continue
            yield self._held[key].candidate, page, response
            await sleep(0)

    def release(self, candidate: Candidate) -> None:
        """Let go of a page that was held. Raises `JournalFailed`."""
        self._held.pop(candidate.key, None)
        with self._journal.use() as journal:
            journal.held_pages.release(self._journal.site, candidate.key)

    def _read_again(self, key: str, held: _Held) -> Page | None:
        if (response := self.response(key)) is None:
            return None
        try:
            page = self.read(response)
        except TooSlow:
            return None
        self.remember(held.candidate, page)
        held.heading = _heading_of(page)
        return page

    def _worth(self, key: str) -> tuple[bool, int, str]:
        """Order of settling: of two pages with one text the first is kept, so that the better address comes first."""
        candidate = self._held[key].candidate
        return is_print_form(candidate.url), len(candidate.url), candidate.url


def _heading_of(page: Page) -> int | None:
    return heading_key(page.story.title, page.title.element) if page.story is not None else None


def _may_be_story(page: Page) -> bool:
    """True for a page whose kind its site's other pages may change, and for a story."""
    if page.reason.split()[0] not in _OPEN:
        return False
    return page.story is not None or len(page.body.text) >= _LEAST_TEXT
