from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.journal.revisit_policy import RevisitPolicy, story_time

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
POLICY = RevisitPolicy()


def test_stories_are_visited_at_growing_intervals_while_they_are_fresh() -> None:
    times = [POLICY.after_story(visits, NOW, NOW) for visits in range(1, 6)]
    hours = [round((time - NOW) / timedelta(hours=1)) for time in times if time is not None]
    assert hours == [1, 4, 12, 24, 24]
    assert POLICY.after_story(1, NOW - timedelta(days=3), NOW) is None


def test_listings_follow_their_own_pace_within_bounds() -> None:
    first = POLICY.listing_interval(None, changed=False)
    assert first == POLICY.listing_shortest
    assert POLICY.listing_interval(first, changed=True) == POLICY.listing_shortest
    slower = POLICY.listing_interval(4000.0, changed=False)
    assert slower > 4000.0 > POLICY.listing_interval(4000.0, changed=True)
    assert POLICY.listing_interval(POLICY.listing_longest, changed=False) == POLICY.listing_longest


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, NOW),
        ("soon", NOW),
        ("2026-03-01T08:00:00+00:00", NOW - timedelta(days=1)),
        ("2026-03-01T08:00:00", NOW - timedelta(days=1)),
        ("2027-01-01", NOW),
    ],
)
def test_story_time(published: str | None, expected: datetime) -> None:
    assert story_time(published, NOW) == expected
