"""CSV that Excel, LibreOffice and Google Sheets open by a double click. `cells` has the rules for values."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping
from typing import IO, Any

from scrapy.crawler import Crawler
from scrapy.exporters import BaseItemExporter

from newscrawler.feeds.cells import cell_text, cut, guard
from newscrawler.feeds.serialise import COLUMNS, plain_record
from newscrawler.feeds.temporary_file import recording


class StoryTable:
    """Rows of stories, one field a column: UTF-8 with a byte order mark, CRLF (RFC 4180), one header."""

    def __init__(self, file: IO[bytes], columns: list[str] | None = None) -> None:
        self.rows = 0
        self.cut = 0  # cells that were too long
        self._file = file
        self._columns = columns or list(COLUMNS)
        self._buffer = io.StringIO()
        self._rows = csv.writer(self._buffer, dialect="excel")
        self._file.write(codecs.BOM_UTF8)
        self._write(self._columns)

    def add(self, story: Mapping[str, Any]) -> None:
        """Write one story; keys that are no column are left out."""
        row: list[str] = []
        for name in self._columns:
            value = story.get(name)
            if value is None:
                row.append("")
            elif isinstance(value, int):
                row.append(cell_text(value))
            else:
                text, shortened = cut(guard(cell_text(value)))
                self.cut += shortened
                row.append(text)
        self._write(row)
        self.rows += 1

    def close(self) -> None:
        """Nothing is held back; the file stays open."""

    def _write(self, row: list[str]) -> None:
        self._rows.writerow(row)
        self._file.write(self._buffer.getvalue().encode("utf-8"))
        self._buffer.seek(0)
        self._buffer.truncate()


class StoryTableExporter(BaseItemExporter):
    """Exporter for the format `csv`. The stat `feed/cells_cut` counts cells that were too long."""

    def __init__(self, file: IO[bytes], crawler: Crawler | None = None, **kwargs: Any) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self._file = file
        self._crawler = crawler
        self._table: StoryTable | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **kwargs: Any) -> StoryTableExporter:
        return cls(file, crawler, **kwargs)

    def start_exporting(self) -> None:
        with recording(self._file):
            self._table = StoryTable(self._file, list(self.fields_to_export or COLUMNS))

    def export_item(self, item: Any) -> None:
        with recording(self._file):
            if self._table is not None:
                self._table.add(plain_record(item))

    def finish_exporting(self) -> None:
        if self._table is not None and self._table.cut and self._crawler is not None:
            self._crawler.stats.inc_value("feed/cells_cut", self._table.cut)
