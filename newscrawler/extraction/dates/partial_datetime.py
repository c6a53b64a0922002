"""A date of known precision: a day, maybe a time, maybe an offset; parsed from machine-readable forms."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.days import is_plausible
from newscrawler.extraction.dates.printed import parse_printed
from newscrawler.extraction.dates.utc_offsets import offset_text

_LONGEST = 80  # characters of a value; the longest JavaScript form has about 65
_ISO = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)"
    r"(?:(?:[T ]\s?|\s?T\s?)(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,:]\d{1,9})?)?"
    r"\s?(?:(?P<utc>Z|UTC|GMT)(?![\w+-])|(?:UTC|GMT)?(?P<sign>[+-])(?P<zh>\d\d):?(?P<zm>\d\d)?(?!\d))?"
    r"(?:\[[\w/]+\])?)?\s*$",
    re.IGNORECASE,
)
# RFC 5322, and `Fri May 03 2024 10:00:00 GMT+0200 (CEST)`, `Fri May 03 10:00:00 UTC 2024`.
_MAIL = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:(?P<d>\d{1,2})[\s-](?P<mon>[A-Za-z]{3})[a-z]*[\s-](?P<y>\d{4})"
    r"|(?P<mon2>[A-Za-z]{3})[a-z]*\s(?P<d2>\d{1,2})(?:,?\s(?P<y2>\d{4}))?),?\s"
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s?(?:(?P<utc>Z\b|UTC\b(?![+-])|GMT\b(?![+-]))|(?:UTC|GMT)?(?P<sign>[+-])(?P<zh>\d\d):?(?P<zm>\d\d))?(?:\s(?P<y3>\d{4}))?"
)
_MONTHS = {name: number for number, name in enumerate(table("meta")["english_months"], 1)}
_EPOCH = re.compile(r"(?P<seconds>\d{10})(?:\d{3})?(?:\.\d+)?$")


class PartialDatetime(NamedTuple):
    """`time` is (hour, minute, second) or None; `zone` minutes east of Greenwich or None."""

    day: date
    time: tuple[int, int, int] | None = None
    zone: int | None = None

    @property
    def iso(self) -> str:
        """`YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS[+HH:MM]`."""
        if self.time is None:
            return self.day.isoformat()
        clock = "T{:02}:{:02}:{:02}".format(*self.time)
        return self.day.isoformat() + clock + (offset_text(self.zone) if self.zone is not None else "")

    @property
    def wall(self) -> datetime:
        """The wall clock's reading, midnight where the time is not known."""
        hour, minute, second = self.time or (0, 0, 0)
        return datetime(self.day.year, self.day.month, self.day.day, hour, minute, second)

    @property
    def instant(self) -> datetime | None:
        """The moment in UTC where time and zone are known."""
        if self.time is None or self.zone is None:
            return None
        return (self.wall - timedelta(minutes=self.zone)).replace(tzinfo=UTC)

    @property
    def at_midnight(self) -> bool:
        """True for midnight, which programs put where the time is unknown."""
        return self.time is not None and self.time == (0, 0, 0)


def stamp_of(iso: str) -> PartialDatetime:
    """Parse the ISO text of a `ParsedDate`."""
    day = date.fromisoformat(iso[:10])
    if len(iso) == 10:
        return PartialDatetime(day)
    zone = None
    if len(iso) > 19:
        zone = (int(iso[20:22]) * 60 + int(iso[23:25])) * (-1 if iso[19] == "-" else 1)
    return PartialDatetime(day, (int(iso[11:13]), int(iso[14:16]), int(iso[17:19])), zone)


def read_stamp(value: object, language: str | None = None) -> PartialDatetime | None:
    """Parse a machine-readable date: ISO 8601, RFC 5322, JavaScript's forms, seconds or milliseconds since 1970,
    else a printed form; None for none of these or a template's date."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value)) if abs(value) < 1e14 else ""
    if not isinstance(value, str):
        return None
    text = value.strip().strip("\"'")
    if not text or len(text) > _LONGEST:
        return None
    stamp = _iso(text) or _epoch(text) or _mail(text)
    if stamp is None:
        parsed = parse_printed(text, language=language)
        stamp = stamp_of(parsed.iso) if parsed else None
    return stamp if stamp is not None and is_plausible(stamp.day) else None


def _iso(text: str) -> PartialDatetime | None:
    found = _ISO.match(text)
    if found is None:
        return None
    return _build(int(found["y"]), int(found["m"]), int(found["d"]), found)


def _mail(text: str) -> PartialDatetime | None:
    found = _MAIL.search(text)
    if found is None:
        return None
    month = _MONTHS.get((found["mon"] or found["mon2"]).lower())
    year = found["y"] or found["y2"] or found["y3"]
    if month is None or year is None:
        return None
    return _build(int(year), month, int(found["d"] or found["d2"]), found)


def _build(year: int, month: int, number: int, found: re.Match[str]) -> PartialDatetime | None:
    try:
        day = date(year, month, number)
    except ValueError:
        return None
    if found["hour"] is None:
        return PartialDatetime(day)
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour == 24 and minute == second == 0:
        return PartialDatetime(day)
    if hour > 23 or minute > 59 or second > 60:
        return PartialDatetime(day)
    zone: int | None = 0 if found["utc"] else None
    if found["sign"]:
        zone = int(found["zh"]) * 60 + int(found["zm"] or 0)
        zone = -zone if found["sign"] == "-" else zone
        if abs(zone) > 14 * 60:
            zone = None
    return PartialDatetime(day, (hour, minute, min(second, 59)), zone)


def _epoch(text: str) -> PartialDatetime | None:
    found = _EPOCH.match(text)
    if found is None:
        return None
    moment = datetime.fromtimestamp(int(found["seconds"]), UTC)
    return PartialDatetime(moment.date(), (moment.hour, moment.minute, moment.second), 0)
