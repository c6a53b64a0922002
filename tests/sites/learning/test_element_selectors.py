import pytest
from lxml import html

from newscrawler.sites.learning.element_selectors import unique_selectors


def selectors(page, path):
    root = html.document_fromstring(page)
    return unique_selectors(root, root.xpath(path))


def test_an_id_is_better_than_a_class():
    found = selectors('<div><h1 id="headline" class="big">A</h1></div>', "//h1")
    assert found[:3] == ["#headline", "h1.big", "h1"]


@pytest.mark.parametrize(
    "name",
    [
        "post-48151",
        "css-1q2w3e",
        "Title_head__x7Ghk",
        "sc-bdVaJa",
        "the-mill-on-the-river-opens-again",
        "a:b",
        "",
    ],
)
def test_names_that_differ_from_page_to_page_or_release_to_release_are_left_out(name):
    assert selectors(f'<p id="{name}" class="{name}">A</p>', "//p") == []


def test_a_number_inside_a_word_is_a_name_that_lasts():
    assert selectors('<p id="docDiv3Date">A</p>', "//p")[0] == "#docDiv3Date"


def test_what_selects_more_than_the_element_is_no_selector():
    page = '<p class="date">1</p><div class="meta"><p class="date">2</p></div>'
    assert selectors(page, "//div/p") == ["div.meta p", "div.meta p.date"]


def test_several_elements_have_a_selector_in_common():
    page = '<nav><a href="/">A</a></nav><div class="tags"><a href="/b">B</a><a href="/c">C</a></div>'
    assert selectors(page, "//div/a") == ["div.tags a"]
    assert selectors(page, "//a[1]") == []
