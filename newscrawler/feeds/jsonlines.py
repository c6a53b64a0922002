"""JSON Lines: one story a line, UTF-8, every key present, in the order of the item's declaration."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import IO, Any

from scrapy.exporters import BaseItemExporter

from newscrawler.feeds.temporary_file import recording

# Valid inside JSON strings, yet many readers end a line there.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class StoryLinesExporter(BaseItemExporter):
    """Exporter for the formats `jsonl`, `jsonlines` and `jl`."""

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        kwargs.pop("indent", None)  # a line is a line
        kwargs.pop("encoding", None)  # JSON is UTF-8 (RFC 8259, section 8.1)
        super().__init__(export_empty_fields=True, **kwargs)
        self._file = file

    def export_item(self, item: Any) -> None:
        with recording(self._file):
            self._file.write(json_line(dict(self.get_serialized_fields(item))))


def json_line(record: dict[str, Any]) -> bytes:
    """One line with its end. A lone surrogate becomes its JSON escape, so the bytes are always valid UTF-8."""
    text = json.dumps(record, ensure_ascii=False, default=_plain)
    if not text.isascii():
        text = text.translate(_LINE_ENDS)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
