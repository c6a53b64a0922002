"""Exit codes that no other test produces, by real runs."""

import json

from tests.crawls.running import crawl, writes_to


def test_1_when_the_journal_cannot_be_used(tmp_path):
    (tmp_path / ".journal").mkdir()
    (tmp_path / ".journal" / "demo.sqlite").write_bytes(b"this is no database " * 400)
    run = crawl(tmp_path)
    assert run.code == 1, run.told()
    assert run.stderr.count("\n") == 1, run.told()
    assert "demo.sqlite" in run.stderr


def test_4_when_a_feed_cannot_be_written(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    run = crawl(tmp_path / "out", "-a", "max_stories=5", "-O", f"{tmp_path}/taken/stories.jsonl")
    assert run.code == 4, run.told()
    assert "taken" in run.stderr
    told = json.loads((tmp_path / "out" / "demo" / "last-run.json").read_text())
    assert told["exit_code"] == 4
    assert told["files"] == []
    again = crawl(tmp_path / "out", "-a", "max_stories=5", "-O", f"{tmp_path}/stories.jsonl")
    assert again.code == 0, again.told()
    assert len((tmp_path / "stories.jsonl").read_text().splitlines()) == 5


def test_4_and_the_reason_alone_when_a_workbook_is_to_be_added_to(tmp_path):
    book = tmp_path / "stories.xlsx"
    book.write_bytes(b"a workbook")
    run = crawl(tmp_path / "out", "-o", str(book))
    assert run.code == 4, run.told()
    assert f"{book} exists and xlsx cannot be added to: replace it with -O" in run.stderr
    assert "hardly a page" not in run.stderr, run.told()
    assert "nothing new" not in run.stderr, "it did not look"
    assert book.read_bytes() == b"a workbook"
    result = json.loads((tmp_path / "out" / "demo" / "last-run.json").read_text())
    assert "cannot be added to" in " ".join(result["problems"]), result


def test_who_is_to_hear_hears_of_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    heard = tmp_path / "heard.json"
    run = crawl(tmp_path / "taken", settings={"HEALTH_COMMAND": writes_to(heard)})
    assert run.code == 4, run.told()
    assert run.stderr.count("\n") == 1, run.told()
    told = json.loads(heard.read_text())
    assert told["exit_code"] == 4
    assert "taken" in told["problems"][0]
