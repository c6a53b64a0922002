from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.discovery.sources.feed_dates import certainly_before, earliest, iso_date, latest


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Mon, 23 Nov 2026 10:00:00 +0100", "2026-11-23T10:00:00+01:00"),
        ("23 Nov 2026 10:00 GMT", "2026-11-23T10:00:00+00:00"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T10:00Z", "2026-11-23T10:00:00+00:00"),
        ("2026-11-23 10:00:05", "2026-11-23T10:00:05"),
        ("2026-11-23T10:00:05.123+0530", "2026-11-23T10:00:05+05:30"),
        ("2026-11", None),
        ("2026-13-40", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_iso_date(text: str | None, iso: str | None) -> None:
    assert iso_date(text) == iso


def test_bounds_of_inexact_dates() -> None:
    assert latest("2026-11-23T10:00:00+01:00") == earliest("2026-11-23T10:00:00+01:00")
    assert earliest("2026-11-23") == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert (latest("2026-11-23") or datetime.min.replace(tzinfo=UTC)) > datetime(2026, 11, 24, 11, tzinfo=UTC)
    assert latest("nonsense") is None


@given(st.text())
def test_never_raises(text: str) -> None:
    iso = iso_date(text)
    assert iso is None or latest(iso) is not None or iso.startswith(("0001", "9999"))


def test_a_day_is_before_a_moment_s_day_and_a_zoneless_time_before_its_clock():
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert certainly_before("2026-11-19", moment)
    assert certainly_before("2026-11-20", moment) is False
    assert certainly_before("2026-11-20T12:30:00+01:00", moment)
    assert certainly_before("2026-11-20T12:30:00+00:00", moment) is False
    assert certainly_before("2026-11-20T11:00:00", moment)
    assert certainly_before("2026-11-20T13:00:00", moment) is False
    assert certainly_before("2026-11-19T23:00:00", moment)
    assert certainly_before(None, moment) is None
