"""A day found in a text, and the range of plausible days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from newscrawler.extraction.dates import calendars
from newscrawler.extraction.dates.normalise import has_persian_digits

FIRST_YEAR, LAST_YEAR = 1850, 2060  # years outside are numbers or other calendars
TOLERANCE = timedelta(days=1)  # a page's clock may be ahead of ours by its zone
_TEMPLATES = frozenset({(1970, 1, 1), (1900, 1, 1), (1969, 12, 31), (1899, 12, 30), (1980, 1, 1)})


class Day(NamedTuple):
    """A day; its text, without time and weekday, is from `start` to `end`."""

    day: date
    start: int
    end: int
    inferred: bool = False
    yearless: bool = False  # its year is that of the last such day before the fetch
    foreign: bool = False  # from a calendar that needs a table: gives way to a Gregorian date beside it


def is_plausible(day: date | None) -> bool:
    """True for a day on which a story can have been published."""
    return (
        day is not None
        and FIRST_YEAR < day.year <= LAST_YEAR
        and (day.year, day.month, day.day) not in _TEMPLATES
    )


def in_calendar(year: int, month: int, day: int, text: str, primary: str | None) -> tuple[date | None, bool]:
    """The day of a numeric date, its calendar inferred from the year; True with it for a calendar by table."""
    if FIRST_YEAR < year <= LAST_YEAR:
        if primary == "ne" and year > 2040:  # Bikram Sambat
            return None, False
        return calendars.gregorian(year, month, day), False
    if 1300 <= year <= 1450:
        if primary in ("fa", "ps", "prs", "ckb", "tg") or (
            primary in (None, "en") and has_persian_digits(text)
        ):
            return calendars.jalali(year, month, day), False
        if primary == "ar" and year > 1400:
            return calendars.hijri(year, month, day), True
        return None, False
    if 2400 <= year <= 2700 and (primary == "th" or re.search("[ก-๛]", text)):
        return calendars.gregorian(year - 543, month, day), False
    return None, False


def without_year(month: int, number: int, start: int, end: int, fetched: datetime | None) -> Iterator[Day]:
    """The last such day before the fetch: sites leave the year out of what is recent."""
    if fetched is None:
        return
    limit = (fetched + TOLERANCE).date()
    for year in (limit.year, limit.year - 1):
        day = calendars.gregorian(year, month, number)
        if day is not None and day <= limit and (limit - day).days < 330:
            yield Day(day, start, end, inferred=True, yearless=True)
            return
