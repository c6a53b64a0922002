import pytest
from scrapy.settings import Settings

from newscrawler.arguments import read_arguments
from newscrawler.crawl_state import CrawlState, PendingStory
from newscrawler.discovery import Candidate, Frontier, Scope, UrlCanonicalizer
from newscrawler.items import Story
from newscrawler.journal import PageVisit

START = "https://harbour.example/"
KNOWN, NEW = f"{START}news/known-story-11111", f"{START}news/new-story-22222"


@pytest.fixture
def state():
    scope = Scope([START])
    frontier = Frontier(UrlCanonicalizer(), scope)
    done = {frontier.canonicalizer.key(KNOWN)}
    arguments = read_arguments({"url": START}, Settings())
    return CrawlState(arguments, scope, frontier, done.intersection)


def test_only_a_page_in_scope_that_no_run_has_is_new(state):
    assert state.has_new([KNOWN, NEW])
    assert not state.has_new([KNOWN])
    assert not state.has_new(["https://elsewhere.example/news/33333"])
    assert not state.has_new([])


def test_a_page_of_this_run_is_not_new(state):
    state.frontier.offer([Candidate(START, "seed", expected_type="listing")])
    assert state.frontier.next().url == START
    assert not state.has_new([START])


def test_without_a_journal_s_keys_known_pages_are_new(state):
    state.done_keys = None
    assert state.has_new([KNOWN])


def test_a_story_met_anew_is_not_redelivered(state):
    story = Story(url=NEW, title="Ferry runs", story_id="harbour:22222")
    assert not state.is_redelivered(story)
    state.redelivered.add("harbour:22222")
    assert state.is_redelivered(story)
    state.pending_stories[NEW] = PendingStory("key", PageVisit("story"))
    assert not state.is_redelivered(story)
