"""Contexts of links to print pages, and the turn in which these are asked for."""

import pytest

from newscrawler.discovery.frontier.candidates import Candidate, candidates_of_links
from newscrawler.discovery.frontier.frontier import Frontier
from newscrawler.discovery.frontier.link_types import LinkContext, LinkType, PageOutcome
from newscrawler.discovery.frontier.priority import context_of
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.extraction.links.link import Link, Place

BASE = "http://paper.example"
STORIES = range(100, 140)
TITLE = "The ferry leaves the old harbour"


def link(path: str, place: str = "listing") -> Link:
    return Link(BASE + path, TITLE, "", None, Place(place), (), 0)


@pytest.mark.parametrize(
    ("url", "link_type", "context"),
    [
        ("/print/12", LinkType.LISTING, LinkContext.PRINT),
        ("/print/12", LinkType.NAVIGATION, LinkContext.PRINT),
        ("/print/12", LinkType.FEED, LinkContext.FEED),
        ("/news/12", LinkType.LISTING, LinkContext.LIST),
        ("/news/12", LinkType.NAVIGATION, LinkContext.NAV),
    ],
)
def test_contexts(url, link_type, context):
    assert context_of(Candidate(BASE + url, link_type, title=TITLE), None, of_main=False) == context


def crawled(unread: set[int]) -> list[str]:
    """Paths in the order in which they are asked for. Each story's page links its print page.

    The pages of the stories `unread` are not recognised, and their print pages are.
    """
    frontier = Frontier(UrlCanonicalizer())
    frontier.offer([Candidate(f"{BASE}/", LinkType.SEED)])
    asked = []
    while (candidate := frontier.next()) is not None:
        path = candidate.url.removeprefix(BASE)
        asked.append(path)
        links: list[Link] = []
        number = path.rpartition("=")[2]
        is_unread = number.isdecimal() and int(number) in unread
        if path == "/":
            outcome = PageOutcome.LISTING
            links = [link(f"/view.php?article={n}") for n in STORIES]
        elif "print" in path:
            outcome = PageOutcome.STORY if is_unread else PageOutcome.DUPLICATE
        elif "article" in path:
            outcome = PageOutcome.OTHER if is_unread else PageOutcome.STORY
            links = [link(f"/view.php?page=print&article={number}", "other")]
        else:
            outcome = PageOutcome.GONE
        kind = "story" if outcome in (PageOutcome.STORY, PageOutcome.DUPLICATE) else str(outcome)
        frontier.offer(candidates_of_links(links, candidate.url, candidate.depth, kind), candidate)
        frontier.report(candidate, outcome)
    return asked


def test_print_pages_of_stories_come_last_and_are_left_alone():
    asked = crawled(unread=set())
    stories = [index for index, path in enumerate(asked) if path.startswith("/view.php?article=")]
    printed = [index for index, path in enumerate(asked) if "print" in path]
    assert len(stories) == len(STORIES)
    assert 0 < len(printed) <= 6
    assert min(printed) > max(stories)


def test_print_pages_of_pages_that_were_not_recognised_are_asked_for():
    unread = {number for number in STORIES if number % 4 == 0}
    printed = {int(path.rpartition("=")[2]) for path in crawled(unread) if "print" in path}
    assert unread <= printed
    assert len(printed - unread) <= 6
