"""Listings that show more of themselves when a button is pressed, which only a browser can do."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawler.discovery.pagination.pagination_words import LONGEST, says
from newscrawler.extraction.page import Page

_NOWHERE = ("#", "javascript:", "")


def load_more(page: Page) -> str | None:
    """What the button says by which a listing shows more of itself; None where there is none.

    A link that leads somewhere is no such button: it is followed.
    """
    if page.kind != "listing":
        return None
    for element in page.document.root.iter("button", "a", "div", "span", "input"):
        if element.tag == "a":
            if not (element.get("href") or "").strip().lower().startswith(_NOWHERE[:2]) and element.get(
                "href"
            ):
                continue
        elif element.tag in ("div", "span") and element.get("role") != "button":
            continue
        label = element.get("value") if element.tag == "input" else "".join(map(str, element.itertext()))
        label = " ".join((label or "").split())
        if label and len(label) <= LONGEST and unfolds(label):
            return label
    return None


def unfolds(label: str) -> bool:
    """True when a button of this label shows more of a listing."""
    text = label.strip(" .…").lower()
    return says(label) in ("more", "next") and text not in _TOO_SHORT and not text.startswith("read more")


def first_unfolding(labels: Iterable[str]) -> int | None:
    """The place of the button to press among some; None when there is none."""
    return next((place for place, label in enumerate(labels) if unfolds(label)), None)


# Alone they stand on menus, teasers and slides.
_TOO_SHORT = frozenset({"more", "mehr", "next", "meer", "weiter", "siguiente", "suivant", "ещё", "еще"})
