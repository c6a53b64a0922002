import pytest
from scrapy.settings import Settings

from newscrawler.arguments import read_arguments
from newscrawler.crawl_state import CrawlState
from newscrawler.discovery import Candidate, Frontier, Scope, UrlCanonicalizer
from newscrawler.middlewares.redirect_policy import redirect_refusal
from newscrawler.settings import SITES_DIRS

START = "https://harbour.example/"


@pytest.fixture
def state():
    arguments = read_arguments({"url": START}, Settings({"SITES_DIRS": SITES_DIRS}))
    scope = Scope([START])
    frontier = Frontier(UrlCanonicalizer(), scope)
    frontier.offer([Candidate(START, "seed", expected_type="listing")])
    return CrawlState(arguments, scope, frontier)


def dispatched(state):
    candidate = state.frontier.next()
    assert candidate is not None
    return candidate


def test_the_same_page_under_another_url_is_followed(state):
    candidate = dispatched(state)
    assert redirect_refusal(state, candidate, START) is None
    assert redirect_refusal(state, candidate, f"{START}?utm_source=feed") is None


def test_a_new_page_of_the_site_is_followed(state):
    assert redirect_refusal(state, dispatched(state), f"{START}news/ferry-runs-again-12345") is None


def test_a_page_out_of_scope_is_refused(state):
    refusal = redirect_refusal(state, dispatched(state), "https://elsewhere.example/news/1")
    assert refusal.outcome == "redirected"
    assert "out of scope" in refusal.reason


def test_a_page_that_is_seen_is_refused(state):
    dispatched(state)
    other = Candidate(f"{START}old", "navigation")
    other.key = state.frontier.canonicalizer.key(other.url)
    refusal = redirect_refusal(state, other, START)
    assert (refusal.outcome, refusal.reason) == ("duplicate-url", f"redirects to {START}")
