"""The date printed beside a link, within the link's own entry of a list.

An entry is the largest element that leads to one story alone, so that a date is never another story's: lists
are not paired by position, and an entry without a date stays without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import islice

from lxml import etree

from newscrawler.extraction.dates import parse_printed

# How far an entry reaches: steps up from the link, and texts inside it that are looked at.
_STEPS = 6
_TEXTS = 120
# A longer text is a teaser, in which a date is a date of the story's subject (characters).
_LONGEST = 48
_SHORTEST = 4
_ISO = re.compile(
    r"((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_HOLDERS = frozenset(("body", "html", "main", "table", "tbody"))
_DIGIT = re.compile(r"\d")


def entry_dates(
    links: Iterable[tuple[int, etree._Element, str]],
    *,
    language: str | None = None,
    fetched: datetime | None = None,
) -> dict[int, str]:
    """The ISO 8601 date of each link that has one; `links`: its key, its element and its text, of stories only."""
    chains: list[tuple[int, str, list[etree._Element]]] = []
    owner: dict[etree._Element, int] = {}
    for key, element, text in links:
        chain = [element]
        node = element.getparent()
        while node is not None and len(chain) <= _STEPS and node.tag not in _HOLDERS:
            chain.append(node)
            node = node.getparent()
        for holder in chain:
            owner[holder] = key if owner.get(holder, key) == key else -1
        chains.append((key, text, chain))
    dates: dict[int, str] = {}
    for key, text, chain in chains:
        entry = None
        for holder in chain:
            if owner[holder] != key:
                break
            entry = holder
        if entry is not None and (date := _date_in(entry, text, language, fetched)):
            dates[key] = date
    return dates


def _date_in(entry: etree._Element, title: str, language: str | None, fetched: datetime | None) -> str | None:
    printed: list[str] = []
    for time in entry.iter("time"):
        if stamp := time.get("datetime"):
            if iso := _declared(stamp):
                return iso
            printed.append(stamp)
    for text in islice(map(str, entry.itertext()), _TEXTS):
        if len(text) >= _SHORTEST and _DIGIT.search(text):
            line = " ".join(text.split())
            if len(line) <= _LONGEST and line not in title:
                printed.append(line)
    for line in printed[:4]:
        if iso := _read(line, language, fetched):
            return iso
    return None


@lru_cache(maxsize=8192)
def _read(line: str, language: str | None, fetched: datetime | None) -> str | None:
    """`parse_printed`, cached: the same days and comment counts are beside many stories of a site."""
    found = parse_printed(line, language=language, fetched=fetched)
    return found.iso if found else None


def _declared(stamp: str) -> str | None:
    """A machine-readable date in the one form that all dates here have."""
    found = _ISO.fullmatch(stamp.strip())
    if found is None:
        return None
    day, hour, minute, second, zone = found.groups()
    if hour is None:
        return day
    if zone == "Z":
        zone = "+00:00"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{hour}:{minute}:{second or '00'}{zone or ''}"
