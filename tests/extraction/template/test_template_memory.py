import random

import pytest

from newscrawler.extraction import read
from newscrawler.extraction.template.template_memory import SAMPLE, TemplateMemory

from .generated_site import NOTICES, SLOGAN, headline, story_page, url_of


def remembered(numbers):
    memory = TemplateMemory()
    for number in numbers:
        page = read(story_page(number), url_of(number))
        memory.add_story(url_of(number), page.facts)
        memory.add_sibling(url_of(number), page.siblings._replace(is_story=True))
    return memory


@pytest.fixture(scope="module")
def memory():
    return remembered(range(60))


def test_a_masthead_that_is_every_page_s_h1_is_no_headline(memory):
    alone = read(story_page(3), url_of(3))
    in_view = read(story_page(3), url_of(3), template=memory.template)
    assert alone.title.title != headline(3)
    assert in_view.story is not None
    assert in_view.story.title == headline(3)
    assert in_view.story.sources["title"] == "template"


def test_lines_that_stories_share_are_no_text(memory):
    body = read(story_page(3), url_of(3), template=memory.template).story.body
    assert SLOGAN not in body
    assert not any(notice in body for notice in NOTICES)
    assert body.count("\n\n") == 5, body


def test_the_order_of_pages_and_pages_that_come_again_change_nothing(memory):
    numbers = [*range(60), *range(0, 60, 7)]
    random.Random(4).shuffle(numbers)
    assert remembered(numbers).template == memory.template


def test_what_is_kept_for_the_next_run_tells_the_same(memory):
    kept = TemplateMemory(memory.to_dict())
    assert kept.template.headings == memory.template.headings
    assert kept.template.lines == memory.template.lines
    assert kept.template.siblings == memory.template.siblings


def test_data_of_another_version_is_learned_anew(memory):
    assert len(TemplateMemory({**memory.to_dict(), "version": 0})) == 0


def test_a_few_pages_tell_nothing():
    assert not remembered(range(3)).template.known


def test_print_twins_of_one_story_share_nothing_that_counts():
    memory = TemplateMemory()
    for number in range(12):
        for address in (url_of(number), f"{url_of(number)}?print=1", f"{url_of(number)}?from=feed"):
            memory.add_story(address, read(story_page(number), address).facts)
    body = read(story_page(2), url_of(2), template=memory.template).story.body
    assert body.count("\n\n") == 5, body


def test_the_memory_is_bounded():
    memory = TemplateMemory()
    facts = read(story_page(1), url_of(1)).facts
    for number in range(SAMPLE + 500):
        memory.add_story(f"https://lantern.example/{number}", facts)
    assert len(memory.to_dict()["stories"]) == SAMPLE


def test_tails_that_titles_share_are_cut_and_nothing_else():
    memory = TemplateMemory()
    pages = {}
    for number in range(20):
        html = (
            f"<html><head><title>{headline(number)} | Porto, {1 + number}.09.2024 - Lantern Online</title></head><body>"
            f"<div>{story_page(number).decode().partition('</h2>')[2]}"
        ).encode()
        pages[number] = html
        memory.add_story(url_of(number), read(html, url_of(number)).facts)
    assert " - Lantern Online" in memory.template.tails
    story = read(pages[4], url_of(4), template=memory.template).story
    assert story.title == f"{headline(4)} | Porto, 5.09.2024"
