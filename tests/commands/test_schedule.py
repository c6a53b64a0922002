"""`scrapy schedule` with a crontab of its own: an executable on the PATH that keeps its table in a file."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.commands.schedule import crontab_line, times
from tests.crawls.running import ROOT, scrapy

CRONTAB = """#!/bin/sh
case "$1" in
-l) [ -f "$CRONTAB_FILE" ] && exec cat "$CRONTAB_FILE"; echo "${CRONTAB_SAYS:-no crontab for tester}" >&2; exit 1;;
-) exec cat > "$CRONTAB_FILE";;
esac
"""


@pytest.fixture
def table(tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "crontab").write_text(CRONTAB)
    (folder / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CRONTAB_FILE", str(tmp_path / "table"))
    return tmp_path / "table"


def schedule(*words: str):
    done = scrapy("schedule", "--site", "demo", *words)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_install_twice_then_remove_leaves_the_rest(table):
    others = "MAILTO=me@example.org\n0 5 * * * backup --all # newscrawler demo, but not ours\n"
    table.write_text(others)
    assert schedule("--install").returncode == 0
    assert schedule("--every", "2h", "--install").returncode == 0
    added = table.read_text().removeprefix(others)
    assert added.count("\n") == 1
    assert "/2 * * * cd " in added
    assert f"cd {ROOT} && {sys.executable} -m scrapy crawl site -a site=demo" in added
    assert f">> {ROOT}/output/demo.log 2>&1 # newscrawler demo" in added
    assert schedule("--remove").returncode == 0
    assert table.read_text() == others
    again = schedule("--remove")
    assert (again.returncode, table.read_text()) == (0, others)
    assert "there was no line for demo" in again.stderr


def test_the_first_line_of_a_new_crontab(table):
    printed = schedule()
    assert printed.returncode == 0
    assert not table.exists()
    assert schedule("--install").returncode == 0
    assert table.read_text() == printed.stdout


def test_a_crontab_that_cannot_be_read_is_not_written(table, monkeypatch):
    monkeypatch.setenv("CRONTAB_SAYS", "you are not allowed to use this program")
    done = schedule("--install")
    assert done.returncode == 1
    assert "not allowed" in done.stderr
    assert not table.exists()


def test_odd_paths_reach_the_shell_whole(tmp_path):
    project = tmp_path / "it's 100% $HOME"
    project.mkdir()
    line = crontab_line(project, "demo", "30m", project / "out")
    command = line.split(" ", 5)[5]
    assert "%" not in command.replace(r"\%", "")
    said = command.replace(r"\%", "%").replace(sys.executable, "echo", 1)  # what cron hands to the shell
    (project / "out").mkdir()
    subprocess.run(["sh", "-c", said], check=True)
    told = (project / "out" / "demo.log").read_text()
    assert told == f"-m scrapy crawl site -a site=demo -s OUTPUT_DIR={project}/out\n"
    with pytest.raises(ValueError, match="line break"):
        crontab_line(Path("/a\nb"), "demo", "30m", project)


@pytest.mark.parametrize(
    ("every", "fields"),
    [
        ("1m", r"\* \* \* \* \*"),
        ("30m", r"[0-2]?\d-59/30 \* \* \* \*"),
        ("60m", r"\d+ \* \* \* \*"),
        ("1h", r"\d+ \* \* \* \*"),
        ("6h", r"\d+ [0-5]-23/6 \* \* \*"),
        ("1d", r"\d+ \d+ \* \* \*"),
    ],
)
def test_times(every, fields):
    assert re.fullmatch(fields, times(every, "demo"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--every", "45m"], "cron keeps"),
        (["--every", "0m"], "cron keeps"),
        (["--every", "5 minutes; rm -rf /"], "cron keeps"),
        (["--site", "nosuch"], "there is no site"),
        (["--install", "--remove"], "either --install or --remove"),
    ],
)
def test_wrong_arguments(table, words, told):
    done = schedule(*words)
    assert done.returncode == 2
    assert told in done.stderr
    assert not table.exists()
