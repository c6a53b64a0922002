"""`scrapy fleet run` over real sites of a few pages, each on a port of its own."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import psutil
import pytest

from tests.crawls.running import FAST, ROOT, scrapy
from tests.crawls.small_site import listing_page, serving, story_page

TITLES = ("Ferry runs again", "Library opens late", "Bridge is painted")


def small_site(base):
    stories = {f"/news/{n}-story-{n}": title for n, title in enumerate(TITLES, 1)}
    return {
        "/": listing_page(list(stories.items())),
        **{
            path: story_page(title).replace(", said the crew of", f": {title},")
            for path, title in stories.items()
        },
    }


def words(output, **settings):
    return [
        word
        for name, value in {**FAST, "OUTPUT_DIR": output, **settings}.items()
        for word in ("-s", f"{name}={value}")
    ]


def result_of(output):
    return json.loads((output / "fleet-run.json").read_text())


def titles_of(output):
    lines = (line for file in output.glob("*/*.jsonl") for line in file.read_text("utf-8").splitlines())
    return sorted(json.loads(line)["title"] for line in lines)


def test_sites_of_a_file_with_one_down_and_one_mistyped(tmp_path):
    output = tmp_path / "out"
    with ExitStack() as stack:
        bases = [stack.enter_context(serving(small_site))[0] for _ in range(3)]
        file = tmp_path / "sites.txt"
        file.write_text("\n".join(["Address", *bases, "http://127.0.0.1:9/", "nosuch", *bases[:1]]))
        run = scrapy(
            "fleet", "run", "--file", str(file), "--jobs", "3", *words(output, ROBOTSTXT_RETRY_WAIT=0.1)
        )
        assert run.returncode == 2, run.stderr
        assert "Traceback" not in run.stderr
        result = result_of(output)
        ends = {site["argument"]: (site["exit_code"], site["new"]) for site in result["sites"]}
        assert ends == {
            **{f"url={base}": (0, 3) for base in bases},
            "url=http://127.0.0.1:9/": (3, 0),
            "nosuch": (2, None),
        }
        assert (result["stories"], result["exit_code"]) == (9, 2)
        for base in bases:
            folder = output / base.removeprefix("http://").replace(".", "-").replace(":", "-")
            assert len(list(folder.glob("*.jsonl"))) == 1, folder
            assert (folder / "last-run.log").exists()
        assert "3 of 5 sites well, 9 stories" in run.stderr
        assert "there is no site 'nosuch'" in run.stderr
        again = scrapy("fleet", "run", *bases, *words(output), "--quiet")
    assert (again.returncode, again.stderr) == (0, "")
    assert result_of(output)["syndicated"] == 6, "all three sites have the same three texts"
    sheet = scrapy("sheet", "--all", "-o", str(tmp_path / "all.csv"), "-s", f"OUTPUT_DIR={output}")
    assert sheet.returncode == 0, sheet.stderr
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as table:
        origins = [row["syndicated_from"] for row in csv.DictReader(table)]
    assert len(origins) == 9
    assert origins.count("") == 3
    assert [site["new"] for site in result_of(output)["sites"]] == [0, 0, 0]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([], "give one of"),
        (["demo", "--all"], "give one of"),
        (["--file", "nosuch.txt"], "nosuch.txt cannot be read"),
        (["demo", "--jobs", "0"], "--jobs 0"),
        (["demo", "-a", "since=yesterday"], "-a since=yesterday"),
        (["demo", "-a", "url=http://one.example/"], "name sites without it"),
    ],
)
def test_a_wrong_argument_is_one_line(tmp_path, given, problem):
    run = scrapy("fleet", "run", *given, "-s", f"OUTPUT_DIR={tmp_path}/out")
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1, run.stderr
    assert problem in run.stderr
    assert not (tmp_path / "out").exists()


def started(output, *given):
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "fleet", "run", *given, *words(output, DOWNLOAD_DELAY=1)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)
    return found


def crawls_of(fleet):
    return [child for child in psutil.Process(fleet.pid).children() if "crawl" in child.cmdline()]


def test_a_signal_ends_all_crawls_and_delivers(tmp_path):
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(small_site)) for _ in range(3)]
        fleet = started(tmp_path, "--jobs", "2", *(base for base, _ in sites))
        until(lambda: sum("story" in request.path for _, server in sites for request in server.log) >= 2)
        fleet.send_signal(signal.SIGINT)
        _, told = fleet.communicate(timeout=60)
        result = result_of(tmp_path)
        assert result["stopped_by"] == "SIGINT", told
        assert [site["state"] for site in result["sites"]].count("not-begun") == 1
        assert fleet.returncode == 3, "a site was not begun"
        rest = scrapy("fleet", "run", *(base for base, _ in sites), *words(tmp_path))
        assert rest.returncode == 0, rest.stderr
        assert "Traceback" not in told + rest.stderr
    assert titles_of(tmp_path) == sorted(TITLES * 3), "each story of each site once"


@pytest.mark.skipif(
    sys.platform != "linux", reason="the system ends children with their parent on Linux alone"
)
def test_crawls_end_with_a_killed_fleet(tmp_path):
    with serving(small_site) as (base, server):
        fleet = started(tmp_path, base)
        until(lambda: any("story" in request.path for request in server.log))
        (crawl,) = crawls_of(fleet)
        os.kill(fleet.pid, signal.SIGKILL)
        fleet.communicate()
        psutil.wait_procs([crawl], timeout=60)
        assert not crawl.is_running()
        rest = scrapy("fleet", "run", base, *words(tmp_path))
        assert rest.returncode == 0, rest.stderr
    assert titles_of(tmp_path) == sorted(TITLES)
