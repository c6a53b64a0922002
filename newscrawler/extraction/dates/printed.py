"""Dates as they are printed on pages, in the languages, scripts and calendars of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from newscrawler.extraction.dates.clock import ClockTime, printed_times
from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.days import TOLERANCE, Day
from newscrawler.extraction.dates.month_name_dates import named_days
from newscrawler.extraction.dates.month_names import is_weekday
from newscrawler.extraction.dates.normalise import WORD, fold, plain
from newscrawler.extraction.dates.numeric import HAN_YEAR, han_to_digits, numeric_days
from newscrawler.extraction.dates.relative import relative_date
from newscrawler.extraction.dates.utc_offsets import offset_text, stated_zone

LONGEST = 300  # characters of a text that are looked at: a date line is short
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_PROMISING = re.compile(r"\d\s?[./-]\s?\d|\d[^\W\d_]|[^\W\d_][\s.,]{0,2}\d|\d[\s.,]{1,2}[^\W\d_]|[^\s!-~]")
_BRIDGES = frozenset(map(fold, table("joining")["date_to_time"].split()))
_CLOCK_LANGUAGES_WITHOUT_DOTS = frozenset({"en"})


class ParsedDate(NamedTuple):
    """A date found in a text.

    `iso` is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS` with `+HH:MM` when the text states the zone; `raw` the
    words as printed, from `start` to `end` of the text; `inferred` when the year, or the whole date, was
    counted from the time of the fetch; `yearless` when only the year was.
    """

    iso: str
    has_time: bool
    has_zone: bool
    raw: str
    start: int
    end: int
    inferred: bool = False
    yearless: bool = False


def parse_printed(
    text: str, *, fetched: datetime | None = None, language: str | None = None
) -> ParsedDate | None:
    """The first date printed in a short text, or None when there is none or it is ambiguous.

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
        han = not text.isascii() and HAN_YEAR.search(text)
        if not han and (fetched is None or len(text) > 60):
            return
    elif fetched is None and _YEAR.search(text) is None and _PROMISING.search(text) is None:
        return
    written = plain(text)
    if not text.isascii():
        written = HAN_YEAR.sub(han_to_digits, written)
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
    limit = fetched + TOLERANCE
    return iso[:10] > limit.date().isoformat()


def _days(written: str, text: str, fetched: datetime | None, language: str | None) -> Iterator[Day]:
    """Days without their times, in order, not overlapping."""
    primary = language.replace("_", "-").split("-")[0].lower() if language else None
    found: list[Day] = []
    found.extend(numeric_days(written, text, fetched, language, primary))
    taken = [(day.start, day.end) for day in found]
    found.extend(named_days(written, fetched, primary, taken))
    if len(found) > 1:
        found.sort(key=lambda day: (day.start, -day.end))
    end = -1
    for day in found:
        if day.start >= end:
            yield day
            end = day.end


def _assemble(
    day: Day, written: str, text: str, earliest: int, latest: int, language: str | None
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
    return ParsedDate(iso, time is not None, stated, raw, start, end, day.inferred, day.yearless)


def _time_beside(day: Day, written: str, earliest: int, latest: int, primary: str | None) -> ClockTime | None:
    if ":" in written[day.start : day.end]:  # between the day and its year
        return next(printed_times(written, day.start, day.end), None)
    for time in printed_times(written, day.end, min(latest, day.end + 48)):
        if _bridges(written[day.end : time.start]) and _acceptable(time, written, primary, day):
            return time
        break
    before = None
    for time in printed_times(written, max(earliest, day.start - 48), day.start):
        before = time
    if before is not None and _acceptable(before, written, primary, day):
        zone = stated_zone(written, before.end, day.day, None)
        if _bridges(written[zone.end if zone else before.end : day.start]):
            return before
    return None


def _acceptable(time: ClockTime, written: str, primary: str | None, day: Day) -> bool:
    if (
        not time.dotted or stated_zone(written, time.end, day.day, primary) is not None
    ):  # `05.00 EDT` is no number
        return True
    return primary not in _CLOCK_LANGUAGES_WITHOUT_DOTS and not re.match(r"\s?[€$£%]", written[time.end :])


def _bridges(gap: str) -> bool:
    """True for a gap of linking words, weekdays and punctuation alone, as between a date and its time."""
    if len(gap) > 40 or any(char.isdigit() for char in gap):
        return False
    words = [fold(found[0]) for found in WORD.finditer(gap)]
    if len(words) > 4:
        return False
    return all(word in _BRIDGES or is_weekday(word) for word in words)


def _with_weekday(written: str, start: int, earliest: int) -> int:
    """The start of the weekday's name before a date, else `start`."""
    head = written[earliest:start]
    words = list(WORD.finditer(head))[-3:]
    for at in range(len(words) - 1, -1, -1):
        found = words[at]
        word = fold(found[0])
        if word == "nhat" and (at == 0 or fold(words[at - 1][0]) != "chu"):
            break  # Vietnamese: `chủ nhật` is Sunday, `cập nhật` an update
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
    day = Day(found.moment.date(), found.start, found.end, inferred=True)
    parsed = _assemble(day, written, text, 0, len(written), language)
    if parsed.has_time or len(text) <= 24:
        yield parsed
