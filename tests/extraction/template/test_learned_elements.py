import random

import pytest

from benchmarks.templates import compare, made_pages
from newscrawler.extraction import read
from newscrawler.extraction.template.template_memory import TemplateMemory


@pytest.fixture(scope="module")
def sampled():
    return [compare(name, 24) for name in ("div soup", "tables", "right to left")]


def test_bodies_err_by_half_at_most_and_never_worse(sampled):
    assert sum(in_view.error for _, in_view in sampled) <= sum(alone.error for alone, _ in sampled) / 2
    assert max(in_view.error - alone.error for alone, in_view in sampled) <= 0.002


def test_codes_and_tags_are_found_where_a_page_alone_does_not_tell(sampled):
    assert all(alone.codes < 0.9 and alone.tags < 0.9 for alone, _ in sampled)
    assert all(in_view.codes == in_view.tags == 1.0 for _, in_view in sampled)


def _text(seed, words, paragraphs=5):
    dice = random.Random(seed)
    return "".join(f"<p>{' '.join(dice.choices(words.split(), k=40))}.</p>" for _ in range(paragraphs))


def _page(number, side=""):
    words = ["lantern", "pier", "mill", "quay", "bakery", "chapel", "canal"]
    title = " ".join(random.Random(f"title {number}").choices(words, k=7))
    text = _text(number, "ferry bridge orchard archive tunnel station of the a was")
    return (
        f"<title>{title}</title><div class=top><h1>{title}</h1><p class=when>{1 + number % 28} March 2024</p></div>"
        f"<div class=copy>{text}</div><div class=wide>{side}</div>"
    ).encode()


def _url(number):
    return f"https://lantern.example/news/ferry-{number}x"


def _learned(numbers):
    memory = TemplateMemory()
    for number in numbers:
        memory.add_story(_url(number), read(_page(number), _url(number)).facts)
    return memory


def test_elements_are_learned_by_the_place_of_the_headline_in_any_order():
    numbers = list(range(8))
    template = _learned(numbers).template
    (elements,) = template.elements.values()
    assert elements["body"].startswith("div.copy<")
    assert elements["published"].startswith("p.when<")
    assert _learned(reversed(numbers)).template.elements == template.elements
    kept = TemplateMemory(_learned(numbers).to_dict())
    assert kept.template.elements == template.elements
    assert kept.template.places == template.places


def test_a_few_stories_teach_no_element():
    memory = _learned(range(4))
    assert not memory.template.elements


def test_a_text_that_general_rules_find_elsewhere_is_doubted():
    template = _learned(range(8)).template
    html = _page(40, side=_text("side", "council market museum school garden and in to"))
    alone, in_view = read(html, _url(40)), read(html, _url(40), template=template)
    assert "council" in alone.story.body or "museum" in alone.story.body
    assert "council" not in in_view.story.body
    assert in_view.story.sources["body"] == "template"
    assert in_view.facts.elements == alone.facts.elements, "the memory takes what general rules found"


def test_where_an_element_is_missing_general_rules_count():
    template = _learned(range(8)).template
    html = _page(41).replace(b"class=copy", b"class=prose")
    assert read(html, _url(41), template=template).story.body == read(html, _url(41)).story.body


def test_values_of_the_template_are_not_remembered():
    made = list(made_pages("article", 16))
    memory = TemplateMemory()
    for one in made:
        memory.add_story(one.url, read(one.html, one.url).facts)
    untold = next(one for one in made if one.code not in one.url)
    page = read(untold.html, untold.url, template=memory.template)
    assert page.story.story_code == untold.code
    assert page.story.sources["story_code"] == "template"
    assert "story_code" not in page.facts.elements
