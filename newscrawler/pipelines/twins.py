"""Rules for pages of one story: twins by text, and updates of a story under its title. Pure.

Texts are compared by their shingles, see `near_duplicates`. Of 147 stories of a site that runs SPIP, the print page
has nearly all of the story page's text (0.92 to 1 of its shingles, by date and title the same), while the story page
has up to 40 more words of the template, so that the Jaccard similarity falls to 0.76.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from newscrawler.discovery import are_forms_of_one
from newscrawler.items import Story
from newscrawler.journal.near_duplicates import shingles
from newscrawler.pipelines.title_key import title_key
from newscrawler.text import density, is_headline_long

_CONTAINED = 0.9  # share of the shorter text that the other one has, when one page repeats the other
_WITH_TEMPLATE = 0.7  # least Jaccard similarity of these: above, what differs can be the template's text
_FORM_CONTAINED, _FORM_WITH_TEMPLATE = (
    0.8,
    0.5,
)  # the same of two forms of one address, each with its own template
_WHOLE = 0.95  # Jaccard similarity of texts that are the same but for a line
_EXACT = 0.99  # the same but for a word or two
_OVERLAPPING = 0.5  # Jaccard similarity of an update and what it updates
# Shingles below which a text may be what a site writes under every video or before every paywall: 30 words.
_ENOUGH = 28
_LONG = 100  # shingles from which a text alone makes one story of two titles: teasers are shorter
_ONE_MOMENT = timedelta(minutes=1)
_ABOUT_A_DAY = timedelta(hours=20)  # a daily column comes after 24


class TextOverlap(NamedTuple):
    """Common part of two texts, of 0 to 1: by all shingles, and by those of the shorter text."""

    jaccard: float
    containment: float
    fewest: (
        float  # shingles of the shorter text; Chinese and Japanese ones, which are of characters, count less
    )


def text_overlap(one: str, other: str) -> TextOverlap:
    """The overlap of two texts; two empty ones are the same."""
    first, second = shingles(one), shingles(other)
    fewest, common = min(len(first), len(second)), len(first & second)
    if not fewest:
        same = float(not first and not second)
        return TextOverlap(same, same, 0)
    return TextOverlap(common / len(first | second), common / fewest, fewest / density(one))


def are_twins(story: Story, other: Mapping[str, Any], overlap: TextOverlap) -> bool:
    """True when two pages show one story by their text, `other` being the item of a story.

    Forms of one address need the same text. Other pages need the same date as well, where both have one, some text
    of their own, and titles that are alike unless the text is long.
    """
    apart = time_apart(story.published, other["published"])
    alike = are_titles_alike(story.title, other["title"])
    if are_forms_of_one(story.url, other["url"]):
        same_text = overlap.containment >= _FORM_CONTAINED and overlap.jaccard >= _FORM_WITH_TEMPLATE
        return same_text and (alike or overlap.fewest >= _ENOUGH)
    if apart is not None and apart >= _ABOUT_A_DAY:
        return False
    if overlap.fewest < _ENOUGH:
        same_media = (story.image, story.videos) == (other.get("image"), other.get("videos") or [])
        return story.content_hash == other["content_hash"] and same_media
    if alike and overlap.jaccard >= _WHOLE:
        return True
    if alike and apart is not None and apart <= _ONE_MOMENT:
        return overlap.containment >= _CONTAINED and overlap.jaccard >= _WITH_TEMPLATE
    is_teaser = story.is_free is False or other.get("is_free") is False
    return overlap.jaccard >= _EXACT and overlap.fewest >= _LONG and not is_teaser


def is_update(story: Story, other: Mapping[str, Any], overlap: TextOverlap) -> bool:
    """True when two stories of one title are one: published within about a day with much text in common, or one text
    published again."""
    if overlap.fewest < _ENOUGH:
        return False
    apart = time_apart(story.published, other["published"])
    if apart is None or apart >= _ABOUT_A_DAY:
        return overlap.jaccard >= _EXACT
    return overlap.jaccard >= _OVERLAPPING or overlap.containment >= _CONTAINED


def time_apart(one: str | None, other: str | None) -> timedelta | None:
    """Time between two dates (ISO 8601) as they are written: whole days where one has no time; None without both."""
    if not one or not other:
        return None
    if "T" not in one or "T" not in other:
        return abs(datetime.fromisoformat(one[:10]) - datetime.fromisoformat(other[:10]))
    first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    if (first.tzinfo is None) != (second.tzinfo is None):
        first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
    return abs(first - second)


def are_titles_alike(one: str, other: str) -> bool:
    """True when two titles are one, or the one is the other with more words before or behind, as a site's name.

    Titles with a word in place of another, as those of two towns' results, are of two stories.
    """
    shorter, longer = sorted((title_key(one), title_key(other)), key=len)
    if shorter == longer:
        return True
    if not is_headline_long(shorter):
        return False
    return f" {shorter} " in f" {longer} " if " " in shorter else shorter in longer
