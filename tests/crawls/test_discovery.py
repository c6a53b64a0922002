"""Every story of a site is found, hardly a request is wasted, and traps are left: over real HTTP."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.crawls.running import crawl
from tests.newssite import NewsSite

HIDDEN = {"sitemap_only": 4, "feed_only": 3, "related_only": 3}
THROUGH_PROXY = ("-s", "PRIVATE_ADDRESSES=127.0.0.1")


def through(site):
    """The environment that leads a crawl of a named site through its server."""
    return {"http_proxy": site.proxy, "no_proxy": ""}


def urls(run):
    return Counter(story["url"] for story in run.stories)


def told_missing(site, found):
    missing = {url: story.via for url, story in site.truth().items() if url not in found}
    return f"{len(missing)} missing, {Counter(missing.values())}, such as {list(missing)[:3]}"


def all_once(site, run):
    assert run.code == 0, run.told()
    found = urls(run)
    assert set(found) == set(site.truth()), told_missing(site, found) + run.told()
    assert [url for url, count in found.items() if count > 1] == []
    assert [url for url, count in site.fetches().items() if count > 1] == []


@pytest.mark.parametrize("shape", ["id", "date"])
def test_a_thousand_stories_with_at_most_1_2_requests_each(tmp_path, shape):
    with NewsSite(1000, shape, **HIDDEN) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}", timeout=240)
        all_once(site, run)
        assert len(site.log) <= 1.2 * len(site.truth()), len(site.log)


@pytest.mark.parametrize(("shape", "markup"), [("slug", "plain"), ("query", "json-ld")])
def test_other_forms_of_addresses(tmp_path, shape, markup):
    with NewsSite(120, shape, markup=markup, **HIDDEN) as site:
        all_once(site, crawl(tmp_path, "-a", f"url={site.url}"))


@pytest.mark.parametrize("shape", ["id", "slug"])
def test_without_sitemaps_and_feeds(tmp_path, shape):
    with NewsSite(120, shape, sources=("sections", "related"), related_only=3) as site:
        all_once(site, crawl(tmp_path, "-a", f"url={site.url}"))


@pytest.mark.parametrize("shape", ["id", "date", "slug", "query"])
def test_no_story_is_fetched_under_two_addresses(tmp_path, shape):
    with NewsSite(60, shape, variants=("tracking", "slash", "index", "print", "amp")) as site:
        all_once(site, crawl(tmp_path, "-a", f"url={site.url}"))


def test_no_story_is_fetched_from_two_hosts(tmp_path, monkeypatch):
    with NewsSite(60, variants=("www", "mobile", "tracking"), host="big-news.example") as site:
        for name, value in through(site).items():
            monkeypatch.setenv(name, value)
        all_once(site, crawl(tmp_path, "-a", f"url={site.url}", *THROUGH_PROXY))


TRAPS = ("calendar", "facets", "sessions", "repeating", "depth")


def test_traps_cost_25_requests_each_at_most_and_are_told(tmp_path):
    with NewsSite(150, traps=TRAPS) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}")
        all_once(site, run)
        spent = site.trap_requests()
        assert {name: count for name, count in spent.items() if count > 25} == {}, spent
        told = re.findall(r"left alone: .* as (\S+)", run.stderr)
        # Session numbers are no part of an address: that one is no trap at all.
        for start in ("/events/", "/find", "/guide/", "/tree/"):
            assert any(url.startswith(f"{site.base}{start}") for url in told), f"{start} in {run.stderr}"


def test_since_asks_for_little_more_than_what_is_new(tmp_path):
    with NewsSite(500) as site:
        full = crawl(tmp_path / "full", "-a", f"url={site.url}")
        all_once(site, full)
        cost = len(site.log)
        new = site.add(10)
        since = (min(story.published for story in new) - timedelta(minutes=1)).isoformat() + "Z"
        run = crawl(tmp_path / "since", "-a", f"url={site.url}", "-a", f"since={since}")
        assert run.code == 0, run.told()
        assert set(urls(run)) == {url for url, story in site.truth().items() if story in new}
        assert len(site.log) - cost <= 0.05 * cost, [request.path for request in site.log[cost:]]


def test_max_stories_brings_the_newest(tmp_path):
    with NewsSite(200) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}", "-a", "max_stories=50")
        newest = sorted(site.truth().values(), key=lambda story: story.published, reverse=True)[:50]
        assert run.code == 0, run.told()
        assert set(urls(run)) == {story.url for story in newest}
        assert len(site.log) <= 100


def test_following_listings_alone(tmp_path):
    with NewsSite(80, **HIDDEN) as site:
        run = crawl(tmp_path, "-a", f"url={site.url}", "-a", "follow=listings")
        assert set(urls(run)) == {url for url, story in site.truth().items() if story.via == "listing"}
        asked = {request.path for request in site.log}
        assert [path for path in asked if path.endswith((".xml", ".gz"))] == []


def test_a_path_as_scope(tmp_path):
    with NewsSite(60, "slug", sections=3) as site:
        run = crawl(tmp_path, "-a", f"url={site.base}/politics", "-a", "scope=/politics/")
        assert set(urls(run)) == {url for url, story in site.truth().items() if story.section == "politics"}
        others = {
            request.path for request in site.log if re.match("/(?:business|world|archive|tag)", request.path)
        }
        assert others == set()


def test_a_host_as_scope(tmp_path, monkeypatch):
    """The other hosts of the domain are asked for nothing but, with the wider scope, what is there alone."""
    with NewsSite(30, variants=("mobile",), host="daily.big-news.example") as site:
        for name, value in through(site).items():
            monkeypatch.setenv(name, value)
        run = crawl(tmp_path, "-a", f"url={site.url}", "-a", "scope=host", *THROUGH_PROXY)
        assert set(urls(run)) == set(site.truth()), run.told()
        assert {request.host for request in site.log} == {"daily.big-news.example"}


# --- Run after run -------------------------------------------------------------------------------------------


def asked_since(site, place):
    return [request.path for request in site.log[place:]]


def force_due(output):
    """As if the time had come to look at every story again."""
    (journal,) = output.glob(".journal/*.sqlite")
    with sqlite3.connect(journal) as database:
        database.execute("UPDATE pages SET next_look = '2001-01-01T00:00:00.000000Z' WHERE kind = 'story'")


def test_run_after_run(tmp_path):
    newest = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(hours=3)
    with NewsSite(500, newest=newest, every=timedelta(minutes=5)) as site:
        first = crawl(tmp_path, "-a", f"url={site.url}")
        all_once(site, first)
        cost = len(site.log)

        second = crawl(tmp_path, "-a", f"url={site.url}")
        assert second.code == 0, second.told()
        assert "nothing new" in second.stderr
        assert len(site.log) - cost <= 0.02 * cost, asked_since(site, cost)
        assert {request.status for request in site.log[cost:]} <= {200, 304}

        before = set(urls(second))
        new, edited = site.add(20), site.edit(25)[20:]
        third = crawl(tmp_path, "-a", f"url={site.url}")
        assert third.code == 0, third.told()
        fresh = set(urls(third)) - before
        assert fresh == {url for url, story in site.truth().items() if story in new}, third.told()

        force_due(tmp_path)
        lines = len(third.stories)
        fourth = crawl(tmp_path, "-a", f"url={site.url}", "-s", "UPDATES=1")
        assert fourth.code == 0, fourth.told()
        again = fourth.stories[lines:]
        assert {story["url"] for story in again} == {
            url for url, story in site.truth().items() if story in edited
        }, fourth.told()
        assert {story["revision"] for story in again} == {2}
