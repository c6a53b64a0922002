"""Dates as they are printed on pages, in the languages, scripts and calendars of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from newscrawler.extraction.dates import calendars
from newscrawler.extraction.dates.clock import Time, printed_times
from newscrawler.extraction.dates.labels import says_modified, says_published
from newscrawler.extraction.dates.names import (
    GREGORIAN,
    HIJRI,
    JALALI,
    is_weekday,
    may_begin_pair,
    month_named,
)
from newscrawler.extraction.dates.relative import relative_date
from newscrawler.extraction.dates.words import table
from newscrawler.extraction.dates.writing import fold, has_persian_digits, plain
from newscrawler.extraction.dates.zones import offset_text, stated_zone

LONGEST = 300  # characters of a text that are looked at: a date line is short
FIRST_YEAR, LAST_YEAR = 1850, 2060
_TOLERANCE = timedelta(days=1)  # a page's clock may be ahead of ours by its zone


class ParsedDate(NamedTuple):
    """A date found in a text.

    `iso` is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS` with `+HH:MM` when the text states the zone; `raw` the
    words as printed, from `start` to `end` of the text; `inferred` when the year, or the whole date, was
    counted from the time of the fetch.
    """

    iso: str
    has_time: bool
    has_zone: bool
    raw: str
    start: int
    end: int
    inferred: bool = False


class _Day(NamedTuple):
    day: date
    start: int
    end: int
    inferred: bool = False
    foreign: bool = False  # from a calendar that needs a table: gives way to a Gregorian date beside it


_DIGIT = re.compile(r"\d")
_PROMISING = re.compile(
    r"\d{4}|\d\s?[./-]\s?\d|\d[^\W\d_]|[^\W\d_][\s.,]{0,2}\d|\d[\s.,]{1,2}[^\W\d_]|[^\s!-~]"
)
_HAN_YEAR = re.compile(
    r"[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号號]"
)
_HAN_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_EAST_ASIAN = re.compile(
    r"(?:(?:(?P<era>令和|平成|昭和|大正|明治|中華民國|民國|民国)\s?)?(?P<y>\d{4}|\d{1,3}|元)\s?(?:年|년)\s{0,2})?"
    r"(?P<m>\d{1,2})\s?(?:月|월)\s{0,2}(?P<d>\d{1,2})\s?(?:日|号|號|일)"
)
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
_WORD = re.compile(
    r"[ก-ฮ]{1,2}\.\s?[ก-ฮ]{1,2}(?=\.)|(?P<n>\d+)|[^\W\d_](?:[^\s\d!-/:-@\[-`{-~|·•،؛«»“”„…、。]*[^\s\d!-/:-@\[-`{-~|·•،؛«»“”„…、。])?"
)
_SEPARATORS = re.compile(r"[\s.,/'·()\-ºª°]*")
# What stands between a day, a month and a year, and between a date and its time.
_LINKS = frozenset(map(fold, table("joining")["day_to_year"].split()))
_BRIDGES = frozenset(map(fold, table("joining")["date_to_time"].split()))
_CLOCK_LANGUAGES_WITHOUT_DOTS = frozenset({"en"})
_US = frozenset({"US", "PH", "FM", "MH", "PR", "GU"})
_UNSURE = frozenset({"CA"})
_YEAR_FIRST_LANGUAGES = frozenset({"ko", "ja", "zh", "hu", "mn"})


def parse_printed(
    text: str, *, fetched: datetime | None = None, language: str | None = None
) -> ParsedDate | None:
    """The first date printed in a short text, or None when there is none or it cannot be told.

    `language` is the page's BCP 47 tag; it decides between day and month in `3/5/2024` and between
    months whose names mean different ones in different languages. `fetched` (aware) bounds what can be true
    (a day of tolerance) and anchors relative and year-less dates; without it those are None. Never raises.
    """
    return next(printed_dates(text, fetched=fetched, language=language), None)


def printed_dates(
    text: str, *, fetched: datetime | None = None, language: str | None = None
) -> Iterator[ParsedDate]:
    """Every date printed in a short text (its first 300 characters), in order; as `parse_printed`."""
    text = text[:LONGEST]
    if _DIGIT.search(text) is None:
        han = not text.isascii() and _HAN_YEAR.search(text)
        if not han and (fetched is None or len(text) > 60):
            return
    elif fetched is None and _PROMISING.search(text) is None:
        return
    written = plain(text)
    if not text.isascii():
        written = _HAN_YEAR.sub(_han_to_digits, written)
    days = list(_days(written, text, fetched, language))
    if not days:
        if fetched is not None:
            yield from _relative(written, text, fetched, language)
        return
    if len(days) > 1:
        days = [day for day in days if not day.foreign] or days
    earliest = 0
    for index, day in enumerate(days):
        latest = days[index + 1].start if index + 1 < len(days) else len(written)
        parsed = _assemble(day, written, text, earliest, latest, language)
        earliest = parsed.end
        if fetched is None or not _is_ahead(parsed.iso, fetched):
            yield parsed


def _is_ahead(iso: str, fetched: datetime) -> bool:
    limit = fetched + _TOLERANCE
    return iso[:10] > limit.date().isoformat()


def _han_to_digits(found: re.Match[str]) -> str:
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


def _days(written: str, text: str, fetched: datetime | None, language: str | None) -> Iterator[_Day]:
    """Days without their times, in order, not overlapping."""
    primary = language.replace("_", "-").split("-")[0].lower() if language else None
    found: list[_Day] = []
    found.extend(_numeric(written, text, fetched, language, primary))
    taken = [(day.start, day.end) for day in found]
    for day in _named(written, fetched, primary, taken):
        found.append(day)
    found.sort(key=lambda day: (day.start, -day.end))
    end = -1
    for day in found:
        if day.start >= end:
            yield day
            end = day.end


def _sane(day: date | None) -> bool:
    return (
        day is not None
        and FIRST_YEAR < day.year <= LAST_YEAR
        and (day.year, day.month, day.day) not in _TEMPLATES
    )


_TEMPLATES = frozenset({(1970, 1, 1), (1900, 1, 1), (1969, 12, 31), (1899, 12, 30), (1980, 1, 1)})


def _in_calendar(
    year: int, month: int, day: int, written: str, text: str, primary: str | None
) -> tuple[date | None, bool]:
    """The day of a numeric date whose calendar its year tells; whether it came from a table."""
    if FIRST_YEAR < year <= LAST_YEAR:
        if primary in ("ne",) and year > 2040:
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


def _numeric(
    written: str, text: str, fetched: datetime | None, language: str | None, primary: str | None
) -> Iterator[_Day]:
    for found in _EAST_ASIAN.finditer(written):
        yield from _east_asian(found, fetched, primary)
    for found in _MONGOLIAN.finditer(written):
        day = calendars.gregorian(int(found["y"]), int(found["m"]), int(found["d"]))
        if day is not None and _sane(day):
            yield _Day(day, *found.span())
    if "th" in written or "Th" in written or "TH" in written:
        for found in _VIETNAMESE.finditer(written):
            number = found["m"].lower()
            month = int(number) if number.isdigit() else _VIETNAMESE_MONTHS.get(number, 0)
            number = found["d"] or found["d2"]
            day = calendars.gregorian(int(found["y"]), month, int(number)) if number else None
            if day is not None and _sane(day):
                start = found.start("d") if found["d"] else found.start()
                yield _Day(day, start, found.end())
    for found in _YEAR_FIRST.finditer(written):
        day, foreign = _in_calendar(
            int(found["y"]), int(found["m"] or found["m2"]), int(found["d"]), written, text, primary
        )
        if day is not None and _sane(day):
            yield _Day(day, *found.span(), foreign=foreign)
    for found in _YEAR_LAST.finditer(written):
        yield from _year_last(found, written, text, fetched, language, primary)


def _east_asian(found: re.Match[str], fetched: datetime | None, primary: str | None) -> Iterator[_Day]:
    month, number = int(found["m"]), int(found["d"])
    if found["y"] is None:
        yield from _without_year(month, number, found.start(), found.end(), fetched)
        return
    year: int | None = 1 if found["y"] == "元" else int(found["y"])
    if found["era"]:
        year = calendars.era_year(found["era"], year or 0)
    elif year is not None and year < 100 and len(found["y"]) == 2:
        year += 2000
    day = calendars.gregorian(year or 0, month, number)
    if day is not None and _sane(day):
        yield _Day(day, *found.span())


def _without_year(month: int, number: int, start: int, end: int, fetched: datetime | None) -> Iterator[_Day]:
    """The last such day before the fetch: sites leave the year out of what is recent."""
    if fetched is None:
        return
    limit = (fetched + _TOLERANCE).date()
    for year in (limit.year, limit.year - 1):
        day = calendars.gregorian(year, month, number)
        if day is not None and day <= limit and (limit - day).days < 330:
            yield _Day(day, start, end, inferred=True)
            return


def _day_first(language: str | None, primary: str | None, separator: str) -> bool | None:
    """Whether the day stands before the month in `3/5/2024`; None when nobody can tell."""
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
) -> Iterator[_Day]:
    first, second = int(found["a"]), int(found["b"] or found["b2"])
    separator = (found["s"] or ".").strip()
    if len(found["y"]) == 2:
        if primary in _YEAR_FIRST_LANGUAGES:
            day = calendars.gregorian(2000 + first, second, int(found["y"]))
            if day is not None and _sane(day):
                yield _Day(day, *found.span())
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
    day, foreign = _in_calendar(year, month, number, written, text, primary)
    if day is not None and _sane(day):
        yield _Day(day, *found.span(), foreign=foreign)


class _Token(NamedTuple):
    text: str  # folded word, or the digits
    number: bool
    start: int
    end: int


def _named(
    written: str, fetched: datetime | None, primary: str | None, taken: list[tuple[int, int]]
) -> Iterator[_Day]:
    """Dates with a month's name."""
    tokens: list[_Token] | None = None
    for found in _WORD.finditer(written):
        if found["n"] is not None or len(found[0]) < 2 or len(found[0]) > 24:
            continue
        word = fold(found[0]).replace(" ", "")
        month, end = None, found.end()
        if may_begin_pair(word):
            following = _WORD.match(written, _skip(written, end))
            if following is not None and following["n"] is None:
                month = month_named(f"{word} {fold(following[0])}", primary)
                if month is not None:
                    end = following.end()
        if month is None:
            month = month_named(word, primary)
        if month is None or any(start <= found.start() < stop for start, stop in taken):
            continue
        if tokens is None:
            tokens = [
                _Token(
                    token[0] if token["n"] else fold(token[0]),
                    token["n"] is not None,
                    token.start(),
                    token.end(),
                )
                for token in _WORD.finditer(written)
                if not any(start <= token.start() < stop for start, stop in taken)
            ]
        first = next(index for index, token in enumerate(tokens) if token.start >= found.start())
        last = max(index for index, token in enumerate(tokens) if token.end <= end)
        yield from _around(tokens, first, last, month.number, month.calendar, written, fetched, primary)


def _skip(written: str, position: int) -> int:
    found = _SEPARATORS.match(written, position)
    return found.end() if found else position


def _neighbours(
    tokens: list[_Token], index: int, step: int, written: str, primary: str | None
) -> list[_Token]:
    """The numbers beside a month's name, nearest first, across words that only link them."""
    numbers: list[_Token] = []
    words = 0
    edge = tokens[index]
    index += step
    while 0 <= index < len(tokens) and len(numbers) < 2:
        token = tokens[index]
        gap = written[edge.end : token.start] if step > 0 else written[token.end : edge.start]
        if len(gap) > 4 or ":" in gap or "|" in gap:
            break
        if token.number:
            if _is_clock(token, written, step) or len(token.text) > 4:
                break
            numbers.append(token)
            words = 0
        else:
            if token.text not in _LINKS and month_named(token.text, primary) is None:
                break
            words += 1
            if words > 2:
                break
        edge = token
        index += step
    return numbers


def _is_clock(token: _Token, written: str, step: int) -> bool:
    """Whether a number belongs to a time of day."""
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
    tokens: list[_Token], first: int, last: int, month: int, calendar: str, written: str,
    fetched: datetime | None, primary: str | None,
) -> Iterator[_Day]:  # fmt: skip
    before = _neighbours(tokens, first, -1, written, primary)
    after = _neighbours(tokens, last, 1, written, primary)
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
            start = min(token.start for token in (day, tokens[first], year) if token is not None)
            end = max(token.end for token in (day, tokens[last], year) if token is not None)
            yield _Day(result, start, end, foreign=calendar == HIJRI)
            return
    if calendar == GREGORIAN and not attempts:
        day_only = day_before or day_after
        if day_only is not None and not any(_is_long_year(token) for token in (*before, *after)):
            start, end = min(day_only.start, tokens[first].start), max(day_only.end, tokens[last].end)
            yield from _without_year(month, int(day_only.text), start, end, fetched)


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
    elif len(year.text) == 2:
        result = calendars.gregorian(2000 + value if value <= 40 else 1900 + value, month, number)
    elif 2400 <= value <= 2700 and (primary == "th" or re.search("[ก-๛]", written)):
        result = calendars.gregorian(value - 543, month, number)
    else:
        result = calendars.gregorian(value, month, number)
    return result if result is not None and _sane(result) else None


def _assemble(
    day: _Day, written: str, text: str, earliest: int, latest: int, language: str | None
) -> ParsedDate:
    """A day with the time and zone printed beside it, and the weekday's words in `raw`."""
    primary = language.split("-")[0].lower() if language else None
    start, end = day.start, day.end
    time, zone = _time_beside(day, written, earliest, latest, primary), None
    if time is not None:
        start, end = min(start, time.start), max(end, time.end)
        zone = stated_zone(written, time.end, day.day, language)
        if zone is not None:
            end = max(end, zone.end)
    start = _with_weekday(written, start, earliest)
    raw = text[start:end].strip(" ,;|-–—·•(")
    iso = day.day.isoformat()
    stated = zone is not None and zone.minutes is not None
    if time is not None:
        iso += f"T{time.hour:02}:{time.minute:02}:{time.second or 0:02}"
        if zone is not None and zone.minutes is not None:
            iso += offset_text(zone.minutes)
    return ParsedDate(iso, time is not None, stated, raw, start, end, day.inferred)


def _time_beside(day: _Day, written: str, earliest: int, latest: int, primary: str | None) -> Time | None:
    for time in printed_times(written, day.end, min(latest, day.end + 48)):
        if _bridges(written[day.end : time.start]) and _acceptable(time, written, primary):
            return time
        break
    before = None
    for time in printed_times(written, max(earliest, day.start - 48), day.start):
        before = time
    if before is not None and _acceptable(before, written, primary):
        zone = stated_zone(written, before.end, day.day, None)
        if _bridges(written[zone.end if zone else before.end : day.start]):
            return before
    return None


def _acceptable(time: Time, written: str, primary: str | None) -> bool:
    if not time.dotted:
        return True
    return primary not in _CLOCK_LANGUAGES_WITHOUT_DOTS and not re.match(r"\s?[€$£%]", written[time.end :])


def _bridges(gap: str) -> bool:
    """Whether nothing but linking words, weekdays and punctuation stands between a date and a time."""
    if len(gap) > 40 or any(char.isdigit() for char in gap):
        return False
    words = [fold(found[0]) for found in _WORD.finditer(gap)]
    if len(words) > 4:
        return False
    return all(word in _BRIDGES or is_weekday(word) for word in words)


def _with_weekday(written: str, start: int, earliest: int) -> int:
    """Where the weekday's name before a date begins, else `start`."""
    head = written[earliest:start]
    words = list(_WORD.finditer(head))[-3:]
    for found in reversed(words):
        word = fold(found[0])
        if is_weekday(word):
            start = earliest + found.start()
        elif word not in (
            "de",
            "den",
            "der",
            "el",
            "la",
            "le",
            "the",
            "e",
            "om",
            "on",
            "بو",
            "یوم",
            "יום",
            "วัน",
            "thu",
        ):
            break
    return start


def _relative(written: str, text: str, fetched: datetime, language: str | None) -> Iterator[ParsedDate]:
    found = relative_date(written, fetched)
    if found is None:
        return
    raw = text[found.start : found.end].strip() or text.strip()
    if found.exact:
        moment = found.moment.replace(second=0, microsecond=0)
        iso = moment.isoformat()
        yield ParsedDate(iso, True, True, raw, found.start, found.end, True)
        return
    day = _Day(found.moment.date(), found.start, found.end, inferred=True)
    parsed = _assemble(day, written, text, 0, len(written), language)
    if parsed.has_time or len(text) <= 24:
        yield parsed


__all__ = ["ParsedDate", "parse_printed", "printed_dates", "says_modified", "says_published"]
