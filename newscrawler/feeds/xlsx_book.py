"""A workbook whose sheets are written row by row: its styles, its headings, and its temporary files."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from newscrawler.feeds.cells import MOST, cell_text, cut
from newscrawler.feeds.xlsx_rows import Cell, LinkedCell, RowWriter, Styled, assemble, serial

_SURE = MOST // 2  # characters that fit into a cell, whatever they are
_EXACT = 2**53  # integers below it are exact in a spreadsheet, whose numbers are doubles


class XlsxBook:
    """`file`: a path or an open binary file. `work`: a folder for temporary files, removed at the end."""

    def __init__(self, file: Path | IO[bytes], work: Path) -> None:
        self.cut = 0  # cells that were too long
        self._file = file
        self._work = work
        work.mkdir(parents=True, exist_ok=True)
        self._made = io.BytesIO()  # all but the rows
        self._workbook = xlsxwriter.Workbook(self._made, {"in_memory": True})
        self._heading = self._workbook.add_format(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter"}
        )
        self.plain = self._style(valign="top")
        self.wrapped = self._style(valign="top", text_wrap=True)
        self._time = self._style(valign="top", num_format="yyyy-mm-dd hh:mm:ss", align="left")
        self._linked = self._style(valign="top", font_color="#0B5394", underline=1)
        self._date = self._style(valign="top", num_format="yyyy-mm-dd", align="left")
        self._sheets: list[XlsxSheet] = []

    def add_sheet(self, name: str, heads: Sequence[str], styles: Sequence[int]) -> XlsxSheet:
        """A sheet with a frozen heading. `styles`: of each column's texts and numbers, `plain` or `wrapped`."""
        sheet = self._workbook.add_worksheet(name)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._heading)
        sheet.set_row(0, 20)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        added = XlsxSheet(self, sheet, RowWriter(self._work / f"rows-{len(self._sheets)}", styles))
        self._sheets.append(added)
        return added

    def add_chart(self, kind: str) -> Chart:
        """A chart of XlsxWriter's type `kind`, to be inserted in a sheet."""
        return self._workbook.add_chart({"type": kind})

    def cell(self, value: Any) -> Cell:
        """The value as a cell: numbers and dates as such, all else as text."""
        kind = type(value)
        if value is None or kind is LinkedCell or (kind is int and -_EXACT < value < _EXACT):
            return value  # type: ignore[no-any-return]  # of the types of a cell, as was just asked
        if isinstance(value, date):
            return Styled(serial(value), self._time if isinstance(value, datetime) else self._date)
        text, shortened = cut(
            cell_text(value)
        )  # truth values too: LibreOffice reads them as formulas, TRUE()
        self.cut += shortened
        return text

    def link(self, value: Any) -> Any:
        """An address as a cell that may become a link; any other value as it is."""
        plain = isinstance(value, str) and value.isprintable() and "\\u" not in value and len(value) <= _SURE
        return LinkedCell(value, self._linked) if plain else value

    def close(self) -> None:
        """Write the file and remove the temporary ones. Raises `OSError` when that fails."""
        try:
            self._workbook.close()
            rows = [sheet.rows for sheet in self._sheets]
            for writer in rows:
                writer.close()
            assemble(self._made, rows, self._file)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Remove the temporary files."""
        for sheet in self._sheets:
            with contextlib.suppress(OSError):
                sheet.rows.close()
        self._workbook.fileclosed = True  # else its destructor complains of a book that was given up
        shutil.rmtree(self._work, ignore_errors=True)

    def _style(self, **properties: Any) -> int:
        """The number by which cells name the format."""
        return int(self._workbook.add_format(properties)._get_xf_index())


class XlsxSheet:
    """One sheet: `layout` is XlsxWriter's worksheet, for all but the rows."""

    def __init__(self, book: XlsxBook, layout: Worksheet, rows: RowWriter) -> None:
        self.layout = layout
        self.rows = rows
        self._book = book

    def write(self, values: Iterable[Any]) -> None:
        """Write the next row, one value a column; nothing for None and empty texts."""
        self.rows.write(map(self._book.cell, values))
