"""UTC offsets printed beside a time: numbers, and abbreviations with one meaning."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

# Abbreviations with one meaning in news, in minutes east of Greenwich.
_FIXED = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "TU": 0, "WEST": 60, "CEST": 120, "MESZ": 120, "EEST": 180,
    "MSK": 180, "МСК": 180, "TRT": 180, "TSİ": 180, "EAT": 180, "SAST": 120, "CAT": 120, "WAT": 60,
    "PKT": 300, "NPT": 345, "BDST": 360, "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540, "HKT": 480,
    "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "BRT": -180, "EDT": -240, "CDT": -300, "MDT":
    -360, "PDT": -420, "AKDT": -480, "HST": -600,
}  # fmt: skip
# Standard time, also written (wrongly) all summer: taken only in months when it holds.
_WINTER_EUROPE = {"CET": 60, "MEZ": 60, "EET": 120, "WET": 0}
_WINTER_AMERICA = {"EST": -300}
# Clocks that change with the season (America since 2007).
_SEASONAL_AMERICA = {"ET": -300, "PT": -480}
# Abbreviations of several countries: taken only where the page's language tag names the country.
_BY_COUNTRY: dict[str, dict[str, int]] = {
    "IST": {"IN": 330},
    "BST": {"GB": 60},
    "GST": {"AE": 240},
    "CST": {"CN": 480, "TW": 480},
}
_COUNTRY_OF = {
    "hi": "IN",
    "bn-IN": "IN",
    "ta": "IN",
    "te": "IN",
    "mr": "IN",
    "gu": "IN",
    "kn": "IN",
    "ml": "IN",
}
_GREENWICH_WORDS = r"توقيت غرينتش|بتوقيت غرينتش|بتوقيت جرينتش|ت\.?\s?غ|по Гринвичу"
_NAMES = sorted(
    {*_FIXED, *_WINTER_EUROPE, *_WINTER_AMERICA, *_SEASONAL_AMERICA, *_BY_COUNTRY}, key=len, reverse=True
)
_STATED = re.compile(
    rf"\s?[(\[]?\s?(?:"
    rf"(?:(?:GMT|UTC)\s?)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>[0-5]\d))?(?![\d:/.-])"
    rf"|(?P<name>{'|'.join(_NAMES)})(?![^\W_])"
    rf"|(?P<greenwich>{_GREENWICH_WORDS})"
    rf")\s?[)\]]?"
)
_SIGNED_NAME = re.compile(r"GMT|UTC")


class UtcOffset(NamedTuple):
    """`minutes` east of Greenwich, None when the name is ambiguous; `end` is where its writing ends."""

    minutes: int | None
    end: int


def stated_zone(text: str, start: int, day: date, language: str | None) -> UtcOffset | None:
    """The zone written at `start` of `text`, right after a time of `day`; None when there is none."""
    found = _STATED.match(text, start)
    if found is None:
        return None
    if found["sign"]:
        if not _SIGNED_NAME.search(found[0]) and not (found["minutes"] or found[0][0] != " "):
            return None  # "14:05 -3" may be anything
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if minutes > 14 * 60:
            return None
        return UtcOffset(-minutes if found["sign"] == "-" else minutes, found.end())
    if found["greenwich"]:
        return UtcOffset(0, found.end())
    return UtcOffset(_named(found["name"], day, language), found.end())


def _named(name: str, day: date, language: str | None) -> int | None:
    if name in _FIXED:
        return _FIXED[name]
    if name in _WINTER_EUROPE:
        return _WINTER_EUROPE[name] if day.month in (11, 12, 1, 2) else None
    if name in _WINTER_AMERICA:
        return _WINTER_AMERICA[name] if _american_summer(day) is False else None
    if name in _SEASONAL_AMERICA:
        summer = _american_summer(day)
        return None if summer is None else _SEASONAL_AMERICA[name] + 60 * summer
    tag = (language or "").split("-")
    country = tag[-1].upper() if len(tag) > 1 else _COUNTRY_OF.get(tag[0], "")
    return _BY_COUNTRY[name].get(country)


def _american_summer(day: date) -> bool | None:
    """True on days of daylight saving time in the United States; None on the days of change and before 2007."""
    if day.year < 2007:
        return None
    starts, ends = _sunday(day.year, 3, 2), _sunday(day.year, 11, 1)
    return None if day in (starts, ends) else starts < day < ends


def _sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))


def offset_text(minutes: int) -> str:
    """`+HH:MM`."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
