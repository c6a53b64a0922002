"""Generated stories: sentences that read like news and never repeat by accident."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

SECTIONS = ("politics", "business", "world", "culture", "sport", "health", "travel", "science")
TAGS = tuple(
    f"{kind} {thing}"
    for kind in ("Coastal", "Rural", "Public", "Winter", "Young", "Open")
    for thing in ("Transport", "Markets", "Schools", "Energy", "Music")
)
_PEOPLE = tuple(
    f"{first} {last}"
    for first in ("Mara", "Jonas", "Ilse", "Theo", "Brita", "Oskar", "Nell", "Pavel")
    for last in ("Ardent", "Bellweather", "Corso", "Dunmere", "Estling", "Farrow", "Garrick", "Holt")
)
# fmt: off
_PLACES = (
    "Aldermoor", "Bexley-on-Sea", "Cressing", "Dunholm", "Eastmarch", "Fallow", "Garth",
    "Hithe", "Ivelby", "Jarrowdale", "Keld", "Lanmoor", "Merrow", "Netherby", "Orrest",
    "Penhale", "Quern", "Ravenglass", "Stoke", "Thurlow", "Ulverby", "Wexcombe", "Yarrow",
)
# fmt: on
_BODIES = (
    "council",
    "harbour office",
    "court",
    "union",
    "university",
    "hospital",
    "library",
    "railway",
    "museum",
)
_DID = (
    "approves plan for",
    "puts off decision on",
    "opens inquiry into",
    "signs contract for",
    "rejects offer for",
    "marks anniversary of",
    "warns about cost of",
    "reopens debate on",
    "votes to protect",
    "seeks partners for",
)
_THINGS = tuple(
    f"{kind} {thing}"
    for kind in ("old", "new", "eastern", "flooded", "planned", "covered", "stone", "floating")
    for thing in (
        "bridge",
        "market",
        "station",
        "orchard",
        "quay",
        "archive",
        "swimming hall",
        "mill",
        "tunnel",
    )
)
_SENTENCES = (
    "{person} said on {day} that the {thing} in {place} would need {number} more weeks of work",
    "About {number} people came to the {body} in {place} to hear what {person} had to say",
    "The {body} of {place} has spent {number} thousand crowns on the {thing} since the spring",
    "Neighbours of the {thing} remember {number} earlier plans, none of which went beyond a drawing",
    "According to {person}, {number} of the complaints concerned noise and the rest concerned the {thing}",
    "A report of {number} pages, which the {body} published on {day}, calls the {thing} safe but tired",
    "In {place}, {number} kilometres away, the same question was settled by a show of hands",
    "{person} disagreed: the {body} had {number} days to answer and used them all",
    "Buses to {place} will leave every {number} minutes until the {thing} is finished",
    "Nobody at the {body} could say on {day} who had ordered the {number} lamps for the {thing}",
    "The last time that {place} paid for a {thing}, the bill came {number} months late",
    "“We counted {number} boats before breakfast,” said {person}, who lives above the {thing}",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Via = Literal["listing", "sitemap", "feed", "related"]


@dataclass(slots=True)
class NewsStory:
    """One true story. `url` is set by the site; `via` is the one way to it where it is not listed."""

    number: int
    title: str
    lead: str
    paragraphs: list[str]
    section: str
    tags: list[str]
    authors: list[str]
    published: datetime  # UTC
    via: Via = "listing"
    modified: datetime | None = None
    url: str = ""
    slug_end: str = ""  # tells stories of one title apart
    first_slug: str | None = None  # kept in the address when the headline changes

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def slug(self) -> str:
        return self.first_slug or "-".join(re.findall(r"[a-z0-9]+", self.title.lower())) + self.slug_end


class Writer:
    """Writes story after story; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._titles: set[str] = set()

    def story(self, number: int, published: datetime, sections: tuple[str, ...]) -> NewsStory:
        pick = self._random.choice
        while (title := f"{pick(_PLACES)} {pick(_BODIES)} {pick(_DID)} {pick(_THINGS)}") in self._titles:
            pass
        self._titles.add(title)
        return NewsStory(
            number=number,
            title=title,
            lead=self.sentence() + ".",
            paragraphs=[self.paragraph() for _ in range(self._random.randint(3, 7))],
            section=pick(sections),
            tags=self._random.sample(TAGS, self._random.randint(1, 4)),
            authors=self._random.sample(_PEOPLE, self._random.randint(0, 2)),
            published=published,
        )

    def paragraph(self) -> str:
        return ". ".join(self.sentence() for _ in range(self._random.randint(2, 4))) + "."

    def sentence(self) -> str:
        pick = self._random.choice
        return pick(_SENTENCES).format(
            person=pick(_PEOPLE),
            place=pick(_PLACES),
            body=pick(_BODIES),
            thing=pick(_THINGS),
            day=pick(_DAYS),
            number=self._random.randint(12, 9800),
        )


def spaced(newest: datetime, every: timedelta, count: int) -> list[datetime]:
    """`count` times up to `newest`, the oldest first."""
    return [newest - every * back for back in range(count - 1, -1, -1)]
