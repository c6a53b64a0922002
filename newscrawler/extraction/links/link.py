"""The links of a page as values."""

from __future__ import annotations

from typing import NamedTuple


class Link(NamedTuple):
    """One link of a page; each URL stands once, its text link and its image link merged.

    `place` says where on the page the link stands: `body`, `related`, `listing`, `navigation` or `other`.
    `date` is an ISO 8601 date printed beside the link, if any; `rel` the link's rel tokens, lower case.
    """

    url: str
    text: str
    alt: str | None
    date: str | None
    place: str
    rel: tuple[str, ...]
    position: int


class HeadLink(NamedTuple):
    """One `<link>` element: `rel` its tokens, lower case; `type` a media type; `hreflang` as written."""

    rel: tuple[str, ...]
    url: str
    type: str | None
    hreflang: str | None
    title: str | None
