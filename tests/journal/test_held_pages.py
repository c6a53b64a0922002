from newscrawler.journal import FoundPage, HeldPage, Journal, PageVisit

from .conftest import SITE

PAGE = HeldPage(
    "http://demo.example/1", {"Content-Type": "text/html", "ETag": '"a"'}, b"<p>" + b"text " * 1000
)


def test_a_held_page_comes_back_as_it_was(journal: Journal) -> None:
    journal.pages.offer(SITE, [FoundPage("k1", "http://demo.example/1")])
    journal.held_pages.hold(SITE, "k1", PAGE)
    assert journal.held_pages.get(SITE, "k1") == PAGE
    assert journal.held_pages.keys(SITE) == ["k1"]
    assert journal.held_pages.get(SITE, "k2") is None
    assert journal.held_pages.keys("other") == []


def test_holding_a_page_again_replaces_it(journal: Journal) -> None:
    journal.held_pages.hold(SITE, "k1", PAGE)
    journal.held_pages.hold(SITE, "k1", PAGE._replace(body=b"new"))
    held = journal.held_pages.get(SITE, "k1")
    assert held is not None
    assert held.body == b"new"
    assert journal.held_pages.count(SITE) == 1


def test_a_page_that_is_done_is_let_go(journal: Journal) -> None:
    journal.pages.offer(
        SITE, [FoundPage("k1", "http://demo.example/1"), FoundPage("k2", "http://demo.example/2")]
    )
    for key in ("k1", "k2"):
        journal.held_pages.hold(SITE, key, PAGE)
    journal.pages.finish(SITE, "k1", PageVisit("story"))
    assert journal.held_pages.keys(SITE) == ["k2"]
    journal.held_pages.release(SITE, "k2")
    assert journal.held_pages.count(SITE) == 0
