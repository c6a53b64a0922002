"""Stories as plain records: what JSON Lines hold and what spreadsheets are written from."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from itemadapter import ItemAdapter

from newscrawler.items import Story

COLUMNS = tuple(field.name for field in fields(Story))


def plain_record(item: Any) -> dict[str, Any]:
    """The item's fields in the order of their declaration, nested records as dictionaries."""
    if is_dataclass(item) and not isinstance(item, type):
        return {field.name: _plain(getattr(item, field.name)) for field in fields(item)}
    return {name: _plain(value) for name, value in ItemAdapter(item).items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return plain_record(value)
    return value
