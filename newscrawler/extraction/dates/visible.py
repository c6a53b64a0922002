"""Dates that a reader sees at the story: in `<time>` elements and in lines about the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from newscrawler.extraction.dates.labels import says_modified, says_published
from newscrawler.extraction.dates.printed import printed_dates
from newscrawler.extraction.dates.stamps import Stamp, read_stamp, stamp_of
from newscrawler.extraction.document import Document

_LINES_AFTER, _LINES_BEFORE = 60, 14
_ABOVE = 6  # how many lines below the headline weigh as much as the one above it
_LONG_LINE = 260  # a paragraph of the story, not a line about it
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "form", "select", "button", "nav", "footer"}
)
_INLINE = frozenset(
    {
        "a",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "time",
        "small",
        "font",
        "abbr",
        "bdi",
        "bdo",
        "u",
        "label",
        "sup",
        "sub",
    }
)
# Blocks that show other stories, today's date or the weather. Tested on class and id of what holds a line.
_ELSEWHERE = re.compile(
    r"related|sidebar|widget|teaser|recommend|comment|popular|trending|most[-_]?read|latest|ticker|breaking|weather|"
    r"today|current[-_]?date|clock|topbar|top[-_]bar|navbar|menu|footer|cookie|featured|also[-_]read|carousel|promo|newsletter",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2")


class Visible(NamedTuple):
    """One date on the page: `machine` from a datetime attribute, `printed` from the words, `raw` the words.

    `label` is `published`, `modified` or None; `distance` counts lines from the headline, negative above it.
    """

    printed: Stamp | None
    machine: Stamp | None
    raw: str | None
    label: str | None
    distance: int
    inferred: bool


class _Line(NamedTuple):
    text: str
    times: list[etree._Element]
    first: etree._Element


def headline(document: Document) -> etree._Element | None:
    """The element of the visible headline: the h1 (else h2) that the page's declared titles repeat."""
    declared = " ".join(
        [*document.meta.get("og:title", ()), document.root.findtext(".//title") or ""]
    ).casefold()
    declared = " ".join(declared.split())
    first: etree._Element | None = None
    for tag in _HEADINGS:
        for index, element in enumerate(document.root.iter(tag)):
            if index > 20:
                break
            text = " ".join("".join(map(str, element.itertext())).split()).casefold()
            if len(text) < 5:
                continue
            if declared and (text in declared or (len(text) > 20 and text[:20] in declared)):
                return element
            if first is None and tag == "h1":
                first = element
    return first


def visible_dates(
    document: Document, title: etree._Element | None, fetched: datetime | None, language: str | None
) -> list[Visible]:
    """The dates about the headline, nearest first: those below it, then those above."""
    found: list[Visible] = []
    if title is None:
        return found
    home = set(title.iterancestors())
    for distance, line in enumerate(_lines_after(title), 1):
        if distance > _LINES_AFTER:
            break
        found.extend(_dates_of(line, distance, home, fetched, language))
        if len(found) >= 4:
            break
    for distance, line in enumerate(_lines_before(title), 1):
        if distance > _LINES_BEFORE:
            break
        found.extend(_dates_of(line, -distance, home, fetched, language))
    # A line right above the headline is nearer than one far below it, which may be another story's.
    found.sort(key=lambda one: one.distance if one.distance > 0 else _ABOVE - one.distance)
    return found


def _dates_of(
    line: _Line, distance: int, home: set[etree._Element], fetched: datetime | None, language: str | None
) -> Iterator[Visible]:
    if len(line.text) > _LONG_LINE or not (line.times or any(map(str.isdigit, line.text))):
        return
    parsed = list(printed_dates(line.text, fetched=fetched, language=language))
    if not parsed and not line.times:
        return
    if _stands_elsewhere(line.first, home):
        return
    machines = [stamp for time in line.times if (stamp := read_stamp(time.get("datetime"))) is not None]
    end = 0
    for index, date in enumerate(parsed):
        before = line.text[end : date.start]
        label = "modified" if says_modified(before) else "published" if says_published(before) else None
        machine = machines[index] if len(machines) == len(parsed) else None
        yield Visible(stamp_of(date.iso), machine, date.raw, label, distance, date.inferred)
        end = date.end
    if not parsed:
        label = "modified" if says_modified(line.text) else "published" if says_published(line.text) else None
        for machine in machines:
            yield Visible(None, machine, line.text or None, label, distance, False)


def _stands_elsewhere(element: etree._Element, home: set[etree._Element]) -> bool:
    """Whether a line belongs to another story or to the page's furniture rather than to the headline."""
    for depth, holder in enumerate([element, *element.iterancestors()]):
        if holder in home or depth > 8:
            return False
        if holder.tag in ("aside", "nav", "footer", "header", "li") and (
            holder.tag != "li" or _has_story_link(holder)
        ):
            return True
        names = f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if len(names) > 1 and _ELSEWHERE.search(names):
            return True
        if depth < 4 and _has_story_link(holder):
            return True
    return False


def _has_story_link(holder: etree._Element) -> bool:
    """Whether a small block links to another story by a headline's length of text."""
    for index, link in enumerate(holder.iter("a")):
        if index > 6:
            return False
        if len(" ".join("".join(map(str, link.itertext())).split())) > 32:
            return True
    return False


def _lines_after(title: etree._Element) -> Iterator[_Line]:
    """Lines of text that follow the headline in document order."""
    holder: etree._Element | None = title
    while holder is not None and holder.tag != "body":
        yield from _lines(holder.itersiblings(), holder.tail, holder)
        holder = holder.getparent()


def _lines_before(title: etree._Element) -> Iterator[_Line]:
    """Lines of text above the headline, nearest block first."""
    holder: etree._Element | None = title
    while holder is not None and holder.tag != "body":
        for sibling in holder.itersiblings(preceding=True):
            lines = []
            for line in _lines([sibling], None, sibling):
                lines.append(line)
                if len(lines) > 40:
                    break
            yield from reversed(lines)
        holder = holder.getparent()


def _lines(
    elements: Iterator[etree._Element] | list[etree._Element], head: str | None, first: etree._Element
) -> Iterator[_Line]:
    pieces: list[str] = [head] if head and head.strip() else []
    times: list[etree._Element] = []
    start = first

    def flush() -> Iterator[_Line]:
        nonlocal pieces, times
        text = " ".join(" ".join(pieces).split())
        if text or times:
            yield _Line(text, times, start)
        pieces, times = [], []

    for top in elements:
        depth_skip: etree._Element | None = None
        for event, element in etree.iterwalk(top, events=("start", "end")):
            tag = element.tag
            if depth_skip is not None:
                if event == "end" and element is depth_skip:
                    depth_skip = None
                    if element is not top and element.tail:
                        pieces.append(element.tail)
                continue
            if event == "start":
                if tag in _SKIPPED:
                    depth_skip = element
                    continue
                if tag not in _INLINE:
                    yield from flush()
                if not pieces and not times:
                    start = element
                if tag == "time":
                    times.append(element)
                if element.text:
                    pieces.append(element.text)
            else:
                if tag not in _INLINE:
                    yield from flush()
                if element is not top and element.tail:
                    if not pieces and not times:
                        parent = element.getparent()
                        start = parent if parent is not None else element
                    pieces.append(element.tail)
        if top.tail:
            pieces.append(top.tail)
    yield from flush()
