"""Dates printed at the story: in `<time>` elements and in lines about the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.dates.date_labels import is_modified_label, is_other_label, is_published_label
from newscrawler.extraction.dates.headline_lines import SKIPPED, HeadlineLine, above, below, short_lines
from newscrawler.extraction.dates.partial_datetime import PartialDatetime, read_stamp, stamp_of
from newscrawler.extraction.dates.printed import ParsedDate, printed_dates
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.regions import Region, Regions, named
from newscrawler.extraction.html.text_content import all_text

# How many elements are looked at below and above the headline, and how many dates end the search.
_BELOW, _ABOVE, _ENOUGH = 150, 60, 4
# Regions by name whose dates are not the story's, and words of the page's own clock and of inserted posts.
_OTHERS = frozenset(
    {Region.RELATED, Region.COMMENTS, Region.CAROUSEL, Region.NAVIGATION, Region.SIGN_UP, Region.CONSENT}
)
_OTHER_DATES = re.compile(r"ticker|weather|today|current[-_]?date|clock|tweet|instagram|copyright")
_ABOUT_DATES = re.compile(r"date|time|publi|posted|byline|meta|info|author|created|stamp")
_CHANGED_CLASS = re.compile(r"updated|modif")
_LEAST_SCORE = 2.0  # a line right below the headline has 3, the furthest one 1
_LINK_WORDS = 6  # a link of so many words leads to another story


class Visible(NamedTuple):
    """One date on the page: `machine` from a datetime attribute, `printed` from the words, `raw` the words.

    `label` is `published`, `modified` or None; `score` is the confidence that the date is this story's.
    `yearless`: the words name no year.
    """

    printed: PartialDatetime | None
    machine: PartialDatetime | None
    raw: str | None
    label: str | None
    score: float
    yearless: bool = False


def visible_dates(
    document: Document,
    title: etree._Element | None,
    fetched: datetime | None,
    language: str | None,
    known: PartialDatetime | None = None,
) -> list[Visible]:
    """The dates about the headline, the surest first; without a headline, all lines are looked at.

    When the story's date is already `known`, the search ends at the first words that print it.
    """
    home = set(title.iterancestors()) if title is not None else set()
    found: list[Visible] = []
    seen: set[etree._Element] = set()
    if title is not None:
        limits = (_BELOW, _ABOVE) if known is None else (110, 40)
        walks = [(below(title, document.index, home), limits[0], 1.0), (above(title), limits[1], 0.5)]
    else:
        body = document.root.find("body")
        walks = [(iter(()) if body is None else body.iter(), 2000, 0.0)]
    for elements, limit, score in walks:
        dates = 0
        for line, nearness in short_lines(elements, limit, seen, fetched is not None):
            here = list(_dates_of(line, document.regions, home, fetched, language, score + nearness))
            found.extend(here)
            dates += len(here)
            if known is not None and any(prints(date, known) for date in here):
                return found
            if dates >= _ENOUGH:
                break
    if title is None and len({date.printed.day for date in found if date.printed and date.label is None}) > 1:
        found = [
            date for date in found if date.label is not None
        ]  # a list of dates, none of them this story's
    found = [date for date in found if date.score >= (_LEAST_SCORE if title is not None else 0.0)]
    found.sort(key=lambda date: -date.score)
    return found


def prints(date: Visible, stamp: PartialDatetime) -> bool:
    """True when the words print this date, in any zone."""
    if date.raw is None or date.printed is None or date.label == "modified":
        return False
    return abs((date.printed.day - stamp.day).days) <= (1 if stamp.zone is not None else 0)


def _dates_of(
    line: HeadlineLine,
    regions: Regions,
    home: set[etree._Element],
    fetched: datetime | None,
    language: str | None,
    score: float,
) -> Iterator[Visible]:
    parsed = list(printed_dates(line.text, fetched=fetched, language=language))
    machines = [
        stamp for time in line.times if (stamp := read_stamp(time.get("datetime"), language)) is not None
    ]
    if not (parsed or machines) or _is_elsewhere(line.holder, regions, home):
        return
    names = " ".join(filter(None, (line.holder.get(name) for name in ("class", "id", "itemprop"))))
    parent = line.holder.getparent()
    if parent is not None:
        names += " " + (parent.get("class") or "")
    names = names.lower()
    if line.times:
        score += 1.0
    dated = _ABOUT_DATES.search(names) is not None
    if dated:
        score += 1.0
    if "datepublished" in names:
        score += 2.0
    end = 0
    changed = _changed_words(line.holder) if len(parsed) > 1 else ()
    for index, date in enumerate(parsed):
        before = line.text[end : date.start]
        if is_other_label(before):
            end = date.end
            continue
        label = _label(before, line.text[date.end :] if index + 1 == len(parsed) else "")
        if label is None and len(line.times) == len(parsed) > 1:
            label = _label_of_class(line.times[index])
        elif label is None and any(date.raw in words for words in changed):
            label = "modified"
        share = _share(date, line.text, end)
        end = date.end
        marked = bool(label or line.times or dated)
        if not marked and date.start > 0 and share < (0.5 if date.inferred else 0.3) and len(line.text) > 60:
            continue  # prose that mentions a day
        machine = machines[index] if len(machines) == len(parsed) else None
        extra = (
            share
            + (2.0 if label == "published" else 0.0)
            + (0.5 if date.has_time or date.start == 0 else 0.0)
            - 0.25 * index
        )
        yield Visible(
            stamp_of(date.iso), machine, date.raw, label, score + extra, date.yearless and machine is None
        )
    if not parsed:
        label = _label(line.text, "")
        for machine in machines:
            yield Visible(None, machine, None, label, score - (0.0 if line.text else 1.0))


def _label_of_class(time: etree._Element) -> str | None:
    names = (time.get("class") or "").lower()
    return "published" if "publish" in names else "modified" if _CHANGED_CLASS.search(names) else None


def _changed_words(holder: etree._Element) -> list[str]:
    """The words of a line's parts whose class calls them those of a change."""
    return [
        " ".join(all_text(part).split())
        for part in islice(holder.iterdescendants(), 20)
        if (names := part.get("class")) and _CHANGED_CLASS.search(names.lower()) and "publish" not in names
    ]


def _label(before: str, after: str) -> str | None:
    if is_modified_label(before):
        return "modified"
    if is_published_label(before):
        return "published"
    if len(after) < 16 and is_modified_label(after):
        return "modified"
    return "published" if is_published_label(after[:24]) else None


def _share(date: ParsedDate, line: str, start: int) -> float:
    return len(date.raw) / max(1, len(line) - start)


def _is_elsewhere(element: etree._Element, regions: Regions, home: set[etree._Element]) -> bool:
    """True for a line of another story or of the page's furniture rather than of the headline."""
    holder: etree._Element | None = element
    for depth in range(9):
        if holder is None or holder in home:
            return False
        tag = holder.tag
        if tag in SKIPPED or tag == "blockquote" or (tag == "header" and home):
            return True
        names = f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if len(names) > 1 and (not _OTHERS.isdisjoint(named(holder)) or _OTHER_DATES.search(names.lower())):
            return True
        if _is_furniture(holder, regions.own(holder), names, home):
            return True
        if depth < 4 and _leads_elsewhere(holder):
            return True
        holder = holder.getparent()
    return False


def _is_furniture(holder: etree._Element, own: Set[Region], names: str, home: set[etree._Element]) -> bool:
    """True for a page's foot, and for a sidebar that is not the story's own; `own` are the regions that it opens."""
    if (
        "sidebar" in names
        and Region.SIDEBAR in named(holder)
        and next(islice(holder.iter("a"), 2, None), None) is not None
    ):
        # A column of the story's own has one date, that of other stories several.
        in_story = next(holder.iterancestors("article"), None) in home
        return not in_story or next(islice(holder.iter("time"), 1, None), None) is not None
    if Region.FOOTER in own:
        return True
    if Region.SIDEBAR not in own:
        return False
    in_story = next(holder.iterancestors("article"), None) in home
    return not (in_story and _ABOUT_DATES.search(names.lower()))


def _leads_elsewhere(holder: etree._Element) -> bool:
    """True for a small block whose link is a headline: another story's teaser."""
    links = [holder] if holder.tag == "a" else []
    for link in holder.iter("a"):
        links.append(link)
        if len(links) > 5:
            return False
    return any(len(all_text(link).split()) >= _LINK_WORDS for link in links)
