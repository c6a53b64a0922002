"""Dates with a month's name, in any order and language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from newscrawler.extraction.dates import calendars
from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.days import Day, is_plausible, without_year
from newscrawler.extraction.dates.month_names import (
    GREGORIAN,
    HIJRI,
    JALALI,
    may_be_month,
    may_be_weekday,
    may_begin_pair,
    month_named,
)
from newscrawler.extraction.dates.normalise import WORD, fold

# Words between a day, a month and a year.
_LINKS = frozenset(map(fold, table("joining")["day_to_year"].split()))

# `Nov 20 15:23:10 2019`, as C's ctime writes.
_YEAR_AFTER_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s((?:19|20)\d\d)\b")


class _Token(NamedTuple):
    text: str  # folded word, or the digits
    number: bool
    start: int
    end: int


def named_days(
    written: str, fetched: datetime | None, primary: str | None, taken: list[tuple[int, int]]
) -> Iterator[Day]:
    """Dates with a month's name."""
    words = list(WORD.finditer(written))
    if taken:
        words = [word for word in words if not any(start <= word.start() < stop for start, stop in taken)]
    numbers = [index for index, word in enumerate(words) if word["n"]]
    for index in _near(numbers, len(words)):
        found = words[index]
        if found["n"] or not 1 < len(word := fold(found[0])) <= 24 or not may_be_month(word):
            continue
        month, last = None, index
        for end in (index + 3, index + 2) if may_begin_pair(word) else ():
            if month is None and end <= len(words):
                month = month_named(" ".join(fold(one[0]) for one in words[index:end]), primary)
                last = end - 1 if month is not None else index
        if month is None:
            month = month_named(word, primary)
        if month is not None and not (last == index and _is_weekday_here(words, index, written, primary)):
            yield from _around(words, index, last, month.number, month.calendar, written, fetched, primary)


def _is_weekday_here(words: list[re.Match[str]], index: int, written: str, primary: str | None) -> bool:
    """True for a weekday's name that is spelled like a month's and has a month beside it: `mar 12 mar 2022`."""
    if not may_be_weekday(fold(words[index][0]), primary):
        return False
    day = words[index - 1] if index else None
    if day is not None and day["n"] and len(day[0]) <= 2 and not _is_clock(_token(day), written, -1):
        return False  # `12 mar`
    after = index + 1
    if after < len(words) and words[after]["n"] and len(words[after][0]) <= 2:
        after += 1
    for word in words[after : after + 3]:
        if _is_month(word, primary):
            return True
        if fold(word[0]) not in _LINKS:
            break
    before = index - 1
    while before >= 0 and before >= index - 2 and words[before]["n"]:
        before -= 1
    return before >= 0 and before < index - 1 and _is_month(words[before], primary)


def _is_month(word: re.Match[str], primary: str | None) -> bool:
    return not word["n"] and month_named(fold(word[0]), primary) is not None


def _near(numbers: list[int], count: int) -> Iterator[int]:
    """The indexes within reach of a number, in order: a month's name is no further from its day."""
    reached = 0
    for number in numbers:
        yield from range(max(reached, number - 4), min(count, number + 5))
        reached = number + 5


def _token(word: re.Match[str]) -> _Token:
    if word["n"]:
        return _Token(word[0], True, *word.span())
    return _Token(fold(word[0]), False, *word.span())


def _neighbours(
    words: list[re.Match[str]], index: int, step: int, written: str, primary: str | None
) -> list[_Token]:
    """The numbers beside a month's name, nearest first, across words that only link them."""
    numbers: list[_Token] = []
    linking = 0
    start, end = words[index].span()
    index += step
    while 0 <= index < len(words) and len(numbers) < 2:
        token = _token(words[index])
        gap = written[end : token.start] if step > 0 else written[token.end : start]
        if len(gap) > 4 or ":" in gap or "|" in gap:
            break
        if token.number:
            if _is_clock(token, written, step) or len(token.text) > 4:
                if (
                    step > 0
                    and len(numbers) == 1
                    and (later := _YEAR_AFTER_CLOCK.match(written, token.start))
                ):
                    numbers.append(_Token(later[1], True, *later.span(1)))
                break
            numbers.append(token)
            linking = 0
        else:
            if token.text not in _LINKS and month_named(token.text, primary) is None:
                break
            linking += 1
            if linking > 2:
                break
        start, end = token.start, token.end
        index += step
    return numbers


def _is_clock(token: _Token, written: str, step: int) -> bool:
    """True for a number of a time of day."""
    after = written[token.end : token.end + 3].lstrip()
    if after[:1] == ":" and after[1:].lstrip()[:1].isdigit():
        return True
    if token.start > 1 and written[token.start - 1] == ":" and written[token.start - 2].isdigit():
        return True
    return (
        step > 0
        and len(token.text) <= 2
        and bool(
            re.match(r"\s?(?:h\d|Uhr|[ap]\.?m\b)|\.\d\d(?!\d)", written[token.end : token.end + 5], re.I)
        )
    )


def _around(
    words: list[re.Match[str]], first: int, last: int, month: int, calendar: str, written: str,
    fetched: datetime | None, primary: str | None,
) -> Iterator[Day]:  # fmt: skip
    before = _neighbours(words, first, -1, written, primary)
    after = _neighbours(words, last, 1, written, primary)
    day_before = before[0] if before and _is_day(before[0]) else None
    day_after = after[0] if after and _is_day(after[0]) else None
    attempts: list[tuple[_Token, _Token | None]] = []
    if day_before is not None:
        if after and _is_year(after[0], written):
            attempts.append((day_before, after[0]))
        if len(before) > 1 and _is_long_year(before[1]):
            attempts.append((day_before, before[1]))  # 2024 жылғы 3 мамыр
    if day_after is not None:
        if len(after) > 1 and _is_year(after[1], written):
            attempts.append((day_after, after[1]))
        if before and _is_long_year(before[0]):
            attempts.append((day_after, before[0]))  # 2024. május 3.
    for day, year in attempts:
        result = _whole(day, month, calendar, year, written, primary)
        if result is not None:
            start, end = words[first].start(), words[last].end()
            for token in (day, year):
                if token is not None:
                    start, end = min(start, token.start), max(end, token.end)
            yield Day(result, start, end, foreign=calendar == HIJRI)
            return
    if calendar == GREGORIAN and not attempts:
        day_only = day_before or day_after
        if day_only is not None and not any(_is_long_year(token) for token in (*before, *after)):
            start, end = min(day_only.start, words[first].start()), max(day_only.end, words[last].end())
            yield from without_year(month, int(day_only.text), start, end, fetched)


def _is_day(token: _Token) -> bool:
    return len(token.text) <= 2 and 1 <= int(token.text) <= 31


def _is_long_year(token: _Token) -> bool:
    return len(token.text) == 4


def _is_year(token: _Token, written: str) -> bool:
    if len(token.text) == 4:
        return True
    return len(token.text) == 2 and written[token.start - 1 : token.start] in ("'", "-", "/", " ")


def _whole(
    day: _Token, month: int, calendar: str, year: _Token | None, written: str, primary: str | None
) -> date | None:
    if year is None:
        return None
    value, number = int(year.text), int(day.text)
    result: date | None = None
    if calendar == JALALI:
        if len(year.text) == 4 and 1250 <= value <= 1450:
            result = calendars.jalali(value, month, number)
    elif calendar == HIJRI:
        # The month begins with a sighting of the moon: elsewhere on another day than by Umm al-Qura.
        if len(year.text) == 4 and 1356 <= value <= 1500 and primary in (None, "ar", "en"):
            result = calendars.hijri(value, month, number)
    elif len(year.text) == 2 and value >= 43 and re.search("[ก-๛]", written):
        result = calendars.gregorian(2500 + value - 543, month, number)  # Buddhist, of this century
    elif len(year.text) == 2:
        result = calendars.gregorian(2000 + value if value <= 40 else 1900 + value, month, number)
    elif 2400 <= value <= 2700 and (primary == "th" or re.search("[ก-๛]", written)):
        result = calendars.gregorian(value - 543, month, number)
    else:
        result = calendars.gregorian(value, month, number)
    return result if result is not None and is_plausible(result) else None
