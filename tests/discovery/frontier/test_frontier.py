import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.discovery.frontier.candidates import VIA, Candidate
from newscrawler.discovery.frontier.frontier import Frontier
from newscrawler.discovery.urls.canonicalizer import UrlCanonicalizer
from newscrawler.discovery.urls.scope import Scope
from tests.discovery.simulated import NOW, ROOT, Crawl, SimSite, crawl

FORMS = ["id", "date", "slug", "query"]
TRAPS = ["/calendar/", "/facets", "/maze/", "/deep"]
REQUESTS_PER_STORY = 1.2
REQUESTS_PER_TRAP = 25


def assert_complete(result: Crawl) -> None:
    missing = [(story.number, story.hidden) for story in result.site.all if story not in result.found]
    assert not missing, f"not found: {missing[:5]} of {len(missing)}"
    twice = [number for number, times in Counter(s.number for s in result.found).items() if times > 1]
    assert not twice, f"fetched twice: {twice[:5]}"


def assert_traps_cost_little(result: Crawl) -> None:
    for trap in TRAPS:
        cost = sum(1 for url in result.site.asked if trap in url)
        assert cost <= REQUESTS_PER_TRAP, f"{trap} cost {cost} requests"


@pytest.mark.parametrize("sitemap", ["none", "full", "newest"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("dates", [True, False], ids=["dated", "undated"])
def test_every_story_and_hardly_a_request_wasted(form: str, sitemap: str, dates: bool) -> None:
    result = crawl(SimSite(form=form, sitemap=sitemap, dates=dates, traps=True))
    assert_complete(result)
    assert result.per_story <= REQUESTS_PER_STORY, f"{result.per_story:.3f} requests a story"
    assert_traps_cost_little(result)


@pytest.mark.parametrize(
    "shape",
    [
        {"main_listing": False},
        {"main_listing": False, "tags": 0, "archives": False},
        {"main_listing": False, "sitemap": "newest"},
        {"per_page": 10, "seed": 2},
        {"stories": 2500, "form": "slug", "dates": False, "tags": 500},
        {"stories": 2000, "form": "date", "sitemap": "full", "feed": True, "seed": 3},
    ],
    ids=lambda shape: ",".join(shape),
)
def test_other_sites(shape: dict[str, object]) -> None:
    result = crawl(SimSite(traps=True, **shape))  # type: ignore[arg-type]  # a row of the table above
    assert_complete(result)
    assert result.per_story <= REQUESTS_PER_STORY, f"{result.per_story:.3f} requests a story"
    assert_traps_cost_little(result)


def test_small_site_is_found_whole() -> None:
    assert_complete(crawl(SimSite(stories=40, tags=10)))


@pytest.mark.parametrize("at_once", [1, 4, 16])
def test_requests_under_way_do_not_cost_more(at_once: int) -> None:
    result = crawl(SimSite(traps=True), at_once=at_once)
    assert_complete(result)
    assert result.per_story <= REQUESTS_PER_STORY
    assert_traps_cost_little(result)


@pytest.mark.parametrize("sitemap", ["none", "full"])
@pytest.mark.parametrize("form", FORMS)
def test_the_newest_come_first(form: str, sitemap: str) -> None:
    site = SimSite(form=form, sitemap=sitemap, traps=True)
    result = crawl(site, limit=50)
    newest = {story.number for story in site.all[:50]}
    # Stories that only another story's related block shows come after that story.
    assert len(newest & {story.number for story in result.found}) >= 48
    assert max(site.all.index(story) for story in result.found) < 60


@pytest.mark.parametrize("sitemap", ["none", "full"])
@pytest.mark.parametrize("form", FORMS)
def test_since_asks_for_hardly_more_than_what_is_new(form: str, sitemap: str) -> None:
    site = SimSite(form=form, sitemap=sitemap, traps=True)
    whole = crawl(site).requests
    new = site.all[:20]
    result = crawl(site, since=new[-1].when)
    assert {story.number for story in new} <= {story.number for story in result.found}
    assert result.requests <= 0.05 * whole, f"{result.requests} requests, {whole} for all"


@pytest.mark.parametrize("dates", [True, False], ids=["dated", "undated"])
@pytest.mark.parametrize("form", FORMS)
def test_known_stories_are_not_asked_for_again(form: str, dates: bool) -> None:
    site = SimSite(form=form, dates=dates, traps=True)
    first = crawl(site)
    canonicalizer = first.frontier.canonicalizer
    new = site.all[:20]
    keys = [key for story in site.all[20:] if (key := canonicalizer.key(site.url(story)))]
    keys += [key for story in site.all[20:] if (key := UrlCanonicalizer().key(site.url(story)))]
    result = crawl(site, known=keys, learned=first.frontier.learned())
    assert {story.number for story in result.found} == {story.number for story in new}
    assert result.requests <= 0.05 * first.requests


def test_traps_are_told_with_an_example() -> None:
    result = crawl(SimSite(traps=True))
    given_up = result.frontier.given_up()
    assert any(given.reason == "repeating-path" and "/deep/" in given.example for given in given_up)
    assert any("/maze/" in given.example and given.left_out for given in given_up)


def frontier(**options: object) -> Frontier:
    return Frontier(UrlCanonicalizer(), Scope([ROOT + "/"]), now=NOW, **options)  # type: ignore[arg-type]  # as given


def test_follow_leaves_the_rest_out() -> None:
    taken = frontier(follow=["feeds"]).offer(
        [Candidate(f"{ROOT}/{link_type}", link_type) for link_type in VIA],
    )
    assert {candidate.link_type for candidate in taken} == {"seed", "feed"}


def test_refusals_are_counted() -> None:
    front = frontier(since=NOW - timedelta(days=2))
    urls = ["http://[bad", "https://other.org/a", f"{ROOT}/a.jpg", f"{ROOT}/x/x/x/", f"{ROOT}/list?sort=date"]
    assert front.offer([Candidate(url, "listing") for url in urls]) == []
    assert front.offer([Candidate(f"{ROOT}/a", "listing", date="2026-11-01")]) == []
    assert front.offer([Candidate(f"{ROOT}/2026/11/01/slug", "listing")]) == []
    assert front.refused == Counter(
        {"older": 2, "malformed": 1, "offsite": 1, "not-a-page": 1, "repeating-path": 1, "sorted": 1}
    )
    assert front.next() is None
    assert not front.has_next()


def test_a_date_that_may_be_new_enough_is_kept() -> None:
    front = frontier(since=NOW)
    assert front.offer([Candidate(f"{ROOT}/a", "listing", date="2026-11-23")])
    assert front.offer([Candidate(f"{ROOT}/2026/11/23/slug", "listing")])
    assert front.offer([Candidate(f"{ROOT}/b", "listing")])


def test_the_same_page_is_taken_in_once() -> None:
    front = frontier()
    assert (
        len(
            front.offer(
                [Candidate(f"{ROOT}/a-b-c-d", "listing"), Candidate(f"{ROOT}/a-b-c-d/amp", "related")]
            )
        )
        == 1
    )
    given = front.next()
    assert given is not None
    front.report(given, "story")
    assert front.offer([Candidate(f"http://www.{ROOT[8:]}/a-b-c-d/?utm_source=x", "feed")]) == []


def test_redirect_target_and_canonical_are_not_asked_for() -> None:
    front = frontier()
    front.offer([Candidate(f"{ROOT}/short", "listing", title="A story with a headline"),
                 Candidate(f"{ROOT}/news/the-real-address-of-it", "related")])  # fmt: skip
    given = next(c for c in iter(front.next, None) if c.url.endswith("/short"))
    front.report(
        given,
        "story",
        final_url=f"{ROOT}/news/landed",
        canonical=f"{ROOT}/news/the-declared-address-of-it",
        title="A story",
    )
    assert (
        front.offer(
            [
                Candidate(f"{ROOT}/news/landed", "feed"),
                Candidate(f"{ROOT}/news/the-declared-address-of-it", "feed"),
            ]
        )
        == []
    )


def test_a_canonical_address_that_waits_under_another_headline_stays_to_be_asked_for() -> None:
    front = frontier()
    titles = ["Ferry runs aground in the fog", "Council votes on the school budget"]
    urls = [f"{ROOT}/news/a-story-with-some-words-{number}" for number in range(2)]
    front.offer([Candidate(url, "listing", title=title) for url, title in zip(urls, titles, strict=True)])
    first = front.next()
    assert first is not None
    other = urls[1 - urls.index(first.url)]
    front.report(first, "story", canonical=other, title=first.title)
    second = front.next()
    assert second is not None
    assert second.url == other


def test_a_canonical_address_that_different_stories_claim_is_asked_for_after_all() -> None:
    front = frontier()
    urls = [f"{ROOT}/news/a-story-with-some-words-{number}" for number in range(3)]
    front.offer([Candidate(url, "feed", title="A story with some words") for url in urls])
    last, asked = urls[-1], []
    while (candidate := front.next()) is not None:
        asked.append(candidate.url)
        front.report(candidate, "story", canonical=last, title=f"Title {len(asked)}")
        front.offer([Candidate(last, "listing", title="A story with some words")])
    assert sorted(asked) == urls


def test_a_parameter_that_changes_nothing_is_learned() -> None:
    front = frontier()
    for number in range(3):
        url = f"{ROOT}/a-story-with-words?visit={number}"
        for candidate in front.offer([Candidate(url, "feed", title="A story with a headline")]):
            assert front.next() is candidate
            front.report(candidate, "story" if number == 0 else "duplicate", fingerprint="same text")
    assert front.offer([Candidate(f"{ROOT}/a-story-with-words?visit=77", "feed")]) == []
    assert front.offer([Candidate(f"{ROOT}/another-story-with-words?visit=77", "feed")])


def test_stories_folded_by_a_wrong_belief_come_back() -> None:
    front = frontier()
    urls = [f"{ROOT}/section/{10000 + i}/first-story-of-it" for i in range(9)]
    front.offer([Candidate(url, "listing", title="A story with a headline") for url in urls])
    more = [f"{ROOT}/section/{10000 + i % 9}/another-story-number-{i}" for i in range(60)]
    front.offer([Candidate(url, "listing", title="A story with a headline") for url in more])
    asked = set()
    while (candidate := front.next()) is not None:
        asked.add(candidate.url)
        front.report(candidate, "story")
    assert asked == {*urls, *more}


def _ask_all(stories: Callable[[int], bool], count: int, order: int) -> set[str]:
    """The stories found of `count` pages of one form, asked for in one of several orders."""
    front = frontier()
    numbers = list(range(count))
    random.Random(order).shuffle(numbers)
    named = {f"{ROOT}/news/page-with-some-words-{n}": stories(n) for n in numbers}
    front.offer([Candidate(url, "listing", title="A headline of some words") for url in named])
    found = set()
    while (candidate := front.next()) is not None:
        if named[candidate.url]:
            found.add(candidate.url)
        front.offer([], candidate)
        front.report(candidate, "story" if named[candidate.url] else "other")
    return found


@pytest.mark.parametrize("share", [0.7, 0.4])
def test_a_form_that_brings_stories_is_asked_for_whole_in_any_order(share: float) -> None:
    found = [_ask_all(lambda n: n % 10 < 10 * share, 200, order) for order in range(8)]
    assert all(len(one) == 200 * share for one in found)


def test_a_form_is_not_given_up_after_a_row_of_pages_that_are_none() -> None:
    front = frontier()
    urls = [f"{ROOT}/news/page-with-some-words-{n:03}" for n in range(150)]
    front.offer([Candidate(url, "listing", title="A headline of some words") for url in urls])
    asked = []
    while (candidate := front.next()) is not None:
        asked.append(candidate.url)
        is_barren = 20 <= len(asked) < 60  # forty in a row
        front.offer([], candidate)
        front.report(candidate, "other" if is_barren else "story")
    assert len(asked) == 150


def test_a_form_whose_stories_have_come_to_an_end_is_given_up() -> None:
    front = frontier()
    urls = [f"{ROOT}/news/page-with-some-words-{n:03}" for n in range(500)]
    front.offer([Candidate(url, "listing", title="A headline of some words") for url in urls])
    asked = 0
    while (candidate := front.next()) is not None:
        asked += 1
        front.offer([], candidate)
        front.report(candidate, "story" if asked <= 20 else "other")
    assert 20 < asked < 150


@pytest.mark.parametrize("outcome", ["gone", "error"])
def test_pages_that_cannot_be_had_are_no_evidence_but_not_asked_for_without_end(outcome: str) -> None:
    front = frontier()
    urls = [f"{ROOT}/news/page-with-some-words-{n:03}" for n in range(400)]
    front.offer([Candidate(url, "listing", title="A headline of some words") for url in urls])
    asked = 0
    while (candidate := front.next()) is not None:
        asked += 1
        front.report(candidate, "story" if asked == 80 else outcome)
    assert asked == 180


def test_errors_are_no_evidence() -> None:
    front = frontier()
    front.offer(
        [
            Candidate(f"{ROOT}/news/story-with-words-{i}", "listing", title="A story with words")
            for i in range(60)
        ]
    )
    asked = 0
    while (candidate := front.next()) is not None:
        asked += 1
        front.report(candidate, "error")
    assert asked == 60


def test_common_addresses_are_tried_only_without_better_and_given_up() -> None:
    front = frontier()
    front.offer([Candidate(f"{ROOT}/", "seed")])
    asked = []
    while (candidate := front.next()) is not None:
        asked.append(candidate.url)
        front.report(candidate, "listing" if candidate.link_type == "seed" else "gone")
    assert asked[0] == f"{ROOT}/"
    assert 4 <= len(asked) - 1 <= 8
    assert f"{ROOT}/sitemap.xml" in asked


def test_what_was_learned_is_plain_data_and_malformed_data_is_no_error() -> None:
    import json

    learned = crawl(SimSite(stories=100)).frontier.learned()
    assert json.loads(json.dumps(learned)) == learned
    assert learned["evidence"]
    for wrong in (
        {},
        {"evidence": 3},
        {"evidence": {"a": [1], "b": ["x"] * 5, "c": [1e99, 0, 0, True], "d": [1, 2, 3, 4.5]}},
    ):
        assert frontier(learned=wrong).next() is None


segments = st.sampled_from(
    ["a", "b", "news", "2026", "11", "983389", "some-slug-with-words", "x?y=1", "[", "%", "é"]
)


@given(
    st.lists(
        st.tuples(st.lists(segments, max_size=5), st.sampled_from([*VIA]), st.text(max_size=12)), max_size=40
    )
)
def test_nothing_is_given_out_twice_and_nothing_raises(offers: list[tuple[list[str], str, str]]) -> None:
    front = frontier()
    front.offer(
        [
            Candidate(f"{ROOT}/" + "/".join(path), link_type, date=date, title=date)
            for path, link_type, date in offers
        ]
    )
    given_out = []
    while (candidate := front.next()) is not None:
        given_out.append(candidate.key)
        front.report(candidate, "other")
        assert len(given_out) < 1000
    assert len(given_out) == len(set(given_out))
    front.given_up()
