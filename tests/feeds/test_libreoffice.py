"""LibreOffice's reading of 5,000 nasty stories, value by value."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from newscrawler.feeds.cells import MOST, cell_text, cut, guard
from newscrawler.feeds.csv import StoryTable
from newscrawler.feeds.xlsx import StoryWorkbook
from tests.feeds.libreoffice import convert
from tests.feeds.nasty import nasty_stories

STORIES = nasty_stories(5_000)
TEXTS = ("story_id", "title", "section", "body", "authors", "tags", "url")
TIMES = {
    "2026-03-14T06:28:00": (datetime(2026, 3, 14, 6, 28), "as printed"),
    "2026-03-14T23:30:00+01:00": (datetime(2026, 3, 14, 22, 30), "UTC"),
    "2026-03-13": (datetime(2026, 3, 13), "as printed"),
    None: (None, None),
}


def rows(path: Path, sheet: str | int) -> list[dict[str, Any]]:
    """The rows of a sheet by column; fails on a formula."""
    with path.open("rb") as file:
        book = load_workbook(file, read_only=True)
        table = book[sheet] if isinstance(sheet, str) else book.worksheets[sheet]
        lines = table.iter_rows()
        names = [cell.value for cell in next(lines)]
        found = []
        for line in lines:
            formulas = [cell.coordinate for cell in line if cell.data_type == "f"]
            assert not formulas, f"formulas in {formulas}"
            found.append({name: cell.value for name, cell in zip(names, line, strict=False)})
    return found


def shown(value: Any) -> str | None:
    """As LibreOffice writes it: a cell without text is empty."""
    text, _ = cut(cell_text(value))
    return text or None


def test_workbook(tmp_path: Path) -> None:
    made = tmp_path / "stories.xlsx"
    book = StoryWorkbook(made, zone=ZoneInfo("UTC"))
    for story in STORIES:
        book.add(story)
    book.close()
    assert book.cut == 10
    back = convert(made, "xlsx", tmp_path / "back")
    table = rows(back, "Stories")
    assert len(table) == len(STORIES)
    for row, story in zip(table, STORIES, strict=True):
        where = f"story {story['story_id']}"
        for name in TEXTS:
            assert row[name] == shown(story[name]), f"{where}, {name}"
        assert row["story_code"] == story["story_code"], f"{where}: a code is text, with its zeros"
        assert (row["published (UTC)"], row["published_zone"]) == TIMES[story["published"]], where
        assert row["fetched (UTC)"] == datetime(2026, 3, 15, 7), where
        assert row["comment_count"] == story["comment_count"], where
        assert row["is_free"] == shown(story["is_free"]), where
        assert row["related"] == len(story["related"]), where
        assert len((row["body"] or "").encode("utf-16-le")) // 2 <= MOST, where
    related = [(row["story_id"], row["position"], row["title"], row["url"]) for row in rows(back, "Related")]
    assert related == [
        (story["story_id"], place, one["title"], one["url"])
        for story in STORIES
        for place, one in enumerate(story["related"], 1)
    ]
    summary = rows(back, "Summary")
    assert {row["Day (UTC)"] for row in summary} - {None} == {
        datetime(2026, 3, 13),
        datetime(2026, 3, 14),
        "(no date)",
    }
    sections = {row["Section"] for row in summary} - {None}
    assert sections == {"News > Harbour", "Sport", "=Culture"}


def test_csv(tmp_path: Path) -> None:
    made = tmp_path / "stories.csv"
    with made.open("wb") as file:
        table = StoryTable(file)
        for story in STORIES:
            table.add(story)
    assert table.cut == 10
    back = convert(made, "xlsx", tmp_path / "back", "--infilter=Text - txt - csv (StarCalc):44,34,76,1")
    found = rows(back, 0)
    assert len(found) == len(STORIES)
    numbers = {"TRUE": True, "007": 7}  # a spreadsheet reads these so; a workbook keeps them as they are
    for row, story in zip(found, STORIES, strict=True):
        where = f"story {story['story_id']}"
        for name in TEXTS:
            text = cut(guard(cell_text(story[name])))[0] or None
            assert row[name] == numbers.get(str(text), text), f"{where}, {name}"
        if story["published"] == "2026-03-14T06:28:00":
            assert row["published"] == datetime(2026, 3, 14, 6, 28), where


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nothing_is_written_unescaped(form: str) -> None:
    file = io.BytesIO()
    sheet: Any = StoryTable(file) if form == "csv" else StoryWorkbook(file)
    sheet.add(
        {"title": "lone \ud83d and \x00", "tags": ["\udfff"], "sources": {"\ud800": "\x01"}, "body": 12}
    )
    sheet.close()
    assert file.getvalue()
