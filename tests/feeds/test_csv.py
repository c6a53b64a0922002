import csv
from pathlib import Path

from newscrawler.feeds.serialise import COLUMNS
from tests.feeds.crawling import crawl, story


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
