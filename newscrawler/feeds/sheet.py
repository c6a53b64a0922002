"""Rows of one worksheet, written straight into XlsxWriter's row file.

XlsxWriter's own cell methods are six times slower on wide tables, and in constant memory they put a text that
starts with `<r>` and ends with `</r>` into the file as markup: a page's title could break the workbook. So cells are
built here, as inline strings (ECMA-376 part 1, 18.3.1.4 and 18.4.8), and the library does all the rest.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_LITERAL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH = datetime(1899, 12, 30)  # day 0 of Excel's calendar, for dates after February 1900
_DAY = timedelta(days=1)


class RowWriter:
    """Writes rows from the top, each once."""

    def __init__(self, sheet: Worksheet) -> None:
        self.rows = 0
        self._sheet: Any = sheet
        self._file = sheet.row_data_fh
        self._letters = [xl_col_to_name(column) for column in range(200)]

    def write(self, values: list[Any], formats: list[Format | None]) -> None:
        """Write the next row: texts, numbers and dates become cells of that type, None none."""
        self.rows += 1
        row = str(self.rows)
        cells = [f'<row r="{row}">']
        for value, form, letter in zip(values, formats, self._letters, strict=False):
            if value is None or value == "":
                continue
            start = f'<c r="{letter}{row}"' + (f' s="{form._get_xf_index()}"' if form is not None else "")
            if isinstance(value, str):
                cells.append(f'{start} t="inlineStr"><is><t xml:space="preserve">{_xml(value)}</t></is></c>')
            elif isinstance(value, (int, float)):
                cells.append(f"{start}><v>{value!r}</v></c>")
            else:
                cells.append(f"{start}><v>{_serial(value)!r}</v></c>")
        cells.append("</row>")
        self._file.write("".join(cells))
        self._sheet._check_dimensions(self.rows - 1, len(values) - 1)


def _xml(text: str) -> str:
    if "_x" in text:
        text = _LITERAL_ESCAPE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _serial(value: date) -> float:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment - _EPOCH) / _DAY
