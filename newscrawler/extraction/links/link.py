"""The links of a page as values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Place(StrEnum):
    """The part of a page that a link is in: the story's text, a block of other stories, a list, a menu, the rest."""

    BODY = "body"
    RELATED = "related"
    LISTING = "listing"
    NAVIGATION = "navigation"
    OTHER = "other"


class Link(NamedTuple):
    """One URL that a page links to; its text link and its image link are merged.

    `date` is an ISO 8601 date printed beside the link, if any; `rel` the link's rel tokens, lower case.
    """

    url: str
    text: str
    alt: str | None
    date: str | None
    place: Place
    rel: tuple[str, ...]
    position: int


class HeadLink(NamedTuple):
    """One `<link>` element: `rel` its tokens, lower case; `type` a media type; `hreflang` as written."""

    rel: tuple[str, ...]
    url: str
    type: str | None
    hreflang: str | None
    title: str | None
