"""URLs of numbered pages."""

import pytest

from newscrawler.discovery.urls.paged_urls import Certainty, paged_urls, text_root

FIRST = "https://example.org/news/late-ferry"


@pytest.mark.parametrize(
    ("url", "number", "certainty"),
    [
        (f"{FIRST}?page=2", 2, Certainty.WORD),
        (f"{FIRST}?p%C3%A1gina=3", 3, Certainty.WORD),
        (f"{FIRST}/page/4", 4, Certainty.WORD),
        (f"{FIRST}/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0-2", 2, Certainty.WORD),
        (f"{FIRST},2", 2, Certainty.WORD),
        (f"{FIRST},seite-12.html", 12, Certainty.WORD),
        (f"{FIRST}-p2.html", 2, Certainty.WORD),
        (f"{FIRST}/2/", 2, Certainty.NUMBER),
        (f"{FIRST}-2.html", 2, Certainty.NUMBER),
        (f"{FIRST}/index3.html", 3, Certainty.NUMBER),
        (f"{FIRST}-2/", 2, Certainty.GUESS),
        (f"{FIRST}_2.html", 2, Certainty.GUESS),
    ],
)
def test_each_form_names_the_text_and_its_page(url, number, certainty):
    found = next(each for each in paged_urls(url) if each.root == text_root(f"{FIRST}.html"))
    assert (found.number, found.certainty) == (number, certainty)


@pytest.mark.parametrize(
    "tail",
    [
        "?comments=2",
        "?cpage=2",
        "/comment-page-2/",
        "?slide=2",
        "?start=20",
        "-2024.html",
        "?p=4711",
        "/print/2",
    ],
)
def test_comments_pictures_entries_and_years_are_no_pages(tail):
    assert text_root(FIRST) not in [each.root for each in paged_urls(FIRST + tail)]


def test_other_parameters_belong_to_the_text():
    (found,) = paged_urls("https://www.example.org/index.php?id=45&page=2")
    assert found.root == text_root("https://example.org/?id=45")


def test_a_malformed_url():
    assert paged_urls("https://[example.org/2") == []
    assert text_root("https://[example.org/2") == ""


def test_a_url_without_end_is_not_read():
    assert paged_urls(f"{FIRST}?{'page=2&' * 100_000}") == []
