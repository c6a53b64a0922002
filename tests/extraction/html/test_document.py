"""Pages that are too long are read up to a bound, those that end too early to their true end."""

from __future__ import annotations

import pytest

from newscrawler.extraction import extract
from newscrawler.extraction.html.document import Document
from newscrawler.extraction.html.parser import MAX_BYTES, MAX_TAGS, MAX_TEXT


def test_tags_beyond_the_bound_are_left_out() -> None:
    page = b"<html><body><h1>Kept</h1>" + b"<p>x" * (MAX_TAGS + 50) + b"<em>left out</em></body></html>"
    document = Document(page, "https://example.org/news/1")
    assert MAX_TAGS - 5 <= len(document.index.elements) <= MAX_TAGS
    assert [h1.text for h1 in document.index.by_tag["h1"]] == ["Kept"]
    assert document.index.by_tag["em"] == []


def test_a_long_page_of_few_tags_is_read_whole() -> None:
    page = b"<html><body><p>" + b"word " * 300_000 + b"</p><em>kept</em></body></html>"
    assert len(Document(page, "https://example.org/news/1").index.by_tag["em"]) == 1


def test_text_beyond_the_bound_is_left_out() -> None:
    page = b"<html><body><script>" + b"s" * MAX_TEXT + b"</script><p>" + b"\x01word " * 300_000 + b"</p>rest"
    document = Document(page, "https://example.org/news/1")
    assert len(document.index.by_tag["script"][0].text or "") == MAX_TEXT
    (paragraph,) = document.index.by_tag["p"]
    assert 0.8 * MAX_TEXT < len(paragraph.text or "") <= MAX_TEXT
    assert not paragraph.tail


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<p>x" * (MAX_TAGS + 50), "40000 tags"),
        (b"<p>" + b"word " * 300_000, "1000000 characters"),
        (b"<script>" + b" " * MAX_BYTES, "10000000 bytes"),
        (b"<p>x<div " + b"a=1 " * 100_000 + b">", "thousands of attributes"),
        (b"<p>a short page", None),
        (b"<p>x" * (MAX_TAGS // 2), None),
    ],
)
def test_why_a_page_was_cut(page: bytes, reason: str | None) -> None:
    cut = Document(page, "https://example.org/news/1").cut
    assert cut is None if reason is None else cut is not None and reason in cut


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><h1>Bridge opens</h1></body></html>\n<p>after</p>",
        "<h1>Bridge opens</h1><nav>1</nav>\n</html><a href=/b>after</a>",
        "<html><head><title>Bridge opens</title></head></html><html><body>after</body></html><html>again",
    ],
)
def test_what_follows_the_end_of_the_page_is_of_its_body(page: str) -> None:
    document = Document(page.encode(), "https://example.org/a/1")
    assert document.root.getnext() is None
    assert "after" in "".join(map(str, document.root.itertext()))
    assert len(document.index.orders) == len(list(document.root.iter()))
    extract(page.encode(), "https://example.org/a/1")
