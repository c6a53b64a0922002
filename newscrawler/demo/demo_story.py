"""One story of the demo site."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A link inside a paragraph: `text` occurs in paragraph number `paragraph` (from 0)."""

    paragraph: int
    text: str
    code: int
    path: str


@dataclass(frozen=True, slots=True)
class Featured:
    """One entry of a featured block. `alt` is None where there is no picture."""

    code: int
    title: str
    alt: str | None
    published: datetime | None


@dataclass(frozen=True, slots=True)
class DemoStory:
    """One story page. `published` is None where no page has it; `listed_at` orders it all the same."""

    code: int
    title: str
    section: str
    listed_at: datetime
    published: datetime | None
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    modified: datetime | None = None
    kicker: str | None = None
    lead: str | None = None
    authors: tuple[str, ...] = ()
    photo: str | None = None  # what the picture shows; None when the page has none
    caption: str | None = None
    comments: tuple[tuple[str, str], ...] = ()
    links: tuple[BodyLink, ...] = ()
    featured: tuple[Featured, ...] = ()
    line_breaks: bool = False  # paragraphs parted by <br /><br />, as older pages have them
    charset: str = "utf-8"
    hidden: str | None = None  # the one place that names it: `related`, `sitemap` or `feed`
    slug: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slug", slugify(self.title))

    @property
    def path(self) -> str:
        """The story's own address within the site."""
        return f"/en/news/{self.code}/{self.slug}"


def slugify(text: str) -> str:
    """Small ASCII letters and digits, words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"[’‘']", "", text.lower())))
