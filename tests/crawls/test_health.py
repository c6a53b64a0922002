"""What a run says of itself: last-run.json, the comparison with earlier runs, the notice, --quiet."""

import json
import shlex
import sys

from tests.crawls.running import crawl
from tests.newssite import NewsSite


def last_run(run):
    (path,) = run.output.glob("*/last-run.json")
    return json.loads(path.read_text("ascii"))


def test_a_layout_that_breaks_ends_with_3_and_names_the_field(tmp_path):
    heard = tmp_path / "heard.json"
    script = f"import sys; open({str(heard)!r}, 'w').write(sys.stdin.read())"
    with NewsSite(stories=40) as site:
        first = crawl(tmp_path / "out", "-a", f"url={site.url}")
        assert first.code == 0, first.told()
        told = last_run(first)
        assert told["stories"] == {"new": 40, "revised": 0, "dropped": {}}
        assert told["pages"]["story"] == 40
        assert told["coverage"]["title"] == 1.0
        assert told["files"] == [str(path) for path in first.files]
        assert told["exit_code"] == 0
        assert told["problems"] == []
        assert told["requests"] >= 40
        assert told["bytes_received"] > 10_000

        quiet = crawl(tmp_path / "out", "-a", f"url={site.url}", "--quiet")
        assert (quiet.code, quiet.stdout, quiet.stderr) == (0, "", "")
        assert last_run(quiet)["stories"]["new"] == 0
        assert last_run(quiet)["files"] == []

        site.add(12)
        site.break_layout()
        command = shlex.join([sys.executable, "-c", script])
        broken = crawl(
            tmp_path / "out",
            "-a",
            f"url={site.url}",
            settings={"DOWNLOAD_DELAY": 0, "HEALTH_COMMAND": command},
        )
    assert broken.code == 3, broken.told()
    assert "body: no story's text in 12 of 12 pages" in broken.stderr.replace("\n", " ")
    assert "/news/" in last_run(broken)["problems"][0]
    assert json.loads(heard.read_text())["exit_code"] == 3
    assert not list((tmp_path / "out").rglob("*.part"))


def test_a_notice_that_fails_is_told_and_changes_nothing(tmp_path):
    with NewsSite(stories=3) as site:
        url = site.url
    run = crawl(
        tmp_path,
        "-a",
        f"url={url}",
        settings={"RETRY_TIMES": 0, "ROBOTSTXT_RETRY_TIMES": 0, "HEALTH_COMMAND": "no-such-command"},
    )
    assert run.code == 3, run.told()
    assert "HEALTH_COMMAND cannot be run" in run.stderr
    assert last_run(run)["exit_code"] == 3
