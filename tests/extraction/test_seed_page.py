"""The seed story comes out right without any profile, however its page is marked up."""

from __future__ import annotations

import pytest

from newscrawler.extraction import extract
from newscrawler.items import Story
from tests.extraction.seed_page import (
    LEAD,
    PARAGRAPHS,
    PRINTED_DATE,
    PUBLISHED,
    RELATED,
    SKINS,
    STORY_CODE,
    TAGS,
    TITLE,
    URL,
    seed_page,
)


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


def test_published_as_printed(story: Story) -> None:
    assert story.published_raw == PRINTED_DATE
    assert story.published_zone_from is None


def test_body(story: Story) -> None:
    # Without any mark-up the lead cannot be told from the first paragraph; it is never lost and never doubled.
    text = "\n\n".join(filter(None, (story.lead, story.body)))
    assert text.split("\n\n") == [LEAD, *PARAGRAPHS]


def test_picture(story: Story) -> None:
    assert [image.url for image in story.images] == [
        "https://www.islamtimes.org/images/docs/000983/n00983389-b.jpg"
    ]


def test_nothing_is_invented(story: Story) -> None:
    assert (story.comment_count, story.is_free, story.modified, story.videos) == (None, None, None, [])
    assert story.kind == "article"


@pytest.mark.parametrize("skin", ["new", "old"])
def test_a_marked_lead_stands_apart(skin: str) -> None:
    found = extract(seed_page(skin), URL, "text/html; charset=utf-8")
    assert found is not None
    assert found.lead == LEAD


def test_section_of_the_new_skin() -> None:
    found = extract(seed_page("new"), URL, "text/html; charset=utf-8")
    assert found is not None
    assert found.section == "News"
