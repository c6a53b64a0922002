"""Days of other calendars against the libraries that know them."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from convertdate import persian

from newscrawler.extraction.dates import calendars


def test_jalali_days_that_the_almanac_gives() -> None:
    draw = random.Random(1)
    for year in draw.sample(range(1320, 1440), 25):  # the library computes each equinox: slow
        month = draw.choice([1, 6, 7, 11, 12])
        written = (year, month, draw.randint(1, 29))
        assert calendars.jalali(*written) == date(*persian.to_gregorian(*written)), written


def test_jalali_years_follow_one_another() -> None:
    for year in range(1320, 1440):
        last = calendars.jalali(year, 12, 30) or calendars.jalali(year, 12, 29)
        first = calendars.jalali(year + 1, 1, 1)
        assert last is not None, year
        assert first == last + timedelta(days=1), year


@pytest.mark.parametrize("written", [(1445, 13, 1), (1445, 1, 31), (900, 1, 1), (1445, 0, 0)])
def test_no_such_hijri_day(written: tuple[int, int, int]) -> None:
    assert calendars.hijri(*written) is None, written


@pytest.mark.parametrize(
    ("era", "year", "expected"),
    [
        ("令和", 1, 2019),
        ("令和", 6, 2024),
        ("平成", 31, 2019),
        ("昭和", 64, 1989),
        ("民國", 113, 2024),
        ("慶長", 1, None),
    ],
)
def test_era_years(era: str, year: int, expected: int | None) -> None:
    assert calendars.era_year(era, year) == expected, (era, year)
