from datetime import timedelta

import pytest

from newscrawler.discovery.frontier.yield_stats import YieldStats, evidence_from_dict, evidence_to_dict
from tests.discovery.simulated import SimSite, crawl


def test_evidence_moves_what_is_expected() -> None:
    evidence = YieldStats()
    assert evidence.story_chance(0.9) == pytest.approx(0.9)
    for _ in range(10):
        evidence.page(0, 0)
    assert evidence.story_chance(0.9) < 0.3
    assert evidence.expected_gain(10.0) < 3.0
    assert evidence.no_yield_streak == evidence.empty == 10
    evidence.page(5, 0)
    assert evidence.no_yield_streak == 0
    evidence.story()
    assert evidence.expected_gain(0.0) > 0.5


def test_the_last_hundred_pages_count_in_any_order() -> None:
    orders = [[True] * 40 + [False] * 60, [False] * 60 + [True] * 40, [True, False, False, True, False] * 20]
    for order in orders:
        evidence = YieldStats()
        for is_story in [True] * 400 + order:
            evidence.story() if is_story else evidence.page(0, 0)
        assert (evidence.stories, evidence.nothing) == (40, 60)


def test_what_was_kept_comes_back() -> None:
    """A later run knows what kinds of pages there are, but not how much of them is new."""
    kept = YieldStats()
    for _ in range(6):
        kept.page(20, 0)
    exhausted = YieldStats(nothing=5, exhausted=True)
    back = evidence_from_dict(evidence_to_dict({"main a/<word>": kept, "nav a/<num>": exhausted}))
    assert back["main a/<word>"].listings == 6
    assert back["main a/<word>"].expected_gain(4.0) == 4.0
    assert back["nav a/<num>"].exhausted
    assert back["nav a/<num>"].story_chance(0.5) < 0.3


def test_a_later_run_is_told_what_an_earlier_one_learned() -> None:
    site = SimSite(stories=300, traps=True, form="slug")
    first = crawl(site)
    later = crawl(site, known=[], learned=first.frontier.learned(), since=site.all[4].when - timedelta(1))
    kinds = {name.partition(" ")[0] for name in first.frontier.learned()["evidence"]}
    assert {"list", "main"} <= kinds
    again = later.frontier.learned()["evidence"]
    # What the later run did not ask for is still known after it.
    assert set(first.frontier.learned()["evidence"]) <= set(again)


def test_kinds_that_never_brought_anything_are_given_up_sooner_by_a_later_run() -> None:
    site = SimSite(stories=150, traps=True)
    first = crawl(site)
    learned = first.frontier.learned()
    assert any(exhausted for *_, exhausted in learned["evidence"].values()), learned["evidence"]
    later = crawl(site, learned=learned)

    def spent(asked: list[str]) -> int:
        return sum("/maze/" in url or "/calendar/" in url for url in asked)

    asked = spent(site.asked)
    crawl(site)
    assert asked < spent(site.asked)
    assert {story.number for story in later.found} == {story.number for story in first.found}
