"""Buttons by which a listing shows more of itself."""

from __future__ import annotations

import pytest

from newscrawler.discovery.pagination.load_more import load_more, unfolds
from newscrawler.extraction import read


def listing(control: str):
    entries = "".join(
        f"<article><h2><a href='/news/story-number-{n}-of-the-day'>The headline of story number {n} today</a></h2>"
        f"<time datetime='2026-11-{n + 1:02d}'>{n + 1} November</time><p>The council met on Tuesday.</p></article>"
        for n in range(12)
    )
    html = (
        f"<html><head><title>Politics</title></head><body><h1>Politics</h1>{entries}{control}</body></html>"
    )
    page = read(html.encode(), "https://example.org/politics/", "text/html; charset=utf-8")
    assert page.kind == "listing", page.reason
    return page


@pytest.mark.parametrize(
    "control",
    [
        "<button>Load more</button>",
        "<button type='button'><span>Show more stories</span></button>",
        "<a href='#'>Mehr laden</a>",
        "<a>Voir plus d'articles</a>",
        "<a href='javascript:void(0)'>Cargar más</a>",
        "<div role='button'>Показать ещё</div>",
        "<input type='button' value='加载更多'>",
    ],
)
def test_a_button_that_unfolds(control):
    assert load_more(listing(control))


@pytest.mark.parametrize(
    "control",
    [
        "",
        "<a href='/politics/?page=2'>Load more</a>",
        "<button>Subscribe</button>",
        "<button>More</button>",
        "<button>Read more about our cookies</button>",
        "<div>Load more</div>",
        "<button>Search</button>",
    ],
)
def test_what_does_not(control):
    assert load_more(listing(control)) is None


def test_labels():
    assert unfolds("Load more…")
    assert unfolds("Show more news")
    assert not unfolds("Previous")
    assert not unfolds("Accept all")
