"""Parameters that change nothing are learned from pages, and those that choose a story never are."""

import pytest

from newscrawler.discovery.urls.ignored_parameters import IgnoredParameterLearner


@pytest.mark.parametrize("rest", ["", "id=7&"])
def test_one_content_under_three_values_makes_a_parameter_noise(rest):
    learner = IgnoredParameterLearner()
    assert learner.observe(f"a.example/one?{rest}_=1", "text") is None
    assert learner.observe(f"a.example/one?{rest}_=2", "text") is None
    assert learner.observe(f"a.example/one?{rest}_=3", "text") == "_"


def test_a_parameter_that_has_brought_other_content_is_none():
    learner = IgnoredParameterLearner()
    for number, content in enumerate(["first", "second", "notice", "notice", "notice", "notice"]):
        assert learner.observe(f"a.example/story?id={number}", content) is None


def test_what_differs_in_another_parameter_too_tells_nothing_of_one():
    learner = IgnoredParameterLearner()
    for number in range(5):
        assert learner.observe(f"a.example/story?id={number}&sid={number}", "text") is None


def test_a_session_of_two_stories_is_noise_though_the_stories_differ():
    learner = IgnoredParameterLearner()
    found = [
        learner.observe(f"a.example/story?id={story}&sid={visit}", f"text {story}")
        for visit in range(3)
        for story in range(2)
    ]
    assert "sid" in found
    assert "id" not in found
