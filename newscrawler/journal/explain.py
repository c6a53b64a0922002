"""Explanations of the journal's records for people."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawler.journal.journal import Journal
from newscrawler.journal.models import PageRecord, PageState, Revision, StoryRow

_TEXTS = ("title", "lead", "body")


@dataclass(frozen=True, slots=True)
class Answer:
    """Verdict on an address, with its reason."""

    url: str
    is_story: bool
    because: str
    page: PageRecord | None
    story: StoryRow | None


def why(journal: Journal, site: str, url: str, key: str | None = None) -> Answer | None:
    """Verdict on `url`, story or not, with its reason; None when the site's crawls never met it.

    `key`: its page key, if known.
    """
    pages = journal.pages.by_url(site, url, key)
    stories = journal.stories.by_url(site, url)
    for found in pages:
        stories += [story for story in journal.stories.of_page(site, found.key) if story not in stories]
    page = pages[0] if pages else None
    if stories and (page is None or page.outcome in (None, "story", "not-modified")):
        text = _about_story(journal, site, stories[0])
        if page is not None and page.outcome == "story" and page.reason:
            text += f"; {page.reason}"
        return Answer(url, True, text, page, stories[0])
    if stories and page is not None and any(story.page_key == page.key for story in stories):
        since = f"; when it was looked at again its outcome was {page.outcome}"
        since += f": {page.reason}" if page.reason else ""
        return Answer(url, True, _about_story(journal, site, stories[0]) + since, page, stories[0])
    if page is None:
        return None
    return Answer(url, False, _about_page(page), page, stories[0] if stories else None)


def differences(older: Revision, newer: Revision) -> Iterator[str]:
    """The changes from one revision to another, as a unified diff of title, lead and body."""
    yield from difflib.unified_diff(
        _lines(older), _lines(newer), _label(older), _label(newer), lineterm="", n=1
    )


def _about_story(journal: Journal, site: str, story: StoryRow) -> str:
    text = f"it is the story {story.key}, revision {story.revision}, first seen {story.first_seen:%Y-%m-%d %H:%M} UTC"
    files = journal.deliveries.of_story(site, story.key)
    if files:
        text += f", delivered in {files[-1].file}"
    text += (
        "; the next run delivers it" if story.undelivered else "" if files else "; it was not to be delivered"
    )
    if story.duplicate_of:
        text += f"; its text is much like that of {story.duplicate_of} ({story.similarity or 0:.0%})"
    return text


def _about_page(page: PageRecord) -> str:
    found = f"found {page.first_seen:%Y-%m-%d %H:%M} UTC"
    if page.found_on:
        found += f" on {page.found_on}"
    if page.found_via:
        found += f" ({page.found_via})"
    if page.state is PageState.PENDING:
        text = f"it was {found} and is still to be fetched"
        if page.attempts:
            text += f"; tried {page.attempts} times: {page.reason}"
        return text
    text = f"its outcome is {page.outcome}"
    if page.reason:
        text += f": {page.reason}"
    if page.duplicate_of:
        text += f"; the story that it repeats is {page.duplicate_of}"
    fetched = f", fetched {page.fetched:%Y-%m-%d %H:%M} UTC" if page.fetched else ""
    return f"{text}; it was {found}{fetched}"


def _lines(revision: Revision) -> list[str]:
    lines = []
    for name in _TEXTS:
        text = revision.item.get(name)
        lines += [f"{name}: {line}" for line in str(text).split("\n") if line] if text else []
    return lines


def _label(revision: Revision) -> str:
    return f"revision {revision.revision}, {revision.seen:%Y-%m-%d %H:%M} UTC"
