"""Signs of what a page is for, in several languages and markups, and what they weigh in the decision."""

import pytest

from newscrawler.extraction import read
from newscrawler.extraction.dates import find_dates
from newscrawler.extraction.headline.title import find_title
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors
from newscrawler.extraction.page_type.page_features import declared_types
from newscrawler.extraction.page_type.purpose_features import NAMES, purpose_signs


def signs(html: str, url: str = "https://example.org/a/page") -> set[str]:
    document = Document(html.encode(), url, "text/html; charset=utf-8")
    title = find_title(document, Selectors())
    dates = find_dates(document, Selectors(), None, title.element)
    found = purpose_signs(document, declared_types(document), dates)
    return {name for name, value in zip(NAMES, found, strict=True) if value}


@pytest.mark.parametrize(
    ("url", "sign"),
    [
        ("https://example.org/blog/a-post", "path_journal"),
        ("https://example.org/es/noticias/una-nota", "path_journal"),
        ("https://beispiel.example/produkte/becher-blau", "path_goods"),
        ("https://store.example.org/app/1174", "path_goods"),
        ("https://example.org/leistungen/steuer/", "path_service"),
        ("https://example.org/services/tax-help", "path_service"),
        ("https://docs.example.org/start/first-steps", "path_manual"),
        ("https://example.org/questions/442960/how-to", "path_talk"),
    ],
)
def test_addresses(url: str, sign: str) -> None:
    assert signs("<h1>Anything</h1>", url) == {sign}


@pytest.mark.parametrize(
    ("html", "sign"),
    [
        ("<button class='single_add_to_cart_button'>Kaufen</button>", "goods_named"),
        ("<div class='product-form'><input></div>", "goods_named"),
        ("<div itemscope itemtype='http://schema.org/Product'><h1>Cup</h1></div>", "goods_declared"),
        (
            '<script type="application/ld+json">{"@type": "Service", "name": "Umzug"}</script>',
            "goods_declared",
        ),
        ("<body itemscope itemtype='https://schema.org/QAPage'>", "talk_declared"),
        ("<div itemtype='https://schema.org/DiscussionForumPosting/'>", "talk_declared"),
        (
            '<script type="application/ld+json">{"@type": "WebPage", "name": "Hilfe"}</script>',
            "page_declared",
        ),
        ("<meta name='author' content='Ines Calloway'>", "byline"),
        ("<p>By <a rel='author' href='/ic'>Ines Calloway</a></p>", "byline"),
        ("<h1>Eine Brücke für die Stadt</h1><p>12. März 2022</p>", "date_printed"),
    ],
)
def test_markup(html: str, sign: str) -> None:
    assert sign in signs(html)


def test_a_story_that_is_a_web_page_too_is_declared_as_more() -> None:
    declared = '<script type="application/ld+json">[{"@type": "WebPage"}, {"@type": "Article"}]</script>'
    assert "page_declared" not in signs(declared)


@pytest.mark.parametrize(
    ("title", "sentence", "site"),
    [
        (
            "How to stack firewood so that it dries",
            "Leave a hand's width between the rows for the wind. ",
            "Woods",
        ),
        (
            "Cómo apilar leña para que se seque",
            "Deje un palmo entre las filas para que pase el viento. ",
            "Bosque",
        ),
    ],
)
def test_an_undated_entry_is_a_story_and_an_offer_is_none(title: str, sentence: str, site: str) -> None:
    text = "".join(f"<p>{n}. {sentence * 4}</p>" for n in range(6))
    head = f"<title>{title} - {site}</title><meta property='og:type' content='article'>"
    entry = f"{head}<article><h1>{title}</h1><p class=author>Ines Calloway</p>{text}</article>"
    offer = (
        f'{head}<script type=\'application/ld+json\'>{{"@type": "WebPage"}}</script>'
        f"<main itemscope itemtype='https://schema.org/Offer'><h1>{title}</h1>{text}"
        "<form><input name=name><input name=phone><button class='buy-now'>OK</button></form></main>"
    )
    assert (
        read(entry.encode(), "https://example.org/blog/wood-that-dries", "text/html; charset=utf-8").kind
        == "story"
    )
    assert (
        read(offer.encode(), "https://example.org/services/wood-that-dries", "text/html; charset=utf-8").kind
        != "story"
    )
