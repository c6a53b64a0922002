"""Whatever a page writes: no exception, well-formed answers, and work that grows with the text alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscrawler.extraction.dates import find_dates, printed_dates
from newscrawler.extraction.dates.partial_datetime import read_stamp
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
LANGUAGES = st.sampled_from(
    [None, "en", "en-US", "de", "fa", "ar", "th", "ja", "ko", "vi", "x", "zh-Hant-TW", "_"]
)
FETCHES = st.sampled_from([None, FETCHED])


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=24).map("".join)), LANGUAGES, FETCHES)
@example("²³/①/2024", None, FETCHED)
@example("31.12.9999 24:60:61", "de", None)
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, language: str | None, fetched: datetime | None) -> None:
    for found in printed_dates(text, fetched=fetched, language=language):
        assert ISO.fullmatch(found.iso), (text, found)
        datetime.fromisoformat(found.iso)
        assert found.has_time == ("T" in found.iso), (text, found)
        assert found.has_zone == (len(found.iso) > 19), (text, found)
        assert fetched is None or found.iso[:10] <= "2024-05-05", (text, found)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(PIECES, max_size=12).map("".join),
        st.integers(),
        st.floats(),
        st.none(),
    )
)
@settings(max_examples=400, deadline=None)
def test_any_declared_value(value: object) -> None:
    stamp = read_stamp(value)
    assert stamp is None or ISO.fullmatch(stamp.iso), (value, stamp)


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


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1:",
        "12/",
        "1 ",
        "2024",
        "a",
        "May ",
        "3 May ",
        "10:00 ",
        "年",
        "de ",
        "vor 1 ",
        ". ",
        "٣",
        "٫",
    ],
)
def test_only_a_text_s_beginning_is_looked_at(piece: str) -> None:
    text = (piece * 300_000)[:300_000]
    looked_at = list(printed_dates(text, fetched=FETCHED, language="en"))
    assert looked_at == list(printed_dates(text[:300], fetched=FETCHED, language="en")), piece


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
