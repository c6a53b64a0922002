"""A request that we do not send, with the outcome that is recorded for its page."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):
    """`outcome` is the page's outcome in the run's account, `reason` the sentence beside it."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
