"""Dates of stories as spreadsheets hold them: in one stated zone when their own is known, else as printed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

AS_PRINTED = "as printed"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST = date(1900, 3, 1)  # before it, spreadsheets disagree on the number of a day


class SpreadsheetDate(NamedTuple):
    """A date or time without zone, and how to read it: the zone's name, or `as printed` when none is known."""

    value: datetime | date
    zone: str

    @property
    def day(self) -> date:
        return self.value.date() if isinstance(self.value, datetime) else self.value


def moment(text: object, zone: tzinfo = UTC) -> SpreadsheetDate | None:
    """The moment that an ISO 8601 text names, or None when it is none or no spreadsheet can hold it."""
    if not isinstance(text, str):
        return None
    try:
        if len(text) == 10 and _DATE.fullmatch(text):
            value: datetime | date = date.fromisoformat(text)
            name = AS_PRINTED
        else:
            stamp = datetime.fromisoformat(text)
            name = str(zone) if stamp.tzinfo else AS_PRINTED
            value = (stamp.astimezone(zone) if stamp.tzinfo else stamp).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    found = SpreadsheetDate(value, name)
    return found if found.day >= _FIRST else None
