"""The order to render one request's page in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scrapy.http import Response

KEY = "browser"  # in a request's meta
SHOWN, UNFINISHED = "shown-in-browser", "unfinished-in-browser"  # among a response's flags


@dataclass(slots=True)
class RenderRequest:
    """One page to be shown.

    `plain`: the page as it was fetched already; None: it is fetched first. `is_new` tells whether any of some
    addresses is not known yet: while a listing brings such, it is unfolded. `optional`: the plain page will do.
    `others`: hosts of other sites from which its scripts wanted data, which they did not get.
    """

    is_new: Callable[[Iterable[str]], bool]
    plain: Response | None = None
    optional: bool = False
    others: list[str] = field(default_factory=list)
    read_first: bool = field(init=False)  # without the browser, which did not do

    def __post_init__(self) -> None:
        self.read_first = self.plain is not None


def was_shown(response: Response) -> bool:
    """True when a response is a rendered page."""
    return SHOWN in response.flags


def was_unfinished(response: Response) -> bool:
    """True when the page was still changing, or loading, when its time was over."""
    return UNFINISHED in response.flags
