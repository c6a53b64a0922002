"""The dates of a story on its page: which of the candidates speaks, and what the others add to it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from newscrawler.extraction.dates.declared import Declared, json_ld_dates, meta_dates, url_date
from newscrawler.extraction.dates.printed import parse_printed
from newscrawler.extraction.dates.stamps import Stamp, read_stamp, stamp_of
from newscrawler.extraction.dates.visible import Visible, headline, visible_dates
from newscrawler.extraction.document import Document
from newscrawler.extraction.rules import Rules

_TOLERANCE = timedelta(days=1)


class DatesFound(NamedTuple):
    """ISO 8601 texts, with an offset only where the page states one.

    `published_raw` is the published date as the page prints it for readers, None when no such words agree
    with `published`.
    """

    published: str | None
    published_source: str
    published_raw: str | None
    modified: str | None
    modified_source: str


def find_dates(
    document: Document, rules: Rules, fetched: datetime | None, title: etree._Element | None = None
) -> DatesFound:
    """Published and modified; `fetched` (aware) bounds what can be true and anchors relative dates.

    `title` is the visible headline's element where it is known; else the h1 or h2 that looks like it serves.

    The profile's elements speak first, then JSON-LD, meta elements, what is printed at the headline, the
    address. Dates a day or more after the fetch, of 1970 and of templates are refused. Another source that
    agrees adds the time or the offset that the first one lacks. Never raises.
    """
    language = page_language(document)
    published, modified = json_ld_dates(document, language)
    more_published, more_modified = meta_dates(document, language)
    published += more_published
    modified += more_modified
    seen = visible_dates(document, title if title is not None else headline(document), fetched, language)
    for date in seen:
        if date.label != "modified":
            published += _declared(date)
        else:
            modified += _declared(date)
    published = _profile(document, rules, "published", fetched, language) + published
    modified = _profile(document, rules, "modified", fetched, language) + modified
    if (address := url_date(document.url)) is not None:
        published.append(address)
    published = [one for one in published if not _is_ahead(one.stamp, fetched)]
    modified = [one for one in modified if not _is_ahead(one.stamp, fetched)]
    stamp, source = _decide(published)
    changed, changed_source = _decide(modified)
    if stamp is not None and changed is not None and _is_earlier(changed, stamp):
        changed = None
    return DatesFound(
        stamp.iso if stamp else None,
        source,
        _raw(stamp, seen),
        changed.iso if changed else None,
        changed_source,
    )


def page_language(document: Document) -> str | None:
    """The page's language tag; the country of its host where an English tag names none or America."""
    root = document.root
    tag = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if not tag:
        tag = next(
            (
                values[0]
                for key in ("content-language", "og:locale", "language")
                if (values := document.meta.get(key))
            ),
            "",
        )
    tag = tag.strip().split(",")[0].replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", tag):
        return None
    if tag.lower() in ("en", "en-us"):
        try:
            country = (urlsplit(document.url).hostname or "").rsplit(".", 1)[-1]
        except ValueError:
            country = ""
        if len(country) == 2 and country not in (
            "us",
            "tv",
            "io",
            "co",
            "me",
            "ai",
            "eu",
            "cc",
            "fm",
            "ly",
            "to",
        ):
            return f"en-{country.upper().replace('UK', 'GB')}"
    return tag


def _profile(
    document: Document, rules: Rules, field: str, fetched: datetime | None, language: str | None
) -> list[Declared]:
    found: list[Declared] = []
    for element in rules.select(document.root, field)[:5]:
        for attribute in ("datetime", "content"):
            stamp = read_stamp(element.get(attribute), language)
            if stamp is not None:
                found.append(Declared(stamp, "profile", element.get(attribute) or ""))
        text = " ".join("".join(map(str, element.itertext())).split())
        parsed = parse_printed(text, fetched=fetched, language=language)
        if parsed is not None:
            found.append(Declared(stamp_of(parsed.iso), "profile", parsed.raw))
    return found


def _declared(date: Visible) -> list[Declared]:
    return [
        Declared(stamp, "dom", date.raw or "") for stamp in (date.machine, date.printed) if stamp is not None
    ]


def _is_ahead(stamp: Stamp, fetched: datetime | None) -> bool:
    return fetched is not None and stamp.day > (fetched + _TOLERANCE).date()


def _is_earlier(stamp: Stamp, other: Stamp) -> bool:
    one, two = stamp.instant, other.instant
    if one is not None and two is not None:
        return one < two
    return stamp.day < other.day


def _decide(candidates: list[Declared]) -> tuple[Stamp | None, str]:
    """The first candidate, completed by those that agree with it."""
    if not candidates:
        return None, "dom"
    first, *others = candidates
    stamp = first.stamp
    if stamp.time is None or stamp.at_midnight:
        finer = next(
            (
                one.stamp
                for one in others
                if one.stamp.day == stamp.day and one.stamp.time and not one.stamp.at_midnight
            ),
            None,
        )
        if finer is not None:
            stamp = finer
        elif stamp.zone is None:
            stamp = Stamp(stamp.day)
    if stamp.time is not None and stamp.zone is None:
        stamp = stamp._replace(zone=_zone_from(stamp, others))
    return stamp, first.source


def _zone_from(stamp: Stamp, others: list[Declared]) -> int | None:
    """The offset of a source that names the same moment: the same reading of the clock, or one that differs
    by whole quarters of an hour alone."""
    for one in others:
        if one.stamp.zone is not None and one.stamp.time and one.stamp.wall == stamp.wall:
            return one.stamp.zone
    for one in others:
        instant = one.stamp.instant
        if instant is None or one.stamp.at_midnight:
            continue
        minutes, rest = divmod((stamp.wall - instant.replace(tzinfo=None)).total_seconds(), 60)
        if rest == 0 and minutes % 15 == 0 and abs(minutes) <= 14 * 60:
            return int(minutes)
    return None


def _raw(stamp: Stamp | None, seen: list[Visible]) -> str | None:
    """The words on the page that print this date, nearest to the headline first."""
    if stamp is None:
        return None
    agreeing = [one for one in seen if one.raw and one.printed is not None and one.label != "modified"]
    for one in agreeing:
        if one.printed is not None and abs((one.printed.day - stamp.day).days) <= (
            1 if stamp.zone is not None else 0
        ):
            return one.raw
    return None


__all__ = ["DatesFound", "find_dates", "page_language"]
