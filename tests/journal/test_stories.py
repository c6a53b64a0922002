from __future__ import annotations

from datetime import timedelta

import pytest

from newscrawler.journal import FoundPage, Journal, JournalError, PageVisit

from .conftest import SITE, Clock
from .making import signature_of, story, text


def test_a_story_is_stored_and_its_page_done(journal: Journal) -> None:
    journal.pages.offer(SITE, [FoundPage("k1", "http://demo.example/1")])
    stored = journal.stories.store(SITE, "k1", story(1))
    assert (stored.key, stored.revision, stored.news, stored.undelivered) == ("demo:1", 1, "story", True)
    page = journal.pages.get(SITE, "k1")
    assert page is not None
    assert (page.state, page.outcome) == ("done", "story")
    assert list(journal.stories.undelivered(SITE)) == [story(1)]
    [row] = journal.stories.of_page(SITE, "k1")
    assert row == journal.stories.get(SITE, "demo:1")


def test_nothing_is_stored_of_a_story_that_fails_half_way(journal: Journal) -> None:
    journal.pages.offer(SITE, [FoundPage("k1", "http://demo.example/1")])
    with pytest.raises(JournalError):
        journal.stories.store(SITE, "k1", story(1), visit=PageVisit(outcome=["no text"]))  # type: ignore[arg-type]
    assert journal.stories.get(SITE, "demo:1") is None
    assert [page.key for page in journal.pages.pending(SITE)] == ["k1"]


def test_the_same_text_again_is_no_news(journal: Journal) -> None:
    journal.stories.store(SITE, "k1", story(1))
    again = journal.stories.store(SITE, "k1", story(1, comment_count=7), deliver_updates=True)
    assert (again.revision, again.news) == (1, "unchanged")
    assert len(journal.stories.history(SITE, "demo:1")) == 1


@pytest.mark.parametrize("deliver_updates", [False, True])
def test_a_changed_text_is_a_revision(journal: Journal, clock: Clock, deliver_updates: bool) -> None:
    run = journal.runs.start(SITE)
    journal.stories.store(SITE, "k1", story(1), run=run)
    delivery = journal.deliveries.start(SITE, run)
    journal.deliveries.add(delivery, [("demo:1", 1)])
    journal.deliveries.commit(delivery)
    journal.deliveries.finish(delivery)
    clock.tick(hours=2)
    edited = story(1, title="Another headline")
    stored = journal.stories.store(SITE, "k1", edited, run=run, deliver_updates=deliver_updates)
    assert (stored.revision, stored.news, stored.undelivered) == (2, "revision", deliver_updates)
    owed = list(journal.stories.undelivered(SITE))
    assert owed == ([{**edited, "revision": 2}] if deliver_updates else [])
    history = journal.stories.history(SITE, "demo:1")
    assert journal.stories.latest_revision(SITE, "demo:1") == history[-1]
    assert journal.stories.latest_revision(SITE, "demo:none") is None
    assert [(one.revision, one.item["title"]) for one in history] == [
        (1, "Story number 1"),
        (2, "Another headline"),
    ]
    assert history[1].seen - history[0].seen == timedelta(hours=2)


def test_a_revision_before_the_first_delivery_is_delivered_once(journal: Journal) -> None:
    journal.stories.store(SITE, "k1", story(1))
    journal.stories.store(SITE, "k1", story(1, body=text(99)))
    assert [item["revision"] for item in journal.stories.undelivered(SITE)] == [2]


def test_a_story_may_be_journaled_without_being_delivered(journal: Journal) -> None:
    assert not journal.stories.store(SITE, "k1", story(1), deliver=False).undelivered
    assert list(journal.stories.undelivered(SITE)) == []


def test_undelivered_keeps_the_order_over_many_batches(journal: Journal) -> None:
    for number in range(60):
        journal.stories.store(SITE, f"k{number}", story(number, body="Short."))
    assert [item["story_id"] for item in journal.stories.undelivered(SITE)] == [
        f"demo:{n}" for n in range(60)
    ]


def test_title_twins_within_a_window(journal: Journal, clock: Clock) -> None:
    start = clock.now
    for number in range(3):
        journal.stories.store(
            SITE, f"k{number}", story(number, title="Morning briefing", published=f"2026-03-0{number + 1}")
        )
        clock.tick(days=20)
    journal.stories.store("other", "k9", story(9, title="Morning briefing"))
    twins = journal.stories.with_title(SITE, "morning briefing")
    assert [twin.key for twin in twins] == ["demo:2", "demo:1", "demo:0"]
    assert twins[0].published == "2026-03-03"
    assert twins[0].content_hash == story(2, title="Morning briefing")["content_hash"]
    recent = journal.stories.with_title(SITE, "morning briefing", since=start + timedelta(days=10))
    assert [twin.key for twin in recent] == ["demo:2", "demo:1"]
    assert journal.stories.with_title(SITE, "evening briefing") == []


def test_a_copy_of_a_body_is_found(journal: Journal) -> None:
    for number in range(30):
        item = story(number)
        journal.stories.store(SITE, f"k{number}", item, signature=signature_of(item))
    copy = story(100, body=text(7) + " Read more from the harbour desk.")
    [near] = journal.stories.near(SITE, signature_of(copy))
    assert near.story.key == "demo:7"
    assert near.similarity > 0.85
    stored = journal.stories.store(SITE, "k100", copy, signature=signature_of(copy), duplicate=near)
    row = journal.stories.get(SITE, stored.key)
    assert row is not None
    assert (row.duplicate_of, row.similarity) == ("demo:7", near.similarity)
    assert journal.stories.near(SITE, signature_of(story(200))) == []
    assert journal.stories.near("other", signature_of(copy)) == []
    assert [one.story.key for one in journal.stories.near(SITE, signature_of(copy), besides="demo:100")] == [
        "demo:7"
    ]


def test_a_revision_is_found_by_its_new_body_only(journal: Journal) -> None:
    for body in (text(1), text(2)):
        item = story(1, body=body)
        journal.stories.store(SITE, "k1", item, signature=signature_of(item))
    assert journal.stories.near(SITE, signature_of(story(1))) == []
    assert len(journal.stories.near(SITE, signature_of(story(2)))) == 1


def test_recent_stories_are_looked_at_again_at_growing_intervals(journal: Journal, clock: Clock) -> None:
    born = clock.now
    journal.stories.store(SITE, "k1", story(1, published=born.isoformat()))
    ages = []
    while clock.now - born < timedelta(days=4):
        clock.tick(minutes=30)
        for page in journal.pages.due(SITE):
            assert page.key == "k1"
            ages.append((clock.now - born) / timedelta(hours=1))
            journal.pages.unchanged(SITE, "k1")
    assert ages == [1, 5, 17, 41, 65]


def test_an_old_story_is_never_looked_at_again(journal: Journal, clock: Clock) -> None:
    journal.stories.store(SITE, "k1", story(1, published="2015-06-01T10:00:00"))
    clock.tick(days=30)
    assert list(journal.pages.due(SITE)) == []


def test_what_this_run_journals_is_not_handed_out_as_left_by_earlier_ones(journal: Journal) -> None:
    earlier, now = journal.runs.start(SITE), journal.runs.start(SITE)
    journal.stories.store(SITE, "k1", story(1), run=earlier)
    journal.stories.store(SITE, "k2", story(2), run=now)
    left = [item["story_id"] for item in journal.stories.undelivered(SITE, besides=now)]
    assert left == ["demo:1"]
    assert len(list(journal.stories.undelivered(SITE))) == 2


def test_stories_of_several_addresses(journal: Journal) -> None:
    for number in range(3):
        journal.stories.store(SITE, f"k{number}", story(number))
    journal.stories.store("other", "k1", story(1))
    urls = {str(story(number)["url"]) for number in (0, 2, 7)}
    found = journal.stories.by_urls(SITE, urls)
    assert {url: row.key for url, row in found.items()} == {
        story(0)["url"]: "demo:0",
        story(2)["url"]: "demo:2",
    }
    assert journal.stories.by_urls(SITE, set()) == {}


def test_items_come_in_the_order_they_were_found_in_any_number(journal: Journal, clock: Clock) -> None:
    many = 170
    for number in range(many):
        if number % 20 == 0:
            clock.tick(minutes=1)  # several are found at one moment
        journal.stories.store(SITE, f"k{number}", story(number))
        journal.stories.store("other", f"k{number}", story(number))
    keys = [f"demo:{number}" for number in range(many)]
    assert [item["story_id"] for item in journal.stories.items(SITE)] == keys
    assert [item["story_id"] for item in journal.stories.undelivered(SITE)] == keys
    clock.tick(minutes=1)
    journal.stories.store(SITE, "k3", story(3, body="It was all quite different, as we know by now."))
    since = clock.now - timedelta(minutes=1)
    assert [item["story_id"] for item in journal.stories.items(SITE, since)] == ["demo:3", *keys[160:]]
    assert next(iter(journal.stories.items(SITE, clock.now)))["revision"] == 2
    assert [row.key for row in journal.stories.latest(SITE, 2)] == ["demo:169", "demo:168"]


def test_a_site_s_stories_are_counted(journal: Journal) -> None:
    assert journal.stories.count(SITE) == 0
    journal.stories.store(SITE, "k1", story(1))
    journal.stories.store(SITE, "k2", story(2))
    assert (journal.stories.count(SITE), journal.stories.count("elsewhere")) == (2, 0)


def test_what_another_site_had_before_is_marked(journal: Journal) -> None:
    for number in (1, 2):
        journal.stories.store(SITE, f"k{number}", story(number))
    journal.stories.mark_syndicated(SITE, {"demo:2": "https://other.example/2"})
    assert journal.stories.syndicated(SITE) == {"demo:2": "https://other.example/2"}
    row = journal.stories.get(SITE, "demo:2")
    assert row is not None
    assert row.syndicated_from == "https://other.example/2"


def test_stories_first_seen_since_a_moment(journal: Journal, clock: Clock) -> None:
    journal.stories.store(SITE, "k1", story(1))
    clock.tick(days=2)
    since = clock.now
    for number in range(2, 5):
        journal.stories.store(SITE, f"k{number}", story(number))
    assert [row.key for row in journal.stories.first_seen_since(SITE, None)] == [
        f"demo:{n}" for n in range(1, 5)
    ]
    assert [row.key for row in journal.stories.first_seen_since(SITE, since)] == [
        f"demo:{n}" for n in range(2, 5)
    ]
