"""A story that runs over several pages: telling its pages from others, and joining their text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawler.extraction.fields.bylines import without_biography
from newscrawler.extraction.fields.images import find_images
from newscrawler.extraction.fields.videos import find_videos
from newscrawler.extraction.page import Page
from newscrawler.text import count_words

INCOMPLETE = "incomplete"  # in `sources`, behind the body's source: a page of the story could not be had
_WORD = re.compile(r"\w+")
_CAPTION_LENGTH = 400  # characters: a picture's page of a slide show has no more
_CONTROL_LENGTH = (
    90  # characters of a line that is all links to other pages, such as `Previous page Next page`
)
_CONTROL_LINES = 2  # at either end of a page's text


def is_later_page(first: Page, between: Sequence[Page], later: Page, *, links_back: bool = False) -> bool:
    """True when a page that `first` or one of the pages `between` links as its next one goes on with the story's text.

    `links_back`: it links the first page as such; its headline may be a chapter's then. A page under the headline or
    the date of another story, one that only repeats text, and a picture of a slide show do not go on with it.
    """
    if not later.body.text:
        return False
    if not _is_same_headline(first, later) and not (links_back and _is_same_day(first, later)):
        return False
    known = {_key(each) for page in (first, *between) for each in _paragraphs(page)}
    own = [each for each in _paragraphs(later) if _key(each) not in known]
    new = sum(map(len, own))
    if 2 * new < len(later.body.text):
        return False
    is_short = max(len(first.body.text), len(later.body.text)) < _CAPTION_LENGTH
    return not (is_short and _pictures(later) - _pictures(first))


def join_pages(first: Page, later: Sequence[Page], *, is_complete: bool) -> None:
    """Join the text, pictures, videos and tags of later pages to the story of the first; the other fields stay.

    Paragraphs that two pages have both at their ends or both at their beginnings (a standfirst, a biography) are kept
    once, and so
    is a paragraph that ends one page and begins the next.
    """
    story = first.story
    if story is None:
        return
    if not is_complete and not story.sources.get("body", "").endswith(INCOMPLETE):
        story.sources["body"] = f"{story.sources.get('body', 'dom')}, {INCOMPLETE}"
    if not later:
        return
    opening = [_key(each) for each in (story.title, story.lead or "") if each]
    controls = _controls(first)
    text = [each for each in story.body.split("\n\n") if _key(each) not in controls]
    previous = text
    for page in later:
        controls = _controls(page)
        own = [each for each in _paragraphs(page) if _key(each) not in controls]
        own = without_biography("\n\n".join(own), story.authors).split("\n\n")
        while own and _key(own[0]) in opening:
            own = own[1:]
        same = _common_prefix(previous, own)
        ending = _common_prefix(previous[::-1], own[same:][::-1])
        text = text[: len(text) - ending] if ending else text
        fresh = own[same:]
        fresh = fresh[_overlap(text, fresh) :]
        text, previous = text + fresh, own
    story.body = "\n\n".join(text)
    story.word_count = count_words(story.body)
    for page in later:
        pictures = {image.url for image in story.images}
        story.images += [
            each for each in find_images(page.document, page.body).value if each.url not in pictures
        ]
        story.videos += [
            each for each in find_videos(page.document, page.body).value if each not in story.videos
        ]
        tags = {tag.casefold() for tag in story.tags}
        if page.story is not None:
            story.tags += [each for each in page.story.tags if each.casefold() not in tags]


def _is_same_day(first: Page, later: Page) -> bool:
    """True unless both pages have dates, and of different days."""
    dates = [
        page.story.published for page in (first, later) if page.story is not None and page.story.published
    ]
    return len({date[:10] for date in dates}) <= 1


def _pictures(page: Page) -> set[str]:
    return {image.url for image in find_images(page.document, page.body).value}


def _paragraphs(page: Page) -> list[str]:
    """The text of a page, with a line that was taken for its standfirst."""
    body = page.body
    text = body.text.split("\n\n") if body.text else []
    if body.lead and body.lead_source == "dom" and _key(body.lead) not in map(_key, text):
        text.insert(0, body.lead)
    return text


def _is_same_headline(first: Page, later: Page) -> bool:
    headline = _key(first.title.title or "")
    if later.title.title is None or not headline:
        return True
    if first.story is not None and later.story is not None:
        own = later.story.canonical_url
        if own is not None and own in (first.story.url, first.story.canonical_url, first.url):
            return True
    written = [later.title.title, *later.document.meta.get("og:title", [])[:1]]
    written += ["".join(map(str, each.itertext())) for each in later.document.root.iter("title")][:1]
    return any(headline in key or (len(key) > 20 and key in headline) for key in map(_key, written))


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _controls(page: Page) -> set[str]:
    """Keys of short lines at either end of the text that are all links: they lead to the story's other pages."""
    blocks = [page.body.blocks[at] for at in page.body.chosen]
    ends = (
        blocks if len(blocks) <= 2 * _CONTROL_LINES else [*blocks[:_CONTROL_LINES], *blocks[-_CONTROL_LINES:]]
    )
    return {
        _key(block.text)
        for block in ends
        if len(block.text) <= _CONTROL_LENGTH and 10 * block.linked >= 8 * len(block.text)
    }


def _common_prefix(one: Sequence[str], other: Sequence[str]) -> int:
    """Number of paragraphs at the beginning of both."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if _key(mine) != _key(theirs):
            break
        count += 1
    return count


def _overlap(text: Sequence[str], following: Sequence[str]) -> int:
    """Number of paragraphs that end the text and begin what follows."""
    most = min(len(text), len(following), 3)
    for size in range(most, 0, -1):
        if [*map(_key, text[-size:])] == [*map(_key, following[:size])]:
            return size
    return 0
