"""One page read from end to end: each field by its own reader, all on the same tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from newscrawler.extraction.body.body_extractor import BodyFound, find_body
from newscrawler.extraction.dates import DatesFound, find_dates
from newscrawler.extraction.extracted import Extracted
from newscrawler.extraction.fields.access import find_is_free
from newscrawler.extraction.fields.article_type import find_article_type
from newscrawler.extraction.fields.authors import find_authors
from newscrawler.extraction.fields.bylines import without_biography
from newscrawler.extraction.fields.canonical_link import find_canonical, story_url
from newscrawler.extraction.fields.comment_count import find_comment_count
from newscrawler.extraction.fields.images import find_images
from newscrawler.extraction.fields.language import find_language
from newscrawler.extraction.fields.related_stories import find_related
from newscrawler.extraction.fields.section import find_section
from newscrawler.extraction.fields.story_code import find_story_code
from newscrawler.extraction.fields.tags import find_tags
from newscrawler.extraction.fields.videos import find_videos
from newscrawler.extraction.headline.title import TitleFound, find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.html.site_template import NO_TEMPLATE, SiteTemplate
from newscrawler.extraction.page import Page
from newscrawler.extraction.page_type.page_classifier import PageType, page_kind
from newscrawler.extraction.template.learned_elements import LearnedElements, body_in_template
from newscrawler.extraction.template.page_facts import sibling_facts
from newscrawler.extraction.template.site_view import prior_by_siblings
from newscrawler.items import Story
from newscrawler.text import count_words

CUT = "cut"  # in `sources`, behind the body's source: the page was too large to be read to its end
_NO_SELECTORS = Selectors()
_T = TypeVar("_T")


def read(
    body: bytes,
    url: str,
    content_type: str | None = None,
    *,
    rules: Selectors = _NO_SELECTORS,
    family: Callable[[Document], Selectors] | None = None,
    fetched: datetime | None = None,
    template: SiteTemplate = NO_TEMPLATE,
) -> Page:
    """Read one page: what kind it is, its story if it is one, its links on demand. Never raises.

    `content_type` is the HTTP header, `rules` a site profile's selectors, `fetched` (aware) the time of the
    fetch: dates after it are refused and relative dates are counted from it. `family` gives the selectors of the
    CMS that made the page, for fields that are not found otherwise.
    """
    document = Document(body, url, content_type, template)
    title = find_title(document, rules)
    learned = LearnedElements(document, title)
    general = find_body(document, rules, title)
    text = body_in_template(document, title, general, learned)
    dates = find_dates(document, rules, fetched, title.element)
    siblings = sibling_facts(document, title, dates)
    kind, reason = page_kind(document, title, text, dates, prior_by_siblings(siblings, template))
    story = None
    if kind is PageType.STORY:
        inherited = _NO_SELECTORS if family is None else family(document)
        if dates.published is None and dates.modified is None:
            dates = _dates_in_template(document, learned, fetched, title, dates)
        story = _story(document, rules, inherited, learned, title, text, dates.for_story)
    return Page(url, kind, reason, story, document, title, text, siblings, general)


def extract(html: bytes, url: str, content_type: str | None = None) -> Story | None:
    """The story of a page, or None when the page is not a story. Never raises."""
    return read(html, url, content_type).story


def _story(
    document: Document,
    selectors: Selectors,
    inherited: Selectors,
    learned: LearnedElements,
    title: TitleFound,
    text: BodyFound,
    dates: DatesFound,
) -> Story | None:
    if title.title is None:
        return None

    def find(reader: Callable[[Selectors], Extracted[_T]]) -> Extracted[_T]:
        return _with_inherited(reader, selectors, {"family": inherited, "template": learned})

    authors = find(lambda chosen: find_authors(document, chosen, text, title.element))
    section = find(lambda chosen: find_section(document, chosen))
    tags = find(lambda chosen: find_tags(document, chosen))
    related = find(lambda chosen: find_related(document, chosen, text))
    story_code = find(lambda chosen: find_story_code(document, chosen))
    found = {
        "canonical_url": find_canonical(document),
        "authors": authors,
        "section": section,
        "tags": tags,
        "language": find_language(document, text.text or title.title),
        "images": find_images(document, text),
        "videos": find_videos(document, text),
        "related": related,
        "story_code": story_code,
        "comment_count": find_comment_count(document, selectors),
        "is_free": find_is_free(document),
    }
    body = without_biography(text.text, authors.value)
    words = count_words(body)
    story = Story(
        url=story_url(document),
        title=title.title,
        kicker=title.kicker,
        lead=text.lead,
        published=dates.published,
        published_raw=dates.published_raw,
        modified=dates.modified,
        body=body,
        word_count=words,
    )
    sources = {
        "title": title.source,
        "kicker": title.kicker_source,
        "lead": text.lead_source,
        "published": dates.published_source,
        "modified": dates.modified_source,
        "body": f"{text.source}, {CUT}" if document.cut else text.source,
    }
    for name, (value, source) in found.items():
        setattr(story, name, value)
        sources[name] = source
    article_type = find_article_type(document, title.title, words)
    story.kind, sources["kind"] = article_type.value.value, article_type.source
    if story.images:
        story.image, story.image_caption = story.images[0].url, story.images[0].caption
    if story.published and _has_offset(story.published):
        story.published_zone_from = "page"
    story.sources = {
        name: source for name, source in sources.items() if getattr(story, name) not in (None, "", [])
    }
    return story


def _with_inherited(
    reader: Callable[[Selectors], Extracted[_T]], selectors: Selectors, inherited: Mapping[str, Selectors]
) -> Extracted[_T]:
    """A field as the page has it by itself; only where it has none, as the selectors of its family or template do."""
    found = reader(selectors)
    if found.value:
        return found
    for source, chosen in inherited.items():
        if chosen and (other := reader(chosen)).source == "profile" and other.value:
            return Extracted(other.value, source)
    return found


def _dates_in_template(
    document: Document,
    learned: LearnedElements,
    fetched: datetime | None,
    title: TitleFound,
    dates: DatesFound,
) -> DatesFound:
    """The dates of a page that shows none by general rules, in the element that its template has taught."""
    if not learned.select(document.root, "published"):
        return dates
    found = find_dates(document, learned, fetched, title.element)
    return found._replace(published_source="template") if found.published_source == "profile" else dates


def _has_offset(iso: str) -> bool:
    return "T" in iso and (iso.endswith("Z") or iso[-6:-5] in ("+", "-"))
