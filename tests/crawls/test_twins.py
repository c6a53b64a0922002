"""Pages to print, aliases and a weekly column: each story comes once, and every issue of the column comes."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.crawls.running import FAST, crawl
from tests.crawls.small_site import Pages, listing_page, serving

TOPICS = (
    "ferry", "bridge", "museum", "orchard", "lantern", "glacier", "harbour", "market", "school", "theatre", "tram",
    "garden",
)  # fmt: skip
ISSUES = 4
ONE_BY_ONE = {**FAST, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0.01}

ENGLISH = [
    "The {0} was busy before dawn, and the crew of the {0} spoke of a long year with number {1}.",
    "Nobody at the {0} had expected so many visitors, said the keeper of gate {1}.",
    "Repairs to the {0} will cost {1} thousand crowns, which the council is to grant on Friday.",
    "An old photograph of the {0} hangs in hall {1}, where the children of the town have lessons.",
]
FRENCH = [
    "Le {0} était plein avant l'aube, et l'équipe du {0} parlait d'une longue année avec le numéro {1}.",
    "Personne au {0} n'attendait autant de visiteurs, disait le gardien de la porte {1}.",
    "Les travaux du {0} coûteront {1} mille couronnes, que le conseil doit voter vendredi.",
    "Une vieille photographie du {0} est dans la salle {1}, où les enfants de la ville ont leurs leçons.",
]


def paragraphs(sentences: list[str], topic: str, number: int) -> str:
    return "".join(
        f"<p>{sentence.format(topic, number * 7 + n)}</p>" for n, sentence in enumerate(sentences * 2)
    )


def column(sentences: list[str], number: int) -> str:
    """An issue of a weekly column: of the same title as the others, about other things."""
    return paragraphs(sentences, TOPICS[number], number + 50) + paragraphs(
        sentences, TOPICS[-1 - number], number + 60
    )


def day(number: int) -> str:
    return (date(2026, 11, 20) - timedelta(days=7 * number)).isoformat()


def blog(_: str) -> Pages:
    """A site as a blog makes it: pages to print under `/print/`, aliases under a second folder."""
    pages: Pages = {}
    entries = []

    def add(number: int, title: str, text: str) -> None:
        head = f'<title>{title} | The Paper</title><meta property="og:type" content="article">'
        dated = f'<time datetime="{day(number)}T10:00:00Z">{day(number)}</time>'
        body = f"<article><h1>{title}</h1>{dated}{text}</article>"
        links = f'<p><a href="/print/{number + 4000}">Print</a></p>'
        page = f'<html lang="en"><head>{head}</head><body>{body}{links}</body></html>'
        pages[f"/node/{number + 4000}"] = page
        pages[f"/archive/x-{number + 4000}-of-the-paper.html"] = page
        pages[f"/print/{number + 4000}"] = (
            f'<html lang="en"><head><title>Print | {title}</title></head><body><h2>{title}</h2><p>{day(number)}</p>'
            f"{text}<p>Printed from The Paper</p></body></html>"
        )
        entries.append((f"/node/{number + 4000}", title))
        entries.append((f"/archive/x-{number + 4000}-of-the-paper.html", title))

    for number, topic in enumerate(TOPICS):
        add(number, f"The {topic} is the talk of the town again", paragraphs(ENGLISH, topic, number))
    for number in range(ISSUES):
        add(40 + number, "The week ahead in town", column(ENGLISH, number))
    pages["/"] = listing_page(entries)
    return pages


def spip(_: str) -> Pages:
    """A site as SPIP makes it: all pages in the query, in tables, without dates in mark-up."""
    pages: Pages = {}
    entries = []

    def add(number: int, title: str, text: str) -> None:
        printed = f"<p>{day(number)}</p>"
        links = (
            f'<a href="/spip.php?page=print&amp;id_article={number}">Version imprimable</a>'
            f'<a href="/spip.php?article{number}&amp;id_document={number + 300}"><img src="/i{number}.jpg"></a>'
        )
        page = (
            f'<html lang="fr"><head><title>{title} - Le Journal</title></head><body><table><tr><td>'
            f'<h1 class="titre">{title}</h1>{printed}<div class="texte">{text}</div>{links}</td></tr></table>'
            "</body></html>"
        )
        pages[f"/spip.php?article{number}"] = page
        pages[f"/spip.php?article{number}&id_document={number + 300}"] = page.replace(
            "<h1", "<p>1 / 3</p><h1"
        )
        pages[f"/spip.php?page=print&id_article={number}"] = (
            f'<html lang="fr"><head><title>{title}</title></head><body><h1>{title}</h1>{printed}'
            f"<div>{text}</div></body></html>"
        )
        entries.append((f"/spip.php?article{number}", title))

    for number, topic in enumerate(TOPICS):
        add(number + 100, f"Le {topic} fait encore parler toute la ville", paragraphs(FRENCH, topic, number))
    for number in range(ISSUES):
        add(140 + number, "La semaine dans notre ville", column(FRENCH, number))
    pages["/"] = listing_page(entries, language="fr")
    return pages


@pytest.mark.parametrize("site", [blog, spip])
def test_each_story_comes_once_and_twins_are_not_asked_for_again(tmp_path, site):
    with serving(site) as (base, _):
        run = crawl(tmp_path, "-a", f"url={base}/", settings=ONE_BY_ONE)
        assert run.code == 0, run.told()
        titles = [story["title"] for story in run.stories]
        assert len(titles) == len(TOPICS) + ISSUES, run.told()
        assert len(set(titles)) == len(TOPICS) + 1, "the column has one title"
        (last_run,) = run.output.glob("*/last-run.json")
        result = json.loads(last_run.read_text())
        twins = result["examples"]["duplicate-text"]
        assert twins[0]["twin"] in {story["url"] for story in run.stories}
        assert not any("print" in story["url"] for story in run.stories)
        asked = sum(count for outcome, count in result["pages"].items() if outcome == "duplicate-text")
        assert asked <= 14, "of 32"


def test_strict_titles(tmp_path):
    with serving(spip) as (base, _):
        run = crawl(tmp_path, "-a", f"url={base}/", settings={**ONE_BY_ONE, "DUPLICATE_TITLES": "strict"})
        titles = [story["title"] for story in run.stories]
        assert len(titles) == len(set(titles)) == len(TOPICS) + 1, run.told()
        assert "duplicate-title" in run.stderr


def test_an_unknown_value_of_the_setting(tmp_path):
    run = crawl(tmp_path, settings={**FAST, "DUPLICATE_TITLES": "loose"})
    assert run.code == 2, run.told()
    assert "DUPLICATE_TITLES" in run.stderr
