"""Everything that is planted in the demo site on purpose, in one table.

Codes are story codes. What a crawl should make of each plant is in `truth.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "variant-tracking",  # the same story under tracking parameters
    "variant-print",  # the print twin; every story has one, this one is linked from the front page too
    "variant-slug",  # the same number with another slug
    "variant-slash",  # a trailing slash
    "redirect",  # an old address that answers 301
    "same-title",  # another number and the same title in other case, quotes and dashes
    "no-date",  # a story that no page dates
    "no-body",  # a story page without text: not a story
    "gone",  # a linked story that answers 404
    "windows-1256",  # a page in another encoding, declared in its header
    "only-related",  # linked from featured blocks alone
    "only-sitemap",  # named by a sitemap alone
    "only-feed",  # named by the RSS feed alone
    "robots",  # a linked path that robots.txt forbids
    "endless",  # a calendar that links ever on
]


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted oddity."""

    kind: Kind
    code: int | None  # the story it concerns
    path: str  # where it stands, with {code} and {slug} of the story
    linked_from: str  # how a crawl meets it
    note: str


PLANTS = (
    Plant(
        "variant-tracking",
        104560,
        "/en/news/{code}/{slug}?utm_source=morning-letter&utm_medium=email",
        "front page, Most read",
        "the same story for a newsletter",
    ),
    Plant(
        "variant-tracking",
        104533,
        "/en/news/{code}/{slug}?fbclid=IwAR2demoTide",
        "front page, Most read",
        "the same story as a social network links it",
    ),
    Plant(
        "variant-print",
        104551,
        "/en/news/{code}/{slug}/print",
        "front page, Most read",
        "print twin of a story",
    ),
    Plant(
        "variant-slug",
        104500,
        "/en/news/{code}/an-earlier-headline-of-this-story",
        "body link of 104527",
        "the slug of an earlier headline",
    ),
    Plant("variant-slash", 104446, "/en/news/{code}/{slug}/", "archive of its day", "trailing slash"),
    Plant(
        "redirect", 104488, "/en/vdcb4tide9q.html", "front page, Most read", "address of an older system, 301"
    ),
    Plant("same-title", 104351, "/en/news/{code}/{slug}", "section, archive", "104350 again, in capitals"),
    Plant(
        "same-title", 104447, "/en/news/{code}/{slug}", "section, archive", "104446 again, in plain quotes"
    ),
    Plant(
        "no-date", 104398, "/en/news/{code}/{slug}", "section", "no date on its page, nor where it is linked"
    ),
    Plant("no-body", 104402, "/en/news/{code}/{slug}", "section, archive", "an empty body"),
    Plant("gone", 104403, "/en/news/{code}/{slug}", "section, archive", "withdrawn; answers 404"),
    Plant(
        "windows-1256",
        104405,
        "/en/news/{code}/{slug}",
        "section, archive",
        "Arabic lines in an English story",
    ),
    Plant(
        "only-related", 104317, "/en/news/{code}/{slug}", "featured block", "no listing, no feed, no sitemap"
    ),
    Plant(
        "only-related", 104473, "/en/news/{code}/{slug}", "featured block", "no listing, no feed, no sitemap"
    ),
    Plant("only-sitemap", 104380, "/en/news/{code}/{slug}", "sitemap", "no listing, no feed, no other story"),
    Plant("only-feed", 104545, "/en/news/{code}/{slug}", "RSS", "no listing, no sitemap, no other story"),
    Plant("robots", None, "/en/members/morning-briefing", "every page's head", "Disallow: /en/members/"),
    Plant("endless", None, "/en/calendar/2026/12/01", "every page's head", "each day links the next"),
)


def planted(kind: Kind) -> tuple[Plant, ...]:
    """The plants of one kind."""
    return tuple(plant for plant in PLANTS if plant.kind == kind)


def codes(kind: Kind) -> frozenset[int]:
    """The story codes that plants of one kind concern."""
    return frozenset(plant.code for plant in planted(kind) if plant.code is not None)


# Titles of the stories that have a twin: what comes back in another case, with other quotes and dashes.
TITLES = {
    104350: "“We Heard It First” – Divers Map a Reef off {place}",
    104446: "{official}: ‘It Felt Short’ — a Wet Marathon in {place}",
}
TWINS: dict[int, tuple[int, Callable[[str], str]]] = {
    104351: (104350, str.upper),
    104447: (104446, str.capitalize),
}
