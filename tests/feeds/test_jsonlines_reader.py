from pathlib import Path

import pytest

from newscrawler.feeds import jsonlines_reader
from newscrawler.feeds.jsonlines_reader import latest_lines, story_lines


def test_each_line_has_its_place_and_bad_ones_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"title": "one"}\n\n[1]\n{"title": "two"}\n{"ti')
    bad: list[str] = []
    lines = list(story_lines(path, bad.append))
    assert [(line.record["title"], line.number) for line in lines] == [("one", 1), ("two", 4)]
    content = path.read_bytes()
    assert content[lines[1].start :][: lines[1].size] == b'{"title": "two"}\n'
    assert bad == [f"{path}:3: not a story, left out", f"{path}:5: a torn line, left out"]


def test_a_line_without_end_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines_reader, "_LONGEST", 32)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"title": "' + b"x" * 100 + b'"}\n{"title": "two"}\n')
    bad: list[str] = []
    assert [line.number for line in story_lines(path, bad.append)] == [2]
    assert "longer than" in bad[0]


def test_latest_by_revision_then_time_then_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"story_id": "1", "title": "second", "revision": 2}\n'
        '{"story_id": "2", "title": "late", "fetched": "2026-01-02"}\n'
        '{"story_id": "1", "title": "first", "revision": 1}\n'
        '{"story_id": "2", "title": "early", "fetched": "2026-01-01"}\n'
    )
    read: list[str] = []
    found = [record["title"] for record in latest_lines([path], read.append, read.append)]
    assert found == ["second", "late"]
    assert read == [str(path)]
