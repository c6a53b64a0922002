"""A run that brought nothing tells a quiet site from one that is gone, parked, walled or broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.crawls.running import crawl
from tests.crawls.small_site import listing_page, story_page
from tests.crawls.wire_site import Page, WireSite, answer

FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "ROBOTSTXT_RETRY_WAIT": 0.05, "BACKOFF_WAIT": 0.05}
SUBJECTS = ("The harbour opens", "A ferry is late", "Voters choose a mayor", "The bridge is closed")
STORIES = {f"/news/{n}/{title.lower().replace(' ', '-')}": title for n, title in enumerate(SUBJECTS, 101)}
PARKED = (
    "<html><head><title>harbour.example</title></head><body><h1>This domain is for sale</h1>"
    "<a href='https://market.example/offer'>Make an offer</a><a href='/search?q=ships'>Ships</a></body></html>"
)
WALL = "<html><head><title>Hold on</title></head><body><p>We are looking at your browser.</p></body></html>"


def front() -> str:
    return listing_page(list(STORIES.items()))


def stories() -> dict[str, Page]:
    return {path: story_page(title) for path, title in STORIES.items()}


def run(tmp_path, site, *words, **settings):
    return crawl(
        tmp_path, "-a", f"url={site.url}/", "-a", "render=never", *words, settings={**FAST, **settings}
    )


@pytest.mark.parametrize("page", ["", PARKED, WALL], ids=["blank", "parked", "wall"])
def test_a_front_page_that_leads_nowhere_ends_with_3_at_first_and_after_good_runs(tmp_path, page):
    with WireSite({"/": page}) as site:
        first = run(tmp_path / "first", site)
        assert first.code == 3, first.told()
        site.pages = {"/": front(), **stories()}
        good = run(tmp_path / "later", site)
        assert (good.code, len(good.stories)) == (0, 4), good.told()
        quiet = run(tmp_path / "later", site)
        assert (quiet.code, len(quiet.stories)) == (0, 4), quiet.told()
        site.pages = {"/": page}
        gone = run(tmp_path / "later", site)
        assert gone.code == 3, gone.told()
        assert "start page" in gone.stderr


def test_dated_texts_that_bring_no_story_end_a_first_run_with_3(tmp_path):
    page = (
        "<html><head><title>x</title></head><body><main><time datetime='2026-11-20T10:00:00Z'>20 November 2026</time>"
        + "<p>The harbour office gave an account of the year and of its ships and crews.</p>" * 9
        + "</main></body></html>"
    )
    with WireSite({"/": front(), **dict.fromkeys(STORIES, page)}) as site:
        done = run(tmp_path, site)
    assert done.stories == []
    assert done.code == 3, done.told()


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0; url=/start/">',
        "<meta http-equiv=Refresh content='5;URL=start/'>",
        '<script>window.location.href = "/start/";</script>',
        "<script>location.replace('/start/')</script>",
    ],
)
def test_a_front_page_that_sends_on_is_followed(tmp_path, head):
    with WireSite(
        {"/": f"<html><head>{head}</head><body></body></html>", "/start/": front(), **stories()}
    ) as site:
        done = run(tmp_path, site)
    assert (done.code, len(done.stories)) == (0, 4), done.told()


def test_pages_that_send_each_other_on_end(tmp_path):
    pages: dict[str, Page] = {
        f"/{one}": f'<meta http-equiv="refresh" content="0; url=/{other}">'
        for one, other in ("ab", "bc", "ca")
    }
    with WireSite({"/": listing_page([("/a", "The first of many pages")]), **pages}) as site:
        done = run(tmp_path, site)
    assert done.code == 3, done.told()
    assert sum(path in pages for path in site.log) < 6


def test_not_modified_that_nobody_asked_for_is_a_failure(tmp_path):
    with WireSite({"/": answer(b"", status="304 Not Modified")}) as site:
        done = run(tmp_path, site)
    assert done.code == 3, done.told()
    assert "304" in done.stderr


def test_a_server_that_always_says_not_modified_is_asked_for_all_now_and_then(tmp_path):
    shown = list(STORIES.items())[:2]

    def always(headers: dict[str, str]) -> bytes:
        if "if-none-match" in headers:
            return answer(b"", status="304 Not Modified")
        return answer(listing_page(shown), 'ETag: "1"')

    page: Callable[[dict[str, str]], bytes] = always
    with WireSite({"/": page, **stories()}) as site:
        assert len(run(tmp_path, site).stories) == 2
        shown += list(STORIES.items())[2:]
        codes = [run(tmp_path, site).code for _ in range(3)]
        assert len(run(tmp_path, site).stories) == 4
    assert codes == [0, 0, 0]
