"""A site whose stories run over several pages, in the mark-up of six content management systems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.crawls.small_site import Pages, listing_page

TOPICS = (
    "ferry", "bridge", "museum", "orchard", "lantern", "glacier", "harbour", "market", "school", "theatre", "tram",
    "garden", "station", "mill", "tower", "library", "stadium", "canal", "forest", "quarry", "chapel", "airfield",
    "vineyard", "brewery", "lighthouse", "reservoir", "arcade", "barracks", "pavilion", "windfarm",
)  # fmt: skip
_SENTENCES = (
    "The {0} was busy before dawn, and the crew of the {0} spoke of a long year with number {1}.",
    "Nobody at the {0} had expected so many visitors, said the keeper of gate {1} on Monday.",
    "Repairs to the {0} will cost {1} thousand crowns, which the council is to grant on Friday.",
)

Links = Callable[[int, int, Callable[[int], str]], tuple[str, str]]


def numbered(label: str, around: str) -> Links:
    """`1 2 3`, the page's own number as plain text."""

    def links(here: int, last: int, address: Callable[[int], str]) -> tuple[str, str]:
        numbers = " ".join(
            f"<span>{n}</span>" if n == here else f'<a href="{address(n)}">{n}</a>'
            for n in range(1, last + 1)
        )
        return "", f'<div class="{around}">{label} {numbers}</div>'

    return links


def following(label: str, back: str, *, in_head: bool = False, named: str = "") -> Links:
    """A link to the next page, and one to the page before."""

    def links(here: int, last: int, address: Callable[[int], str]) -> tuple[str, str]:
        head = body = ""
        if here < last:
            head += f'<link rel="next" href="{address(here + 1)}">'
            body += f'<a{named} href="{address(here + 1)}">{label.format(here + 1)}</a>'
        if here > 1:
            head += f'<link rel="prev" href="{address(here - 1)}">'
            body += f'<a href="{address(here - 1)}">{back.format(here - 1)}</a>'
        return head if in_head else "", f"<p>{body}</p>"

    return links


# How the n-th page of `/news/slug` is named, and how it is linked.
MARKUPS: tuple[tuple[str, str, Links], ...] = (
    ("/news/{slug}/", "/news/{slug}/{n}/", numbered("Pages:", "page-links")),  # WordPress
    ("/news/{slug}", "/news/{slug}?page={n}", following("Next page", "Previous page", in_head=True)),
    ("/news/{slug}.html", "/news/{slug}-{n}.html", following("Nächste Seite", "Vorherige Seite")),
    ("/news/{slug}", "/news/{slug},seite-{n}", following("Lesen Sie weiter auf Seite {}", "Zurück zu Seite {}")),
    ("/news/{slug}.html", "/news/{slug}/page/{n}", following("Page suivante »", "« Page précédente")),
    ("/news/{slug}", "/news/{slug}?page={zero}", numbered("", "pager")),  # Drupal counts from 0
)  # fmt: skip


def address(number: int, page: int) -> str:
    """The path of a page of a story."""
    first, later, _ = MARKUPS[number % len(MARKUPS)]
    slug = f"the-{TOPICS[number]}-is-the-talk-of-the-town-{number + 4000}"
    return first.format(slug=slug) if page == 1 else later.format(slug=slug, n=page, zero=page - 1)


def title(number: int) -> str:
    return f"The {TOPICS[number]} is the talk of the town"


def page_count(number: int) -> int:
    return 2 + number % 8


def paragraphs(number: int, page: int) -> list[str]:
    return [
        sentence.format(TOPICS[number], 1000 * number + 10 * page + n)
        for n, sentence in enumerate(_SENTENCES * 2)
    ]


def body(number: int, *, without: int | None = None) -> str:
    """The whole text of a story, without a page that is missing."""
    pages = (page for page in range(1, page_count(number) + 1) if page != without)
    return "\n\n".join(text for page in pages for text in paragraphs(number, page))


def story(number: int, page: int, of: int) -> str:
    """One page of a story. The last paragraph of its first page stands on the second one, too."""
    head, links = MARKUPS[number % len(MARKUPS)][2](page, of, lambda n: address(number, n))
    if number % len(MARKUPS) == 0:  # WordPress names the next story, not the next page
        head = f'<link rel="next" href="{address((number + 6) % len(TOPICS), 1)}">'
    day = (date(2026, 11, 20) - timedelta(days=number)).isoformat()
    texts = [*(paragraphs(number, 1)[-1:] if page == 2 else ()), *paragraphs(number, page)]
    text = "".join(f"<p>{each}</p>" for each in texts)
    return (
        f'<html lang="en"><head><title>{title(number)} | The Paper</title><meta property="og:type" content="article">'
        f'{head}</head><body><nav><a href="/">Home</a></nav><article><h1>{title(number)}</h1>'
        '<p class="byline">By Ann Smith</p>'
        f'<time datetime="{day}T10:00:00Z"></time>{text}{links}</article>'
        "</body></html>"
    )


def site(count: int) -> Pages:
    """A front page with so many stories, and their pages."""
    pages: Pages = {
        address(number, page): story(number, page, page_count(number))
        for number in range(count)
        for page in range(1, page_count(number) + 1)
    }
    pages["/"] = listing_page([(address(number, 1), title(number)) for number in range(count)])
    return pages
