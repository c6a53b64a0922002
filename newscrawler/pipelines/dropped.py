"""A story that is not delivered, with the outcome and the reason that are recorded of it."""

from __future__ import annotations

from scrapy.exceptions import DropItem


class Dropped(DropItem):
    """`outcome` is the page's outcome in the run's account; `twin` the URL of the story kept instead, if any."""

    def __init__(self, outcome: str, reason: str, *, twin: str | None = None) -> None:
        super().__init__(f"{outcome}: {reason}", log_level="DEBUG")
        self.outcome = outcome
        self.reason = reason
        self.twin = twin
