"""The times of the next visits to pages. Pure: values in, values out.

Stories are visited again while they are fresh, at growing intervals, since most corrections come early.
Listings follow their own pace: the interval shrinks when a visit found something new and grows when it did
not, within bounds (the adaptive fetch schedule of Apache Nutch).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_SHRINK = 0.5  # factor of a listing's interval after a visit with something new
_GROW = 1.5  # and after one without
# A run that starts by the clock, at the same minute each time, must not miss a page by some seconds.
_SLACK = 90.0  # seconds


@dataclass(frozen=True, slots=True)
class RevisitPolicy:
    """Intervals between visits to a page. Times in seconds."""

    story_days: float = 3.0
    story_intervals: tuple[float, ...] = (3600.0, 4 * 3600.0, 12 * 3600.0, 24 * 3600.0)
    listing_shortest: float = 15 * 60.0
    listing_longest: float = 24 * 3600.0

    def after_story(self, visits: int, story_time: datetime, now: datetime) -> datetime | None:
        """The next visit to a story that was visited `visits` times (1 or more), None for never again."""
        interval = self.story_intervals[min(max(visits, 1), len(self.story_intervals)) - 1]
        then = now + timedelta(seconds=interval - _SLACK)
        return then if then < story_time + timedelta(days=self.story_days) else None

    def listing_interval(self, interval: float | None, *, changed: bool) -> float:
        """The interval after a visit, from the one before it (None at the first visit)."""
        if interval is None:
            return self.listing_shortest
        wanted = interval * (_SHRINK if changed else _GROW)
        return min(max(wanted, self.listing_shortest), self.listing_longest)

    def after_listing(self, interval: float, now: datetime) -> datetime:
        """The next visit to a listing."""
        return now + timedelta(seconds=interval - _SLACK)


def story_time(published: str | None, first_seen: datetime) -> datetime:
    """The publication time of a story: its own date unless it lies ahead, or else when it was first seen.

    A date without a zone is read as UTC, which is off by half a day at most.
    """
    if published is None:
        return first_seen
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return first_seen
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(moment, first_seen)
