"""Workers against a real PostgreSQL server: kills, outages, schedules. Long forms: `benchmarks/fleet_faults.py`."""

import json
import os
import re
import signal
import time

import psutil
import psycopg
import pytest

from tests.fleet.fleet_processes import (
    expected_titles,
    overlapping_crawls,
    serving_sites,
    story_requests,
    until,
)


def add(fleet, sites, *words):
    fleet.scrapy("add", *(base for base, _ in sites), *words)


def test_a_schedule_is_kept_and_a_signal_ends_a_worker_well(fleet):
    with serving_sites(2, 3) as sites:
        add(fleet, sites[:1], "--every", "1d")
        add(fleet, sites[1:])
        worker = fleet.worker()
        until(lambda: fleet.titles() == expected_titles(sites[:1], 3))
        assert not sites[1][1].log, "it has no schedule"
        name = next(site["name"] for site in fleet.sites() if site["every_seconds"] is None)
        assert "queued" in fleet.scrapy("start", name).stdout
        until(lambda: fleet.has_crawled(2))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0, fleet.log.read_text()
        assert fleet.titles() == expected_titles(sites, 3)
    assert f"{name}: paused" in fleet.scrapy("pause", name).stdout
    assert [site["state"] for site in fleet.sites() if site["name"] == name] == ["paused"]
    assert f"{name}: resumed" in fleet.scrapy("resume", name).stdout
    assert "changed, crawled every 2h" in fleet.scrapy("add", sites[1][0], "--every", "2h").stdout
    fleet.scrapy("remove", name)
    assert name not in {site["name"] for site in fleet.sites()}
    fleet.scrapy("add", sites[1][0])
    shown = fleet.scrapy("status").stdout
    assert "2 sites, 0 workers" in shown
    assert re.search(r"waiting +1d .* 0 +3 ", shown), shown


def test_the_crawls_of_a_killed_worker_go_to_another(fleet):
    with serving_sites(3, 6) as sites:
        add(fleet, sites, "--every", "1d")
        first = fleet.worker(jobs=3, DOWNLOAD_DELAY=0.7)
        until(lambda: sum(sum(story_requests(server.log).values()) for _, server in sites) > 3)
        crawls = [child for child in psutil.Process(first.pid).children() if "crawl" in child.cmdline()]
        os.killpg(first.pid, signal.SIGKILL)
        killed = time.monotonic()
        first.wait()
        psutil.wait_procs(crawls, timeout=30)
        fleet.worker(jobs=3)
        until(lambda: fleet.titles() == expected_titles(sites, 6))
        assert time.monotonic() - killed < 60
        assert overlapping_crawls(sites) == []
        until(lambda: fleet.has_crawled(3))
    assert "queued again" in fleet.log.read_text()


def test_a_database_that_goes_away_is_waited_for(fleet):
    with serving_sites(2, 6) as sites:
        add(fleet, sites, "--every", "1d")
        worker = fleet.worker(DOWNLOAD_DELAY=0.7)
        until(lambda: sum(sum(story_requests(server.log).values()) for _, server in sites) > 3)
        fleet.server.kill()
        time.sleep(1)
        fleet.server.start()
        until(lambda: all(site["state"] == "waiting" and site["last_finished"] for site in fleet.sites()), 90)
        fleet.scrapy("start", *(site["name"] for site in fleet.sites()))
        until(lambda: fleet.titles() == expected_titles(sites, 6))
        assert worker.poll() is None, fleet.log.read_text()
    assert "Traceback" not in fleet.log.read_text(), fleet.log.read_text()


def test_each_tick_runs_once_and_a_slow_site_never_piles_up(fleet):
    with serving_sites(2, 2) as sites:
        add(fleet, sites, "--every", "1d")
        names = sorted(site["name"] for site in fleet.sites())
        with psycopg.connect(fleet.server.url, autocommit=True) as connection:
            connection.execute("UPDATE fleet_sites SET every_seconds = 3 WHERE name = %s", (names[0],))
            connection.execute("UPDATE fleet_sites SET every_seconds = 1 WHERE name = %s", (names[1],))
            fleet.worker(jobs=2)
            fleet.worker(jobs=2)
            time.sleep(9)
            fleet.scrapy("pause", "--all")
            ended = "SELECT count(*) FROM procrastinate_jobs WHERE lock = %s AND status = 'succeeded'"
            until(lambda: all(site["state"] == "paused" for site in fleet.sites()))
            [runs, fast] = [connection.execute(ended, (name,)).fetchone()[0] for name in names]
            waiting = connection.execute(
                "SELECT max(n) FROM (SELECT count(*) AS n FROM procrastinate_jobs WHERE status = 'todo' "
                "GROUP BY lock) AS waiting"
            ).fetchone()[0]
    assert 2 <= runs <= 5, "every 3 seconds for about 9, by two workers"
    assert fast <= 12, "a run of more than a second is not queued each second"
    assert waiting in (None, 1)


def test_profiles_go_to_the_workers(fleet, tmp_path):
    with serving_sites(1, 3) as [(base, _)]:
        folder = tmp_path / "profiles"
        folder.mkdir()
        profile = f'name = "quay"\nstart = ["{base}/"]\ndomains = ["127.0.0.1"]\nlanguage = "fr"\n'
        (folder / "quay.toml").write_text(profile)
        fleet.scrapy("add", "quay", "--every", "1d", "-s", f"SITES_DIRS={folder}")
        (folder / "quay.toml").unlink()
        fleet.worker()
        until(lambda: fleet.has_crawled(1))
        (story, *_) = [
            json.loads(line) for line in next(fleet.output.glob("quay/*.jsonl")).read_text().splitlines()
        ]
    assert story["site"] == "quay"


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("start", "nosuch"), 1, "no such site in the fleet"),
        (("add", "demo", "--every", "soon"), 1, "--every soon"),
        (("pause",), 1, "name sites, or give --all"),
        (("worker", "--jobs", "0"), 2, "--jobs 0"),
        (("worker", "--metrics", "http"), 2, "--metrics http"),
        (("add", "demo", "-a", "since=yesterday"), 2, "-a since=yesterday"),
        (("status", "-s", "JOURNAL=sqlite:///x.sqlite"), 1, "needs one PostgreSQL database"),
        (("status", "-s", "JOURNAL=postgresql://tester:secret@127.0.0.1:9/x"), 1, "cannot be reached"),
    ],
)
def test_a_mistake_is_one_line(fleet, words, code, problem):
    done = fleet.scrapy(*words, code=code)
    assert done.stderr.count("\n") == 1, done.stderr
    assert problem in done.stderr
    assert "secret" not in done.stderr
