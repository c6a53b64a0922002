"""What a run says of itself: last-run.json, the comparison with earlier runs, the notice, --quiet."""

import json

import pytest

from tests.crawls.running import crawl, writes_to
from tests.extensions.mail_server import Kept, mail_controller
from tests.newssite import NewsSite, Status


def last_run(run):
    (path,) = run.output.glob("*/last-run.json")
    return json.loads(path.read_text("ascii"))


def test_last_run_json_and_a_quiet_run(tmp_path):
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
        assert set(told["seconds_by_part"]) == {"answers", "reading", "journal"}
        assert all(seconds > 0 for seconds in told["seconds_by_part"].values())
        assert len(told["slowest"]) == 5
        assert " s reading pages" in first.stderr

        quiet = crawl(tmp_path / "out", "-a", f"url={site.url}", "--quiet")
        assert (quiet.code, quiet.stdout, quiet.stderr) == (0, "", "")
        assert last_run(quiet)["stories"]["new"] == 0
        assert last_run(quiet)["files"] == []


@pytest.mark.needs("chromium")  # a story without text is shown in a browser before it counts as empty
def test_a_layout_that_breaks_ends_with_3_and_names_the_field(tmp_path):
    heard = tmp_path / "heard.json"
    with NewsSite(stories=40) as site:
        assert crawl(tmp_path / "out", "-a", f"url={site.url}").code == 0
        site.add(12)
        site.break_layout()
        broken = crawl(
            tmp_path / "out",
            "-a",
            f"url={site.url}",
            settings={"DOWNLOAD_DELAY": 0, "HEALTH_COMMAND": writes_to(heard)},
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


def test_trouble_is_mailed_once_and_so_is_its_end(tmp_path):
    kept = Kept()
    controller = mail_controller(kept)
    controller.start()
    try:
        told = {
            "RETRY_TIMES": 0,
            "BACKOFF_WAIT": 0.1,
            "HEALTH_MAIL_TO": "me@example.org",
            "HEALTH_MAIL_HOST": "127.0.0.1",
            "HEALTH_MAIL_PORT": controller.port,
        }
        with NewsSite(stories=5) as site:
            for broken, code, mails in (
                (False, 0, 0),
                (True, 3, 1),
                (True, 3, 1),
                (False, 0, 2),
                (False, 0, 2),
            ):
                site.clear_faults()
                if broken:
                    site.fault("/", Status(403))
                run = crawl(tmp_path, "-a", f"url={site.url}", "-a", "again=true", settings=told)
                assert run.code == code, run.told()
                assert len(kept.messages) == mails, run.told()
    finally:
        controller.stop()
    subjects = [content.split(b"Subject: ")[1].split(b"\r\n")[0] for _, _, content in kept.messages]
    assert b"ended with 3" in subjects[0]
    assert b"is well again" in subjects[1]
    assert last_run(run)["mailed"]["exit_code"] == 0


def test_a_mail_that_cannot_be_sent_is_one_line_and_changes_nothing(tmp_path):
    with NewsSite(stories=3) as site:
        url = site.url
    run = crawl(
        tmp_path,
        "-a",
        f"url={url}",
        settings={
            "RETRY_TIMES": 0,
            "ROBOTSTXT_RETRY_TIMES": 0,
            "HEALTH_MAIL_TO": "me@example.org",
            "HEALTH_MAIL_HOST": "127.0.0.1",
            "HEALTH_MAIL_PORT": 9,
        },
    )
    assert run.code == 3, run.told()
    (line,) = [line for line in run.stderr.splitlines() if "e-mail" in line]
    assert line.startswith("scrapy crawl site: no e-mail by 127.0.0.1:9: ")
    assert last_run(run)["mailed"] is None
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("to", ["nobody", "me@example.org,"])
def test_a_wrong_address_is_told_before_the_crawl(tmp_path, to):
    settings = {"HEALTH_MAIL_TO": to, "HEALTH_MAIL_SECURITY": "ssl"}
    run = crawl(tmp_path, settings=settings)
    assert run.code == 2, run.told()
    assert run.stderr.count("\n") == 1, run.told()
    assert "HEALTH_MAIL_" in run.stderr
    assert not (tmp_path / "demo").exists()


def test_who_is_to_hear_hears_of_a_run_that_could_not_begin(tmp_path):
    heard = tmp_path / "heard.json"
    (tmp_path / "out" / ".journal").mkdir(parents=True)
    (tmp_path / "out" / ".journal" / "demo.sqlite").write_bytes(b"this is no database " * 400)
    run = crawl(tmp_path / "out", settings={"HEALTH_COMMAND": writes_to(heard)})
    assert run.code == 1, run.told()
    told = json.loads(heard.read_text())
    assert told["exit_code"] == 1
    assert "demo.sqlite" in told["problems"][0]
    assert last_run(run) == told
