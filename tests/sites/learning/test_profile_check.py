from types import SimpleNamespace

import pytest

from newscrawler.items import Story
from newscrawler.sites import Site
from newscrawler.sites.learning.profile_check import check_profile

URL = "https://post.example/news/{}/the-mill"


def page(number, **sources):
    values = {"title": "The mill", "body": "Long ago.", "published": "2026-11-30", "lead": "A wheel turns."}
    story = Story(url=URL.format(number), **{"title": "", **{name: values[name] for name in sources}})
    story.sources = sources
    return SimpleNamespace(url=story.url, story=story)


def checked(pages, **profile):
    site = Site(name="post", start=["https://post.example/"], **profile)
    return {check.name: check for check in check_profile(site, pages)}


def test_a_field_s_sources_are_counted():
    pages = [page(1, title="profile", body="dom"), page(2, title="profile", body="json-ld")]
    checks = checked(pages, fields={"title": ["h1"]})
    assert (checks["title"].found, checks["title"].pages, checks["title"].works) == (2, 2, True)
    assert checks["body"].sources == {"dom": 1, "json-ld": 1}
    assert checks["published"].works is False


@pytest.mark.parametrize(("by_profile", "works"), [(5, True), (4, True), (3, False), (0, False)])
def test_selectors_work_where_they_find_the_field_on_most_pages_that_have_it(by_profile, works):
    pages = [page(at, title="dom", lead="profile" if at < by_profile else "dom") for at in range(5)]
    assert checked(pages, fields={"lead": ["p.lead"]})["lead"].works is works


def test_nothing_is_said_of_a_field_that_no_page_has():
    assert checked([page(1, title="dom")], fields={"lead": ["p.lead"]})["lead"].works is None


def test_forms_of_addresses():
    pages = [page(at, title="dom") for at in range(5)]
    assert checked(pages, story_urls=["/news/{id}/{slug}"])["story_urls"].works is True
    assert checked(pages, story_urls=["/n/{id}"])["story_urls"].works is False
    assert "story_urls" not in checked(pages)
