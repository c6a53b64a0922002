"""Workbooks of stories by XlsxWriter, in constant memory: sheets Stories, Related and Summary."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter
from scrapy.crawler import Crawler
from scrapy.exporters import BaseItemExporter
from xlsxwriter.format import Format

from newscrawler.feeds.cells import cell_text, cut
from newscrawler.feeds.counting import StoryCounts, write_summary
from newscrawler.feeds.moments import moment
from newscrawler.feeds.part import recording
from newscrawler.feeds.records import COLUMNS, plain_record
from newscrawler.feeds.sheet import RowWriter

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
_RELATED = ("story_id", "position", "title", "url", "published", "published_zone", "image_alt")


class _Sheets:
    """One table that continues on a next sheet when one is full."""

    def __init__(self, book: StoryWorkbook, name: str, columns: tuple[str, ...], most_rows: int) -> None:
        self._book, self._name, self._columns, self._most = book, name, columns, most_rows
        self._formats = [book.wrapped if name == "lead" else None for name in columns]
        self._count = 0
        self._new()

    def add(self, values: Mapping[str, Any]) -> None:
        if self._rows.rows > self._most:
            self.close()
            self._new()
        cells: list[Any] = []
        formats = self._formats.copy()
        for column, name in enumerate(self._columns):
            value = values.get(name)
            if isinstance(value, str):
                if name in _DATES and (found := moment(value, self._book.zone)):
                    value = found.value
                    formats[column] = self._book.time if isinstance(value, datetime) else self._book.date
                else:
                    value = self._book.text(value)
            elif isinstance(value, bool) or not (
                value is None or (isinstance(value, int) and abs(value) < 2**53)
            ):
                value = self._book.text(value)  # LibreOffice reads truth values as formulas, TRUE()
            cells.append(value)
        self._rows.write(cells, formats)

    def close(self) -> None:
        """Filter over what was written."""
        self._sheet.autofilter(0, 0, max(self._rows.rows - 1, 1), len(self._columns) - 1)

    def _new(self) -> None:
        self._count += 1
        name = self._name + (f" {self._count}" if self._count > 1 else "")
        self._sheet = self._book.workbook.add_worksheet(name)
        self._rows = RowWriter(self._sheet)
        self._sheet.freeze_panes(1, 0)
        for column, field in enumerate(self._columns):
            self._sheet.set_column(column, column, _WIDTHS.get(field, 14))
        heads = [f"{field} ({self._book.zone})" if field in _DATES else field for field in self._columns]
        self._rows.write(heads, [self._book.heading] * len(heads))


class StoryWorkbook:
    """Writes stories as they come; `close` adds the summary and assembles the file.

    `file`: a path or an open binary file. `zone`: in which times with a known zone are shown; the column
    `published_zone` tells for each story whether it is in that zone or `as printed`. `work`: an empty folder for
    temporary files, which are as large as the text of all stories; it is removed at the end.
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
        self._work = Path(tempfile.mkdtemp(prefix="newscrawler-")) if work is None else work
        self._work.mkdir(parents=True, exist_ok=True)
        options = {"constant_memory": True, "tmpdir": str(self._work), "in_memory": False}
        self.workbook = xlsxwriter.Workbook(str(file) if isinstance(file, Path) else file, options)
        self.workbook.use_zip64()
        self.heading = self._format(bold=True, bg_color="#1F3A5F", font_color="#FFFFFF", valign="vcenter")
        self.wrapped = self._format(text_wrap=True, valign="top")
        self.time = self._format(num_format="yyyy-mm-dd hh:mm:ss", align="left")
        self.date = self._format(num_format="yyyy-mm-dd", align="left")
        self._stories = _Sheets(self, "Stories", _STORIES, most_rows)
        self._related = _Sheets(self, "Related", _RELATED, most_rows)
        self._counts = StoryCounts(zone)

    def add(self, story: Mapping[str, Any]) -> None:
        """Write one story and its related ones."""
        row = dict(story)
        for name in ("published", "modified"):
            if found := moment(row.get(name), self.zone):
                row[f"{name}_zone"] = found.zone
        related = row.get("related")
        if isinstance(related, list):
            row["related"] = len(related)
            for position, one in enumerate(related, 1):
                self._add_related(story, position, one)
        self._stories.add(row)
        self._counts.add(story)
        self.rows += 1

    def close(self) -> None:
        """Raises `OSError` when the file could not be written."""
        try:
            self._stories.close()
            self._related.close()
            write_summary(self, self._counts)
            try:
                self.workbook.close()
            except xlsxwriter.exceptions.FileCreateError as error:
                raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Remove the temporary files."""
        self.workbook.fileclosed = True  # else its destructor complains of a book that was given up
        shutil.rmtree(self._work, ignore_errors=True)

    def text(self, value: Any) -> str:
        """The value as a cell's text, cut where needed."""
        text, shortened = cut(cell_text(value))
        self.cut += shortened
        return text

    def _add_related(self, story: Mapping[str, Any], position: int, one: Any) -> None:
        row: dict[str, Any] = dict(one) if isinstance(one, Mapping) else {"title": one}
        if found := moment(row.get("published"), self.zone):
            row["published_zone"] = found.zone
        self._related.add(row | {"story_id": story.get("story_id"), "position": position})

    def _format(self, **properties: Any) -> Format:
        return self.workbook.add_format(properties)


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
