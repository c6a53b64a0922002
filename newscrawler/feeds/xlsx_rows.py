"""Rows of one worksheet, and the workbook's file put together from them.

XlsxWriter makes all of the workbook but the rows below its headings. These are written here, as inline strings
(ECMA-376 part 1, 18.3.1.4 and 18.4.8), into a file of their own, and `assemble` puts them where they belong.

No library's row writer is fast enough. `scrapy sheet` of 20,000 stories (benchmarks/sheet.py) takes 4.3 s of processor
time and 96 MB; with XlsxWriter 3.3 (`constant_memory`, `write_url`) it takes 14.6 s and 156 MB, as every link of a
sheet stays in memory. openpyxl 3.1's write-only mode is as slow as XlsxWriter for the cells alone. XlsxWriter also
puts a text that starts with `<r>` and ends with `</r>` into the file as markup: a page's title could break it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.utility import xl_col_to_name

from newscrawler.feeds.xlsx_hyperlinks import SheetLinks

_LITERAL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH = datetime(1899, 12, 30)  # day 0 of Excel's calendar, for dates after February 1900
_DAY = timedelta(days=1)
_LEVEL = 2  # of zlib: a twelfth larger than its usual 6, in less than half the time
_BLOCK = 1024 * 1024  # bytes copied at a time
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_CELL = '<c r="'
_ROWS_END = b"</sheetData>"
_AFTER_LINKS = b"<pageMargins"  # the parts of a worksheet have a fixed order


class Styled(NamedTuple):
    """A number in a style of its own: that of a date, or of a time."""

    value: float
    style: int


def serial(value: date) -> float:
    """A date or time without zone as a spreadsheet's number: days since 1899-12-30."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment - _EPOCH) / _DAY


class LinkedCell(NamedTuple):
    """An address that becomes a link, in the style of one, where it may."""

    url: str
    style: int


Cell = str | int | Styled | LinkedCell | None


class RowWriter:
    """Writes the rows below the heading into `path`, each once. `styles`: each column's number of a format."""

    def __init__(self, path: Path, styles: Sequence[int]) -> None:
        self.path = path
        self.links = SheetLinks(path.with_name(f"{path.name}-links"))
        self.rows = 1  # the heading
        self.last_column = xl_col_to_name(len(styles) - 1)
        self._file = path.open("wb", buffering=_BLOCK)
        self._columns = [
            (
                f"{_CELL}{xl_col_to_name(column)}",
                f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">',
                f'" s="{style}"><v>',
            )
            for column, style in enumerate(styles)
        ]

    def write(self, values: Iterable[Cell]) -> None:
        """Write the next row: texts and numbers become cells of that type, None and empty texts none."""
        self.rows += 1
        row = self.rows
        cells = [f'<row r="{row}">']
        for (start, text, number), value in zip(self._columns, values, strict=True):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                if "&" in value or "<" in value or ">" in value or "_x" in value:
                    value = _xml(value)
                cells.append(f"{start}{row}{text}{value}</t></is></c>")
            elif isinstance(value, LinkedCell):
                styled = text
                if self.links.add(f"{start.removeprefix(_CELL)}{row}", value.url):
                    styled = f'" s="{value.style}" t="inlineStr"><is><t xml:space="preserve">'
                cells.append(f"{start}{row}{styled}{_xml(value.url)}</t></is></c>")
            elif isinstance(value, Styled):
                cells.append(f'{start}{row}" s="{value.style}"><v>{value.value!r}</v></c>')
            else:
                cells.append(f"{start}{row}{number}{value}</v></c>")
        cells.append("</row>")
        self._file.write("".join(cells).encode())

    def close(self) -> None:
        """Nothing is written afterwards."""
        self._file.close()
        self.links.close()


def assemble(made: IO[bytes], sheets: Sequence[RowWriter], file: Path | IO[bytes]) -> None:
    """Write the workbook that XlsxWriter has made to `file`, with the rows of its worksheets, in their order."""
    rows = {f"xl/worksheets/sheet{number}.xml": writer for number, writer in enumerate(sheets, 1)}
    with (
        ZipFile(made) as source,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as book,
    ):
        for name in source.namelist():
            part = source.read(name)
            writer = rows.get(name)
            if writer is None:
                book.writestr(name, part)
                continue
            extent = f'<dimension ref="A1:{writer.last_column}{writer.rows}"/>'.encode()
            before, _, after = _DIMENSION.sub(extent, part, count=1).partition(_ROWS_END)
            with book.open(name, "w", force_zip64=True) as out, writer.path.open("rb") as written:
                out.write(before)
                shutil.copyfileobj(written, out, _BLOCK)
                out.write(_ROWS_END)
                settings, margins, rest = after.partition(_AFTER_LINKS)
                out.write(settings)
                out.writelines(writer.links.of_sheet())
                out.write(margins + rest)
            if writer.links.count:
                with book.open(f"xl/worksheets/_rels/{Path(name).name}.rels", "w") as out:
                    out.writelines(writer.links.relationships())
            writer.path.unlink()
            writer.links.path.unlink()


def _xml(text: str) -> str:
    if "_x" in text:
        text = _LITERAL_ESCAPE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
