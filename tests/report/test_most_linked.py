"""The most linked stories, with few and with more addresses than are counted at a time."""

import random

from newscrawler.report.most_linked import Linking

URL = "https://harbour.example/en/news/{}/a-slug"


def story(number, *linked):
    return {
        "url": URL.format(number),
        "title": f"Story {number}",
        "related": [{"url": URL.format(one)} for one in linked]
        + [{"url": None}, {"url": "mailto:x@y.example"}],
    }


def told(stories, most=3, **given):
    linking = Linking(most, **given)
    for one in stories:
        linking.note(one)
    return [(one.title, one.links, one.by) for one in linking.most_linked(stories)]


def test_links_are_counted_once_a_story_and_not_from_itself():
    stories = [story(1, 2, 2, 1), story(2, 1, 3), story(3, 2), story(4, 2, 99)]
    assert told(stories) == [("Story 2", 3, [1, 2]), ("Story 1", 1, [0]), ("Story 3", 1, [0])]


def test_what_is_linked_often_is_found_among_many_more_addresses_than_are_counted():
    dice = random.Random(1)
    stories = [
        story(number, dice.randrange(5_000), dice.choice((7, 8, 8, 9, 9, 9))) for number in range(5_000)
    ]
    few = told(stories, kept=40)
    assert [title for title, _, _ in few] == ["Story 9", "Story 8", "Story 7"]
    assert few == told(stories), "the counts are not exact"


def test_what_is_linked_and_no_story_of_the_site_is_left_out():
    assert told([story(1, 50), story(2, 50)]) == []
