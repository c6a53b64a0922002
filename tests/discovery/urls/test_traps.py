from datetime import UTC, datetime

import pytest

from newscrawler.discovery.urls.traps import no_day_of_news, trap_in
from newscrawler.discovery.urls.url_dates import period_in_url

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/trap/x/x/x", "repeating-path"),
        ("/a/b/a/b", "repeating-path"),
        ("/a/b/c/a/b/c/d", "repeating-path"),
        ("/" + "/".join(f"s{i}" for i in range(20)), "too-deep"),
        ("/list?sort=date", "sorted"),
        ("/list?colour=red&filter[size]=3", "faceted"),
        ("/list?" + "&".join(f"p{i}=1" for i in range(9)), "long-query"),
        ("/list?q=" + "x" * 400, "long-query"),
        ("/member/login", "action"),
        ("/news/2026/11/11/slug", None),
        ("/2011/11/11/11/slug", None),
        ("/sport/football/sport-story", None),
        ("/news/news/story", None),
        ("/story?id=983389", None),
        ("/list?cat=3&page=2", None),
    ],
)
def test_trap_in(path: str, reason: str | None) -> None:
    assert trap_in("https://example.org" + path) == reason


@pytest.mark.parametrize(
    ("path", "trapped"),
    [("/calendar/2031/05", True), ("/calendar/1875/05/01", True), ("/2026/11/23/slug", False), ("/2026/12/24/x", False),
     ("/calendar/2027", True), ("/cup/2026/slug", False), ("/politics", False)],
)  # fmt: skip
def test_a_day_that_no_story_can_be_of(path: str, trapped: bool) -> None:
    period = period_in_url("https://example.org" + path)
    assert (period is not None and no_day_of_news(period, NOW)) is trapped
