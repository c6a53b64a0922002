"""What a site asks of its visitors is done: the site's own log says what was asked for, and when."""

from __future__ import annotations

import gzip
import re
import socket
from itertools import pairwise

import pytest

from tests.crawls import running
from tests.crawls.running import crawl
from tests.crawls.small_site import listing_page, serving, story_page
from tests.crawls.wire_site import WireSite, answer
from tests.newssite import BlockPage, LoginWall, NewsSite, Status

# Without any delay, Scrapy hands all that waits for a site to it at once, whatever the concurrency.
FAST = {**running.FAST, "DOWNLOAD_DELAY": 0.01}
ONE_BY_ONE = {**FAST, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
SLACK = 0.2  # seconds: one request may be longer on its way than the next


def small(stories=8, **more):
    """A site of few requests: a front page and a sitemap."""
    return NewsSite(stories, **{"sources": ("sitemap",), "sections": 1, **more})


def refusals(site, statuses=(429, 503)):
    return [place for place, request in enumerate(site.log) if request.status in statuses]


def urls(run):
    """All stories that this run and those before it delivered."""
    return sorted(story["url"] for story in run.stories)


def red_lines(run):
    """What the run told on standard error besides its counts."""
    return [line for line in run.stderr.splitlines() if line and not line.startswith("  ")]


# --- 429, 503, Retry-After -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "refusal", [Status(429, 2.0), Status(429, 2.0, "date"), Status(503, 2.0)], ids=["429", "429-date", "503"]
)
def test_nothing_is_asked_before_retry_after_is_over_and_then_everything(tmp_path, refusal):
    with small() as site:
        site.fault("/en/news/", refusal, times=2)
        run = crawl(tmp_path, "-a", f"url={site.url}", settings=ONE_BY_ONE)
        log = site.log
        assert len(refusals(site)) == 2
        for place in refusals(site):
            assert log[place + 1].time - log[place].time >= 2.0
            assert log[place].path in {request.path for request in log[place + 1 :]}, "not asked again"
        assert run.code == 0, run.told()
        assert urls(run) == sorted(site.truth())


def test_of_many_at_once_only_those_under_way_reach_a_site_that_asked_to_wait(tmp_path):
    with small(30) as site:
        site.fault("/en/news/", Status(429, 2.0), times=4)
        run = crawl(tmp_path, "-a", f"url={site.url}", settings=FAST)
        first = site.log[refusals(site)[0]].time
        meanwhile = [request for request in site.log if first < request.time < first + 2.0]
        assert len(meanwhile) <= 7, [(request.path, request.time - first) for request in meanwhile]
        assert run.code == 0, run.told()
        assert urls(run) == sorted(site.truth())


@pytest.mark.parametrize("status", [429, 503])
def test_without_retry_after_the_pauses_double(tmp_path, status):
    with small() as site:
        site.fault("/en/news/", Status(status), times=2)
        run = crawl(tmp_path, "-a", f"url={site.url}", settings={**ONE_BY_ONE, "BACKOFF_WAIT": 1})
        log, (first, second) = site.log, refusals(site)
        assert log[first + 1].time - log[first].time >= 1.0
        assert log[second + 1].time - log[second].time >= 2.0
        assert urls(run) == sorted(site.truth()), run.told()


def test_a_pause_that_is_too_long_ends_the_run_and_the_next_one_brings_the_rest(tmp_path):
    with small(20) as site:
        for asked in sorted(site.truth())[:8]:
            site.fault(asked.removeprefix(site.base), Status(429, 3600.0))
        first = crawl(tmp_path, "-a", f"url={site.url}", settings=FAST)
        assert first.code == 3, first.told()
        told = [line for line in red_lines(first) if "asks to come back in 3600 s" in line]
        assert len(told) == 1, first.told()
        assert len(first.stories) < 20
        site.clear_faults()
        second = crawl(tmp_path, "-a", f"url={site.url}")
        assert second.code == 0, second.told()
        assert urls(second) == sorted(site.truth()), "all, and none twice"


@pytest.mark.parametrize("status", [429, 503])
def test_one_page_that_asks_for_a_long_pause_is_put_off_alone(tmp_path, status):
    with small(20) as site:
        asked = sorted(site.truth())[4]
        site.fault(asked.removeprefix(site.base), Status(status, 3600.0))
        first = crawl(tmp_path, "-a", f"url={site.url}", settings=FAST)
        assert first.code == 0, first.told()
        assert urls(first) == sorted({*site.truth()} - {asked})
        assert len(refusals(site)) == 1, "asked again within the hour"
        site.clear_faults()
        second = crawl(tmp_path, "-a", f"url={site.url}", settings=FAST)
        assert urls(second) == sorted(site.truth()), second.told()


@pytest.mark.parametrize("status", [429, 403])
def test_endless_refusals_end_the_run_and_the_next_one_brings_the_rest(tmp_path, status):
    with small(20) as site:
        site.fault("/en/news/", Status(status))
        first = crawl(tmp_path, "-a", f"url={site.url}", settings={**FAST, "BACKOFF_WAIT": 0.05})
        assert first.code == 3, first.told()
        assert first.stories == []
        assert sum("times in a row" in line for line in red_lines(first)) == 1, first.told()
        assert 8 <= len(refusals(site, (status,))) <= 8 * 8
        site.clear_faults()
        second = crawl(tmp_path, "-a", f"url={site.url}")
        assert second.code == 0, second.told()
        assert urls(second) == sorted(site.truth())


# --- robots.txt ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "gap"), [({"crawl_delay": 2}, 2.0), ({"request_rate": "2/3"}, 1.5)])
def test_the_pace_of_robots_txt_is_kept(tmp_path, rule, gap):
    """With AutoThrottle and jitter on, neither of which may undercut it."""
    throttled = {"DOWNLOAD_DELAY": 0.05, "AUTOTHROTTLE_START_DELAY": 0.05}
    with small(6, **rule) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}", settings=throttled)
        times = [request.time for request in site.log]
        gaps = [after - before for before, after in pairwise(times)]
        assert min(gaps) >= gap - SLACK, [round(each, 2) for each in gaps]
        assert urls(run) == sorted(site.truth()), run.told()


@pytest.mark.parametrize("status", [503, 500])
def test_while_robots_txt_is_not_to_be_had_we_wait(tmp_path, status):
    with small() as site:
        site.fault("^/robots.txt$", Status(status), times=2)
        run = crawl(tmp_path, "-a", f"url={site.url}", settings={**FAST, "ROBOTSTXT_RETRY_WAIT": 0.5})
        assert [request.path for request in site.log][:4] == ["/robots.txt"] * 3 + ["/"]
        assert urls(run) == sorted(site.truth()), run.told()


def test_a_robots_txt_that_never_comes_means_nothing_is_asked_for(tmp_path):
    settings = {**FAST, "ROBOTSTXT_RETRY_WAIT": 0.1, "ROBOTSTXT_RETRY_TIMES": 2}
    with small() as site:
        site.fault("^/robots.txt$", Status(503))
        run = crawl(tmp_path, "-a", f"url={site.url}", settings=settings)
        assert [request.path for request in site.log] == ["/robots.txt"] * 3
        assert run.code == 3, run.told()
        assert sum("robots.txt of" in line and "answered 503" in line for line in red_lines(run)) == 1


def test_no_robots_txt_forbids_nothing(tmp_path):
    with small() as site:
        site.fault("^/robots.txt$", Status(404))
        run = crawl(tmp_path, "-a", f"url={site.url}")
        assert run.code == 0, run.told()
        assert urls(run) == sorted(site.truth())


def test_of_a_robots_txt_the_first_500_kib_are_read_in_whole_lines(tmp_path):
    rules = "User-agent: *\n"
    rules += "# \n" * ((500 * 1024 - len(rules)) // 3 - 4)
    rules += f"{'#' * (500 * 1024 - len(rules) - len('Disallow: /') - 1)}\n"
    with small(robots=f"{rules}Disallow: /private/\nDisallow: /\n") as site:
        run = crawl(tmp_path, "-a", f"url={site.url}")
        assert run.code == 0, run.told()
        assert urls(run) == sorted(site.truth())


@pytest.mark.parametrize("agent", ["User-agent: newscrawler/1.0", "user-agent:NewsCrawler/2 # us"])
def test_rules_for_us_may_name_a_version(tmp_path, agent):
    with small(robots=f"User-agent: *\nAllow: /\n\n{agent}\nDisallow: /en/\n") as site:
        run = crawl(tmp_path, "-a", f"url={site.url}")
        assert not run.stories, run.told()
        assert not [request.path for request in site.log if request.path.startswith("/en/")]


@pytest.mark.parametrize("length", [1, 2], ids=["to itself", "in a circle"])
def test_a_robots_txt_that_redirects_for_ever_is_none(tmp_path, length):
    path, title = "/news/10001/ferry-leaves-the-old-harbour", "Ferry leaves the old harbour on time"
    pages = {
        "/robots.txt": (f"/{'robots.txt' if length == 1 else 'r.txt'}", "redirect"),
        "/r.txt": ("/robots.txt", "redirect"),
        "/": listing_page([(path, title)]),
        path: story_page(title),
    }
    with serving(lambda base: pages) as (base, _):
        run = crawl(tmp_path, "-a", f"url={base}/")
    assert (run.code, [story["title"] for story in run.stories]) == (0, [title]), run.told()


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_of_a_huge_robots_txt_no_more_is_downloaded_than_is_read(tmp_path, packed):
    path, title = "/news/10001/ferry-leaves-the-old-harbour", "Ferry leaves the old harbour on time"
    rules = b"User-agent: *\nDisallow: /private/\n" + b"# nothing to see here\n" * 800_000
    sent = answer(gzip.compress(rules, 1), "Content-Encoding: gzip") if packed else answer(rules)
    with WireSite({"/robots.txt": sent, "/": listing_page([(path, title)]), path: story_page(title)}) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}/", "-L", "INFO")
    assert (run.code, [story["title"] for story in run.stories]) == (0, [title]), run.told()
    received = int(re.search(r"'downloader/response_bytes': (\d+)", run.stderr)[1])
    assert received < 2_000_000, run.told()


def test_a_forbidden_section_is_not_asked_for(tmp_path):
    with NewsSite(20, "slug", sections=3, disallow=("/politics",), sources=("sections", "rss")) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}")
        assert [request.path for request in site.log if request.path.startswith("/politics")] == []
        allowed = {url for url, story in site.truth().items() if story.section != "politics"}
        assert set(urls(run)) == allowed, run.told()
        assert "robots, as" in run.stderr
        assert run.code == 0, run.told()


# --- Walls that answer 200 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("wall", "outcome"), [(BlockPage(), "blocked"), (LoginWall(), "login-wall")])
def test_walls_are_no_stories(tmp_path, wall, outcome):
    with small(20) as site:
        walled = sorted(site.truth())[:5]
        for url in walled:
            site.fault(url.removeprefix(site.base), wall)
        run = crawl(tmp_path, "-a", f"url={site.url}")
        assert urls(run) == sorted(set(site.truth()) - set(walled)), run.told()
        assert f"5  {outcome}, as" in run.stderr
        assert run.code == 0, run.told()


def test_a_site_of_walls_is_not_a_site_without_news(tmp_path):
    with small() as site:
        site.fault("^/(?!robots)", BlockPage())
        run = crawl(tmp_path, "-a", f"url={site.url}")
        assert run.code == 3, run.told()
        assert sum("no start page could be read" in line for line in red_lines(run)) == 1, run.told()
        assert run.files == []


def test_a_site_that_shuts_us_out_of_its_stories_alone_is_told(tmp_path):
    with small() as site:
        site.fault("/en/news/", BlockPage())
        run = crawl(tmp_path, "-a", f"url={site.url}")
        assert run.code == 3, run.told()
        assert sum("most as blocked" in line for line in red_lines(run)) == 1, run.told()


def test_a_site_that_cannot_be_reached_is_told_in_one_line(tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        run = crawl(tmp_path, "-a", f"url={url}")
    assert run.code == 3, run.told()
    assert sum("cannot be reached" in line for line in red_lines(run)) == 1, run.told()
    assert "Traceback" not in run.stderr
