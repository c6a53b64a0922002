"""`scrapy sheet` as a process of its own."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from newscrawler.journal import Journal, journal_url
from tests.feeds.crawling import story

ROOT = Path(__file__).parents[2]


def sheet(*args: object) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "sheet", *map(str, args)],
        cwd=ROOT,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawler.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def codes(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["story_code"], row["title"]) for row in csv.DictReader(file)]


def test_folders_and_files_to_a_workbook(tmp_path: Path) -> None:
    write(tmp_path / "in" / "b.jsonl", story(2))
    write(tmp_path / "in" / "deep" / "c.jsonl", story(3))
    write(tmp_path / "in" / ".c.jsonl.0123abcd.part", story(9))
    one = write(tmp_path / "a.jsonl", story(1))
    code, said = sheet(one, tmp_path / "in", "-o", tmp_path / "out" / "s.xlsx")
    assert code == 0, said
    assert "3 stories" in said
    rows = list(load_workbook(tmp_path / "out" / "s.xlsx")["Stories"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["harbour:1", "harbour:2", "harbour:3"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["s.xlsx"]


def test_latest_merges_revisions_across_files(tmp_path: Path) -> None:
    write(
        tmp_path / "1.jsonl",
        story(1, title="old"),
        story(2, title="only"),
        story(3, title="first", fetched="2026-01-01"),
    )
    write(
        tmp_path / "2.jsonl", story(1, title="new", revision=2), story(3, title="later", fetched="2026-01-02")
    )
    write(tmp_path / "3.jsonl", story(1, title="old again", revision=1), story(4, title="fresh"))
    code, said = sheet(tmp_path, "--latest", "-o", tmp_path / "s.csv")
    assert code == 0, said
    assert codes(tmp_path / "s.csv") == [
        ("000001", "new"),
        ("000002", "only"),
        ("000003", "later"),
        ("000004", "fresh"),
    ]
    assert sheet(tmp_path, "-o", tmp_path / "all.csv")[0] == 0
    assert len(codes(tmp_path / "all.csv")) == 7


@pytest.mark.parametrize("more", [[], ["--latest"]])
def test_bad_lines_are_told_and_left_out(tmp_path: Path, more: list[str]) -> None:
    path = write(tmp_path / "a.jsonl", story(1))
    with path.open("ab") as file:
        file.write(
            b'[1]\n\n"x"\n\xff\xfe\n'
            + b"[" * 100_000
            + b"\n"
            + json.dumps(story(2)).encode()
            + b'\n{"title": "to'
        )
    code, said = sheet(path, "-o", tmp_path / "s.csv", *more)
    assert code == 3
    assert [row[0] for row in codes(tmp_path / "s.csv")] == ["000001", "000002"]
    for place in (
        "a.jsonl:2: not a story",
        "a.jsonl:4: not a story",
        "a.jsonl:5: not UTF-8",
        "a.jsonl:6: not JSON",
        "a.jsonl:8: a torn line",
    ):
        assert place in said
    assert "5 lines" in said


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        ([], "name files or folders"),
        (["a.jsonl"], "no such file"),
        (["{good}"], "-o"),
        (["{good}", "-o", "s.ods"], ".xlsx"),
        (["{good}", "-o", "{good}/"], "write a name"),
        (["{good}", "-o", "s.csv", "--zone", "Mars/Olympus"], "not a time zone"),
        (["{good}", "-o", "s.csv", "--zone", "../../etc/passwd"], "not a time zone"),
        (["{empty}", "-o", "s.csv"], "no .jsonl file"),
        (["--site", "harbour", "--since", "soon", "-o", "s.csv"], "not a date"),
        (["{good}", "--since", "2026-11-01", "-o", "s.csv"], "--site"),
        (["{good}", "--site", "harbour", "-o", "s.csv"], "give one of"),
    ],
)
def test_bad_arguments(tmp_path: Path, args: list[str], reason: str) -> None:
    good = write(tmp_path / "good.jsonl", story(1))
    (tmp_path / "empty").mkdir()
    filled = [arg.format(good=good, empty=tmp_path / "empty") for arg in args]
    if filled and "-o" not in filled and reason != "-o":
        filled += ["-o", str(tmp_path / "s.csv")]
    elif not filled:
        filled = ["-o", str(tmp_path / "s.csv")]
    code, said = sheet(*filled)
    assert code == 2
    assert reason in said
    assert len(said.strip().splitlines()) == 1
    assert not (tmp_path / "s.csv").exists()


def test_from_the_journal(tmp_path: Path) -> None:
    with Journal.open(journal_url("", tmp_path, "harbour")) as journal:
        for number, title in ((1, "old"), (2, "only"), (1, "new")):
            item = story(number, title=title, content_hash=title)
            journal.stories.store("harbour", f"page {number}", item)
    given = ["--site", "harbour", "-s", f"OUTPUT_DIR={tmp_path}", "-o", tmp_path / "s.csv"]
    code, said = sheet(*given)
    assert code == 0, said
    assert codes(tmp_path / "s.csv") == [("000001", "new"), ("000002", "only")]
    assert sheet(*given, "--since", "2999-01-01")[0] == 0
    assert codes(tmp_path / "s.csv") == []
    code, said = sheet(*given, "--site", "nosuch")
    assert code == 2
    assert len(said.strip().splitlines()) == 1, said


def test_a_sheet_that_cannot_be_written(tmp_path: Path) -> None:
    good = write(tmp_path / "good.jsonl", story(1))
    code, said = sheet(good, "-o", good / "s.xlsx")
    assert code == 1
    assert "not written" in said


def test_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install -r requirements-parquet.txt")
    related = [{"title": "R", "url": "https://r.example/", "published": None, "image_alt": None}]
    good = write(
        tmp_path / "good.jsonl",
        story(1, tags=["a", "b"], title="lone \ud83d", related=related, sources={"title": "dom"}),
    )
    code, said = sheet(good, "-o", tmp_path / "s.parquet")
    assert code == 0, said
    (row,) = parquet.read_table(tmp_path / "s.parquet").to_pylist()
    assert row["tags"] == ["a", "b"]
    assert row["title"] == "lone \\ud83d"
    assert row["related"] == related
    assert row["word_count"] == 5
    assert json.loads(row["sources"]) == {"title": "dom"}


def test_all_sites_with_where_a_text_came_from(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install -r requirements-parquet.txt")
    for site, number in (("east", 1), ("west", 2)):
        with Journal.open(journal_url("", tmp_path, site)) as journal:
            journal.stories.store(site, "k", story(number, site=site))
    with Journal.open(journal_url("", tmp_path, "west")) as journal:
        journal.stories.mark_syndicated("west", {"harbour:2": "https://east.example/1"})
    (tmp_path / ".journal" / "north.sqlite").write_bytes(b"no database" * 400)
    for name in ("all.csv", "all.xlsx", "all.parquet"):
        code, said = sheet("--all", "-o", tmp_path / name, "-s", f"OUTPUT_DIR={tmp_path}")
        assert code == 3, said
        assert "north.sqlite" in said
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["site"], row["syndicated_from"]) for row in csv.DictReader(file)]
    assert rows == [("east", ""), ("west", "https://east.example/1")]
    book = list(load_workbook(tmp_path / "all.xlsx")["Stories"].iter_rows(values_only=True))
    assert [row[-1] for row in book] == ["syndicated_from", None, "https://east.example/1"]
    assert parquet.read_table(tmp_path / "all.parquet")["syndicated_from"].to_pylist() == [
        None,
        "https://east.example/1",
    ]


def test_all_sites_where_none_was_crawled(tmp_path: Path) -> None:
    code, said = sheet("--all", "-o", tmp_path / "all.csv", "-s", f"OUTPUT_DIR={tmp_path}/nowhere")
    assert code == 2
    assert "no site was crawled" in said
