"""Printed times of day."""

from __future__ import annotations

import pytest

from newscrawler.extraction.dates.clock import printed_times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("at 14:05", [(14, 5, None)]),
        ("2:05 p.m.", [(14, 5, None)]),
        ("12:15 am", [(0, 15, None)]),
        ("24:00", [(0, 0, None)]),
        ("14:05:09", [(14, 5, 9)]),
        ("오후 2시 5분", [(14, 5, None)]),
        ("0930 GMT", [(9, 30, None)]),
        ("25:70", []),
        ("no digits", []),
    ],
)
def test_printed_times(text: str, times: list[tuple[int, int, int | None]]) -> None:
    assert [(time.hour, time.minute, time.second) for time in printed_times(text, 0, len(text))] == times


def test_a_dotted_time_may_be_a_number() -> None:
    assert [time.dotted for time in printed_times("14.05", 0, 5)] == [True]
