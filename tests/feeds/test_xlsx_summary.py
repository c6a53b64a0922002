from datetime import date

import pytest

from newscrawler.feeds import xlsx_summary
from newscrawler.feeds.xlsx_summary import StoryCounts


def test_counts() -> None:
    counts = StoryCounts()
    counts.add({"section": "Sport", "tags": ["a", "b", "a"]}, date(2026, 3, 1))
    counts.add({"section": None, "tags": None}, None)
    assert counts.stories == 2
    assert counts.days == {date(2026, 3, 1): 1, None: 1}
    assert counts.sections == {"Sport": 1, "(none)": 1}
    assert counts.tags == {"a": 1, "b": 1}, "a tag counts once a story"


def test_names_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_summary, "_MOST_NAMES", 2)
    counts = StoryCounts()
    for section in ("a", "b", "c", "d", "a"):
        counts.add({"section": section}, None)
    assert counts.sections == {"a": 2, "b": 1, "(other)": 2}
