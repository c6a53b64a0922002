from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from newscrawler.journal import FoundPage, Journal, PageVisit, Validators

from .conftest import SITE, Clock
from .making import story


def candidate(number: int, **fields: object) -> FoundPage:
    return FoundPage(key=f"k{number}", url=f"http://demo.example/{number}", **fields)  # type: ignore[arg-type]


def test_offer_tells_new_pending_and_done(journal: Journal) -> None:
    first = journal.pages.offer(SITE, [candidate(1), candidate(2), candidate(1)])
    assert first.new == {"k1", "k2"}
    assert first.known == {}
    journal.pages.finish(SITE, "k1", PageVisit("no-body", reason="nothing but a form"))
    second = journal.pages.offer(SITE, [candidate(1), candidate(2), candidate(3)])
    assert second.new == {"k3"}
    assert second.known == {"k1": "no-body", "k2": "pending"}


def test_offer_of_nothing(journal: Journal) -> None:
    assert journal.pages.offer(SITE, []).new == frozenset()


def test_sites_are_apart(journal: Journal) -> None:
    journal.pages.offer(SITE, [candidate(1)])
    assert journal.pages.offer("other", [candidate(1)]).new == {"k1"}
    assert [page.site for page in journal.pages.pending("other")] == ["other"]


def test_offer_takes_more_keys_than_one_statement(journal: Journal) -> None:
    many = [candidate(number) for number in range(1_234)]
    assert len(journal.pages.offer(SITE, many).new) == 1_234
    again = journal.pages.offer(SITE, many)
    assert len(again.known) == 1_234
    assert not again.new


def test_pending_keeps_order_and_what_is_needed_to_ask_again(
    journal: Journal, reopen: Callable[[], Journal]
) -> None:
    details = {"depth": 2, "title": "Brücke – 橋", "date": "2026-03-02"}
    journal.pages.offer(
        SITE,
        [candidate(9, kind="story", found_on="http://demo.example/", found_via="listing", details=details)],
    )
    journal.pages.offer(SITE, [candidate(number) for number in range(450)])
    journal.close()
    found = list(reopen().pages.pending(SITE))
    assert [page.key for page in found[:3]] == ["k9", "k0", "k1"]
    assert len(found) == 450
    assert found[0].details == details
    assert (found[0].kind, found[0].found_on, found[0].found_via) == (
        "story",
        "http://demo.example/",
        "listing",
    )


def test_pending_may_be_worked_on_while_it_is_read(journal: Journal) -> None:
    journal.pages.offer(SITE, [candidate(number) for number in range(210)])
    seen = []
    for page in journal.pages.pending(SITE):
        seen.append(page.key)
        journal.pages.finish(SITE, page.key, PageVisit("other"))
    assert len(set(seen)) == len(seen) == 210
    assert list(journal.pages.pending(SITE)) == []


def test_finish_records_how_it_ended(journal: Journal, clock: Clock) -> None:
    journal.pages.offer(SITE, [candidate(1)])
    clock.tick(minutes=5)
    visit = PageVisit(
        "duplicate-title",
        reason="same title on the same day",
        kind="story",
        duplicate_of="demo:7",
        url="http://demo.example/final",
        validators=Validators('"abc"', "Mon, 02 Mar 2026 08:00:00 GMT"),
    )
    journal.pages.finish(SITE, "k1", visit)
    page = journal.pages.get(SITE, "k1")
    assert page is not None
    assert (page.state, page.outcome, page.reason) == (
        "done",
        "duplicate-title",
        "same title on the same day",
    )
    assert (page.kind, page.duplicate_of, page.url) == ("story", "demo:7", "http://demo.example/final")
    assert (page.etag, page.last_modified) == ('"abc"', "Mon, 02 Mar 2026 08:00:00 GMT")
    assert page.fetched == clock.now
    assert (page.visits, page.changes) == (1, 1)


def test_finish_adds_a_page_that_was_never_offered(journal: Journal) -> None:
    journal.pages.finish(SITE, "start", PageVisit("listing", url="http://demo.example/", kind="listing"))
    page = journal.pages.get(SITE, "start")
    assert page is not None
    assert (page.url, page.outcome) == ("http://demo.example/", "listing")


def test_put_off_keeps_a_page_pending_until_its_time(journal: Journal, clock: Clock) -> None:
    journal.pages.offer(SITE, [candidate(1)])
    assert journal.pages.retry_later(SITE, "k1", "503", clock.now.replace(hour=9)) == 1
    assert list(journal.pages.pending(SITE)) == []
    clock.tick(hours=1)
    assert [page.attempts for page in journal.pages.pending(SITE)] == [1]
    assert journal.pages.retry_later(SITE, "k1", "503") == 2
    assert [page.reason for page in journal.pages.pending(SITE)] == ["503"]


def test_a_listing_is_looked_at_as_often_as_it_changes(journal: Journal, clock: Clock) -> None:
    def interval() -> float:
        page = journal.pages.get(SITE, "front")
        assert page is not None
        assert page.next_visit is not None
        return (page.next_visit - clock.now).total_seconds()

    journal.pages.finish(SITE, "front", PageVisit("listing", kind="listing"))
    quiet = [interval()]
    for _ in range(20):
        clock.tick(days=2)
        assert [page.key for page in journal.pages.due(SITE)] == ["front"]
        journal.pages.unchanged(SITE, "front")
        assert list(journal.pages.due(SITE)) == []
        quiet.append(interval())
    assert quiet == sorted(quiet)
    assert quiet[-1] == 24 * 3600 - 90
    clock.tick(days=2)
    journal.pages.finish(SITE, "front", PageVisit("listing", kind="listing", changed=True))
    assert interval() < quiet[-1]
    page = journal.pages.get(SITE, "front")
    assert page is not None
    assert (page.visits, page.changes) == (22, 2)


def test_due_reads_many_in_order(journal: Journal, clock: Clock) -> None:
    for number in range(210):
        journal.pages.finish(SITE, f"k{number}", PageVisit("listing", kind="listing"))
        clock.tick(seconds=number % 2)  # pairs share their moment
    clock.tick(days=1)
    assert [page.key for page in journal.pages.due(SITE)] == [f"k{number}" for number in range(210)]


def test_hostile_text_is_stored(journal: Journal) -> None:
    url = "http://demo.example/" + "a" * 9_000
    bad = FoundPage(key=url, url=url, found_on="x\x00y\ud800", details={"title": "a\x00b\ud83d"})
    assert journal.pages.offer(SITE, [bad]).new == {url}
    assert journal.pages.offer(SITE, [bad]).known == {url: "pending"}
    twin = FoundPage(key=url + "b", url=url)
    assert journal.pages.offer(SITE, [twin]).new == {url + "b"}
    [page, _] = journal.pages.pending(SITE)
    assert page.url == url
    assert page.details == {"title": "a\x00b\ud83d"}
    journal.pages.finish(SITE, page.key, PageVisit("other", reason="\x00"))
    assert journal.pages.offer(SITE, [bad]).known == {url: "other"}


def test_last_seen_follows_within_a_day(journal: Journal, clock: Clock) -> None:
    journal.pages.offer(SITE, [candidate(1)])
    clock.tick(days=3)
    journal.pages.offer(SITE, [candidate(1)])
    page = journal.pages.get(SITE, "k1")
    assert page is not None
    assert page.last_seen == clock.now
    assert (clock.now - page.first_seen).days == 3


def test_settled_knows_due_stories_and_leaves_due_listings_out(journal: Journal, clock: Clock) -> None:
    journal.pages.offer(SITE, [candidate(1), candidate(2)])
    journal.stories.store(SITE, "k1", story(1, published=clock().isoformat()))
    journal.pages.finish(SITE, "k2", PageVisit("listing", kind="listing"))
    assert journal.pages.done_keys(SITE, ["k1", "k2", "k3"]) == {"k1", "k2"}
    assert journal.pages.done_keys(SITE, ["k1", "k2", "k3"], paced=False) == {"k1"}
    clock.tick(hours=2)
    assert journal.pages.done_keys(SITE, ["k1", "k2", "k3"]) == {"k1"}


def test_outdated_takes_the_word_of_a_source_until_it_proved_empty(journal: Journal, clock: Clock) -> None:
    journal.pages.offer(SITE, [candidate(1)])
    journal.stories.store(SITE, "k1", story(1, published=clock().isoformat()))
    now = clock()
    later = {"k1": now + timedelta(minutes=5), "k3": now + timedelta(minutes=5)}
    assert journal.pages.outdated(SITE, later) == {"k1"}
    assert journal.pages.outdated(SITE, {"k1": now - timedelta(minutes=5)}) == set()
    for _ in range(2):
        clock.tick(minutes=1)
        journal.pages.unchanged(SITE, "k1")
    assert journal.pages.outdated(SITE, {"k1": clock() + timedelta(minutes=5)}) == set()


def test_what_was_left_out_is_pending_again_when_taken_up(journal: Journal) -> None:
    journal.pages.offer(SITE, [candidate(1), candidate(2)])
    journal.pages.finish(SITE, "k2", PageVisit("no-body"))
    assert journal.pages.abandon_pending(SITE, "not asked for", outcome="left-out") == 1
    assert list(journal.pages.pending(SITE)) == []
    assert journal.pages.reopen(SITE, "left-out") == 1
    assert [page.key for page in journal.pages.pending(SITE)] == ["k1"]


def test_endings_are_counted_with_the_last_page_of_each(journal: Journal) -> None:
    for number, outcome in enumerate(["no-body", "http-404", "no-body", "no-body", "robots"]):
        journal.pages.offer(SITE, [candidate(number)])
        journal.pages.finish(SITE, f"k{number}", PageVisit(outcome, reason=f"reason {number}"))
    journal.pages.offer(SITE, [candidate(9)])  # pending: it has no ending yet
    journal.pages.offer("other", [candidate(1)])
    journal.pages.finish("other", "k1", PageVisit("error"))
    told = [(count, page.outcome, page.key, page.reason) for count, page in journal.pages.endings(SITE)]
    assert told == [
        (3, "no-body", "k3", "reason 3"),
        (1, "http-404", "k1", "reason 1"),
        (1, "robots", "k4", "reason 4"),
    ]


def test_sources_of_earlier_runs(journal: Journal) -> None:
    for number, (outcome, kind) in enumerate(
        [("feed", "listing"), ("listing", "listing"), ("no-body", "other")]
    ):
        journal.pages.offer(SITE, [candidate(number)])
        journal.pages.finish(SITE, f"k{number}", PageVisit(outcome, kind=kind))
    journal.pages.offer(SITE, [candidate(3)])
    found = journal.pages.revisitable(SITE, {"feed", "listing", "sitemap"})
    assert [page.key for page in found] == ["k0", "k1"]
    journal.pages.unchanged(SITE, "k0")
    assert [page.key for page in journal.pages.revisitable(SITE, {"feed"})] == ["k0"]


def test_a_story_s_page_that_is_gone_later_stays_a_story_s(journal: Journal) -> None:
    journal.stories.store(SITE, "k1", story(1, published=datetime.now(UTC).isoformat()))
    journal.pages.finish(SITE, "k1", PageVisit("http-404", "answered 404", kind="other"))
    page = journal.pages.get(SITE, "k1")
    assert page is not None
    assert (page.outcome, page.kind, page.reason) == ("story", "story", "later http-404: answered 404")
    assert page.next_visit is None, "what is gone is not looked at again"
    assert [(count, page.outcome) for count, page in journal.pages.endings(SITE)] == [(1, "story")]


def test_a_story_s_page_that_cannot_be_read_once_is_looked_at_again(journal: Journal) -> None:
    journal.stories.store(SITE, "k1", story(1, published=datetime.now(UTC).isoformat()))
    journal.pages.finish(SITE, "k1", PageVisit("blocked", "a block page", kind="other"))
    page = journal.pages.get(SITE, "k1")
    assert page is not None
    assert (page.outcome, page.reason) == ("story", "later blocked: a block page")
    assert page.next_visit is not None


def test_a_page_that_turns_out_to_be_a_listing_is_one(journal: Journal) -> None:
    journal.stories.store(SITE, "k1", story(1, published=datetime.now(UTC).isoformat()))
    journal.pages.finish(SITE, "k1", PageVisit("listing", kind="listing"))
    page = journal.pages.get(SITE, "k1")
    assert page is not None
    assert (page.outcome, page.kind) == ("listing", "listing")
