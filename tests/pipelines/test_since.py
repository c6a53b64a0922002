from datetime import UTC, datetime

from newscrawler.pipelines.since import certainly_before

SINCE = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_day_counts_as_before_only_when_it_is_over():
    assert certainly_before("2026-11-19", SINCE)
    assert not certainly_before("2026-11-20", SINCE)


def test_moments_are_compared_with_their_offsets():
    assert certainly_before("2026-11-20T12:30:00+01:00", SINCE)
    assert not certainly_before("2026-11-20T12:30:00+00:00", SINCE)
