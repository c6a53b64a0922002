"""Is this page a story, a listing, or something else?

Walls and errors come first; then the page's features (`page_features`) are weighed by a logistic model whose
weights are plain data, trained by `benchmarks/train_page_kinds.py` on real pages.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from math import exp
from operator import mul
from pathlib import Path
from typing import NamedTuple

from newscrawler.extraction.body.body_extractor import BodyFound
from newscrawler.extraction.dates import DatesFound
from newscrawler.extraction.headline.title import TitleFound
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.structured_data import STORY_TYPES
from newscrawler.extraction.page_type.page_features import (
    NAMES,
    declared_types,
    signs,
)
from newscrawler.extraction.page_type.url_features import is_continuation, is_front_page
from newscrawler.extraction.page_type.walls import may_be_wall, wall

_COLLECTIONS = frozenset(("collectionpage", "searchresultspage"))
_WARES = frozenset(("product", "productgroup", "offer"))
_TALKS = frozenset(("discussionforumposting", "qapage"))
# Log-odds below which a page is no story, however much it looks like one.
_HOPELESS = -3.0
# What a page has that leads on or holds several entries.
_OF_MANY = (
    "path_listing_word", "path_paged", "path_archive", "path_forum", "rel_next", "listing_class", "page_numbers",
    "body_headline_links",
)  # fmt: skip
WEIGHTS = Path(__file__).with_name("page_kinds.json")


class PageType(StrEnum):
    """The values of `Page.kind`."""

    STORY = "story"
    LISTING = "listing"
    OTHER = "other"


class Weights(NamedTuple):
    """The weight of each feature in the log-odds that the page is a story."""

    bias: float
    by_sign: tuple[float, ...]


@cache
def weights() -> Weights:
    """The shipped weights. Raises ValueError when the file and the code name different signs."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    if tuple(data["weights"]) != NAMES:
        raise ValueError(f"{WEIGHTS.name}: its features differ from page_features.NAMES; train it again")
    return Weights(data["bias"], tuple(data["weights"].values()))


class PageSigns(NamedTuple):
    """The grounds of the decision.

    `certain`: the kind and its reason where there is nothing to weigh. Else `numbers` are the page's signs, and
    `lacks` is the reason why the page is no story to deliver even if it looks like one, or None.
    """

    certain: tuple[PageType, str] | None
    numbers: list[float]
    lacks: str | None


def page_kind(
    document: Document, title: TitleFound, body: BodyFound, dates: DatesFound, prior: float = 0.0
) -> tuple[PageType, str]:
    """(`story` | `listing` | `other`, the reason: a code, then detail).

    `prior`: log-odds of a story by the page's siblings.

    Codes: `story-signs`; `front-page`, `listing-declared`, `listing-signs`; `blocked`, `error-page`, `login-wall`,
    `consent-wall`, `product-declared`, `forum-declared`, `continuation` (a later page of a story), `no-body`,
    `no-title`, `no-story-signs`.
    """
    return decide(evidence(document, title, body, dates), weights(), prior)


def evidence(document: Document, title: TitleFound, body: BodyFound, dates: DatesFound) -> PageSigns:
    """The page's own declarations of its type."""
    if certain := _certain(document, title, body):
        return PageSigns(certain, [], None)
    lacks = None
    if is_continuation(document.url, title.title or ""):
        lacks = "continuation of a story by its address and title"
    elif not body.text:
        lacks = "no-body though it looks like a story"
    elif title.title is None:
        lacks = "no-title though it looks like a story"
    return PageSigns(None, signs(document, title, body, dates), lacks)


def _certain(document: Document, title: TitleFound, body: BodyFound) -> tuple[PageType, str] | None:
    """The kind, and its reason, of a page that says it itself."""
    types = declared_types(document)
    declared = not STORY_TYPES.isdisjoint(types)
    if may_be_wall(len(body.text), declared):
        printed = sum([len(block.text) for block in body.blocks])
        if reason := wall(document, title.title, len(body.text), declared, printed):
            return PageType.OTHER, reason
    if not declared and not _COLLECTIONS.isdisjoint(types):
        return PageType.LISTING, "listing-declared by its JSON-LD type"
    if is_front_page(document.url):
        return PageType.LISTING, "front-page by its address"
    og = document.meta.get("og:type", [""])[0].lower()
    # A review names the product that it is about.
    if og.startswith("product") or (not declared and og != "article" and not _WARES.isdisjoint(types)):
        return PageType.OTHER, "product-declared by its type"
    if not declared and not _TALKS.isdisjoint(types):
        return PageType.OTHER, "forum-declared by its JSON-LD type"
    return None


def decide(found: PageSigns, trained: Weights, prior: float = 0.0) -> tuple[PageType, str]:
    """The kind and the reason, by the weights."""
    if found.certain:
        return found.certain
    parts = [*map(mul, found.numbers, trained.by_sign)]
    odds = trained.bias + sum(parts) + prior
    likely = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
    known = dict(zip(NAMES, found.numbers, strict=True))
    if odds > 0 or (odds > _HOPELESS and _is_alone(known)):
        if found.lacks:
            return PageType.OTHER, found.lacks
        if not known["dated"] and (known["page_numbers"] or known["rel_next"]):
            # News that runs over several pages says when it was published; guides and archives do not.
            return PageType.LISTING, f"listing-signs {likely:.2f} paged and undated"
        return PageType.STORY, f"story-signs {likely:.2f} {_why(parts, 1)}"
    if _lists(known):
        return PageType.LISTING, f"listing-signs {likely:.2f} {_why(parts, -1)}"
    return PageType.OTHER, f"no-story-signs {likely:.2f} {_why(parts, -1)}"


def _why(parts: list[float], sign: int) -> str:
    """The two signs that weighed most for the decision."""
    ranked = sorted(range(len(parts)), key=parts.__getitem__, reverse=sign > 0)
    return " ".join(NAMES[at] for at in ranked[:2] if parts[at] * sign > 0)


def _is_alone(known: dict[str, float]) -> bool:
    """True when one dated headline is over a text, and nothing looks like a list: a bare or short story."""
    return (
        bool(known["headline_in_window_title"] and known["dated"] and known["longest_share"] >= 0.5)
        and not any(known[name] for name in _OF_MANY)
        and known["linked_headings"] + known["articles"] + known["times"] <= 1.4
    )


def _lists(known: dict[str, float]) -> bool:
    """True when a page that is no story leads to several."""
    repeated = ("linked_headings", "articles", "times")
    return (
        any(known[name] > 1.0 for name in repeated)
        or any(known[name] for name in ("many_story_types", "rel_next", "path_paged"))
        or (known["headline_links"] > 1.7 and known["linked_share"] >= 0.5)
        or bool(known["path_archive"] or (known["path_listing_word"] and known["links"] > 2.5))
    )
