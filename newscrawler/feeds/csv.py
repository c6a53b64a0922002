"""CSV that Excel, LibreOffice and Google Sheets open by a double click. `cells` has the rules for values."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from typing import IO, Any, Self

from newscrawler.feeds.cells import cell_text, cut, guard
from newscrawler.feeds.serialise import COLUMNS
from newscrawler.feeds.sheet import SheetExporter, SheetOptions


class StoryTable:
    """Rows of stories, one field a column: UTF-8 with a byte order mark, CRLF (RFC 4180), one header."""

    def __init__(self, file: IO[bytes], columns: Sequence[str] | None = None) -> None:
        self.rows = 0
        self.cut = 0  # cells that were too long
        self._file = file
        self._columns = list(columns or COLUMNS)
        self._buffer = io.StringIO()
        self._rows = csv.writer(self._buffer, dialect="excel")
        self._file.write(codecs.BOM_UTF8)
        self._write(self._columns)

    @classmethod
    def begin(cls, file: IO[bytes], options: SheetOptions) -> Self:
        return cls(file, [*(options.columns or COLUMNS), *options.further])

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

    def abandon(self) -> None:
        """Nothing is held."""

    def _write(self, row: list[str]) -> None:
        self._rows.writerow(row)
        self._file.write(self._buffer.getvalue().encode("utf-8"))
        self._buffer.seek(0)
        self._buffer.truncate()


class StoryTableExporter(SheetExporter):
    """Exporter for the format `csv`; the feed option `fields` names its columns."""

    sheet = StoryTable
