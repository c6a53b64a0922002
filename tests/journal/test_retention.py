from __future__ import annotations

from newscrawler.journal import FoundPage, Journal, PageVisit, RetentionPeriods

from .conftest import SITE, Clock
from .making import signature_of, story, text


def deliver_all(journal: Journal) -> None:
    delivery = journal.deliveries.start(SITE, journal.runs.start(SITE))
    journal.deliveries.add(
        delivery, [(item["story_id"], item["revision"]) for item in journal.stories.undelivered(SITE)]
    )
    journal.deliveries.commit(delivery)
    journal.deliveries.finish(delivery)


def test_old_pages_go_but_not_those_of_stories_nor_pending_ones(journal: Journal, clock: Clock) -> None:
    journal.pages.finish(SITE, "about", PageVisit("other"))
    journal.stories.store(SITE, "k1", story(1))
    journal.pages.offer(SITE, [FoundPage("waiting", "http://demo.example/w")])
    clock.tick(days=40)
    journal.pages.finish(SITE, "contact", PageVisit("other"))
    assert journal.retention.prune(SITE, RetentionPeriods(pages=30)).pages == 1
    assert journal.pages.get(SITE, "about") is None
    for key in ("k1", "waiting", "contact"):
        assert journal.pages.get(SITE, key) is not None, key


def test_old_texts_go_and_the_story_stays_known(journal: Journal, clock: Clock) -> None:
    item = story(1)
    journal.stories.store(SITE, "k1", item, signature=signature_of(item))
    deliver_all(journal)
    journal.stories.store(SITE, "k2", story(2))  # owed: it must stay whole
    clock.tick(days=400)
    assert journal.retention.prune(SITE, RetentionPeriods(texts=365)).texts == 1
    assert journal.stories.history(SITE, "demo:1") == []
    assert journal.stories.near(SITE, signature_of(item)) == []
    assert journal.stories.store(SITE, "k1", item).news == "unchanged"
    assert [one["story_id"] for one in journal.stories.undelivered(SITE)] == ["demo:2"]
    assert journal.stories.store(SITE, "k1", story(1, body=text(5)), deliver_updates=True).revision == 2
    assert [one.revision for one in journal.stories.history(SITE, "demo:1")] == [2]


def test_only_earlier_revisions_go(journal: Journal, clock: Clock) -> None:
    for seed in range(3):
        journal.stories.store(SITE, "k1", story(1, body=text(seed)))
        clock.tick(days=10)
    assert journal.retention.prune(SITE, RetentionPeriods(revisions=15)).texts == 2
    assert [one.revision for one in journal.stories.history(SITE, "demo:1")] == [3]


def test_old_runs_go_with_their_deliveries(journal: Journal, clock: Clock) -> None:
    journal.stories.store(SITE, "k1", story(1))
    deliver_all(journal)
    clock.tick(days=100)
    running = journal.runs.start(SITE)
    assert journal.retention.prune(SITE, RetentionPeriods(runs=90)).runs == 1
    assert [run.id for run in journal.runs.latest(SITE)] == [running]
    assert journal.deliveries.of_story(SITE, "demo:1") == []
    assert list(journal.stories.undelivered(SITE)) == []


def test_prune_of_more_than_a_batch(journal: Journal, clock: Clock) -> None:
    journal.pages.offer(SITE, [FoundPage(f"k{n}", f"http://demo.example/{n}") for n in range(520)])
    for page in journal.pages.pending(SITE):
        journal.pages.finish(SITE, page.key, PageVisit("other"))
    clock.tick(days=2)
    assert journal.retention.prune(SITE, RetentionPeriods(pages=1)).pages == 520


def test_nothing_goes_without_an_age(journal: Journal, clock: Clock) -> None:
    journal.pages.finish(SITE, "about", PageVisit("other"))
    clock.tick(days=10_000)
    assert journal.retention.prune(SITE, RetentionPeriods()).pages == 0


def test_forget_a_site(journal: Journal) -> None:
    for site in (SITE, "other"):
        journal.runs.start(site)
        journal.learned.remember(site, "shapes", {"a": 1})
        item = story(1)
        journal.stories.store(site, "k1", item, signature=signature_of(item))
    deliver_all(journal)
    removed = journal.retention.forget_site(SITE)
    assert (removed.pages, removed.stories, removed.runs) == (1, 1, 2)
    assert journal.stories.get(SITE, "demo:1") is None
    assert journal.learned.recall(SITE, "shapes") is None
    assert journal.runs.latest(SITE) == []
    assert len(journal.stories.near("other", signature_of(story(1)))) == 1
    assert journal.learned.recall("other", "shapes") == {"a": 1}
    assert journal.stories.store(SITE, "k1", story(1)).news == "story"


def test_forget_an_address(journal: Journal) -> None:
    journal.pages.offer(SITE, [FoundPage("k1", "http://demo.example/1?from=rss")])
    journal.stories.store(SITE, "k1", story(1))
    journal.stories.store(SITE, "k2", story(2))
    assert journal.retention.forget_url(SITE, "http://demo.example/1?from=rss").stories == 1
    assert journal.pages.get(SITE, "k1") is None
    assert journal.retention.forget_url(SITE, story(2)["url"]).pages == 1
    assert journal.stories.get(SITE, "demo:2") is None
    assert journal.retention.forget_url(SITE, "http://demo.example/none").pages == 0
