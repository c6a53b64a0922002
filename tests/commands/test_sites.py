"""`scrapy sites` as a process of its own."""

import json

import pytest

from newscrawler.demo import serve
from tests.crawls.running import FAST, crawl, scrapy

PACE = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
PROFILE = """name = "wire"
start = ["{start}"]
story_urls = ["/en/news/{{id}}/{{slug}}"]
[fields]
title = ["#docDiv3TitrMain"]
lead = ["{lead}"]
"""


@pytest.fixture(scope="module")
def start():
    with serve() as server:
        yield f"{server.url}/en/"


def write(folder, start, lead="#docDivLead1"):
    (folder / "wire.toml").write_text(PROFILE.format(start=start, lead=lead), "utf-8")
    return ("-s", f"SITES_DIRS={folder}")


def listed(*words):
    done = scrapy("sites", "--json", *words)
    return done, {one["site"]: one for one in map(json.loads, done.stdout.splitlines())}


def test_a_site_that_was_crawled_has_its_last_run_and_its_stories(tmp_path):
    run = crawl(tmp_path, "-a", "max_stories=4", settings={})
    assert run.code == 0, run.told()
    done, sites = listed("-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 0, done.stderr
    demo = sites["demo"]
    assert (demo["exit_code"], demo["problem"]) == (0, None)
    assert demo["stories"] >= 4
    assert demo["last_run"].startswith("20")
    assert demo["profile"].endswith("newscrawler/sites/demo.toml")
    assert demo["start"] == ["http://demo-news.example/en/"]
    assert sites["islamtimes"]["stories"] is None
    assert sites["islamtimes"]["last_run"] is None


def test_sites_without_a_profile_and_their_problems_are_listed_too(tmp_path):
    (tmp_path / "harbour").mkdir()
    account = {
        "exit_code": 3,
        "finished": "2026-11-29T08:00:00+00:00",
        "problems": ["the site \x1b[31m is down"],
    }
    (tmp_path / "harbour" / "last-run.json").write_text(json.dumps(account), "utf-8")
    done, sites = listed("-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 0
    assert (sites["harbour"]["profile"], sites["harbour"]["exit_code"]) == (None, 3)
    table = scrapy("sites", "-s", f"OUTPUT_DIR={tmp_path}").stdout
    assert "\x1b" not in table
    row = next(line for line in table.splitlines() if line.startswith("harbour"))
    assert row.split()[:4] == ["harbour", "2026-11-29T08:00:00+00:00", "3", "-"]
    assert row.endswith("is down")


def test_a_broken_profile_is_a_problem(tmp_path):
    (tmp_path / "odd.toml").write_text('name = "odd"\n', "utf-8")
    done, sites = listed("-s", f"SITES_DIRS={tmp_path}", "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 1
    assert "start: this key is missing" in sites["odd"]["problem"]
    assert "demo" in sites


def test_a_profile_that_works(tmp_path, start):
    done = scrapy("sites", "check", "wire", "--json", *write(tmp_path, start), *PACE)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["works"], told["pages"]) == (True, 5)
    fields = told["fields"]
    assert (fields["title"]["found"], fields["title"]["sources"]) == (5, {"profile": 5})
    assert fields["lead"]["works"] is True
    assert fields["published"]["sources"] == {"meta": 5}
    assert fields["story_urls"]["found"] == 5


def test_a_selector_that_no_longer_selects_fails(tmp_path, start):
    done = scrapy(
        "sites", "check", "wire", "--pages", "3", *write(tmp_path, start, lead="p.standfirst"), *PACE
    )
    assert done.returncode == 1, done.stdout + done.stderr
    rows = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert "FAILS" in rows["lead"]
    assert "dom" in rows["lead"]
    assert "works" in rows["title"]
    assert "3 of 3 pages" in rows["title"]


def test_a_site_that_cannot_be_reached_is_exit_code_3(tmp_path):
    done = scrapy("sites", "check", "wire", *write(tmp_path, "http://127.0.0.1:9/"), *PACE)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "check and a profile's name"),
        (["chekc", "demo"], "check and a profile's name"),
        (["check", "nosuch"], "there is no site 'nosuch'"),
        (["check", "demo", "--pages", "none"], "--pages none"),
        (["-s", "SITES_DIRS=/no/such/folder"], "no such folder of profiles"),
    ],
)
def test_wrong_arguments(words, told):
    done = scrapy("sites", *words)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
