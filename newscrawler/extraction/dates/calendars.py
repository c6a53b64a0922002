"""Days of other calendars as days of the Gregorian one."""

from __future__ import annotations

from datetime import date, timedelta

# First years of the spans between which the Jalali leap cycle is regular (K. M. Borkowski, "The Persian
# calendar for 3000 years", Earth, Moon and Planets 74, 1996).
_JALALI_BREAKS = (
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456,
    3178,
)  # fmt: skip
_JAPANESE_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_MINGUO_ERAS = ("民國", "民国", "中華民國")


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def jalali(year: int, month: int, day: int) -> date | None:
    """A day of the Solar Hijri calendar of Iran and Afghanistan; None when there is no such day."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30) and 1200 <= year <= 1500):
        return None
    leaps, previous, jump = -14, _JALALI_BREAKS[0], 0
    for first in _JALALI_BREAKS[1:]:
        jump = first - previous
        if year < first:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        previous = first
    since = year - previous
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:
        leaps += 1
    western = year + 621
    march = 20 + leaps - (western // 4 - (western // 100 + 1) * 3 // 4 - 150)
    if jump - since < 6:
        since = since - jump + (jump + 4) // 33 * 33
    leap = ((since + 1) % 33 - 1) % 4 == 0 and (since + 1) % 33 != 0
    if month == 12 and day == 30 and not leap:
        return None
    passed = (month - 1) * 31 - max(month - 7, 0) + day - 1
    return date(western, 3, 1) + timedelta(days=march - 1 + passed)


def hijri(year: int, month: int, day: int) -> date | None:
    """A day of the Umm al-Qura calendar (Saudi Arabia); None when there is no such day or no table for it."""
    from hijridate import Hijri  # its tables are loaded only when a page needs them

    try:
        return Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None


def era_year(era: str, year: int) -> int | None:
    """The Gregorian year of a Japanese or Minguo era's year."""
    if era in _MINGUO_ERAS:
        return year + 1911
    first = _JAPANESE_ERAS.get(era)
    return first + year if first is not None else None
