"""A disk that is full, a folder that cannot be written, a journal that fails: one clear line, and nothing is lost."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crawls.killing import begin, wait_until
from tests.crawls.running import FAST, ROOT, Crawl, crawl
from tests.newssite import Delay, NewsSite

SLOW = {**FAST, "JOURNAL_BUSY_TIMEOUT": "0.5"}


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """`folder` on a file system of that size; skips where it cannot be mounted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def one_clear_error(run: Crawl) -> None:
    assert "Traceback" not in run.stderr, run.told()
    assert run.code in (1, 4), run.told()


def healthy_run_delivers_everything(site: NewsSite, output: Path) -> None:
    site.clear_faults()
    healthy = crawl(output, "-a", f"url={site.url}")
    assert healthy.code == 0, healthy.told()
    assert sorted(story["url"] for story in healthy.stories) == sorted(site.truth())
    assert not list(output.rglob("*.part*"))


def test_a_disk_that_fills_up(tmp_path):
    output = tmp_path / "small"
    with NewsSite(stories=60) as site, small_disk(output, 700):
        full = crawl(output, "-a", f"url={site.url}")
        one_clear_error(full)
        assert "full" in full.stderr or "No space left" in full.stderr, full.told()
        subprocess.run(["mount", "-o", "remount,size=50m", output], check=True)
        healthy_run_delivers_everything(site, output)


def test_a_disk_that_fills_up_while_a_feed_is_written(tmp_path):
    output, small = tmp_path / "output", tmp_path / "small"
    with NewsSite(stories=40) as site, small_disk(small, 24):
        full = crawl(output, "-a", f"url={site.url}", "-o", f"{small}/stories.jsonl")
        one_clear_error(full)
        assert full.code == 4, full.told()
        assert "No space left" in full.stderr, full.told()
        assert list(small.iterdir()) == [], "something of the feed was left"
        healthy_run_delivers_everything(site, output)


def test_files_that_may_not_grow(tmp_path):
    with NewsSite(stories=40) as site:
        given = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
        words = ("-a", f"url={site.url}")
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "site", *words, "-s", f"OUTPUT_DIR={tmp_path}", *given],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
        )
        one_clear_error(Crawl(done.returncode, done.stdout, done.stderr, tmp_path))
        healthy_run_delivers_everything(site, tmp_path)


def test_an_output_folder_that_cannot_be_written(tmp_path):
    output = tmp_path / "output"
    with NewsSite(stories=5) as site, small_disk(output, 4000):
        subprocess.run(["mount", "-o", "remount,ro", output], check=True)
        refused = crawl(output, "-a", f"url={site.url}")
        one_clear_error(refused)
        assert refused.code == 4, refused.told()
        assert len(refused.stderr.strip().splitlines()) == 1, refused.stderr
        assert str(output) in refused.stderr
        assert not site.log, "pages were fetched although nothing could be written"
        subprocess.run(["mount", "-o", "remount,rw", output], check=True)
        healthy_run_delivers_everything(site, output)


def test_a_site_s_folder_that_cannot_be_written(tmp_path):
    output = tmp_path / "output"
    with NewsSite(stories=5) as site:
        first = begin(output, "-a", f"url={site.url}", settings={**FAST, "JOURNAL": ""})
        assert first.wait(timeout=60) == 0
        site.add(2)
        (folder,) = (path.parent for path in output.glob("*/*.jsonl"))
        before = folder / "before"
        subprocess.run(["mount", "--bind", folder, folder], check=False)
        mounted = subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=False)
        if mounted.returncode:
            pytest.skip("only root can mount a folder read-only")
        try:
            refused = crawl(output, "-a", f"url={site.url}")
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
        one_clear_error(refused)
        assert refused.code == 4, refused.told()
        assert not before.exists()
        healthy_run_delivers_everything(site, output)


def test_a_journal_that_another_program_holds(tmp_path):
    with NewsSite(stories=200) as site:
        site.fault("/news/", Delay(0.1))
        log = tmp_path / "crawl.log"
        output = tmp_path / "output"
        run = begin(output, "-a", f"url={site.url}", settings=SLOW, log=log)
        wait_until(lambda: len(site.fetches()) >= 6, run)
        (path,) = output.glob(".journal/*.sqlite")
        holder = sqlite3.connect(path, isolation_level=None, timeout=30)
        holder.execute("BEGIN IMMEDIATE")
        code = run.wait(timeout=100)
        holder.rollback()
        one_clear_error(Crawl(code, "", log.read_text(), output))
        assert "is locked by another program" in log.read_text()

        holder.execute("BEGIN IMMEDIATE")
        refused = crawl(output, "-a", f"url={site.url}", settings=SLOW)
        holder.rollback()
        holder.close()
        assert refused.code == 1, refused.told()
        assert len(refused.stderr.strip().splitlines()) == 1, refused.stderr
        assert "is locked by another program" in refused.stderr
        healthy_run_delivers_everything(site, output)


def test_a_journal_that_is_cut_in_half(tmp_path):
    with NewsSite(stories=30) as site:
        assert crawl(tmp_path, "-a", f"url={site.url}").code == 0
        (path,) = tmp_path.glob(".journal/*.sqlite")
        whole = path.read_bytes()
        os.truncate(path, len(whole) // 2)
        half = path.read_bytes()
        site.add(3)
        damaged = crawl(tmp_path, "-a", f"url={site.url}")
        one_clear_error(damaged)
        assert damaged.code == 1, damaged.told()
        assert "is damaged and was left as it is" in damaged.stderr
        assert path.read_bytes()[: len(half)] == half, "the damaged journal was overwritten"
        for extra in path.parent.glob(f"{path.name}-*"):
            extra.unlink()
        path.write_bytes(whole)
        healthy_run_delivers_everything(site, tmp_path)
