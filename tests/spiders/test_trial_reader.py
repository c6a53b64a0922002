"""Large pages are read for trial by a process that can be ended."""

from __future__ import annotations

import asyncio
import sys
import time

from newscrawler.spiders.trial_reader import TrialReader
from tests.crawls.running import crawl
from tests.crawls.small_site import listing_page, story_page
from tests.crawls.wire_site import WireSite

PAGE = b"<html><body><h1>A bridge reopens</h1>" + b"<p>The bridge is open again.</p>" * 100
WEDGED = "print('ready', flush=True); import signal; signal.pause()"


def test_pages_pass_and_one_process_is_enough():
    async def try_pages() -> list[bool]:
        trial = TrialReader()
        passed = [await trial.passes(PAGE, "https://example.org/", None) for _ in range(2)]
        first = trial._process
        passed.append(await trial.passes(b"", "https://example.org/", "text/html"))
        assert trial._process is first is not None
        await trial.close()
        assert first.returncode
        return passed

    assert asyncio.run(try_pages()) == [True, True, True]


def test_a_process_that_is_held_up_is_ended_and_another_one_started():
    async def try_pages() -> list[bool]:
        trial = TrialReader((sys.executable, "-c", WEDGED), seconds=0.3)
        passed = []
        for _ in range(2):
            task = asyncio.ensure_future(trial.passes(b"x" * 3_000_000, "https://example.org/", None))
            while trial._process is None:
                await asyncio.sleep(0.01)
            process = trial._process
            passed.append(await task)
            assert process.returncode
        return passed

    began = time.monotonic()
    assert asyncio.run(try_pages()) == [False, False]
    assert time.monotonic() - began < 30


def test_without_a_process_pages_are_read_all_the_same(caplog):
    async def try_pages() -> list[bool]:
        trial = TrialReader((sys.executable, "-c", "no program"))
        return [await trial.passes(PAGE, "https://example.org/", None) for _ in range(2)]

    assert asyncio.run(try_pages()) == [True, True]
    assert len(caplog.records) == 1


def test_a_crawl_reads_large_pages_and_tells_of_one_that_is_cut(tmp_path):
    titles = {
        f"/news/{n}/a-ship-comes-home-{n}": f"Ship number {n} of the line comes home" for n in (101, 102)
    }
    pages = {path: story_page(title) for path, title in titles.items()}
    large, cut = titles
    pages[large] = pages[large].replace("</body>", f"<script>{'x ' * 1_100_000}</script></body>")
    pages[cut] = pages[cut].replace("</body>", f"{'<i>x</i>' * 60_000}</body>")
    with WireSite({"/": listing_page(list(titles.items())), **pages}) as site:
        settings = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0}
        done = crawl(tmp_path, "-a", f"url={site.url}/", settings=settings)
    assert (done.code, len(done.stories)) == (0, 2), done.told()
    assert "1 pages were not read to their end" in done.stderr
    endings = {one["title"]: one["sources"]["body"].endswith(", cut") for one in done.stories}
    assert endings == {titles[large]: False, titles[cut]: True}
    assert "without a trial" not in done.stderr
