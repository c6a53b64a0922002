"""Workbooks of stories by XlsxWriter, in constant memory: sheets Stories, Related and Summary."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter
from scrapy.crawler import Crawler
from scrapy.exporters import BaseItemExporter
from xlsxwriter.worksheet import Worksheet

from newscrawler.feeds.cells import MOST, cell_text, cut
from newscrawler.feeds.serialise import COLUMNS, plain_record
from newscrawler.feeds.spreadsheet_dates import SpreadsheetDate, moment
from newscrawler.feeds.temporary_file import recording
from newscrawler.feeds.xlsx_rows import Cell, LinkedCell, RowWriter, Styled, assemble, serial
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
_SURE = MOST // 2  # characters that fit into a cell, whatever they are
_THREE_LINES = 45  # points
_RELATED = ("story_id", "position", "title", "url", "published", "published_zone", "image_alt")


class _Sheets:
    """One table that continues on a next sheet when one is full."""

    def __init__(self, book: StoryWorkbook, name: str, columns: tuple[str, ...], most_rows: int) -> None:
        self._book, self._name, self._columns, self._most = book, name, columns, most_rows
        self._styles = [
            book.wrapped if field in _WRAPPED and name == "Stories" else book.plain for field in columns
        ]
        self._count = 0
        self._new()

    def add(self, values: Iterable[Cell]) -> None:
        if self._rows.rows > self._most:
            self.close()
            self._new()
        self._rows.write(values)

    def close(self) -> None:
        """Filter over what was written."""
        self._sheet.autofilter(0, 0, max(self._rows.rows - 1, 1), len(self._columns) - 1)

    def _new(self) -> None:
        self._count += 1
        name = self._name + (f" {self._count}" if self._count > 1 else "")
        heads = [f"{field} ({self._book.zone})" if field in _DATES else field for field in self._columns]
        self._sheet, self._rows = self._book.add_sheet(name, heads, self._styles)
        if self._book.wrapped in self._styles:
            self._sheet.set_default_row(_THREE_LINES)
        for column, field in enumerate(self._columns):
            self._sheet.set_column(column, column, _WIDTHS.get(field, 14))


class StoryWorkbook:
    """Writes stories as they come; `close` adds the summary and assembles the file.

    `file`: a path or an open binary file. `zone`: in which times with a known zone are shown; the column
    `published_zone` tells for each story whether it is in that zone or `as printed`. `work`: an empty folder for
    temporary files, which are larger than the text of all stories; it is removed at the end.
    """

    def __init__(
        self,
        file: Path | IO[bytes],
        *,
        zone: tzinfo = UTC,
        work: Path | None = None,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.zone = zone
        self.rows = 0
        self.cut = 0  # cells that were too long
        self._file = file
        self._work = Path(tempfile.mkdtemp(prefix="newscrawler-")) if work is None else work
        self._work.mkdir(parents=True, exist_ok=True)
        self._made = io.BytesIO()  # all but the rows
        self.workbook = xlsxwriter.Workbook(self._made, {"in_memory": True})
        self._heading = self.workbook.add_format(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter"}
        )
        self.plain = self._style(valign="top")
        self.wrapped = self._style(valign="top", text_wrap=True)
        self.time = self._style(valign="top", num_format="yyyy-mm-dd hh:mm:ss", align="left")
        self._linked = self._style(valign="top", font_color="#0B5394", underline=1)
        self.date = self._style(valign="top", num_format="yyyy-mm-dd", align="left")
        self._sheets: list[RowWriter] = []
        self._stories = _Sheets(self, "Stories", _STORIES, most_rows)
        self._related = _Sheets(self, "Related", _RELATED, most_rows)
        self._counts = StoryCounts()

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
        row["url"] = self._link(row.get("url"))
        self._stories.add(map(self._cell, map(row.get, _STORIES)))
        self._counts.add(story, published.day if published else None)
        self.rows += 1

    def close(self) -> None:
        """Raises `OSError` when the file could not be written."""
        try:
            self._stories.close()
            self._related.close()
            write_summary(self, self._counts)
            self.workbook.close()
            for sheet in self._sheets:
                sheet.close()
            assemble(self._made, self._sheets, self._file)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Remove the temporary files."""
        for sheet in self._sheets:
            with contextlib.suppress(OSError):
                sheet.close()
        self.workbook.fileclosed = True  # else its destructor complains of a book that was given up
        shutil.rmtree(self._work, ignore_errors=True)

    def add_sheet(self, name: str, heads: list[str], styles: list[int]) -> tuple[Worksheet, RowWriter]:
        """A sheet with a frozen heading, and the writer of the rows below it."""
        sheet = self.workbook.add_worksheet(name)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._heading)
        sheet.set_row(0, 20)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        rows = RowWriter(self._work / f"rows-{len(self._sheets)}", styles)
        self._sheets.append(rows)
        return sheet, rows

    def text(self, value: Any) -> str:
        """The value as a cell's text, cut where needed."""
        text, shortened = cut(cell_text(value))
        self.cut += shortened
        return text

    def day(self, value: date) -> Styled:
        """A date, or a time without zone, as a cell."""
        return Styled(serial(value), self.time if isinstance(value, datetime) else self.date)

    def _cell(self, value: Any) -> Cell:
        kind = type(value)
        if (
            value is None
            or kind is Styled
            or kind is LinkedCell
            or (kind is int and -(2**53) < value < 2**53)
        ):
            return value  # type: ignore[no-any-return]  # of the types of a cell, as was just asked
        return self.text(value)  # truth values too: LibreOffice reads them as formulas, TRUE()

    def _link(self, value: Any) -> Any:
        plain = isinstance(value, str) and value.isprintable() and "\\u" not in value and len(value) <= _SURE
        return LinkedCell(value, self._linked) if plain else value

    def _dated(self, row: dict[str, Any], name: str) -> SpreadsheetDate | None:
        """Put the date in as a cell, and its zone beside it."""
        found = moment(row.get(name), self.zone)
        if found is not None:
            row[name] = self.day(found.value)
            row[f"{name}_zone"] = found.zone
        return found

    def _add_related(self, story_id: object, position: int, one: Any) -> None:
        row: dict[str, Any] = dict(one) if isinstance(one, Mapping) else {"title": one}
        self._dated(row, "published")
        row["story_id"] = story_id
        row["position"] = position
        row["url"] = self._link(row.get("url"))
        self._related.add(map(self._cell, map(row.get, _RELATED)))

    def _style(self, **properties: Any) -> int:
        """The number by which cells name the format."""
        return int(self.workbook.add_format(properties)._get_xf_index())


class WorkbookExporter(BaseItemExporter):
    """Exporter for the format `xlsx`; the setting SHEET_ZONE names the zone of its times."""

    def __init__(self, file: IO[bytes], crawler: Crawler | None = None, **kwargs: Any) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self._file = file
        self._crawler = crawler
        self._book: StoryWorkbook | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **kwargs: Any) -> WorkbookExporter:
        return cls(file, crawler, **kwargs)

    def start_exporting(self) -> None:
        with recording(self._file):
            zone = self._crawler.settings.get("SHEET_ZONE", "UTC") if self._crawler else "UTC"
            name = getattr(self._file, "name", None)
            work = Path(f"{name}.work") if isinstance(name, str) else None
            self._book = StoryWorkbook(self._file, zone=ZoneInfo(zone), work=work)

    def export_item(self, item: Any) -> None:
        with recording(self._file):
            if self._book is not None:
                self._book.add(plain_record(item))

    def finish_exporting(self) -> None:
        if self._book is None:
            return
        with recording(self._file):
            self._book.close()
        if self._book.cut and self._crawler is not None:
            self._crawler.stats.inc_value("feed/cells_cut", self._book.cut)
