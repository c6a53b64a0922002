"""New, known and outdated stories that one page or source linked."""

from __future__ import annotations


class PageYield:
    """Counts of one page's stories.

    `new` to the crawl, `known` to earlier runs, `older` than asked for; `progress`: known in this run, but not
    listed by such pages before. `oldest`, `newest`: the new ones' times. `itself_older`: the page is itself a
    story older than asked for. `front`: it is a front page (the site's, a section's) or a source.
    """

    __slots__ = (
        "_older_run",
        "front",
        "itself_older",
        "known",
        "new",
        "newest",
        "older",
        "oldest",
        "progress",
    )
    ENOUGH = 3  # stories in a row that turned out older: the rest of the page will be

    def __init__(self) -> None:
        self.new = 0
        self.known = 0
        self.older = 0
        self.progress = 0
        self.oldest: float | None = None
        self.newest: float | None = None
        self.itself_older = False
        self.front = False
        self._older_run = 0

    def add(self, freshness: float) -> None:
        """Count a new story of this time (seconds since 1970)."""
        self.new += 1
        if self.oldest is None or freshness < self.oldest:
            self.oldest = freshness
        if self.newest is None or freshness > self.newest:
            self.newest = freshness

    @property
    def span(self) -> float:
        """Seconds between the page's newest and oldest new story."""
        return self.newest - self.oldest if self.newest is not None and self.oldest is not None else 0.0

    def record_age(self, older: bool) -> None:
        """Take in whether a story of this page turned out older than asked for."""
        self._older_run = self._older_run + 1 if older else 0

    @property
    def listed(self) -> int:
        """Stories that the page listed, new or not."""
        return self.new + self.known + self.older + self.progress

    @property
    def turned_older(self) -> bool:
        """True when the rest of this page is older than asked for."""
        return self._older_run >= self.ENOUGH

    @property
    def over(self) -> bool:
        """True when the page's next page brings nothing: all its stories are known or older."""
        return self.turned_older or (self.new == 0 and self.known + self.older > 0)
