"""Runs that are killed at any instant lose nothing and deliver nothing twice."""

import json
import signal
import sqlite3
import time

import pytest

from tests.crawls.killing import begin, kill_until_through, wait_until
from tests.crawls.running import FAST, crawl
from tests.newssite import Delay, NewsSite


@pytest.mark.parametrize(("how", "times"), [(signal.SIGKILL, 8), (signal.SIGTERM, 4)])
def test_each_story_exactly_once_after_runs_were_ended_at_random(tmp_path, how, times):
    with NewsSite(stories=90, sitemap_only=5, related_only=5) as site:
        left = kill_until_through(site, tmp_path / "output", times, how=how)
        assert left.last.code == 0, left.last.told()
        assert left.problems(site) == []
        assert left.ended == times
        # -15: before Scrapy listens for signals.
        assert how == signal.SIGKILL or set(left.codes) <= {0, -how}, left.codes
        assert "Traceback" not in left.said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_that_delivers_what_it_has(tmp_path, how):
    with NewsSite(stories=60) as site:
        site.fault("/news/", Delay(0.2))
        log = tmp_path / "run.log"
        run = begin(tmp_path, "-a", f"url={site.url}", log=log)
        wait_until(lambda: len(site.fetches()) >= 12, run)
        run.send_signal(how)
        assert run.wait(timeout=60) == 0
        assert f"ended by {how.name}" in log.read_text()
        (told,) = tmp_path.glob("*/last-run.json")
        assert json.loads(told.read_text())["ended"] == how.name
        site.clear_faults()
        second = crawl(tmp_path, "-a", f"url={site.url}")
        assert json.loads(told.read_text())["ended"] == "finished"
        (journal,) = tmp_path.glob(".journal/*.sqlite")
        with sqlite3.connect(journal) as connection:
            runs = connection.execute("SELECT state, reason FROM runs ORDER BY id").fetchall()
        connection.close()
        assert runs == [("stopped", how.name), ("finished", "finished")]
        first, *more = second.files
        assert 0 < len(first.read_text().splitlines()) < 60
        assert len(more) == 1
        assert sorted(story["url"] for story in second.stories) == sorted(site.truth())
        assert max(site.fetches().values()) == 1, "what was delivered was fetched again"


def test_of_two_runs_at_once_one_crawls_and_the_other_ends_with_75(tmp_path):
    with NewsSite(stories=20) as site:
        site.fault("/news/", Delay(1.0))
        slow = {**FAST, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
        logs = [tmp_path / "one.log", tmp_path / "other.log"]
        output = tmp_path / "output"
        started = time.monotonic()
        runs = [begin(output, "-a", f"url={site.url}", settings=slow, log=log) for log in logs]
        while all(run.poll() is None for run in runs):
            time.sleep(0.01)
        took = time.monotonic() - started
        ended = next(run for run in runs if run.poll() is not None)
        other = runs[1 - runs.index(ended)]
        site.clear_faults()
        assert ended.returncode == 75
        said = logs[runs.index(ended)].read_text()
        assert len(said.strip().splitlines()) == 1, said
        assert "is being crawled already" in said
        assert other.wait(timeout=60) == 0
        assert [len(file.read_text().splitlines()) for file in output.glob("*/*.jsonl")] == [20]
        print(f"the second run ended after {took:.2f} s")


def test_the_lock_of_a_killed_run_does_not_block(tmp_path):
    with NewsSite(stories=10) as site:
        first = begin(tmp_path, "-a", f"url={site.url}")
        wait_until(lambda: len(site.log) > 2, first)
        first.kill()
        first.wait()
        second = crawl(tmp_path, "-a", f"url={site.url}")
        assert second.code == 0, second.told()
        assert len(second.stories) == 10


def test_owed_stories_and_a_limit_do_not_stop_a_run_from_ending(tmp_path):
    with NewsSite(stories=30) as site:
        first = begin(tmp_path, "-a", f"url={site.url}")
        wait_until(lambda: len(site.fetches()) >= 25, first)
        first.kill()
        first.wait()
        assert not list(tmp_path.glob("*/*.jsonl"))
        second = crawl(tmp_path, "-a", f"url={site.url}", "-a", "max_stories=4", timeout=60)
        assert second.code == 0, second.told()
        assert len(second.stories) == 4
        third = crawl(tmp_path, "-a", f"url={site.url}")
        assert sorted(story["url"] for story in third.stories) == sorted(site.truth())
