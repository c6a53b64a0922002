"""Stories over several pages: each whole and once, whatever happens to its pages or to the run."""

from __future__ import annotations

import json
import signal

import pytest

from tests.crawls.killing import begin, wait_until
from tests.crawls.paged_stories import TOPICS, address, body, page_count, site, story
from tests.crawls.running import FAST, Crawl, crawl
from tests.crawls.small_site import Pages, serving

COUNT = len(TOPICS)
KNOWN_AT_ONCE = {**FAST, "HELD_PAGES": 0}


def wrong(run: Crawl, base: str, count: int = COUNT) -> list[str]:
    """Stories that are not there once, or not whole."""
    bodies = [(each["url"].removeprefix(base), each["body"]) for each in run.stories]
    expected = [(address(number, 1), body(number)) for number in range(count)]
    return sorted(url for url, _ in {*expected} ^ {*bodies}) + ["twice"] * (len(bodies) != len({*bodies}))


def result_of(run: Crawl) -> dict:
    (last_run,) = run.output.glob("*/last-run.json")
    return json.loads(last_run.read_text())


@pytest.mark.parametrize("settings", [FAST, KNOWN_AT_ONCE])
def test_thirty_stories_in_six_markups(tmp_path, settings):
    with serving(lambda _: site(COUNT)) as (base, server):
        run = crawl(tmp_path, "-a", f"url={base}/", settings=settings)
        assert run.code == 0, run.told()
        assert wrong(run, base) == [], run.told()
        later = sum(page_count(number) for number in range(COUNT)) - COUNT
        assert result_of(run)["pages"]["continuation"] == later
        assert not any("incomplete" in each["sources"]["body"] for each in run.stories)
        asked = [request.path for request in server.log if "/news/" in request.path]
        assert len(asked) == len(set(asked)), "a page was asked for twice"
        again = crawl(tmp_path, "-a", f"url={base}/", settings=settings)
        assert len(again.files) == 1, again.told()


def test_later_pages_that_are_found_before_the_first_one(tmp_path):
    def pages(_: str) -> Pages:
        made = site(6)
        later = [
            f'<li><a href="{address(number, 2)}">The second page of a long story</a></li>'
            for number in range(6)
        ]
        made["/"] = f"<html><body><h1>Front</h1><ul>{''.join(later)}</ul></body></html>"
        return made

    with serving(pages) as (base, _):
        run = crawl(tmp_path, "-a", f"url={base}/")
        assert wrong(run, base, 6) == [], run.told()


def test_a_page_that_cannot_be_had(tmp_path):
    """It leaves a mark; the whole text is a revision when it can be had; and a whole text is not cut again."""
    made = site(6)
    missing, page = address(3, 3), made.pop(address(3, 3))
    words = ("-s", "UPDATES=1", "-a", "again=true")
    with serving(lambda _: made) as (base, _):

        def run() -> Crawl:
            done = crawl(tmp_path, "-a", f"url={base}/", *words)
            assert done.code == 0, done.told()
            return done

        first = run()
        sources = {each["url"].removeprefix(base): each["sources"]["body"] for each in first.stories}
        assert sources == {
            address(number, 1): "dom, incomplete" if number == 3 else "dom" for number in range(6)
        }
        (cut,) = (each["body"] for each in first.stories if each["url"].endswith(address(3, 1)))
        assert body(3).startswith(cut)
        assert "\n\n" in cut
        made[missing] = page
        whole = run().stories[-1]
        assert (whole["body"], whole["revision"]) == (body(3), 2)
        assert whole["sources"]["body"] == "dom"
        del made[missing]
        assert len(run().stories) == 7


def test_robots_and_the_limit_of_pages(tmp_path):
    def pages(_: str) -> Pages:
        made = {address(1, page): story(1, page, 25) for page in range(1, 26)}
        made["/"] = (
            f'<html><body><h1>Front</h1><h2><a href="{address(1, 1)}">A very long story</a></h2></body></html>'
        )
        made |= {address(2, page): story(2, page, 3) for page in range(1, 4)}
        made["/"] = made["/"].replace(
            "</body>", f'<h2><a href="{address(2, 1)}">A closed story</a></h2></body>'
        )
        made["/robots.txt"] = (f"User-agent: *\nDisallow: {address(2, 2)}\n", "text/plain")
        return made

    with serving(pages) as (base, server):
        run = crawl(tmp_path, "-a", f"url={base}/")
        assert {each["sources"]["body"] for each in run.stories} == {"dom, incomplete"}, run.told()
        asked = [request.path for request in server.log if request.path.startswith(address(1, 1))]
        assert len(asked) == 20
        assert not any(request.path == address(2, 2) for request in server.log)


@pytest.mark.parametrize(
    ("how", "settings"),
    [(signal.SIGKILL, KNOWN_AT_ONCE), (signal.SIGTERM, KNOWN_AT_ONCE), (signal.SIGTERM, FAST)],
)
def test_a_run_that_is_ended_between_two_pages_of_a_story(tmp_path, how, settings):
    with serving(lambda _: site(8)) as (base, server):
        words = ("-a", f"url={base}/")
        for least in (12, 24):
            before = len(server.log)
            process = begin(tmp_path, *words, settings={**settings, "DOWNLOAD_DELAY": 0.02})
            wait_until(lambda mark=before + least: len(server.log) >= mark, process)
            process.send_signal(how)
            process.wait(timeout=60)
        run = crawl(tmp_path, *words, settings=settings)
        assert run.code == 0, run.told()
        assert wrong(run, base, 8) == [], run.told()


def test_max_stories(tmp_path):
    with serving(lambda _: site(12)) as (base, _):
        words = ("-a", f"url={base}/")
        for settings in (FAST, KNOWN_AT_ONCE):
            assert crawl(tmp_path, *words, "-a", "max_stories=3", settings=settings).code == 0
        run = crawl(tmp_path, *words)
        assert [len(file.read_text().splitlines()) for file in run.files] == [3, 3, 6], run.told()
        assert wrong(run, base, 12) == [], run.told()
