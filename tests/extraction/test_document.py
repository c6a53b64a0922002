"""Pages that are too long are read up to a bound."""

from __future__ import annotations

from newscrawler.extraction.document import MAX_TAGS, Document


def test_tags_beyond_the_bound_are_left_out() -> None:
    page = b"<html><body><h1>Kept</h1>" + b"<p>x" * (MAX_TAGS + 50) + b"<em>left out</em></body></html>"
    document = Document(page, "https://example.org/news/1")
    assert MAX_TAGS - 5 <= len(document.index.elements) <= MAX_TAGS
    assert [h1.text for h1 in document.index.by_tag["h1"]] == ["Kept"]
    assert document.index.by_tag["em"] == []


def test_a_long_page_of_few_tags_is_read_whole() -> None:
    page = b"<html><body><p>" + b"word " * 300_000 + b"</p><em>kept</em></body></html>"
    assert len(Document(page, "https://example.org/news/1").index.by_tag["em"]) == 1
