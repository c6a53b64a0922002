"""Printed dates: the table, and what must hold for any text."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.extraction.dates import parse_printed

TABLE = Path(__file__).parent / "printed_dates.tsv"


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _fetched(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['language']}: {row['printed']}")
def test_printed_date(row: dict[str, str]) -> None:
    found = parse_printed(row["printed"], fetched=_fetched(row["fetched"]), language=row["language"] or None)
    assert (found.iso if found else "") == row["expected"], row
