from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from newscrawler.arguments import read_arguments
from newscrawler.exceptions import Dropped
from newscrawler.items import Story
from newscrawler.pipelines.since import SincePipeline


def through(published, **arguments):
    given = {"url": "https://harbour.example/", **arguments}
    spider = SimpleNamespace(arguments=read_arguments(given, Settings()))
    story = Story(url="https://harbour.example/1", title="Ferry runs", published=published)
    return SincePipeline(SimpleNamespace(spider=spider)).process_item(story)


@pytest.mark.parametrize("published", ["2026-11-18", "2026-11-19T23:00:00+00:00", "2026-11-19T10:00:00"])
def test_an_older_story_is_dropped(published):
    with pytest.raises(Dropped) as caught:
        through(published, since="2026-11-20")
    assert caught.value.outcome == "older"


@pytest.mark.parametrize(
    "published",
    [
        None,
        "2026-11-20",
        "2026-11-20T00:00:00+00:00",
        "2026-11-20T01:00:00",  # without a zone: by the clock of `since`
    ],
)
def test_a_story_that_may_be_new_stays(published):
    assert through(published, since="2026-11-20").published == published


def test_without_the_argument_all_stay():
    assert through("1999-01-01").published == "1999-01-01"
