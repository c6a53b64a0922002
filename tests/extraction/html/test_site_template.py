import pytest
from lxml import html

from newscrawler.extraction.html.site_template import (
    NO_TEMPLATE,
    SiteTemplate,
    element_path,
    line_key,
    line_shape,
    text_key,
)


@pytest.fixture
def line():
    page = html.fromstring(
        '<div id="main"><div class="post-1234 entry wide"><p class="when">3 May</p></div></div>'
    )
    return page.find(".//p")


def test_numbers_in_a_line_are_equal_on_all_pages():
    assert line_shape("Printed 3 May 2021 at 10:45") == line_shape("printed 12 May 2019 at 9:01")
    assert line_shape("12") != line_shape("13"), "where numbers are all, they are the text"


def test_a_path_leaves_out_what_names_one_page(line):
    assert element_path(line) == "p.when<div.entry.wide<div.#main<body"


def test_a_line_has_another_key_at_another_place_and_as_a_link(line):
    own = line_key("3 May", line, linked=False)
    assert own != line_key("3 May", line.getparent(), linked=False)
    assert own != line_key("3 May", line, linked=True)


def test_the_empty_template_changes_nothing(line):
    assert not NO_TEMPLATE.is_boilerplate("3 May", line)
    assert not NO_TEMPLATE.is_shared_heading("3 May", line)
    assert not NO_TEMPLATE.known


def test_exactly_the_shared_affixes_are_cut():
    template = SiteTemplate(stories=9, heads=("Lantern: ",), tails=(" | Sport | Lantern", " | Lantern"))
    assert template.without_affixes("Ferry runs again | Sport | Lantern") == "Ferry runs again"
    assert (
        template.without_affixes("Lantern: Ferry runs again | Porto, 28.09.2024")
        == "Ferry runs again | Porto, 28.09.2024"
    )
    assert template.without_affixes(" | Lantern") == "| Lantern"


def test_a_long_line_of_bodies_is_boilerplate_wherever_it_is(line):
    text = "The Lantern is read in every kitchen between the rivers."
    template = SiteTemplate(stories=9, texts=frozenset({text_key(text)}))
    assert template.is_boilerplate(text, line)
    assert not template.is_boilerplate("Another line altogether, of one story alone.", line)


def test_a_template_adds_to_another_one_what_that_does_not_know():
    known = SiteTemplate(
        lines=frozenset({1, 2}), tails=(" | Lantern",), values={"author": frozenset({"admin"})}
    )
    assert not SiteTemplate(lines=frozenset({1}), tails=(" | Lantern",)).adds_to(known)
    assert SiteTemplate(lines=frozenset({3})).adds_to(known)
    assert SiteTemplate(heads=("News: ",)).adds_to(known)
    assert SiteTemplate(values={"author": frozenset({"staff"})}).adds_to(known)
    assert SiteTemplate(values={"image": frozenset({"/logo.png"})}).adds_to(known)
