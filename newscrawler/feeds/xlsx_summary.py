"""The workbook's Summary: stories by day, section and tag, with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Any

from newscrawler.feeds.xlsx_book import XlsxBook

_MOST_NAMES = 20_000  # kept apart; what comes later under a new name is counted as other
_SHOWN = 50  # sections or tags of a table, the most frequent ones
_CHARTED = 15  # of them in its chart, whose labels have to stay legible
_FEW = 8  # stories: below, an axis would count in halves
_GRID = {"color": "#D9D9D9"}
_OTHER = "(other)"
_NONE = "(none)"


class StoryCounts:
    """Counts in bounded memory, however many names the pages invent."""

    def __init__(self) -> None:
        self.stories = 0
        self.days: Counter[date | None] = Counter()
        self.sections: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()

    def add(self, story: Mapping[str, Any], day: date | None) -> None:
        """Count a story that was published on that day, None when it is not known."""
        self.stories += 1
        self.days[day] += 1
        _count(self.sections, story.get("section") or _NONE)
        tags = story.get("tags")
        for tag in set(map(str, tags)) if isinstance(tags, list) else ():
            _count(self.tags, tag)


def write_summary(book: XlsxBook, counts: StoryCounts, zone: tzinfo) -> None:
    """Add the sheet at the end of the book."""
    days = sorted((day, number) for day, number in counts.days.items() if day is not None)
    rows_of_days: list[tuple[date | str, int]] = [*days]
    if counts.days[None]:
        rows_of_days.append(("(no date)", counts.days[None]))
    tables: list[tuple[str, str, list[tuple[Any, int]], int]] = [
        (f"Day ({zone})", "column", rows_of_days, len(days)),
        ("Section", "bar", _top(counts.sections), _CHARTED),
        ("Tag", "bar", _top(counts.tags), _CHARTED),
    ]
    heads = [head for name, _, _, _ in tables for head in (name, "Stories", "")][:-1]
    added = book.add_sheet("Summary", heads, [book.plain] * len(heads))
    sheet = added.layout
    sheet.fit_to_pages(1, 0)
    for place in range(len(tables)):
        sheet.set_column(place * 3, place * 3, 24)
    for row in range(min(1_048_575, max(len(rows) for _, _, rows, _ in tables))):
        cells: list[Any] = []
        for _, _, rows, _ in tables:
            cells += [*(rows[row] if row < len(rows) else (None, None)), None]
        added.write(cells[:-1])
    top = 0  # pixels
    for place, (name, kind, rows, charted) in enumerate(tables):
        if charted := min(charted, len(rows)):
            chart = book.add_chart(kind)
            column = place * 3
            chart.add_series(
                {
                    "name": "Stories",
                    "categories": ["Summary", 1, column, charted, column],
                    "values": ["Summary", 1, column + 1, charted, column + 1],
                    "fill": {"color": "#3D6FA5"},
                    "border": {"none": True},
                    "gap": 40,
                }
            )
            chart.set_title({"name": f"Stories by {name.split(' (')[0].lower()}", "name_font": {"size": 12}})
            chart.set_legend({"none": True})
            # Counts are compared by length: from zero, in whole numbers.
            counted = {"min": 0, "num_format": "0", "major_gridlines": {"visible": True, "line": _GRID}}
            counted |= {"line": {"none": True}}
            if max(number for _, number in rows[:charted]) < _FEW:
                counted["major_unit"] = 1
            height = 320
            if kind == "bar":
                height = 80 + 26 * charted
                chart.set_y_axis(
                    {"reverse": True, "interval_unit": 1, "line": _GRID, "major_tick_mark": "none"}
                )
                chart.set_x_axis(counted)
            else:
                chart.set_x_axis({"date_axis": True, "num_format": "d mmm yyyy", "line": _GRID})
                chart.set_y_axis(counted)
            chart.set_size({"width": 640, "height": height})
            chart.set_chartarea({"border": {"none": True}})
            sheet.insert_chart(
                1, 9, chart, {"y_offset": top, "description": f"Chart: stories by {name.lower()}"}
            )
            top += height + 16


def _count(counter: Counter[str], name: object) -> None:
    key = str(name)
    counter[key if key in counter or len(counter) < _MOST_NAMES else _OTHER] += 1


def _top(counter: Counter[str]) -> list[tuple[Any, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]
