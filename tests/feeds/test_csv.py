import csv
import io
from datetime import datetime
from pathlib import Path

from newscrawler.feeds.cells import cell_text, cut, guard
from newscrawler.feeds.csv import StoryTable
from newscrawler.feeds.serialise import COLUMNS
from tests.feeds.crawling import crawl, story
from tests.feeds.libreoffice import TEXTS, convert, table_rows
from tests.feeds.nasty import UNSAFE, nasty_stories


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_feed_for_excel(tmp_path: Path) -> None:
    stories = [story(1, title="=1+1", authors=["Ann; Bob, Jr", "Cem"]), story(2, body="x" * 40_000)]
    crawl(tmp_path, {"a.csv": {"format": "csv", "overwrite": True}}, stories)
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfstory_id,")
    assert raw.count(b"\r\n") == 3
    first, second = rows(tmp_path / "a.csv")
    assert tuple(first) == COLUMNS
    assert first["title"] == "'=1+1"
    assert first["authors"] == '"Ann; Bob, Jr"; Cem'
    assert len(second["body"]) == 32_767
    assert second["body"].endswith("[cut: the whole has 40,000 characters]")


def test_appending_repeats_neither_header_nor_mark(tmp_path: Path) -> None:
    for number in (1, 2):
        crawl(tmp_path, {"a.csv": {"format": "csv"}}, [story(number, body='a\nb "c"')])
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.count(b"story_id,") == raw.count(b"\xef\xbb\xbf") == 1
    assert [row["story_code"] for row in rows(tmp_path / "a.csv")] == ["000001", "000002"]


def test_appending_after_a_torn_row(tmp_path: Path) -> None:
    crawl(tmp_path, {"a.csv": {"format": "csv"}}, [story(1), story(2, body='one "quoted"\nline')])
    whole = (tmp_path / "a.csv").read_bytes()
    (tmp_path / "a.csv").write_bytes(whole[: whole.index(b"quoted")])
    _, log = crawl(tmp_path, {"a.csv": {"format": "csv"}}, [story(3)])
    assert [row["story_code"] for row in rows(tmp_path / "a.csv")] == ["000001", "000003"]
    assert b"harbour:2" in (tmp_path / "a.csv.torn").read_bytes()
    assert "a.csv.torn" in log


def test_appending_to_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,size\nx,1\n")
    stats, log = crawl(tmp_path, {"a.csv": {"format": "csv"}}, [story(1)])
    assert stats["feedexport/failed_count/StoryFileStorage"] == 1
    assert "has other columns" in log
    assert (tmp_path / "a.csv").read_text() == "name,size\nx,1\n"


def test_libreoffice_reads_each_value_back(tmp_path: Path) -> None:
    stories = nasty_stories(5_000)
    made = tmp_path / "stories.csv"
    with made.open("wb") as file:
        table = StoryTable(file)
        for record in stories:
            table.add(record)
    assert table.cut == 10
    back = convert(made, "xlsx", tmp_path / "back", "--infilter=Text - txt - csv (StarCalc):44,34,76,1")
    found = table_rows(back, 0)
    assert len(found) == len(stories)
    numbers = {"TRUE": True, "007": 7}  # a spreadsheet reads these so; a workbook keeps them as they are
    for row, record in zip(found, stories, strict=True):
        where = f"story {record['story_id']}"
        for name in TEXTS:
            text = cut(guard(cell_text(record[name])))[0] or None
            assert row[name] == numbers.get(str(text), text), f"{where}, {name}"
        if record["published"] == "2026-03-14T06:28:00":
            assert row["published"] == datetime(2026, 3, 14, 6, 28), where


def test_nothing_is_written_unescaped() -> None:
    file = io.BytesIO()
    StoryTable(file).add(UNSAFE)
    assert file.getvalue().decode()
