"""Budget of requests for pages that are no story."""

from __future__ import annotations

from collections import Counter

from newscrawler.discovery.frontier.policy import (
    BARREN,
    BARREN_PER_STORY,
    BARREN_RETURNING,
    FIRST_LEADS,
    LEADS_PER_STORY,
)


class RequestBudget:
    """Requests by what they were for, and what is left for pages that only lead to stories.

    `counters`: `asked/story`, `asked/lead`, `asked/source`, `read`, `stories`, `barren` (pages that were no story
    and brought none), and what else the frontier counts.
    """

    def __init__(self) -> None:
        self.counters: Counter[str] = Counter()

    def may_lead(self) -> bool:
        """True when a page that is no story, but as new as the newest one, may be requested before it."""
        asked = self.counters["asked/lead"] + self.counters["asked/source"]
        return asked < FIRST_LEADS + LEADS_PER_STORY * self.counters["stories"]

    def is_spent(self, under_way: int, returning: bool) -> bool:
        """True when leads have brought too little to go on. `under_way`: leads that were asked for and not read yet.
        `returning`: earlier runs know the site, or only new stories are wanted."""
        first = BARREN_RETURNING if returning else BARREN
        return self.counters["barren"] + under_way >= first + BARREN_PER_STORY * self.counters["stories"]
