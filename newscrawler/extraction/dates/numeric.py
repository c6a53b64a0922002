"""Dates written in numbers: 3/5/2024, 2024年5月3日, ngày 3 tháng 5 năm 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newscrawler.extraction.dates import calendars
from newscrawler.extraction.dates.days import Day, in_calendar, is_plausible, without_year

HAN_YEAR = re.compile(
    r"[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号號]"
)
_HAN_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_EAST_ASIAN = re.compile(
    r"(?:(?:(?P<era>令和|平成|昭和|大正|明治|中華民國|民國|民国)\s?)?(?P<y>\d{4}|\d{1,3}|元)\s?(?:年|년)\s{0,2})?"
    r"(?P<m>\d{1,2})\s?(?:月|월)\s{0,2}(?P<d>\d{1,2})\s?(?:日|号|號|일)"
)
# In every date of the two patterns below it.
_DIVIDED = re.compile(r"\d\s?[-/.]\s{0,2}\d")
_YEAR_FIRST = re.compile(
    r"(?<![\d.,/-])(?<!\d:)(?P<y>\d{4})(?:(?P<s>\s?[-/]\s?)(?P<m>\d{1,2})(?P=s)|\s?\.\s{0,2}(?P<m2>\d{1,2})\s?\.\s{0,2})"
    r"(?P<d>\d{1,2})(?!\d)(?![-/]\d)"
)
_YEAR_LAST = re.compile(
    r"(?<![\d.,/-])(?<!\d:)(?P<a>\d{1,2})(?:(?P<s>\s?[-/]\s?)(?P<b>\d{1,2})(?P=s)|\s?\.\s{0,2}(?P<b2>\d{1,2})\s?\.\s{0,2})"
    r"(?P<y>\d{4}|\d{2})(?![\d%])(?![-/]\d|[.,:]\d(?!\d[:.]\d))"
)
_VIETNAMESE = re.compile(
    r"(?P<d>\d{1,2})?[\s,-]{0,2}\b(?:tháng|thg)\.?\s?(?P<m>\d{1,2}|mười một|mười hai|[^\W\d_]{2,5})\b"
    r"(?:[\s,]{1,2}(?P<d2>\d{1,2}))?[\s,/-]{1,3}(?:năm\s)?(?P<y>\d{4})",
    re.IGNORECASE,
)
_VIETNAMESE_MONTHS = {
    "một": 1,
    "giêng": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
}
_VIETNAMESE_MONTHS |= {"chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12}
_MONGOLIAN = re.compile(r"(?P<y>\d{4})\s(?:оны|он)\s(?P<m>\d{1,2})(?:-?[^\W\d_]+)?\sсарын\s(?P<d>\d{1,2})")
_US = frozenset({"US", "PH", "FM", "MH", "PR", "GU"})
_UNSURE = frozenset({"CA"})
_YEAR_FIRST_LANGUAGES = frozenset({"ko", "ja", "zh", "hu", "mn"})


def numeric_days(
    written: str, text: str, fetched: datetime | None, language: str | None, primary: str | None
) -> Iterator[Day]:
    if "月" in written or "월" in written:
        for found in _EAST_ASIAN.finditer(written):
            yield from _east_asian(found, fetched, primary)
    for found in _MONGOLIAN.finditer(written) if "сарын" in written else ():
        day = calendars.gregorian(int(found["y"]), int(found["m"]), int(found["d"]))
        if day is not None and is_plausible(day):
            yield Day(day, *found.span())
    if "th" in written or "Th" in written or "TH" in written:
        for found in _VIETNAMESE.finditer(written):
            number = found["m"].lower()
            month = int(number) if number.isdigit() else _VIETNAMESE_MONTHS.get(number, 0)
            number = found["d"] or found["d2"]
            day = calendars.gregorian(int(found["y"]), month, int(number)) if number else None
            if day is not None and is_plausible(day):
                start = found.start("d") if found["d"] else found.start()
                yield Day(day, start, found.end())
    if _DIVIDED.search(written) is None:
        return
    for found in _YEAR_FIRST.finditer(written):
        day, foreign = in_calendar(
            int(found["y"]), int(found["m"] or found["m2"]), int(found["d"]), text, primary
        )
        if day is not None and is_plausible(day):
            yield Day(day, *found.span(), foreign=foreign)
    for found in _YEAR_LAST.finditer(written):
        yield from _year_last(found, written, text, fetched, language, primary)


def _east_asian(found: re.Match[str], fetched: datetime | None, primary: str | None) -> Iterator[Day]:
    month, number = int(found["m"]), int(found["d"])
    if found["y"] is None:
        yield from without_year(month, number, found.start(), found.end(), fetched)
        return
    year: int | None = 1 if found["y"] == "元" else int(found["y"])
    if found["era"]:
        year = calendars.era_year(found["era"], year or 0)
    elif year is not None and year < 100 and len(found["y"]) == 2:
        year += 2000
    day = calendars.gregorian(year or 0, month, number)
    if day is not None and is_plausible(day):
        yield Day(day, *found.span())


def _day_first(language: str | None, primary: str | None, separator: str) -> bool | None:
    """True when the day is before the month in `3/5/2024`; None when that is unknown."""
    if separator == ".":
        return primary not in _YEAR_FIRST_LANGUAGES or None
    if primary is None or primary in _YEAR_FIRST_LANGUAGES:
        return None
    region = next(
        (part.upper() for part in (language or "").replace("_", "-").split("-")[1:] if len(part) == 2), None
    )
    if region in _US:
        return False
    if region in _UNSURE or (region is None and primary == "en"):
        return None
    return primary not in ("fil", "tl")


def _year_last(
    found: re.Match[str],
    written: str,
    text: str,
    fetched: datetime | None,
    language: str | None,
    primary: str | None,
) -> Iterator[Day]:
    first, second = int(found["a"]), int(found["b"] or found["b2"])
    separator = (found["s"] or ".").strip()
    if len(found["y"]) == 2:
        if primary in _YEAR_FIRST_LANGUAGES:
            day = calendars.gregorian(2000 + first, second, int(found["y"]))
            if day is not None and is_plausible(day):
                yield Day(day, *found.span())
            return
        if (
            separator == "-"
            or "." in (found["s"] or "")
            or (
                separator == "."
                and found["b2"]
                and len(found["a"]) + len(found["b2"]) < 3
                and primary is None
            )
        ):
            return
        year = 2000 + int(found["y"])
        if (fetched is not None and year > fetched.year + 1) or (fetched is None and year > 2040):
            year -= 100
    else:
        year = int(found["y"])
    order = _day_first(language, primary, separator)
    if order is None and (first == second or first > 12):
        order = True
    elif (order is None and second > 12) or (order is True and second > 12 >= first and separator != "."):
        order = False
    elif order is False and first > 12 >= second:
        order = True
    if order is None:
        return
    number, month = (first, second) if order else (second, first)
    day, foreign = in_calendar(year, month, number, text, primary)
    if day is not None and is_plausible(day):
        yield Day(day, *found.span(), foreign=foreign)


def han_to_digits(found: re.Match[str]) -> str:
    """`二〇二四年五月三日` with digits, padded with spaces to its own length."""
    year, rest = found[0].split("年")
    month, rest = rest.split("月")
    day = rest[:-1]
    digits = f"{''.join(_HAN_DIGITS[char] for char in year)}年{_han_number(month)}月{_han_number(day)}日"
    return digits + " " * (len(found[0]) - len(digits)) if len(digits) <= len(found[0]) else digits


def _han_number(text: str) -> int:
    if "十" not in text:
        return int("".join(_HAN_DIGITS[char] for char in text))
    tens, _, ones = text.partition("十")
    return int(_HAN_DIGITS.get(tens, "1")) * 10 + int(_HAN_DIGITS.get(ones, "0"))
