"""Parquet for data tools, by pyarrow, which only those install who want it: requirements-parquet.txt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Self

from newscrawler.feeds.serialise import COLUMNS
from newscrawler.feeds.sheet import SheetExporter, SheetOptions

_BATCH = 1_000  # rows in memory
_NUMBERS = ("word_count", "comment_count", "revision")
_TEXT_LISTS = ("authors", "tags", "videos")
_RECORDS = {
    "images": ("url", "alt", "caption", "credit"),
    "related": ("title", "url", "published", "image_alt"),
}


class StoryParquet:
    """Stories as a Parquet file; dates stay ISO 8601 texts, as a column of times cannot say `no zone known`."""

    def __init__(self, file: Path | IO[bytes], columns: Sequence[str] = COLUMNS) -> None:
        import pyarrow  # here, as it is optional: see `formats.missing_package`
        import pyarrow.parquet

        self.rows = 0
        self.cut = 0
        self._arrow = pyarrow
        self._columns = columns
        self._schema = pyarrow.schema([(name, self._type(name)) for name in columns])
        self._writer = pyarrow.parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._batch: list[dict[str, Any]] = []

    @classmethod
    def begin(cls, file: IO[bytes], options: SheetOptions) -> Self:
        return cls(file, (*COLUMNS, *options.further))

    def add(self, story: Mapping[str, Any]) -> None:
        """Write one story; a value of another type than its column's is left out."""
        self._batch.append({name: _fitting(name, story.get(name)) for name in self._columns})
        self.rows += 1
        if len(self._batch) == _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is held back, and the file's end."""
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Forget the rows that are held back."""
        self._batch.clear()

    def _flush(self) -> None:
        if self._batch:
            self._writer.write_batch(self._arrow.RecordBatch.from_pylist(self._batch, schema=self._schema))
            self._batch.clear()

    def _type(self, name: str) -> Any:
        arrow = self._arrow
        if name in _NUMBERS:
            return arrow.int64()
        if name == "is_free":
            return arrow.bool_()
        if name in _TEXT_LISTS:
            return arrow.list_(arrow.string())
        if name in _RECORDS:
            return arrow.list_(arrow.struct([(key, arrow.string()) for key in _RECORDS[name]]))
        return arrow.string()


class ParquetExporter(SheetExporter):
    """Exporter for the format `parquet`."""

    sheet = StoryParquet


def _fitting(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _NUMBERS:
        return value if isinstance(value, int) and abs(value) < 2**63 else None
    if name == "is_free":
        return value if isinstance(value, bool) else None
    if name in _TEXT_LISTS:
        return [_text(one) for one in value] if isinstance(value, list) else [_text(value)]
    if name in _RECORDS:
        rows = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
        return [{key: _text(one.get(key)) for key in _RECORDS[name]} for one in rows]
    return _text(value)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # a lone surrogate as its escape
