"""What counts as a fall against a site's own past."""

from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.extensions.baseline import Measures, compare

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def run(stories=20, *, hours=0, authors=None, chars=3000, limited=False, **outcomes):
    coverage = {"title": stories, "authors": stories if authors is None else authors} if stories else {}
    counts = {"story": stories, "listing": 10, **{name.replace("_", "-"): n for name, n in outcomes.items()}}
    return Measures(NOW - timedelta(hours=hours), counts, stories, coverage, chars * stories, limited)


PAST = [run(hours=hours) for hours in range(6, 78, 6)]


@pytest.mark.parametrize(
    "now",
    [
        run(),
        run(0),
        run(4, authors=0),  # too few to say
        run(20, authors=17),
        run(9, chars=500),
        run(30, http_403=3),
        run(0, no_story_signs=4),
        run(20, http_404=500),
    ],
)
def test_a_run_like_others_is_well(now):
    assert compare(now, PAST) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (run(authors=2), "authors: 2 of 20 stories have it, usually 100%"),
        (run(5, authors=0), "authors: 0 of 5 stories have it"),
        (run(chars=900), "body: 900 characters on average in 20 stories, usually 3000"),
        (run(2, no_story_signs=10), "body: no story's text in 10 of 12 pages, usually in 0%"),
        (run(0, no_body=9), "body: no story's text in 9 of 9 pages"),
        (run(0, blocked=12), "blocked: 12 of 22 pages refused us, usually 0%"),
    ],
)
def test_a_fall_is_told_with_its_numbers(now, told):
    (said,) = compare(now, PAST)
    assert told in said


def test_examples_are_told():
    (said,) = compare(run(authors=0), PAST, {"authors": ["https://a.example/1", "https://a.example/2"]})
    assert said.endswith(", as https://a.example/1, https://a.example/2")


def test_a_field_that_never_was_is_no_fall():
    past = [
        run(authors=1, hours=run_.at and hours) for hours, run_ in zip(range(6, 78, 6), PAST, strict=True)
    ]
    assert compare(run(authors=0), past) == []


def test_silence_is_told_by_the_site_s_own_pace():
    quiet = [run(0, hours=hours) for hours in range(0, 24, 6)]
    assert compare(quiet[0], [*quiet[1:], *(run(hours=hours) for hours in range(24, 120, 6))])[0].startswith(
        "stories: none for 24 hours, usually about 80"
    )
    assert compare(quiet[2], [*quiet[3:], *(run(2, hours=hours) for hours in range(24, 120, 6))]) == []


def test_without_a_past_nothing_is_told():
    assert compare(run(0, blocked=50), []) == []
    assert compare(run(authors=0), [run(10)]) == []
