"""The JavaScript edition: empty pages, and an interface that has everything."""

from __future__ import annotations

import json

import pytest

from newscrawler.demo import SCRIPT_BASE, script_truth
from newscrawler.demo.script_site import COUNT, ScriptSite
from newscrawler.demo.website import DemoSite
from newscrawler.demo.world import SECTIONS
from newscrawler.extraction import read

SITE = ScriptSite(DemoSite())
TRUTH = script_truth()


def fetched(target: str):
    response = SITE.respond(target)
    assert response.status == 200, target
    return json.loads(response.body)


def listed(section: str) -> list[str]:
    paths: list[str] = []
    while True:
        answer = fetched(f"/api/stories?section={section}&after={len(paths)}")
        paths += [one["path"] for one in answer["stories"]]
        if not answer["more"]:
            return paths


def test_it_carries_as_many_stories_as_it_says():
    assert len(TRUTH) == COUNT
    assert all(story.body and story.published for story in TRUTH.values())


def test_no_page_says_anything_without_a_browser():
    for path in [
        "/en/",
        *(f"/en/{slug}" for slug in SECTIONS),
        *(s.url.removeprefix(SCRIPT_BASE) for s in TRUTH.values()),
    ]:
        response = SITE.respond(path)
        page = read(response.body, SCRIPT_BASE + path, response.content_type)
        assert page.application, path
        assert page.links == [], path


def test_the_lists_lead_to_every_story_and_take_several_steps():
    every = listed("")
    assert sorted(SCRIPT_BASE + path for path in every) == sorted(story.url for story in TRUTH.values())
    assert len(every) > 4 * len(fetched("/api/stories?section=&after=0")["stories"])
    assert sorted(path for slug in SECTIONS for path in listed(slug)) == sorted(every)


def test_each_story_is_told_whole():
    for code, story in TRUTH.items():
        facts = fetched(f"/api/story/{code}")
        assert "\n\n".join(facts["paragraphs"]) == story.body
        assert facts["address"] == story.url
        assert len(facts["related"]) == len(story.related)
        for one in facts["related"]:
            assert SITE.respond(one["path"]).status == 200


@pytest.mark.parametrize(
    "target",
    ["/en/nosuch", "/api/story/999999", "/api/stories?after=x", "/en/news/999999/x", "/sitemap.xml", "//["],
)
def test_unknown_addresses(target):
    assert SITE.respond(target).status == 404
