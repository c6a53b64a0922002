"""Health of runs from their outcomes; tests/crawls/test_health.py has whole runs."""

import pytest

from newscrawler.extensions.health import problem

START = "https://harbour.example/"
READ = {START: ("listing", "")}


@pytest.mark.parametrize(
    "outcomes",
    [
        {"story": 10, "listing": 3},
        {"listing": 1, "not-modified": 4},  # a quiet site
        {"story": 10, "http-404": 60, "robots": 9},  # gone or forbidden pages belong to any site
        {"story": 10, "blocked": 5},
        {"story": 40, "needs-browser": 3},
    ],
)
def test_healthy_runs(outcomes):
    assert problem(outcomes, READ, {}) is None


@pytest.mark.parametrize(
    ("outcomes", "beginning"),
    [
        ({"story": 2, "blocked": 9}, "hardly a page could be read: 9 of 11 failed, most as blocked"),
        (
            {"listing": 2, "http-500": 3, "no-body": 1},
            "no story could be read: 4 of 6 pages failed, most as http-500",
        ),
        (
            {"story": 8, "needs-browser": 3},
            "3 pages need a browser, beside 8 stories that were read: none was used",
        ),
    ],
)
def test_unhealthy_runs(outcomes, beginning):
    assert problem(outcomes, READ, {}) == beginning


@pytest.mark.parametrize("outcome", ["http-404", "robots", "redirected", "refused-address", "login-wall"])
def test_a_start_page_that_cannot_be_read(outcome):
    found = problem({outcome: 1}, {START: (outcome, "a reason")}, {})
    assert found == f"no start page could be read: {START}: {outcome} (a reason)"


def test_a_run_that_was_refused_says_so():
    assert "harbour refused 8 times" in problem(
        {"story": 9}, READ, {"refused/reason": "harbour refused 8 times"}
    )
