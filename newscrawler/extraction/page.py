"""What reading a page gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from newscrawler.extraction.html.document import Document
from newscrawler.items import Story


class Link(NamedTuple):
    """One link of a page; each URL stands once, its text link and its image link merged.

    `place` says where on the page the link stands: `body`, `related`, `listing`, `navigation` or `other`.
    `date` is an ISO 8601 date printed beside the link, if any; `rel` the link's rel tokens, lower case.
    """

    url: str
    text: str
    alt: str | None
    date: str | None
    place: str
    rel: tuple[str, ...]
    position: int


class HeadLink(NamedTuple):
    """One `<link>` element: `rel` its tokens, lower case; `type` a media type; `hreflang` as written."""

    rel: tuple[str, ...]
    url: str
    type: str | None
    hreflang: str | None
    title: str | None


@dataclass
class Page:
    """A page that was read.

    `kind` is `story`, `listing` or `other`, and `reason` says in a few words how that is known.
    `story` is None unless `kind` is `story`.
    """

    url: str
    kind: str
    reason: str
    story: Story | None
    document: Document

    @cached_property
    def links(self) -> list[Link]:
        """Every link of the page once, in page order; with dates unless the page is a story.

        Dates beside links are dear to read, and of use where a page lists stories.
        """
        from newscrawler.extraction.links.link_extractor import find_dated_links, find_links

        return find_links(self.document) if self.kind == "story" else find_dated_links(self.document)

    @cached_property
    def application(self) -> str | None:
        """Why the page is an application that came without its content, for a browser to fill; None if it is not."""
        from newscrawler.extraction.page_type.app_shell import application

        return application(self.document, self.kind, self.reason)

    @cached_property
    def head_links(self) -> list[HeadLink]:
        """Every `<link rel href>` (next, prev, alternate, amphtml, canonical, …), absolute, in page order."""
        from newscrawler.extraction.links.link_extractor import find_head_links

        return find_head_links(self.document)
