"""Exceptions that carry a page's outcome from one component to another."""

from __future__ import annotations

from scrapy.exceptions import CloseSpider, DropItem, IgnoreRequest


class Dropped(DropItem):
    """A story that is not delivered.

    `outcome` is the page's outcome in the run's record, `reason` the sentence beside it, `twin` the URL of the
    story that is kept instead, if any.
    """

    def __init__(self, outcome: str, reason: str, *, twin: str | None = None) -> None:
        super().__init__(f"{outcome}: {reason}", log_level="DEBUG")
        self.outcome = outcome
        self.reason = reason
        self.twin = twin


class Refused(IgnoreRequest):
    """A request that is not sent. `outcome` is the page's outcome in the run's record, `reason` the sentence."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


class BadCertificate(Exception):
    """A TLS certificate that does not hold: the text says whose, and what is wrong. Not asked again in one run."""


class JournalFailed(Dropped, CloseSpider):
    """The journal failed; the error is already recorded and the crawl is closing.

    In a callback Scrapy takes it for a wish to close, in a pipeline for a dropped story: neither shows a traceback.
    """

    def __init__(self) -> None:
        super().__init__("journal-failed", "journal_failed")
