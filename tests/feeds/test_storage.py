import json
import os
import subprocess
import sys
from pathlib import Path

from newscrawler.feeds.temporary_file import stale_files
from tests.feeds.crawling import crawl, story

JSONL = {"format": "jsonl"}
OVER = {"format": "jsonl", "overwrite": True}


def titles(path: Path) -> list[str]:
    return [json.loads(line)["story_code"] for line in path.read_bytes().splitlines()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_appears_when_the_crawl_closes(tmp_path: Path) -> None:
    look = "open('seen', 'w').write(repr(sorted(__import__('os').listdir('out'))))"
    stats, _ = crawl(tmp_path, {"out/a.jsonl": OVER}, [story(1), story(2)], then=look)
    assert titles(tmp_path / "out/a.jsonl") == ["000001", "000002"]
    assert "'a.jsonl'" not in (tmp_path / "seen").read_text()
    assert names(tmp_path / "out") == ["a.jsonl"]
    assert stats["feedexport/success_count/StoryFileStorage"] == 1


def test_no_stories_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("kept\n")
    crawl(tmp_path, {"a.jsonl": OVER, "b.jsonl": OVER}, [])
    assert names(tmp_path) == ["a.jsonl"]
    assert (tmp_path / "a.jsonl").read_text() == "kept\n"


def test_overwriting_waits_for_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("the last good file\n")
    crawl(tmp_path, {"a.jsonl": OVER}, [story(1)], then="import os; os.kill(os.getpid(), 9)", expect=-9)
    assert (tmp_path / "a.jsonl").read_text() == "the last good file\n"
    left = [name for name in names(tmp_path) if name != "a.jsonl"]
    assert len(stale_files(tmp_path)) == len(left) == 1, "a killed crawl leaves its temporary file alone"
    crawl(tmp_path, {"a.jsonl": OVER}, [story(2)])
    assert titles(tmp_path / "a.jsonl") == ["000002"]
    assert names(tmp_path) == ["a.jsonl"], "the next run removes what the killed one left"


def test_appending_keeps_and_adds(tmp_path: Path) -> None:
    crawl(tmp_path, {"a.jsonl": JSONL}, [story(1)])
    crawl(tmp_path, {"a.jsonl": JSONL}, [story(2)])
    assert titles(tmp_path / "a.jsonl") == ["000001", "000002"]
    assert names(tmp_path) == ["a.jsonl"]


def test_appending_puts_a_torn_line_aside(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"story_code": "1"}\n{"story_code": "2", "titl')
    _, log = crawl(tmp_path, {"a.jsonl": JSONL}, [story(3)])
    assert titles(tmp_path / "a.jsonl") == ["1", "000003"]
    assert (tmp_path / "a.jsonl.torn").read_text() == '{"story_code": "2", "titl\n'
    assert "a.jsonl.torn" in log


def test_appending_keeps_a_complete_line_without_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"story_code": "1"}')
    crawl(tmp_path, {"a.jsonl": JSONL}, [story(2)])
    assert titles(tmp_path / "a.jsonl") == ["1", "000002"]


def test_two_crawls_add_to_one_file_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.feeds.crawling import crawl, story\n"
        "n = int(sys.argv[1]); crawl(Path('.'), {'a.jsonl': {'format': 'jsonl'}}, [story(n + i) for i in range(50)])"
    )
    root = str(Path(__file__).parents[2])
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(n)], cwd=tmp_path, env={**os.environ, "PYTHONPATH": root}
        )
        for n in (100, 200, 300)
    ]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    found = titles(tmp_path / "a.jsonl")
    assert sorted(found) == [f"{n + i:06d}" for n in (100, 200, 300) for i in range(50)]


def test_unwritable_folder_ends_the_crawl_at_once(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where a folder is wanted")
    stats, log = crawl(tmp_path, {"out/a.jsonl": OVER}, [story(1)])
    assert stats["feedexport/failed_count/StoryFileStorage"] == 1
    assert stats["finish_reason"] == "feed_failed"
    assert log.count("cannot be written") == 1, log
    assert "Traceback" not in log


def test_full_disk_is_told_and_keeps_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("the last good file\n")
    code = (
        "from pathlib import Path; import tests.feeds.crawling as c\n"
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "stats, log = c.crawl(Path('.'), {'a.jsonl': {'format': 'jsonl', 'overwrite': True}},"
        " [c.story(n, body='x' * 5000) for n in range(20)])\n"
        "assert stats['feedexport/failed_count/StoryFileStorage'] == 1, stats\n"
        "assert 'feedexport/success_count/StoryFileStorage' not in stats, stats\n"
        "assert log.count('cannot be written') == 1 and 'Traceback' not in log, log\n"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.jsonl").read_text() == "the last good file\n"
    assert names(tmp_path) == ["a.jsonl"]
