"""The report over all sites, from real journals."""

from __future__ import annotations

from pathlib import Path

from newscrawler.journal import Journal, journal_url
from tests.crawls.running import scrapy
from tests.feeds.crawling import story

HOSTILE = "<script>alert(1)</script>"


def fill(output: Path, site: str, *numbers: int) -> None:
    with Journal.open(journal_url("", output, site)) as journal:
        run = journal.runs.start(site, {})
        for number in numbers:
            item = story(number, site=site, title=f"{site} {number} {HOSTILE}")
            journal.stories.store(site, f"k{number}", item, run=run)
        journal.runs.finish(run, "finished", counts={"story": len(numbers)})


def test_all_sites_on_one_page(tmp_path: Path) -> None:
    fill(tmp_path, "east", 1, 2, 3)
    fill(tmp_path, "west", 4)
    with Journal.open(journal_url("", tmp_path, "west")) as journal:
        journal.stories.mark_syndicated("west", {"harbour:4": "https://east.example/origin"})
    (tmp_path / ".journal" / "north.sqlite").write_bytes(b"no database" * 400)
    one = scrapy("report", "--site", "east", "-s", f"OUTPUT_DIR={tmp_path}")
    assert one.returncode == 0, one.stderr
    done = scrapy("report", "--all", "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 0, done.stderr
    assert "report.html: 3 sites" in done.stderr
    page = (tmp_path / "report.html").read_text("utf-8")
    assert '<a href="east/report.html">east</a>' in page
    assert "west/report.html" not in page, "west has no report of its own"
    assert '<a href="https://east.example/origin"' in page
    assert "▲ unread" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_no_site_is_one_line(tmp_path: Path) -> None:
    done = scrapy("report", "--all", "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
