"""The workbook's Summary: stories by day, section and tag, with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from newscrawler.feeds.sheet import Cell

if TYPE_CHECKING:
    from newscrawler.feeds.xlsx import StoryWorkbook

_MOST_NAMES = 20_000  # kept apart; what comes later under a new name is counted as other
_SHOWN = 50
_CHARTED = 15
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


def write_summary(book: StoryWorkbook, counts: StoryCounts) -> None:
    """Add the sheet at the end of the book."""
    days = sorted((day, number) for day, number in counts.days.items() if day is not None)
    rows_of_days: list[tuple[date | str, int]] = [*days]
    if counts.days[None]:
        rows_of_days.append(("(no date)", counts.days[None]))
    tables: list[tuple[str, str, list[tuple[Any, int]], int]] = [
        (f"Day ({book.zone})", "line", rows_of_days, len(days)),
        ("Section", "bar", _top(counts.sections), _CHARTED),
        ("Tag", "bar", _top(counts.tags), _CHARTED),
    ]
    heads = [head for name, _, _, _ in tables for head in (name, "Stories", "")][:-1]
    sheet, writer = book.add_sheet("Summary", heads, [book.plain] * len(heads))
    for place in range(len(tables)):
        sheet.set_column(place * 3, place * 3, 24)
    for row in range(min(1_048_575, max(len(rows) for _, _, rows, _ in tables))):
        cells: list[Cell] = []
        for _, _, rows, _ in tables:
            label, number = rows[row] if row < len(rows) else (None, None)
            cells += [book.day(label) if isinstance(label, date) else label and book.text(label), number, None]
        writer.write(cells[:-1])
    height = 0
    for place, (name, kind, rows, charted) in enumerate(tables):
        if charted := min(charted, len(rows)):
            chart = book.workbook.add_chart({"type": kind})
            column = place * 3
            chart.add_series(
                {
                    "name": "Stories",
                    "categories": ["Summary", 1, column, charted, column],
                    "values": ["Summary", 1, column + 1, charted, column + 1],
                    "line": {"color": "#1F3A5F", "width": 1.5},
                    "fill": {"color": "#3D6FA5"},
                    "gap": 40,
                }
            )
            chart.set_title({"name": f"Stories by {name.split(' (')[0].lower()}", "name_font": {"size": 12}})
            chart.set_legend({"none": True})
            if kind == "bar":
                chart.set_y_axis({"reverse": True})
            else:
                chart.set_x_axis({"date_axis": True, "num_format": "d mmm yyyy"})
            chart.set_size({"width": 640, "height": 320})
            sheet.insert_chart(1 + height, 10, chart, {"description": f"Chart: stories by {name.lower()}"})
            height += 17


def _count(counter: Counter[str], name: object) -> None:
    key = str(name)
    counter[key if key in counter or len(counter) < _MOST_NAMES else _OTHER] += 1


def _top(counter: Counter[str]) -> list[tuple[Any, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]
