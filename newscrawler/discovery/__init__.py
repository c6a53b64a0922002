"""Discovery: which links, feeds, sitemaps and listings to follow. Values in, values out; imports no Scrapy.

Names other than `pagination` are imported when they are first asked for, as in `newscrawler.extraction`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# At once: importing the package of the same name later would put that in the function's place.
from newscrawler.discovery.pagination.next_page import pagination

if TYPE_CHECKING:
    from newscrawler.discovery.frontier.candidates import (
        Candidate,
        GivenUp,
        candidates_of_links,
        candidates_of_source,
    )
    from newscrawler.discovery.frontier.frontier import Frontier
    from newscrawler.discovery.frontier.link_types import ExpectedType, LinkContext, LinkType, PageOutcome
    from newscrawler.discovery.frontier.render_policy import RenderPolicy
    from newscrawler.discovery.pagination.load_more import first_unfolding, load_more
    from newscrawler.discovery.pagination.story_pages import StoryPages, first_page_url
    from newscrawler.discovery.sources.feed_dates import earliest
    from newscrawler.discovery.sources.source_reader import (
        Source,
        SourceKind,
        feeds_in_page,
        read_in_steps,
        without_empty_dates,
    )
    from newscrawler.discovery.urls.canonical_url import joined, url_key
    from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
    from newscrawler.discovery.urls.print_forms import are_forms_of_one, is_print_form
    from newscrawler.discovery.urls.refusals import Refusal
    from newscrawler.discovery.urls.scope import Scope
    from newscrawler.discovery.urls.url_languages import is_language
    from newscrawler.discovery.urls.url_patterns import shape_of

__all__ = [
    "Candidate",
    "ExpectedType",
    "Frontier",
    "GivenUp",
    "LinkContext",
    "LinkType",
    "PageOutcome",
    "Refusal",
    "RenderPolicy",
    "Scope",
    "Source",
    "SourceKind",
    "StoryPages",
    "UrlCanonicalizer",
    "are_forms_of_one",
    "candidates_of_links",
    "candidates_of_source",
    "earliest",
    "feeds_in_page",
    "first_page_url",
    "first_unfolding",
    "is_language",
    "is_print_form",
    "joined",
    "load_more",
    "pagination",
    "read_in_steps",
    "shape_of",
    "url_key",
    "without_empty_dates",
]

_HOMES = {
    "LinkType": "frontier.link_types",
    "ExpectedType": "frontier.link_types",
    "LinkContext": "frontier.link_types",
    "PageOutcome": "frontier.link_types",
    "Refusal": "urls.refusals",
    "SourceKind": "sources.source_reader",
    "Candidate": "frontier.candidates",
    "Frontier": "frontier.frontier",
    "GivenUp": "frontier.candidates",
    "RenderPolicy": "frontier.render_policy",
    "Scope": "urls.scope",
    "Source": "sources.source_reader",
    "StoryPages": "pagination.story_pages",
    "UrlCanonicalizer": "urls.canonicalizer",
    "are_forms_of_one": "urls.print_forms",
    "candidates_of_links": "frontier.candidates",
    "candidates_of_source": "frontier.candidates",
    "earliest": "sources.feed_dates",
    "feeds_in_page": "sources.source_reader",
    "first_page_url": "pagination.story_pages",
    "first_unfolding": "pagination.load_more",
    "is_language": "urls.url_languages",
    "is_print_form": "urls.print_forms",
    "joined": "urls.canonical_url",
    "load_more": "pagination.load_more",
    "read_in_steps": "sources.source_reader",
    "without_empty_dates": "sources.source_reader",
    "shape_of": "urls.url_patterns",
    "url_key": "urls.canonical_url",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
