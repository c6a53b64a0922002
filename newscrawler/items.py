"""The one written definition of every field of a story.

The order of the fields is the order of keys in JSON Lines and of columns in spreadsheets. Every key is
always present; what is not known is None (or an empty list).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(kw_only=True, slots=True)
class Image:
    """A picture of the story."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(kw_only=True, slots=True)
class RelatedStory:
    """One entry of a page's related or featured block."""

    title: str
    url: str
    published: str | None = None
    image_alt: str | None = None


def _fact(meaning: str) -> Any:
    return field(default=None, metadata={"meaning": meaning})


def _list(meaning: str) -> Any:
    return field(default_factory=list, metadata={"meaning": meaning})


@dataclass(kw_only=True, slots=True)
class Story:
    """One news story. Names follow schema.org NewsArticle where it has one."""

    story_id: str | None = _fact("stable key: `<site>:<story_code>`, else a hash of the canonical URL")
    site: str | None = _fact("short site name")
    story_code: str | None = _fact("the publisher's own number, as text")
    url: str = field(metadata={"meaning": "final URL, tracking parameters removed"})
    canonical_url: str | None = _fact("the address that the page declares, if it is plausible")
    title: str = field(metadata={"meaning": "headline without site suffix or section prefix"})
    kicker: str | None = _fact("line above the title")
    lead: str | None = _fact("standfirst")
    published: str | None = _fact("ISO 8601; with an offset only when one is known")
    published_raw: str | None = _fact("the date as printed on the page")
    published_zone_from: str | None = _fact("`page`, `feed`, `profile` or null: how the offset is known")
    modified: str | None = _fact("the page's own update time, ISO 8601")
    authors: list[str] = _list("people's names; where a page names nobody, whom it credits instead")
    section: str | None = _fact("breadcrumb joined with ` > `")
    tags: list[str] = _list("the publisher's tags, in order")
    language: str | None = _fact("BCP 47, as declared, unless the text is plainly in another language")
    body: str = field(default="", metadata={"meaning": "paragraphs joined by a blank line"})
    word_count: int = field(default=0, metadata={"meaning": "words of the body"})
    image: str | None = _fact("main picture's URL")
    image_caption: str | None = _fact("main picture's caption")
    images: list[Image] = _list("pictures: `{url, alt, caption, credit}`")
    videos: list[str] = _list("videos' URLs")
    related: list[RelatedStory] = _list(
        "the related or featured block, in page order: `{title, url, published, image_alt}`"
    )
    comment_count: int | None = _fact("null when the page does not say")
    is_free: bool | None = _fact("null when the page does not say")
    kind: str = field(default="article", metadata={"meaning": "article, live, video, photo or opinion"})
    found_on: str | None = _fact("the page that linked it")
    found_via: str | None = _fact("listing, related, feed, sitemap or seed")
    fetched: str | None = _fact("UTC, ISO 8601")
    revision: int = field(default=1, metadata={"meaning": "1 at first sight; +1 when the text changed"})
    title_key: str | None = _fact("what duplicated titles are told by")
    content_hash: str | None = _fact("what revisions are told by")
    sources: dict[str, str] = field(
        default_factory=dict,
        metadata={
            "meaning": "field -> how it was found: "
            "`json-ld`, `opengraph`, `meta`, `microdata`, `state`, `url`, `profile`, `family`, `dom`, `learned`, "
            "`template`, `feed` (or news sitemap), `modified` (of `published`: only a change is dated); "
            "`…, incomplete` (of `body`: a page of the story could not be had); "
            "`…, cut` (of `body`: the page was too large to be read to its end)"
        },
    )
