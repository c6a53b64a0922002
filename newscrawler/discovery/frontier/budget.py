"""How many requests may go to pages that are no story."""

from __future__ import annotations

from collections import Counter

# Of the requests, what may go to pages that are no story and bring none: at first, and per story found.
_FIRST_LEADS, _LEADS_PER_STORY = 12, 0.25
_BARREN, _BARREN_RETURNING, _BARREN_PER_STORY = 40, 8, 0.08


class RequestBudget:
    """Requests by what they were for, and what is left for pages that only lead to stories.

    `counters`: `asked/story`, `asked/lead`, `asked/source`, `read`, `stories`, `barren` (pages that were no story
    and brought none), and what else the frontier counts.
    """

    def __init__(self) -> None:
        self.counters: Counter[str] = Counter()

    def may_lead(self) -> bool:
        """Whether a page that is no story, but as new as the newest one, may be asked for before it."""
        asked = self.counters["asked/lead"] + self.counters["asked/source"]
        return asked < _FIRST_LEADS + _LEADS_PER_STORY * self.counters["stories"]

    def is_spent(self, under_way: int, returning: bool) -> bool:
        """Whether leads have brought too little to go on. `under_way`: leads that were asked for and not read yet.
        `returning`: earlier runs know the site, or only new stories are wanted."""
        first = _BARREN_RETURNING if returning else _BARREN
        return self.counters["barren"] + under_way >= first + _BARREN_PER_STORY * self.counters["stories"]
