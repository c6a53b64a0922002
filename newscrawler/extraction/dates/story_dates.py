"""The publication and modification dates of a story, decided among all sources of its page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from newscrawler.extraction.dates.declared import Declared, json_ld_dates, meta_dates, state_dates, url_date
from newscrawler.extraction.dates.headline_lines import headline
from newscrawler.extraction.dates.partial_datetime import PartialDatetime, read_stamp, stamp_of
from newscrawler.extraction.dates.printed import parse_printed
from newscrawler.extraction.dates.visible import Visible, prints, visible_dates
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors

_TOLERANCE = timedelta(days=1)
_ODD_OFFSETS = frozenset({-570, -210, -150, 210, 270, 330, 345, 390, 570, 630, 765})


class DatesFound(NamedTuple):
    """ISO 8601 texts, with an offset only where the page states one.

    `published_raw` is the published date as the page prints it for readers, None when no such words agree
    with `published`; `modified_raw` the same of `modified`, where it is the only date. `prints_day`: a day without
    a year is printed at the headline.
    """

    published: str | None
    published_source: str
    published_raw: str | None
    modified: str | None
    modified_source: str
    modified_raw: str | None = None
    prints_day: bool = False

    @property
    def for_story(self) -> DatesFound:
        """The dates of a page that is a story: its last change counts as its publication where no other date is.

        Pages of any kind say when they were changed, so that it is no sign of a story.
        """
        if self.published is not None or self.modified is None:
            return self
        return self._replace(
            published=self.modified, published_source="modified", published_raw=self.modified_raw
        )


def find_dates(
    document: Document, selectors: Selectors, fetched: datetime | None, title: etree._Element | None
) -> DatesFound:
    """Published and modified; `fetched` (aware) bounds what can be true and anchors relative dates.

    The profile's elements come first, then JSON-LD, meta elements, lines printed at the headline, the URL, at
    last the state in the page's scripts. Dates a day or more after the fetch, of 1970 and of templates
    are refused. Another source that agrees adds the time or the offset that the first one lacks. `title` is the
    visible headline's element, where it is known: else the heading that the declared titles begin with. Never raises.
    """
    language = page_language(document)
    structured = json_ld_dates(document, language)
    meta_published, meta_modified = meta_dates(document, language)
    published = _profile(document, selectors, "published", fetched, language)
    published += _own(document, "published", structured.published + meta_published + structured.created)
    modified = [
        *_profile(document, selectors, "modified", fetched, language),
        *_own(document, "modified", structured.modified + meta_modified),
    ]
    known = _known(published, fetched)
    if title is None:
        title = headline(document)
    seen = visible_dates(document, title, fetched, language, known)
    with_year = [date for date in seen if not date.yearless]
    for date in with_year:
        if date.label != "modified":
            published += _declared(date)
        else:
            modified += _declared(date)
    if (in_url := url_date(document.url)) is not None:
        published.append(in_url)
    published += _without_year(seen, published)
    if not published:
        published = state_dates(document, language)
    published = [one for one in published if not _is_ahead(one.stamp, fetched)]
    modified = [one for one in modified if not _is_ahead(one.stamp, fetched)]
    stamp, source = _decide(published)
    if stamp is not None:
        stamp = _as_printed(stamp, seen)
    changed, changed_source = _decide(modified)
    if stamp is not None and changed is not None and _is_earlier(changed, stamp):
        changed = None
    return DatesFound(
        stamp.iso if stamp else None,
        source,
        _raw(stamp, seen),
        changed.iso if changed else None,
        changed_source,
        _raw_change(changed, seen) if stamp is None else None,
        any(date.yearless and date.label != "modified" for date in seen),
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
    document: Document, selectors: Selectors, field: str, fetched: datetime | None, language: str | None
) -> list[Declared]:
    found: list[Declared] = []
    for element in selectors.select(document.root, field)[:5]:
        for attribute in ("datetime", "content"):
            stamp = read_stamp(element.get(attribute), language)
            if stamp is not None:
                found.append(Declared(stamp, "profile", element.get(attribute) or ""))
        text = " ".join("".join(map(str, element.itertext())).split())
        parsed = parse_printed(text, fetched=fetched, language=language)
        if parsed is not None:
            found.append(Declared(stamp_of(parsed.iso), "profile", parsed.raw))
    return found


def _own(document: Document, name: str, dates: list[Declared]) -> list[Declared]:
    """Declared dates without those that nearly all pages of the site declare."""
    return [one for one in dates if not document.template.is_shared_value(name, one.text)]


def _declared(date: Visible) -> list[Declared]:
    return [
        Declared(stamp, "dom", date.raw or "") for stamp in (date.machine, date.printed) if stamp is not None
    ]


def _without_year(seen: list[Visible], published: list[Declared]) -> list[Declared]:
    """Days printed without a year that another source confirms: they may add the time.

    By itself such a day is none: nobody knows its year, and in running text it is some event's.
    """
    days = {one.stamp.day for one in published}
    return [
        one
        for date in seen
        if date.yearless and date.label != "modified"
        for one in _declared(date)
        if one.stamp.day in days
    ]


def _known(published: list[Declared], fetched: datetime | None) -> PartialDatetime | None:
    """The date that needs nothing more from the page's words but how they print it."""
    for one in published:
        if not _is_ahead(one.stamp, fetched):
            return one.stamp if one.stamp.zone is not None and not one.stamp.at_midnight else None
    return None


def _is_ahead(stamp: PartialDatetime, fetched: datetime | None) -> bool:
    return fetched is not None and stamp.day > (fetched + _TOLERANCE).date()


def _is_earlier(stamp: PartialDatetime, other: PartialDatetime) -> bool:
    one, two = stamp.instant, other.instant
    if one is not None and two is not None:
        return one < two
    return stamp.day < other.day


def _decide(candidates: list[Declared]) -> tuple[PartialDatetime | None, str]:
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
            stamp = PartialDatetime(stamp.day)
    if stamp.time is not None and stamp.zone is None:
        stamp = stamp._replace(zone=_zone_from(stamp, others))
    return stamp, first.source


def _zone_from(stamp: PartialDatetime, others: list[Declared]) -> int | None:
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
        if rest == 0 and _is_offset(int(minutes)):
            return int(minutes)
    return None


def _is_offset(minutes: int) -> bool:
    """True for an offset that some country's clocks have."""
    return -12 * 60 <= minutes <= 14 * 60 and (minutes % 60 == 0 or minutes in _ODD_OFFSETS)


def _as_printed(stamp: PartialDatetime, seen: list[Visible]) -> PartialDatetime:
    """The same moment by the page's own clock, where a machine's UTC names another day than the reader sees."""
    if stamp.zone != 0 or stamp.time is None:
        return stamp
    for one in seen:
        if one.label == "modified" or one.printed is None or one.printed.zone is not None:
            continue
        minutes = round((one.printed.wall - stamp.wall.replace(second=0)).total_seconds() / 60)
        if one.printed.time is None and (stamp.time[2] != 0 or not 0 < minutes < 12 * 60):
            continue  # only a day's very beginning names its zone: a made-up midnight in disguise
        if one.printed.day != stamp.day and _is_offset(minutes):
            local = stamp.wall + timedelta(minutes=minutes)
            return PartialDatetime(local.date(), (local.hour, local.minute, local.second), minutes)
    return stamp


def _raw(stamp: PartialDatetime | None, seen: list[Visible]) -> str | None:
    """The words on the page that print this date, nearest to the headline first."""
    if stamp is None:
        return None
    return next((one.raw for one in seen if prints(one, stamp)), None)


def _raw_change(stamp: PartialDatetime | None, seen: list[Visible]) -> str | None:
    return next((one.raw for one in seen if stamp and one.printed and one.printed.day == stamp.day), None)


__all__ = ["DatesFound", "find_dates", "page_language"]
