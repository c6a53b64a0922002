"""Lines among a story's own that are for its readers: labels of advertisements, offers to subscribe, consent.

The lines are in `notices.toml`.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")
_LONGEST = 300  # characters of an offer
_EDGES = " \u00a0-–—:.…[]()*|•▼↓"


def is_notice(text: str) -> bool:
    """True for the label of an advertisement by itself, and for a short line with words of an offer."""
    if len(text) > _LONGEST:
        return False
    labels, offers = _lines()
    folded = text.casefold()
    return folded.strip(_EDGES) in labels or any(offer in folded for offer in offers)


@lru_cache(maxsize=1)
def _lines() -> tuple[frozenset[str], tuple[str, ...]]:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    labels, offers = (tuple(line.casefold() for line in data[name]) for name in ("labels", "offers"))
    return frozenset(labels), offers
