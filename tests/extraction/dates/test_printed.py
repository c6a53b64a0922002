"""Printed dates: the table, and what must hold for any text."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscrawler.extraction.dates import parse_printed, printed_dates

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


ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?")
FETCHED = datetime(2024, 5, 4, 9, 0, tzinfo=UTC)
PIECES = st.sampled_from(
    [
        *"0123456789 .:/-,|()٣۱元十年月日월前م",
        "2024", "1403", "2567", "May", "mai", "мая", "مايو", "আগস্ট", "พ.ค.", "am", "GMT+2", "CET", "tháng", "ago",
        "vor", "yesterday", "updated", "令和", "Jan",
    ]
)  # fmt: skip
LANGUAGES = st.sampled_from(
    [None, "en", "en-US", "de", "fa", "ar", "th", "ja", "ko", "vi", "x", "zh-Hant-TW", "_"]
)
FETCHES = st.sampled_from([None, FETCHED])


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=24).map("".join)), LANGUAGES, FETCHES)
@example("²³/①/2024", None, FETCHED)
@example("31.12.9999 24:60:61", "de", None)
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, language: str | None, fetched: datetime | None) -> None:
    for found in printed_dates(text, fetched=fetched, language=language):
        assert ISO.fullmatch(found.iso), (text, found)
        datetime.fromisoformat(found.iso)
        assert found.has_time == ("T" in found.iso), (text, found)
        assert found.has_zone == (len(found.iso) > 19), (text, found)
        assert fetched is None or found.iso[:10] <= "2024-05-05", (text, found)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1:",
        "12/",
        "1 ",
        "2024",
        "a",
        "May ",
        "3 May ",
        "10:00 ",
        "年",
        "de ",
        "vor 1 ",
        ". ",
        "٣",
        "٫",
    ],
)
def test_only_a_text_s_beginning_is_looked_at(piece: str) -> None:
    text = (piece * 300_000)[:300_000]
    looked_at = list(printed_dates(text, fetched=FETCHED, language="en"))
    assert looked_at == list(printed_dates(text[:300], fetched=FETCHED, language="en")), piece
