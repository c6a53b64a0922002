"""Column types that mean the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL stores no NUL, UTF-8 no lone surrogate
KEY_LIMIT = 512  # bytes; PostgreSQL refuses to index much more than 2,700 bytes in one row
_ISO = "%Y-%m-%dT%H:%M:%S.%fZ"


def storable(text: str) -> str:
    """The text with what no database stores (NUL, lone surrogates) replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def stored_key(key: str) -> str:
    """The key as it is stored: one longer than `KEY_LIMIT` bytes ends in a hash of the whole. Idempotent."""
    key = storable(key)
    raw = key.encode()
    if len(raw) <= KEY_LIMIT:
        return key
    head = raw[: KEY_LIMIT - 65].decode(errors="ignore")
    return f"{head}#{hashlib.sha256(raw).hexdigest()}"


def to_json(value: Any) -> str:
    """JSON in readable Unicode; escaped where the text cannot be stored as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not text.isascii() and _UNSTORABLE.search(text):
        return json.dumps(value, separators=(",", ":"))
    return text


class PlainText(TypeDecorator[str]):
    """Text of any length that came from the web."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Key(TypeDecorator[str]):
    """Text that is looked up: at most `KEY_LIMIT` bytes are stored."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else stored_key(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant in UTC. `timestamptz` in PostgreSQL; in SQLite ISO 8601 text of fixed width, which sorts."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        native = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True) if native else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value.isoformat()}")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.strftime(_ISO)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return None if value is None else value.astimezone(UTC)
