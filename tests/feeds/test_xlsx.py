from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from newscrawler.feeds.xlsx import StoryWorkbook
from tests.feeds.crawling import crawl, story


def test_feed(tmp_path: Path) -> None:
    stories = [story(1, lead="A lead", related=[{"title": "R", "url": "https://r.example/"}]), story(2)]
    crawl(tmp_path, {"a.xlsx": {"format": "xlsx", "overwrite": True}}, stories)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Stories", "Related", "Summary"]
    sheet = book["Stories"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AI3"
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, heads["lead"]).alignment.wrap_text
    assert sheet.cell(2, heads["story_code"]).value == "000001"
    assert sheet.cell(2, heads["word_count"]).value == 5
    assert [cell.value for cell in book["Related"][2]][:4] == ["harbour:1", 1, "R", "https://r.example/"]
    assert len(book["Summary"]._charts) == 2, "by day and by section; no story has tags"


def test_a_workbook_cannot_be_added_to(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"an earlier workbook")
    stats, log = crawl(tmp_path, {"a.xlsx": {"format": "xlsx"}}, [story(1)])
    assert stats["feedexport/failed_count/StoryFileStorage"] == 1
    assert "replace it with -O" in log
    assert (tmp_path / "a.xlsx").read_bytes() == b"an earlier workbook"


def test_a_full_sheet_continues_on_the_next(tmp_path: Path) -> None:
    book = StoryWorkbook(tmp_path / "a.xlsx", most_rows=4)
    for number in range(10):
        book.add(story(number))
    book.close()
    read = load_workbook(tmp_path / "a.xlsx")
    assert read.sheetnames == ["Stories", "Related", "Stories 2", "Stories 3", "Summary"]
    assert [read[name].max_row for name in ("Stories", "Stories 2", "Stories 3")] == [5, 5, 3]
    assert read["Stories 3"]["A3"].value == "harbour:9"


def test_zone_and_dates_that_no_sheet_holds(tmp_path: Path) -> None:
    book = StoryWorkbook(tmp_path / "a.xlsx", zone=ZoneInfo("Europe/Berlin"))
    texts = [
        "2026-07-01T22:30:00+00:00",
        "2026-07-01T22:30:00",
        "2026-07-01",
        "1850-01-01T00:00:00",
        "soon",
        None,
    ]
    for number, text in enumerate(texts):
        book.add(story(number, published=text))
    book.close()
    rows = list(load_workbook(tmp_path / "a.xlsx")["Stories"].iter_rows(values_only=True))
    at = rows[0].index("published (Europe/Berlin)")
    assert rows[0][at + 1] == "published_zone"
    assert [row[at : at + 2] for row in rows[1:]] == [
        (datetime(2026, 7, 2, 0, 30), "Europe/Berlin"),
        (datetime(2026, 7, 1, 22, 30), "as printed"),
        (datetime(2026, 7, 1), "as printed"),
        ("1850-01-01T00:00:00", None),
        ("soon", None),
        (None, None),
    ]
    summary = load_workbook(tmp_path / "a.xlsx")["Summary"]
    days = {
        row[0].date() if isinstance(row[0], datetime) else row[0]: row[1]
        for row in summary.iter_rows(min_row=2, values_only=True)
    }
    assert days == {date(2026, 7, 1): 2, date(2026, 7, 2): 1, "(no date)": 3}
