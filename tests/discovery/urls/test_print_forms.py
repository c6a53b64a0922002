"""Addresses of pages to print and the like in many systems, and addresses of stories that only look like them."""

import pytest

from newscrawler.discovery.urls.print_forms import are_forms_of_one, is_print_form, is_print_page_of

FORMS = [
    "https://example.org/spip.php?page=print&id_article=12",
    "https://example.org/spip.php?page=imprimer&id_article=12",
    "https://example.org/spip.php?page=imprimir_articulo&id_article=12",
    "https://example.org/Titre-de-l-article.html?id_document=40",
    "https://example.org/print/123",
    "https://example.org/node/123/print",
    "https://example.org/printable/print/node/123",
    "https://example.org/index.php?option=com_content&view=article&id=5&tmpl=component&print=1",
    "https://example.org/2014/05/slug/?print=print",
    "https://example.org/2014/05/slug/print/",
    "https://example.org/2014/05/slug/amp/",
    "https://example.org/amp/news/slug",
    "https://amp.example.org/news/slug",
    "https://example.org/news/slug.amp",
    "https://example.org/news/slug.amp.html",
    "https://example.org/news/slug?output=amp",
    "https://example.org/news/slug?outputType=amp",
    "https://example.org/imprimir/123",
    "https://example.org/noticia/123/imprimir",
    "https://example.org/artikel/123/drucken",
    "https://example.org/artikel.php?id=123&view=print",
    "https://example.org/artikel.php?id=123&printable=yes",
    "https://example.org/print.php?sid=123",
    "https://example.org/article_print.asp?id=123",
    "https://example.org/printArticle.jsp?id=123",
    "https://example.org/drucken.php?id=123",
    "https://example.org/news/123.print.html",
    "https://example.org/index.php?id=5&format=pdf",
    "https://example.org/news/123?share=facebook",
    "https://example.org/news/123/email",
]
STORIES = [
    "https://example.org/",
    "https://example.org/print",
    "https://example.org/news/the-future-of-print",
    "https://example.org/news/blueprint",
    "https://example.org/news/the-future-of-print.html",
    "https://example.org/news/sprinters-share-a-medal",
    "https://example.org/news/printing-house-burns?id=7",
    "https://example.org/pdf/press-release-of-the-day",
    "https://example.org/news/123?print=0",
    "https://example.org/?s=print",
    "https://example.org/?tag=amp",
    "https://example.org/spip.php?article12",
    "https://example.org/impression/on-the-beach",
    "https://example.org/champ/amphitheatre",
    "http://[bad/print/1",
]


@pytest.mark.parametrize("url", FORMS)
def test_a_page_to_print_or_to_share(url):
    assert is_print_form(url)


@pytest.mark.parametrize("url", STORIES)
def test_a_page_of_its_own(url):
    assert not is_print_form(url)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("/spip.php?article12", "/spip.php?page=print&id_article=12", True),
        ("/spip.php?article12", "/spip.php?page=print&id_article=13", False),
        ("/spip.php?article12", "/spip.php?article12&id_document=40", True),
        ("/titre-de-page.html", "/titre-de-page.html?id_document=40", True),
        ("/titre.html?id_document=41", "/titre.html?id_document=40", False),
        ("/view.php?id=5", "/view.php?id=6", False),
        ("/view.php?id=5", "/view.php?id=5&from_section=7", True),
        ("/news/ferry-leaves-the-quay", "/print/ferry-leaves-the-quay", True),
        ("/2014/05/ferry", "/print/2014/06/bridge", False),
        ("/news/12", "/archive/12", False),
    ],
)
def test_forms_of_one_address(one, other, expected):
    base = "http://example.org"
    assert are_forms_of_one(base + one, base + other) is expected
    assert are_forms_of_one(base + other, base + one) is expected


def test_print_page_of_a_page():
    story = "http://example.org/spip.php?article12"
    assert is_print_page_of("http://example.org/spip.php?page=print&id_article=12", story)
    assert not is_print_page_of("http://example.org/spip.php?page=print&id_article=13", story)
    assert not is_print_page_of(f"{story}&id_document=40", story)
    assert not is_print_page_of(story, story)
