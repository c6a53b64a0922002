"""Dates as machines write them in feeds and sitemaps, and what they say about before and after."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.IGNORECASE,
)
# Local times lie between UTC-12 and UTC+14.
_EARLIEST, _LATEST = timedelta(hours=14), timedelta(hours=12)


def iso_date(text: str | None) -> str | None:
    """RFC 822/5322 or W3C date-time (W3C NOTE-datetime) as ISO 8601, as exact as it came; None if neither.

    A zone is given only when the text has one; a year or a month alone is no date.
    """
    text = " ".join((text or "")[:80].split())
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        if day is None:
            return None
        zone = {"": "", "Z": "Z"}.get((zone or "").upper(), zone or "")
        if len(zone) == 5:
            zone = f"{zone[:3]}:{zone[3:]}"
        written = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone}" if hour else "")
        try:
            datetime.fromisoformat(written)
        except ValueError:
            return None
        return written.replace("Z", "+00:00")
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is not None and abs(moment.utcoffset() or timedelta()) > timedelta(hours=14):
        moment = moment.replace(tzinfo=None)
    return moment.isoformat(timespec="seconds") if moment.year > 1 else None


def latest(iso: str | None) -> datetime | None:
    """The latest instant (UTC) that an ISO 8601 date can mean: a day's last, a zoneless time's westernmost."""
    return _bound(iso, last=True)


def earliest(iso: str | None) -> datetime | None:
    """The earliest instant (UTC) that an ISO 8601 date can mean."""
    return _bound(iso, last=False)


def certainly_before(iso: str | None, moment: datetime) -> bool | None:
    """True when an ISO 8601 date is before `moment` (aware): a day before its day, a zoneless time by its clock.

    None when there is no such date.
    """
    try:
        if iso and len(iso) == 10:
            return date.fromisoformat(iso) < moment.date()
        if iso and (written := datetime.fromisoformat(iso)).tzinfo is None:
            return written < moment.replace(tzinfo=None)
    except ValueError:
        return None
    last = latest(iso)
    return last < moment if last is not None else None


def _bound(iso: str | None, last: bool) -> datetime | None:
    if not iso:
        return None
    try:
        if len(iso) == 10:
            moment = datetime.combine(date.fromisoformat(iso), time.max if last else time.min)
        else:
            moment = datetime.fromisoformat(iso)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        moment = moment.replace(tzinfo=UTC)
        return moment + _LATEST if last else moment - _EARLIEST
    except (ValueError, OverflowError):
        return None
