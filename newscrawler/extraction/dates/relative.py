"""`3 hours ago`, `gestern, 14:05 Uhr`: dates counted from the time of the fetch."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from newscrawler.extraction.dates.date_words import table
from newscrawler.extraction.dates.normalise import fold

_WORDS = table("relative")
_UNITS = {unit: [*map(fold, _WORDS[unit])] for unit in ("seconds", "minutes", "hours", "days")}


def _any_of(name: str) -> str:
    return "|".join(sorted(map(fold, _WORDS[name]), key=len, reverse=True))


_AGO = re.compile(
    rf"(?:(?<![^\W_])(?P<before>{_any_of('before')})\s+)?"
    r"(?<![\d.,:/-])(?P<number>\d{1,3}|an?|one|eine[rmn]?|une?|una?|um|uma|en|ett)(?:\s|(?<=\d))\s*"
    r"(?P<unit>[^\W\d_](?:[^\s\d!-/:-@|·•])*?)\.?(?:en|n)?\s*"
    rf"(?P<after>(?:(?<![^\W_])|(?<=[\u0900-\uffff]))(?:{_any_of('after')})(?![a-z]))?(?=$|[\s!-/:-@|·•])"
)
_HUNGARIAN = re.compile(r"(?<![\d.,:/-])(?P<number>\d{1,3}) (?P<unit>perc|ora|nap)(?:e|ja|ka)\b")
_NAMED = re.compile(
    rf"(?:^|[\s|·•,:(-])(?:(?P<d0>{_any_of('today')})|(?P<d1>{_any_of('yesterday')}))(?=$|[\s|·•,:)\d.-])"
)
_LONGEST = 60  # characters; longer lines are prose


class Relative(NamedTuple):
    """`moment` counted from the fetch; `exact` when hours and minutes are known; the words from `start` to `end`."""

    moment: datetime
    exact: bool
    start: int
    end: int


def _unit(word: str) -> str | None:
    best, length = None, 0
    for unit, stems in _UNITS.items():
        for stem in stems:
            if len(stem) > length and (
                word == stem or (word.startswith(stem) and (len(stem) > 1 or not stem.isascii()))
            ):
                best, length = unit, len(stem)
    return best


def relative_date(text: str, fetched: datetime) -> Relative | None:
    """The date that a short plain text counts from the fetch; weeks and more are too coarse."""
    if len(text) > _LONGEST:
        return None
    folded = fold(text)
    steady = len(folded) == len(text)  # positions hold only then
    for found in (*_AGO.finditer(folded), *_HUNGARIAN.finditer(folded)):
        groups = found.groupdict()
        if found.re is _AGO and not groups["before"] and not groups["after"]:
            continue
        unit = _unit(groups["unit"])
        if unit is None:
            continue
        number = int(groups["number"]) if groups["number"].isdigit() else 1
        start, end = found.span() if steady else (0, len(text))
        moment = fetched - timedelta(**{unit: number})
        return Relative(moment, unit != "days", start, end)
    named = _NAMED.search(folded)
    if named is not None:
        days = 0 if named["d0"] else 1
        start, end = (named.start(f"d{days}"), named.end(f"d{days}")) if steady else (0, 0)
        return Relative(fetched - timedelta(days=days), False, start, end)
    return None
