"""What users have from earlier versions keeps working: settings files and journals."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.crawls.running import ROOT, crawl, scrapy

JOURNAL = Path(__file__).with_name("journal_before_renames.sqlite.gz")
LEFT = "SELECT details FROM pages WHERE state = 'pending'"
FORMER = {"SCRAPY_SETTINGS_MODULE": "tests.crawls.settings_before_renames"}

PROCESS = """
import sys
from pathlib import Path
from scrapy.crawler import CrawlerProcess
from scrapy.utils.project import get_project_settings
settings = get_project_settings()
settings.set("OUTPUT_DIR", sys.argv[1])
settings.set("PRIVATE_ADDRESSES", ["127.0.0.1:0"])  # the demo: the process makes the resolver before the spider
process = CrawlerProcess(settings)
process.crawl("site", max_stories="3")
process.start()
"""


def test_scrapy_crawl_with_a_former_settings_file(tmp_path):
    words = ("crawl", "site", "-a", "max_stories=3", "-s", f"OUTPUT_DIR={tmp_path}")
    done = scrapy(*words, env=FORMER)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "3 stories" in done.stderr
    (file,) = tmp_path.glob("demo/*.jsonl")
    assert len(file.read_text("utf-8").splitlines()) == 3


def test_a_crawler_process_with_a_former_settings_file(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROCESS, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, **FORMER},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    (file,) = tmp_path.glob("demo/*.jsonl")
    assert len(file.read_text("utf-8").splitlines()) == 3


def test_a_journal_of_an_earlier_version_is_gone_on_with(tmp_path):
    """The journal of a crawl of the demo that ended after three stories, with 138 pages left."""
    path = tmp_path / ".journal" / "demo.sqlite"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(JOURNAL.read_bytes()))
    with sqlite3.connect(path) as connection:
        known = {key for (key,) in connection.execute("SELECT key FROM stories")}
        left = {json.loads(details)["via"] for (details,) in connection.execute(LEFT)}
    connection.close()
    assert len(known) == 3
    assert left >= {"navigation", "listing"}
    run = crawl(tmp_path, "-a", "max_stories=5")
    assert run.code == 0, run.told()
    delivered = {story["story_id"] for story in run.stories}
    assert len(delivered) == 5
    assert not delivered & known
