"""The result of reading a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.headline.title import TitleFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.links.link import HeadLink, Link
from newscrawler.extraction.page_type.page_classifier import PageType
from newscrawler.extraction.template.field_places import template_place
from newscrawler.extraction.template.page_facts import PageFacts, SiblingFacts, facts_of
from newscrawler.items import Story


@dataclass
class Page:
    """A page that was read.

    `reason` is a code and details for `kind`. `story` is None unless `kind` is `story`. `title` and `body` are what
    was found of both, whatever the kind, `siblings` what the page tells of its group.
    """

    url: str
    kind: PageType
    reason: str
    story: Story | None
    document: Document
    title: TitleFound
    body: BodyFound
    siblings: SiblingFacts
    general_body: BodyFound | None = (
        None  # the text without the elements that the template taught, where it differs
    )

    @cached_property
    def facts(self) -> PageFacts:
        """Facts that tell the template of the page's site."""
        return facts_of(self.document, self.title, self.general_body or self.body, self.story)

    @property
    def place(self) -> tuple[str, str]:
        """Paths of the headline and of the text as general rules find them."""
        return template_place(self.document, self.title, self.general_body or self.body)

    @cached_property
    def links(self) -> list[Link]:
        """Every link of the page once, in page order; with dates unless the page is a story.

        Dates beside links are dear to read, and of use where a page lists stories.
        """
        from newscrawler.extraction.links.link_extractor import find_dated_links, find_links

        return find_links(self.document) if self.kind is PageType.STORY else find_dated_links(self.document)

    @cached_property
    def application(self) -> str | None:
        """Why the page is an application that came without its content, for a browser to fill; None if it is not."""
        from newscrawler.extraction.page_type.app_shell import application

        return application(self.document, self.kind, self.reason)

    @cached_property
    def redirect_target(self) -> str | None:
        """The address that the page sends its readers on to, None if it does not; a story never does."""
        from newscrawler.extraction.page_type.redirects import redirect_target

        return redirect_target(self.document) if self.kind is not PageType.STORY else None

    @cached_property
    def head_links(self) -> list[HeadLink]:
        """Every `<link rel href>` (next, prev, alternate, amphtml, canonical, …), absolute, in page order."""
        from newscrawler.extraction.links.link_extractor import find_head_links

        return find_head_links(self.document)
