import io
import zipfile
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from newscrawler.feeds.cells import MOST
from newscrawler.feeds.xlsx import StoryWorkbook
from newscrawler.items import Story
from tests.feeds.crawling import crawl, story
from tests.feeds.libreoffice import TEXTS, convert, shown, table_rows
from tests.feeds.nasty import UNSAFE, nasty_stories

LAST_COLUMN = get_column_letter(len(fields(Story)) + 2)  # two dates have their zone in a column of their own


def test_feed(tmp_path: Path) -> None:
    stories = [story(1, lead="A lead", related=[{"title": "R", "url": "https://r.example/"}]), story(2)]
    crawl(tmp_path, {"a.xlsx": {"format": "xlsx", "overwrite": True}}, stories)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Stories", "Related", "Summary"]
    sheet = book["Stories"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{LAST_COLUMN}3"
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


def test_a_title_that_looks_like_markup_stays_text(tmp_path: Path) -> None:
    titles = ["<r><t>x</t></r>", "</t></is></c></row></sheetData>", "&lt; & _x0041_", " spaces "]
    book = StoryWorkbook(tmp_path / "a.xlsx")
    for number, title in enumerate(titles):
        book.add(story(number, title=title, section=title))
    book.close()
    read = load_workbook(tmp_path / "a.xlsx")
    rows = list(read["Stories"].iter_rows(values_only=True))
    at = rows[0].index("title")
    assert [row[at].replace("_x005F_", "_") for row in rows[1:]] == titles
    sections = {row[3].replace("_x005F_", "_") for row in read["Summary"].iter_rows(2, 5, values_only=True)}
    assert sections == set(titles)


def test_each_sheet_tells_its_extent_and_charts_begin_at_zero(tmp_path: Path) -> None:
    book = StoryWorkbook(tmp_path / "a.xlsx")
    for number in range(7):
        book.add(story(number, related=[{"title": "R", "url": "https://r.example/"}] * 2))
    book.close()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        sheets = [file.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/")]
    assert f'<dimension ref="A1:{LAST_COLUMN}8"/>' in sheets[0]
    assert '<dimension ref="A1:G15"/>' in sheets[1]
    assert len(charts) == 2
    assert all('<c:min val="0"/>' in chart for chart in charts), "lengths are compared, so from zero"


def test_addresses_are_links_where_they_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = {
        "https://r.example/a?b=1&c=2#d": "https://r.example/a?b=1&c=2#d",
        "http://r.example/خبر/1": "http://r.example/%D8%AE%D8%A8%D8%B1/1",
        "javascript:alert(1)": None,
        "https://r.example/%zz": None,
        "https://user@r.example/": None,
        'https://r.example/"><x>': "https://r.example/%22%3E%3Cx%3E",
        f"https://r.example/{'x' * 2100}": None,
        "https://r.example/\x07": None,
    }
    book = StoryWorkbook(tmp_path / "a.xlsx")
    for number, url in enumerate(urls):
        book.add(story(number, url=url, related=[{"title": "R", "url": "https://s.example/"}]))
    book.close()
    read = load_workbook(tmp_path / "a.xlsx")
    cells = read["Stories"]["D"][1:]
    assert [cell.value for cell in cells[:-1]] == list(urls)[:-1]
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == list(urls.values())
    assert [cell.font.underline for cell in cells] == [
        "single" if target else None for target in urls.values()
    ]
    assert read["Related"]["D2"].hyperlink.target == "https://s.example/"

    monkeypatch.setattr("newscrawler.feeds.xlsx_hyperlinks.MOST_LINKS", 2)
    book = StoryWorkbook(tmp_path / "b.xlsx")
    for number in range(4):
        book.add(story(number, url=f"https://r.example/{number}"))
    book.close()
    cells = load_workbook(tmp_path / "b.xlsx")["Stories"]["D"][1:]
    assert [cell.hyperlink is not None for cell in cells] == [True, True, False, False]
    assert [cell.value for cell in cells] == [f"https://r.example/{number}" for number in range(4)]


TIMES = {
    "2026-03-14T06:28:00": (datetime(2026, 3, 14, 6, 28), "as printed"),
    "2026-03-14T23:30:00+01:00": (datetime(2026, 3, 14, 22, 30), "UTC"),
    "2026-03-13": (datetime(2026, 3, 13), "as printed"),
    None: (None, None),
}


def test_libreoffice_reads_each_value_back(tmp_path: Path) -> None:
    stories = nasty_stories(5_000)
    made = tmp_path / "stories.xlsx"
    book = StoryWorkbook(made, zone=ZoneInfo("UTC"))
    for record in stories:
        book.add(record)
    book.close()
    assert book.cut == 10
    back = convert(made, "xlsx", tmp_path / "back")
    table = table_rows(back, "Stories")
    assert len(table) == len(stories)
    for row, record in zip(table, stories, strict=True):
        where = f"story {record['story_id']}"
        for name in TEXTS:
            assert row[name] == shown(record[name]), f"{where}, {name}"
        assert row["story_code"] == record["story_code"], f"{where}: a code is text, with its zeros"
        assert (row["published (UTC)"], row["published_zone"]) == TIMES[record["published"]], where
        assert row["fetched (UTC)"] == datetime(2026, 3, 15, 7), where
        assert row["comment_count"] == record["comment_count"], where
        assert row["is_free"] == shown(record["is_free"]), where
        assert row["related"] == len(record["related"]), where
        assert len((row["body"] or "").encode("utf-16-le")) // 2 <= MOST, where
    related = [
        (row["story_id"], row["position"], row["title"], row["url"]) for row in table_rows(back, "Related")
    ]
    assert related == [
        (record["story_id"], place, one["title"], one["url"])
        for record in stories
        for place, one in enumerate(record["related"], 1)
    ]
    summary = table_rows(back, "Summary")
    assert {row["Day (UTC)"] for row in summary} - {None} == {
        datetime(2026, 3, 13),
        datetime(2026, 3, 14),
        "(no date)",
    }
    sections = {row["Section"] for row in summary} - {None}
    assert sections == {"News > Harbour", "Sport", "=Culture"}


def test_nothing_is_written_unescaped() -> None:
    file = io.BytesIO()
    book = StoryWorkbook(file)
    book.add(UNSAFE)
    book.close()
    assert file.getvalue()
