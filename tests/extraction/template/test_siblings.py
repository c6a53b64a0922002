import pytest

from newscrawler.extraction.template.siblings import address_form, is_main_source, names_news


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://a.example/nyheter/ny-farja-till-on/", "nyheter/*"),
        ("https://a.example/article123.html", "article.html"),
        ("https://a.example/index?page=article&id=0024", "*?id=&page=article"),
        ("https://a.example/", "*"),
    ],
)
def test_the_form_of_an_address(url, form):
    assert address_form(url) == form


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/nyheter/ny-farja/",
        "https://a.example/es/noticias/123",
        "https://a.example/actualités/un-titre",
        "https://a.example/新闻/1",
    ],
)
def test_directories_named_after_news(url):
    assert names_news(url)


def test_a_slug_that_speaks_of_news_is_no_directory():
    assert not names_news("https://a.example/om-oss/nyheter")


@pytest.mark.parametrize(
    ("url", "is_main"),
    [
        ("https://a.example/feed/", True),
        ("https://a.example/en/rss.xml", True),
        ("https://a.example/nyheter/feed/", True),
        ("https://a.example/bo-och-flytta-hit/vi-som-bor-har/feed/", False),
    ],
)
def test_feeds_of_the_site_and_feeds_of_a_section(url, is_main):
    assert is_main_source(url) is is_main
