"""Whole pages read from end to end."""

from __future__ import annotations

import json

import pytest

from newscrawler.extraction import Rules, Selectors, read
from tests.extraction.pages import URL

TEXT = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The old bridge over the river was opened again on Monday, two years after a flood had torn down two piers.",
        "The mayor said that work had taken longer than planned because the builders found a Roman wall in the mud.",
        "For people on the far bank the way to the hospital is ten kilometres shorter again, and so is the bus.",
        "Traders in the old town hope that their customers return, although many have found other shops by now.",
    )
)
NAMES = """author keywords headline image video url publisher identifier articleSection inLanguage mainEntity @id
    isAccessibleForFree commentCount interactionStatistic mainEntityOfPage"""


@pytest.mark.parametrize(
    "value", [5, None, True, [], [[]], {}, {"name": {"name": {}}}, [5, None, {"url": 5}], "x" * 5000]
)
def test_any_json_ld_value_is_survived(value: object) -> None:
    story = {"@type": "NewsArticle"} | dict.fromkeys(NAMES.split(), value)
    data = json.dumps([story, {"@type": "BreadcrumbList", "itemListElement": value}])
    html = (
        f"<script type='application/ld+json'>{data}</script><title>A bridge reopens</title>"
        f"<h1>A bridge reopens</h1>{TEXT}"
    )
    page = read(html.encode(), URL, "text/html; charset=utf-8")
    assert page.story is not None
    assert page.story.title == "A bridge reopens"
    assert page.story.comment_count in (None, 5)


def test_selectors_of_a_profile_come_first_under_either_name() -> None:
    html = f"<title>A</title><h1>Wrong headline of the page</h1><b id=t>Right headline</b>{TEXT}"
    page = read(html.encode(), URL, rules=Rules({"title": ["#t"]}))
    assert Rules is Selectors
    assert page.story is not None
    assert (page.story.title, page.story.sources["title"]) == ("Right headline", "profile")
