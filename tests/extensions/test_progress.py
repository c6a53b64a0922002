"""The progress line in a real terminal, and its absence elsewhere."""

import re
import shlex
import subprocess
import sys
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest
from rich.console import Console
from scrapy.utils.test import get_crawler

from newscrawler.extensions import progress as progress_module
from newscrawler.extensions.progress import Progress
from tests.crawls.running import ROOT, crawl
from tests.newssite import Delay, NewsSite


@pytest.fixture
def site():
    with NewsSite(stories=60, per_page=60) as site:
        site.fault("/news/", Delay(0.05))
        yield site


@pytest.mark.needs("tmux")
def test_one_live_line_in_a_terminal_with_log_lines_above_it(site, tmp_path):
    socket = f"newscrawler-{uuid4().hex[:8]}"

    def tmux(*words: str) -> str:
        return subprocess.run(
            ["tmux", "-L", socket, *words], capture_output=True, text=True, check=True
        ).stdout

    command = [sys.executable, "-m", "scrapy", "crawl", "site", "-a", f"url={site.url}"]
    settings = {
        "OUTPUT_DIR": tmp_path,
        "DOWNLOAD_DELAY": 0.05,
        "AUTOTHROTTLE_ENABLED": 0,
        "LOG_LEVEL": "INFO",
    }
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    tmux(
        "new-session",
        "-d",
        "-x",
        "110",
        "-y",
        "50",
        "-c",
        str(ROOT),
        f"{shlex.join(command)}; echo ended $?; sleep 60",
    )
    try:
        screens = []
        until = time.monotonic() + 100
        while time.monotonic() < until:
            screens.append(tmux("capture-pane", "-p", "-S", "-200"))
            if "ended 0" in screens[-1]:
                break
            time.sleep(0.1)
    finally:
        tmux("kill-server")
    told = r"\S+: \d+ stories, \d+ pages, \d+ waiting, [\d.]+ pages/s, 0 errors, \d:\d\d"
    live = [re.findall(told, screen) for screen in screens]
    assert max(map(len, live)) == 1, "the line was drawn twice:\n" + max(
        screens, key=lambda one: len(re.findall(told, one))
    )
    assert len({lines[0] for lines in live if lines}) > 2, screens[-1]
    assert any("INFO: " in screen.partition(" waiting, ")[0] and " waiting, " in screen for screen in screens)
    assert "ended 0" in screens[-1], screens[-1]
    assert " waiting, " not in screens[-1], "the line is still there after the end"
    assert "60 stories from" in screens[-1]


def test_plain_lines_where_there_is_no_terminal(site, tmp_path):
    run = crawl(
        tmp_path, "-a", f"url={site.url}", settings={"LOGSTATS_INTERVAL": 0.5, "DOWNLOAD_DELAY": 0.05}
    )
    assert run.code == 0, run.told()
    assert re.search(
        r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+: \d+ stories, \d+ pages, ", run.stderr, re.MULTILINE
    )
    assert "\x1b" not in run.stderr


def test_nothing_within_the_first_minute_elsewhere(tmp_path):
    with NewsSite(stories=5) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}")
    assert run.code == 0, run.told()
    assert " waiting, " not in run.stderr
    assert run.stdout == ""


def test_the_rate_of_lines_that_come_once_a_minute(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(progress_module, "time", SimpleNamespace(monotonic=lambda: now))
    progress = Progress(get_crawler(), Console())
    rates = []
    for pages in (60, 180, 180):
        now += 60
        rates.append(progress._rate(pages))
    assert rates == [1.0, 2.0, 0.0]
