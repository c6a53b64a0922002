"""Workbooks of stories: sheets Stories, Related and Summary."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO, Any, Self

from newscrawler.feeds.serialise import COLUMNS
from newscrawler.feeds.sheet import SheetExporter, SheetOptions
from newscrawler.feeds.spreadsheet_dates import SpreadsheetDate, moment
from newscrawler.feeds.xlsx_book import XlsxBook, XlsxSheet
from newscrawler.feeds.xlsx_summary import StoryCounts, write_summary

MOST_ROWS = 1_048_575  # below the header, Excel's limit
_DATES = ("published", "modified", "fetched")
_WIDTHS = {
    "story_id": 22, "title": 60, "lead": 60, "body": 60, "url": 40, "canonical_url": 40, "published": 18,
    "modified": 18, "fetched": 18, "published_raw": 28, "section": 22, "tags": 30, "authors": 24, "kicker": 24,
    "image": 30, "image_caption": 30, "image_alt": 40, "position": 9, "word_count": 9, "revision": 9, "kind": 9,
}  # fmt: skip
_STORIES = tuple(
    column
    for name in COLUMNS
    for column in ((name, f"{name}_zone") if name in ("published", "modified") else (name,))
)
_WRAPPED = ("title", "kicker", "lead", "authors", "tags")
_THREE_LINES = 45  # points
_RELATED = ("story_id", "position", "title", "url", "published", "published_zone", "image_alt")


class _Sheets:
    """One table that continues on a next sheet when one is full."""

    def __init__(self, book: XlsxBook, name: str, columns: tuple[str, ...], zone: tzinfo, most: int) -> None:
        self._book, self._name, self._columns, self._zone, self._most = book, name, columns, zone, most
        wrapped = _WRAPPED if name == "Stories" else ()
        self._styles = [book.wrapped if field in wrapped else book.plain for field in columns]
        self._count = 0
        self._current = self._next()

    def add(self, values: Iterable[Any]) -> None:
        if self._current.rows.rows > self._most:
            self.close()
            self._current = self._next()
        self._current.write(values)

    def close(self) -> None:
        """Filter over the rows of the current sheet."""
        self._current.layout.autofilter(0, 0, max(self._current.rows.rows - 1, 1), len(self._columns) - 1)

    def _next(self) -> XlsxSheet:
        self._count += 1
        name = self._name + (f" {self._count}" if self._count > 1 else "")
        heads = [f"{field} ({self._zone})" if field in _DATES else field for field in self._columns]
        added = self._book.add_sheet(name, heads, self._styles)
        if self._book.wrapped in self._styles:
            added.layout.set_default_row(_THREE_LINES)
        for column, field in enumerate(self._columns):
            added.layout.set_column(column, column, _WIDTHS.get(field, 14))
        return added


class StoryWorkbook:
    """Writes stories as they come; `close` adds the summary and assembles the file.

    `file`: a path or an open binary file. `zone`: in which times with a known zone are shown; the column
    `published_zone` has for each story that zone or `as printed`. `work`: an empty folder for temporary files,
    which are larger than the text of all stories; it is removed at the end.
    """

    def __init__(
        self,
        file: Path | IO[bytes],
        *,
        zone: tzinfo = UTC,
        work: Path | None = None,
        further: Sequence[str] = (),
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.rows = 0
        self._zone = zone
        self._columns = (*_STORIES, *further)
        self._book = XlsxBook(file, Path(tempfile.mkdtemp(prefix="newscrawler-")) if work is None else work)
        self._stories = _Sheets(self._book, "Stories", self._columns, zone, most_rows)
        self._related = _Sheets(self._book, "Related", _RELATED, zone, most_rows)
        self._counts = StoryCounts()

    @classmethod
    def begin(cls, file: IO[bytes], options: SheetOptions) -> Self:
        return cls(file, zone=options.zone, work=options.work, further=options.further)

    @property
    def cut(self) -> int:
        """Cells that were too long."""
        return self._book.cut

    def add(self, story: Mapping[str, Any]) -> None:
        """Write one story and its related ones."""
        row: dict[str, Any] = dict(story)
        published = self._dated(row, "published")
        self._dated(row, "modified")
        self._dated(row, "fetched")
        related = row.get("related")
        if isinstance(related, list):
            row["related"] = len(related)
            for position, one in enumerate(related, 1):
                self._add_related(row.get("story_id"), position, one)
        row["url"] = self._book.link(row.get("url"))
        self._stories.add(map(row.get, self._columns))
        self._counts.add(story, published.day if published else None)
        self.rows += 1

    def close(self) -> None:
        """Raises `OSError` when the file could not be written."""
        try:
            self._stories.close()
            self._related.close()
            write_summary(self._book, self._counts, self._zone)
            self._book.close()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Remove the temporary files."""
        self._book.abandon()

    def _dated(self, row: dict[str, Any], name: str) -> SpreadsheetDate | None:
        """Put the date in as a cell, and its zone beside it."""
        found = moment(row.get(name), self._zone)
        if found is not None:
            row[name] = found.value
            row[f"{name}_zone"] = found.zone
        return found

    def _add_related(self, story_id: object, position: int, one: Any) -> None:
        row: dict[str, Any] = dict(one) if isinstance(one, Mapping) else {"title": one}
        self._dated(row, "published")
        row["story_id"] = story_id
        row["position"] = position
        row["url"] = self._book.link(row.get("url"))
        self._related.add(map(row.get, _RELATED))


class WorkbookExporter(SheetExporter):
    """Exporter for the format `xlsx`."""

    sheet = StoryWorkbook
