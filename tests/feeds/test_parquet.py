from pathlib import Path

import pytest

from tests.feeds.crawling import crawl, story

parquet = pytest.importorskip("pyarrow.parquet", reason="pip install -r requirements-parquet.txt")


def test_feed(tmp_path: Path) -> None:
    stories = [story(1, tags=["a", "b"], related=[{"title": "R", "url": "https://r.example/"}]), story(2)]
    stats, log = crawl(tmp_path, {"a.parquet": {"format": "parquet", "overwrite": True}}, stories)
    assert stats.get("feedexport/success_count/StoryFileStorage") == 1, log
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [row["story_id"] for row in rows] == ["harbour:1", "harbour:2"]
    assert rows[0]["tags"] == ["a", "b"]
    assert rows[0]["related"][0]["title"] == "R"


def test_a_parquet_file_cannot_be_added_to(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"an earlier file")
    _, log = crawl(tmp_path, {"a.parquet": {"format": "parquet"}}, [story(1)])
    assert "replace it with -O" in log
    assert (tmp_path / "a.parquet").read_bytes() == b"an earlier file"
