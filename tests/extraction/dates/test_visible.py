"""Dates printed on hostile pages: no exception, and work that grows with the page alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.extraction.dates import find_dates
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.selectors import Selectors

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?")
FETCHED = datetime(2024, 5, 4, 9, 0, tzinfo=UTC)
PIECES = st.sampled_from(
    [
        *"0123456789 .:/-,|()٣۱元十年月日월前م",
        "2024", "1403", "2567", "May", "mai", "мая", "مايو", "আগস্ট", "พ.ค.", "am", "GMT+2", "CET", "tháng", "ago",
        "vor", "yesterday", "updated", "令和", "Jan",
    ]
)  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<time datetime='", "'>", "<h1>", "</h1>", "<li>", "<a>", "2024-05-03"]
        )
        | PIECES,
        max_size=40,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_page(pieces: list[str]) -> None:
    document = Document("".join(pieces).encode(), "https://news.example/2024/05/03/x")
    found = find_dates(document, Selectors(), FETCHED, None)
    assert found.published is None or ISO.fullmatch(found.published), (pieces, found)


@pytest.mark.parametrize("depth", [10_000])
def test_deep_pages(depth: int) -> None:
    document = Document(
        ("<div>" * depth + "<h1>Harbour bridge</h1>3 May 2024").encode(), "https://news.example/"
    )
    find_dates(document, Selectors(), None, None)
    nested = '<script type="application/ld+json">' + '{"a":' * depth + "1" + "}" * depth + "</script>"
    assert (
        find_dates(Document(nested.encode(), "https://news.example/"), Selectors(), None, None).published
        is None
    )


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["<time>", "<span>2024-05-03", "<li><a>", "<aside><time>", "<h1>", "<p>3 May 2024"]
)
def test_many_nested_elements(piece: str) -> None:
    heading = "<h1>Harbour bridge reopens</h1>"
    for html in (heading + piece * 20_000, piece * 20_000 + heading, piece * 20_000):
        found = find_dates(Document(html.encode(), "https://news.example/"), Selectors(), None, None)
        assert found.published in (None, "2024-05-03"), (piece, found)
