"""Plausible days, and calendars by the year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newscrawler.extraction.dates.days import in_calendar, is_plausible, without_year


@pytest.mark.parametrize(
    ("day", "plausible"),
    [
        (date(2024, 5, 3), True),
        (date(1970, 1, 1), False),
        (date(1700, 1, 1), False),
        (date(2090, 1, 1), False),
    ],
)
def test_plausible_days(day: date, plausible: bool) -> None:
    assert is_plausible(day) is plausible


@pytest.mark.parametrize(
    ("year", "primary", "found"),
    [
        (2024, "en", date(2024, 5, 3)),
        (2567, "th", date(2024, 5, 3)),
        (2567, "en", None),
        (1403, "fa", date(2024, 7, 24)),
    ],
)
def test_the_year_decides_on_the_calendar(year: int, primary: str, found: date | None) -> None:
    assert in_calendar(year, 5, 3, "", primary)[0] == found


@pytest.mark.parametrize(("month", "year"), [(4, 2024), (12, 2023)])
def test_a_day_without_year_is_the_last_before_the_fetch(month: int, year: int) -> None:
    found = list(without_year(month, 3, 0, 5, datetime(2024, 5, 4, tzinfo=UTC)))
    assert [(day.day, day.inferred) for day in found] == [(date(year, month, 3), True)]
