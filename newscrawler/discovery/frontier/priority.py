"""Context of a candidate's link."""

from __future__ import annotations

from newscrawler.discovery.frontier.candidates import Candidate
from newscrawler.discovery.frontier.link_types import ExpectedType, LinkContext, LinkType
from newscrawler.discovery.urls.print_forms import is_print_form
from newscrawler.text import is_headline_long

_HEADLINE_WORDS = 4
_OF_LINK_TYPE = {
    LinkType.SEED: LinkContext.SEED,
    LinkType.PAGINATION: LinkContext.PAGE,
    LinkType.FEED: LinkContext.FEED,
    LinkType.SITEMAP: LinkContext.MAP,
}
_LISTED = frozenset((LinkType.LISTING, LinkType.RELATED))


def context_of(candidate: Candidate, parent: Candidate | None, of_main: bool) -> LinkContext:
    """The context that decides what to expect of a candidate.

    `seed`; `main`: a further page of a seed (`of_main`: the parent is a seed or such a page); `page`: of another
    listing; `feed`: a feed or news sitemap names it as a story; `map`: a plain sitemap; `list`: a headline in a
    listing or related block; `text`: a headline elsewhere; `print`: a page to print or the like of another page than a
    story that was not recognised; `menu`: another link of a seed; `nav`: any other.
    """
    link_type = candidate.link_type
    if (context := _OF_LINK_TYPE.get(link_type)) is not None:
        if of_main and context == LinkContext.PAGE:
            return LinkContext.MAIN
        if context == LinkContext.MAP and candidate.expected_type == ExpectedType.STORY:
            return LinkContext.FEED
        return context
    if is_print_form(candidate.url):
        return LinkContext.TEXT if _is_of_unread_story(candidate, parent) else LinkContext.PRINT
    if link_type in _LISTED and (candidate.date or is_headline_long(candidate.title, _HEADLINE_WORDS)):
        return LinkContext.TEXT if candidate.place == "body" else LinkContext.LIST
    return LinkContext.MENU if parent is not None and parent.link_type == LinkType.SEED else LinkContext.NAV


def _is_of_unread_story(candidate: Candidate, parent: Candidate | None) -> bool:
    """True for a print form of a page that was taken for a story before it was read, and turned out to be none."""
    queue = parent.queue if parent is not None else None
    return candidate.expected_type == ExpectedType.STORY and queue is not None and queue.holds_stories
