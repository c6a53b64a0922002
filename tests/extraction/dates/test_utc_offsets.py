"""UTC offsets printed beside a time."""

from __future__ import annotations

from datetime import date

import pytest

from newscrawler.extraction.dates.utc_offsets import offset_text, stated_zone

JUNE, JANUARY = date(2024, 6, 1), date(2024, 1, 15)


@pytest.mark.parametrize(
    ("text", "day", "language", "minutes"),
    [
        (" GMT", JUNE, None, 0),
        (" +02:00", JUNE, None, 120),
        (" GMT+3", JUNE, None, 180),
        (" CET", JANUARY, None, 60),
        (" CET", JUNE, None, None),
        (" ET", JUNE, None, -240),
        (" ET", JANUARY, None, -300),
        (" IST", JUNE, "en-IN", 330),
        (" IST", JUNE, "en-IE", None),
    ],
)
def test_stated_zone(text: str, day: date, language: str | None, minutes: int | None) -> None:
    found = stated_zone(text, 0, day, language)
    assert found is not None
    assert found.minutes == minutes


@pytest.mark.parametrize("text", ["", " hours", " -3", " +25:00"])
def test_no_zone(text: str) -> None:
    assert stated_zone(text, 0, JUNE, None) is None


def test_offset_text() -> None:
    assert [offset_text(minutes) for minutes in (0, -210, 345)] == ["+00:00", "-03:30", "+05:45"]
