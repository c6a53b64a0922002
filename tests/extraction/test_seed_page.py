"""The seed story comes out right without any profile, however its page is marked up."""

from __future__ import annotations

import pytest
from seed_page import PUBLISHED, RELATED, SKINS, STORY_CODE, TAGS, TITLE, URL, seed_page

from newscrawler.extraction import extract
from newscrawler.items import Story


@pytest.fixture(scope="module", params=SKINS)
def story(request: pytest.FixtureRequest) -> Story:
    found = extract(seed_page(request.param), URL, "text/html; charset=utf-8")
    assert found is not None, f"{request.param}: no story"
    return found


def test_title(story: Story) -> None:
    assert story.title == TITLE


def test_story_code(story: Story) -> None:
    assert story.story_code == STORY_CODE


def test_tags(story: Story) -> None:
    assert story.tags == TAGS


def test_url(story: Story) -> None:
    assert story.url == URL


def test_language(story: Story) -> None:
    assert story.language == "en"


def test_authors(story: Story) -> None:
    assert story.authors == []


def test_related_titles_urls_and_alts(story: Story) -> None:
    assert [(one.title, one.url, one.image_alt) for one in story.related] == [
        (entry.title, entry.url, entry.alt) for entry in RELATED
    ]


def test_related_dates(story: Story) -> None:
    assert [one.published for one in story.related] == [entry.published for entry in RELATED]


def test_published(story: Story) -> None:
    assert story.published == PUBLISHED
